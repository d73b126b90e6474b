using Tongxin.People.Import;
using Tongxin.Platform;
using Tongxin.Platform.Data;
using Tongxin.Platform.Sheets;

namespace Tongxin.People.Data;

/// <summary>Where a workbook is on its way into the register.</summary>
internal enum ImportState
{
    /// <summary>Uploaded; the columns wait to be confirmed.</summary>
    Mapping,

    /// <summary>Held against the register; nothing is written yet.</summary>
    Previewed,

    /// <summary>Written.</summary>
    Committed,

    /// <summary>Given up before anything was written.</summary>
    Discarded,
}

/// <summary>One workbook: the file, how it was read, what became of its rows.</summary>
internal sealed class ImportBatch : IVersioned
{
    private ImportBatch() { }

    public Guid Id { get; private set; }

    /// <summary>The sealed upload; gone after its time, the figures stay.</summary>
    public Guid FileId { get; private set; }
    public string FileName { get; private set; } = "";
    public Guid OwnerId { get; private set; }
    public DateTimeOffset UploadedAt { get; private set; }
    public ImportState State { get; private set; }

    public int SheetIndex { get; private set; }

    /// <summary>Number of the first row below the header.</summary>
    public int FirstDataRow { get; private set; }

    /// <summary>Column of each field: "Name:3,Room:2".</summary>
    public string Columns { get; private set; } = "";
    public bool CompleteRoll { get; private set; }
    public string? Campus { get; private set; }
    public Guid? JobId { get; private set; }

    public int RowsIn { get; private set; }
    public int NewCount { get; private set; }
    public int ChangedCount { get; private set; }
    public int UnchangedCount { get; private set; }
    public int MovedOutCount { get; private set; }
    public int DuplicateCount { get; private set; }
    public int RejectedCount { get; private set; }
    public int RemarkCount { get; private set; }
    public int UnclearCount { get; private set; }
    public DateTimeOffset? CommittedAt { get; private set; }
    public int Version { get; private set; }

    public static ImportBatch Upload(Guid file, string fileName, Guid owner, DateTimeOffset at, TableLayout<ImportField> layout) => new()
    {
        Id = Ids.New(),
        FileId = file,
        FileName = fileName,
        OwnerId = owner,
        UploadedAt = at,
        State = ImportState.Mapping,
        FirstDataRow = layout.FirstDataRow,
        Columns = ColumnMap.Write(layout.Columns),
    };

    public ImportCounts Counts => new()
    {
        RowsIn = RowsIn,
        New = NewCount,
        Changed = ChangedCount,
        Unchanged = UnchangedCount,
        MovedOut = MovedOutCount,
        Duplicates = DuplicateCount,
        Rejected = RejectedCount,
        Remarks = RemarkCount,
        Unclear = UnclearCount,
    };

    public ImportOptions Options(DateOnly today) => new(today, CompleteRoll, Campus, ColumnMap.Read<ImportField>(Columns));

    public void Map(IReadOnlyDictionary<ImportField, int> columns, bool completeRoll, string? campus, Guid job) =>
        (Columns, CompleteRoll, Campus, JobId, State) = (ColumnMap.Write(columns), completeRoll, campus, job, ImportState.Mapping);

    public void Preview(ImportCounts counts)
    {
        Take(counts);
        State = ImportState.Previewed;
    }

    public void StartCommit(Guid job) => JobId = job;

    public void Commit(ImportCounts counts, DateTimeOffset at)
    {
        Take(counts);
        (State, CommittedAt) = (ImportState.Committed, at);
    }

    public void Discard() => State = ImportState.Discarded;

    private void Take(ImportCounts counts) =>
        (RowsIn, NewCount, ChangedCount, UnchangedCount, MovedOutCount, DuplicateCount, RejectedCount, RemarkCount, UnclearCount) =
        (counts.RowsIn, counts.New, counts.Changed, counts.Unchanged, counts.MovedOut, counts.Duplicates, counts.Rejected, counts.Remarks, counts.Unclear);
}

/// <summary>What became of one row, kept with its batch. Who it was lies sealed.</summary>
internal sealed class ImportFinding
{
    private ImportFinding() { }

    public Guid Id { get; private set; }
    public Guid BatchId { get; private set; }
    public int RowNumber { get; private set; }
    public FindingKind Kind { get; private set; }
    public string? Address { get; private set; }
    public string? Code { get; private set; }

    /// <summary>The one place of the text that has one: a row number, a length.</summary>
    public string? Arg { get; private set; }

    /// <summary>Fields that change: "phone,household".</summary>
    public string? Fields { get; private set; }
    public byte[]? ShownSealed { get; private set; }
    public Guid? PersonId { get; private set; }

    public static ImportFinding Of(Guid batch, Finding finding, SecretBox box) => new()
    {
        Id = Ids.New(),
        BatchId = batch,
        RowNumber = finding.RowNumber,
        Kind = finding.Kind,
        Address = finding.Address,
        Code = finding.Error?.Code,
        Arg = finding.Error?.Args.FirstOrDefault()?.ToString(),
        Fields = finding.Fields,
        ShownSealed = box.Seal(finding.Shown),
        PersonId = finding.PersonId,
    };
}
