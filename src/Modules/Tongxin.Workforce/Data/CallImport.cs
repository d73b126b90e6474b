using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Workforce.Data;

/// <summary>Where a file of applications is on its way.</summary>
internal enum CallImportState
{
    /// <summary>Uploaded; being read, or its columns wait to be said.</summary>
    Mapping,

    /// <summary>Held against the call; nothing is written yet.</summary>
    Previewed,

    /// <summary>Written.</summary>
    Committed,

    /// <summary>Given up before anything was written.</summary>
    Discarded,
}

/// <summary>What became of a row of a file of applications.</summary>
internal enum RowFate
{
    New,
    Changed,
    Unchanged,

    /// <summary>The same applicant stands further up in the file: merged into that row.</summary>
    Duplicate,
    Refused,
}

/// <summary><c>RowsIn = New + Changed + Unchanged + Duplicates + Refused</c>.</summary>
internal sealed record RowCounts(int RowsIn, int New, int Changed, int Unchanged, int Duplicates, int Refused)
{
    public int Accepted => New + Changed + Unchanged;
}

/// <summary>A file of applications to one call.</summary>
internal sealed class CallImport : IVersioned
{
    private CallImport() { }

    public Guid Id { get; private set; }
    public Guid CallId { get; private set; }
    public Guid FileId { get; private set; }
    public string FileName { get; private set; } = "";
    public DateTimeOffset UploadedAt { get; private set; }
    public CallImportState State { get; private set; }
    public int FirstDataRow { get; private set; }

    /// <summary>Column of each field: "Name:3,Number:2".</summary>
    public string Columns { get; private set; } = "";
    public Guid? JobId { get; private set; }
    public int RowsIn { get; private set; }
    public int NewCount { get; private set; }
    public int ChangedCount { get; private set; }
    public int UnchangedCount { get; private set; }
    public int DuplicateCount { get; private set; }
    public int RefusedCount { get; private set; }
    public DateTimeOffset? CommittedAt { get; private set; }
    public int Version { get; private set; }

    public RowCounts Counts => new(RowsIn, NewCount, ChangedCount, UnchangedCount, DuplicateCount, RefusedCount);

    public static CallImport Upload(Guid call, Guid file, string name, int firstDataRow, string columns, DateTimeOffset at) => new()
    {
        Id = Ids.New(),
        CallId = call,
        FileId = file,
        FileName = name,
        FirstDataRow = firstDataRow,
        Columns = columns,
        UploadedAt = at,
    };

    public void Map(string columns) => (Columns, State) = (columns, CallImportState.Mapping);

    public void Work(Guid job) => JobId = job;

    public void Preview(RowCounts counts)
    {
        Take(counts);
        State = CallImportState.Previewed;
    }

    public void Commit(RowCounts counts, DateTimeOffset at)
    {
        Take(counts);
        (State, CommittedAt) = (CallImportState.Committed, at);
    }

    public void Discard() => State = CallImportState.Discarded;

    private void Take(RowCounts counts) =>
        (RowsIn, NewCount, ChangedCount, UnchangedCount, DuplicateCount, RefusedCount) =
        (counts.RowsIn, counts.New, counts.Changed, counts.Unchanged, counts.Duplicates, counts.Refused);
}

/// <summary>A row that was refused or repeated, kept with its file. Who it was lies sealed.</summary>
internal sealed class CallImportRow
{
    private CallImportRow() { }

    public Guid Id { get; private set; }
    public Guid ImportId { get; private set; }
    public int RowNumber { get; private set; }
    public RowFate Fate { get; private set; }

    /// <summary>The cell that was in the way: "C17".</summary>
    public string? Address { get; private set; }
    public string? Code { get; private set; }

    /// <summary>The one place of the text that has one: a row number.</summary>
    public string? Arg { get; private set; }
    public byte[]? ShownSealed { get; private set; }

    public static CallImportRow Of(Guid import, int row, RowFate fate, string? address, string? code, string? arg, string shown, SecretBox box) => new()
    {
        Id = Ids.New(),
        ImportId = import,
        RowNumber = row,
        Fate = fate,
        Address = address,
        Code = code,
        Arg = arg,
        ShownSealed = box.Seal(shown),
    };
}
