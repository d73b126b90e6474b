using Tongxin.Core.Common;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Screening.Laboratory.Data;

/// <summary>How far a file of the laboratory has come.</summary>
internal enum LabFileState
{
    /// <summary>Every row fits its tube; nothing is published yet.</summary>
    Ready,

    /// <summary>Some row does not fit: nothing of the file is published.</summary>
    Quarantined,

    /// <summary>All of it is published.</summary>
    Published,

    /// <summary>Put away without publishing.</summary>
    Discarded,
}

/// <summary>What a row of a file is to the tubes as they stand.</summary>
internal enum LabFate
{
    /// <summary>The first result of its tube.</summary>
    New,

    /// <summary>A higher version than the one that is known.</summary>
    Corrected,

    /// <summary>Says what is known already.</summary>
    Known,

    /// <summary>Does not fit; the whole file waits because of it.</summary>
    Refused,
}

/// <summary>Rows of a file by fate: in = new + corrected + known + refused.</summary>
internal sealed record LabCounts(int RowsIn, int New, int Corrected, int Known, int Refused)
{
    public bool Agrees => RowsIn == New + Corrected + Known + Refused;

    public int ToPublish => New + Corrected;
}

/// <summary>A file of the laboratory for one round: read once, kept row by row, published as a whole or not at all.</summary>
internal sealed class LabFile : IVersioned
{
    private LabFile() { }

    public Guid Id { get; private set; }
    public Guid RoundId { get; private set; }

    /// <summary>Counted within the round, from 1.</summary>
    public int Number { get; private set; }
    public string FileName { get; private set; } = "";

    /// <summary>The bytes as they came, sealed; gone when their time is over, the rows stay.</summary>
    public Guid FileId { get; private set; }

    /// <summary>Hash of the bytes: the same file brought twice shows.</summary>
    public string ContentHash { get; private set; } = "";
    public LabFileState State { get; private set; }

    /// <summary>Which column held what: "Tube:0,Result:5".</summary>
    public string Columns { get; private set; } = "";

    /// <summary>Rows that the laboratory says it sent; null: it did not say.</summary>
    public int? Declared { get; private set; }
    public int RowsIn { get; private set; }
    public int NewCount { get; private set; }
    public int CorrectedCount { get; private set; }
    public int KnownCount { get; private set; }
    public int RefusedCount { get; private set; }
    public int NegCount { get; private set; }
    public int PosCount { get; private set; }
    public int GreyCount { get; private set; }
    public int InvalidCount { get; private set; }
    public DateTimeOffset UploadedAt { get; private set; }
    public Guid UploadedBy { get; private set; }

    /// <summary>When its rows were last held against the tubes.</summary>
    public DateTimeOffset CheckedAt { get; private set; }
    public DateTimeOffset? PublishedAt { get; private set; }
    public Guid? PublishedBy { get; private set; }
    public int Version { get; private set; }

    public LabCounts Counts => new(RowsIn, NewCount, CorrectedCount, KnownCount, RefusedCount);

    /// <summary>The laboratory said another number of rows than came.</summary>
    public bool LacksRows => Declared is { } declared && declared != RowsIn;

    public static LabFile Upload(Guid round, int number, string fileName, Guid fileId, string hash, string columns, int? declared, Guid by, DateTimeOffset at) => new()
    {
        Id = Ids.New(),
        RoundId = round,
        Number = number,
        FileName = fileName.Length > 100 ? fileName[..100] : fileName,
        FileId = fileId,
        ContentHash = hash,
        Columns = columns,
        Declared = declared,
        UploadedBy = by,
        UploadedAt = at,
        CheckedAt = at,
    };

    /// <summary>Counts what the rows have become. One row that does not fit, or one that is missing, keeps all of them back.</summary>
    public void Check(IReadOnlyCollection<LabRow> rows, DateTimeOffset at)
    {
        RowsIn = rows.Count;
        (NewCount, CorrectedCount, KnownCount, RefusedCount) = (Of(LabFate.New), Of(LabFate.Corrected), Of(LabFate.Known), Of(LabFate.Refused));
        (NegCount, PosCount, GreyCount, InvalidCount) = (Said(TubeResult.Neg), Said(TubeResult.Pos), Said(TubeResult.Grey), Said(TubeResult.Invalid));
        CheckedAt = at;
        State = RefusedCount > 0 || LacksRows || RowsIn == 0 ? LabFileState.Quarantined : LabFileState.Ready;

        int Of(LabFate fate) => rows.Count(r => r.Fate == fate);
        int Said(TubeResult result) => rows.Count(r => r.Fate != LabFate.Refused && r.Result == result);
    }

    public Result Publish(Guid by, DateTimeOffset at)
    {
        if (State == LabFileState.Published) return LaboratoryErrors.Published;
        if (State != LabFileState.Ready) return LaboratoryErrors.NotReady;
        (State, PublishedAt, PublishedBy) = (LabFileState.Published, at, by);
        return Result.Ok;
    }

    public Result Discard()
    {
        if (State == LabFileState.Published) return LaboratoryErrors.Published;
        State = LabFileState.Discarded;
        return Result.Ok;
    }
}
