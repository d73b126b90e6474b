using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Files;
using Tongxin.Platform.Jobs;
using Tongxin.Platform.Sheets;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Calls.Import;

/// <summary>Payload of both jobs.</summary>
internal sealed record CallImportJob(Guid CallId, Guid ImportId);

/// <summary>A refused or repeated row, as a page shows it.</summary>
internal sealed record RowLine(int Row, string? Address, string? Code, string? Arg, string Shown);

/// <summary>Files of applications to a call: takes them in, says what is what, gives up, and finds them for those who may.</summary>
internal sealed class CallImports(TongxinDb db, IFiles files, IJobs jobs, CallSight sight, SecretBox box, TimeProvider clock)
{
    public const string FilePurpose = "workforce.call-import";

    // Long enough to mend and look again, short enough that lists of people do not lie about.
    private static readonly TimeSpan Keep = TimeSpan.FromDays(7);

    public async Task<IReadOnlyList<CallImport>> ListAsync(Guid call, Actor actor, CancellationToken ct) =>
        await sight.FindAsync(call, actor, CallPermissions.Import, ct) is null ? []
            : await db.Set<CallImport>().AsNoTracking().Where(i => i.CallId == call).OrderByDescending(i => i.UploadedAt).Take(50).ToListAsync(ct);

    public async Task<CallImport?> FindAsync(Guid call, Guid id, Actor actor, CancellationToken ct) =>
        await sight.FindAsync(call, actor, CallPermissions.Import, ct) is null ? null
            : await db.Set<CallImport>().SingleOrDefaultAsync(i => i.Id == id && i.CallId == call, ct);

    /// <summary>The job in hand, or the last one. Ask for it before the import itself: what a job that is over wrote is then in it.</summary>
    public async Task<JobView?> LastJobAsync(Guid call, Guid id, Actor actor, CancellationToken ct) =>
        await db.Set<CallImport>().Where(i => i.Id == id && i.CallId == call).Select(i => i.JobId).SingleOrDefaultAsync(ct) is { } job ? await jobs.FindAsync(job, actor, ct) : null;

    /// <summary>Takes a file. With columns enough to know who applied it is held against the call at once; else a person says what is what.</summary>
    public async Task<Result<Guid>> UploadAsync(Guid callId, Stream content, string fileName, Actor actor, CancellationToken ct)
    {
        if (await sight.FindAsync(callId, actor, CallPermissions.Import, ct) is null) return CallErrors.NotFound;
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, ct);
        if (copy.Length == 0) return CallErrors.FileMissing;
        copy.Position = 0;
        TableLayout<CallField> layout;
        // The source closes the stream it reads.
        using (var look = new MemoryStream(copy.ToArray(), writable: false))
        {
            var opened = SheetReader.Open(look, fileName);
            if (opened.IsFailure) return opened.Error;
            using var source = opened.Value;
            var found = CallColumns.Header.Find(source);
            if (found.IsFailure) return found.Error;
            layout = found.Value;
        }
        var file = await files.SaveAsync(copy, fileName, "application/octet-stream", FilePurpose, actor, Keep, ct);
        var import = CallImport.Upload(callId, file.Id, fileName, layout.FirstDataRow, ColumnMap.Write(layout.Columns), clock.GetUtcNow());
        db.Add(import);
        if (CallColumns.IsEnough(layout.Columns)) import.Work(jobs.Start(PreviewCallImport.JobKind, fileName, new CallImportJob(callId, import.Id), actor));
        db.Record(actor, "workforce.call-import.uploaded", "call", callId, details: new { import = import.Id });
        await db.CommitAsync(ct);
        return import.Id;
    }

    public async Task<Result> MapAsync(Guid call, Guid id, IReadOnlyDictionary<CallField, int> columns, Actor actor, CancellationToken ct)
    {
        var import = await FindAsync(call, id, actor, ct);
        if (import is null) return CallErrors.ImportNotFound;
        if (import.State is CallImportState.Committed or CallImportState.Discarded) return CallErrors.ImportOver;
        if (!CallColumns.IsEnough(columns)) return CallErrors.ColumnsMissing;
        import.Map(ColumnMap.Write(columns));
        import.Work(jobs.Start(PreviewCallImport.JobKind, import.FileName, new CallImportJob(call, id), actor));
        db.Record(actor, "workforce.call-import.mapped", "call", call, details: new { import = id });
        await db.CommitAsync(ct);
        return Result.Ok;
    }

    public async Task<Result> DiscardAsync(Guid call, Guid id, Actor actor, CancellationToken ct)
    {
        var import = await FindAsync(call, id, actor, ct);
        if (import is null) return CallErrors.ImportNotFound;
        if (import.State == CallImportState.Committed) return CallErrors.ImportOver;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Set<CallImportRow>().Where(r => r.ImportId == id).ExecuteDeleteAsync(ct);
        import.Discard();
        db.Record(actor, "workforce.call-import.discarded", "call", call, details: new { import = id });
        await db.CommitAsync(ct);
        await transaction.CommitAsync(ct);
        return Result.Ok;
    }

    /// <summary>The sheets of the file; the stream lives as long as the source.</summary>
    public async Task<Result<SheetSource>> OpenAsync(CallImport import, CancellationToken ct) =>
        await files.FindAsync(import.FileId, FilePurpose, ct) is { } file ? SheetReader.Open(files.Open(file), import.FileName) : CallErrors.FileGone;

    public async Task<IReadOnlyList<RowLine>> RowsAsync(Guid import, RowFate fate, int most, CancellationToken ct) =>
        [.. (await db.Set<CallImportRow>().AsNoTracking().Where(r => r.ImportId == import && r.Fate == fate).OrderBy(r => r.RowNumber).Take(most).ToListAsync(ct))
            .Select(r => new RowLine(r.RowNumber, r.Address, r.Code, r.Arg, box.Unseal(r.ShownSealed) ?? ""))];
}
