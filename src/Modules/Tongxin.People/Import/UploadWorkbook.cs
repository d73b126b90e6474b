using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.People.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Files;
using Tongxin.Platform.Jobs;
using Tongxin.Platform.Sheets;

namespace Tongxin.People.Import;

/// <summary>Takes a file, looks at its first rows, and leaves a batch whose columns wait to be confirmed.</summary>
internal sealed class UploadWorkbook(TongxinDb db, IFiles files, TimeProvider clock)
{
    public const string FilePurpose = "people.import";

    // Long enough to mend and look again, short enough that lists do not lie about.
    private static readonly TimeSpan Keep = TimeSpan.FromDays(7);

    public async Task<Result<Guid>> ExecuteAsync(Stream content, string fileName, Actor actor, CancellationToken ct)
    {
        if (!actor.ScopeOf(PeoplePermissions.Import).Everything) return ImportErrors.OnlyEverything;
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, ct);

        var layout = LookAt(copy, fileName);
        if (layout.IsFailure) return layout.Error;

        copy.Position = 0;
        var file = await files.SaveAsync(copy, fileName, "application/octet-stream", FilePurpose, actor, Keep, ct);
        var batch = ImportBatch.Upload(file.Id, fileName, actor.AccountId, clock.GetUtcNow(), layout.Value);
        db.Add(batch);
        db.Record(actor, "people.import.uploaded", "import", batch.Id);
        await db.CommitAsync(ct);
        return batch.Id;
    }

    private static Result<TableLayout<ImportField>> LookAt(MemoryStream content, string fileName)
    {
        content.Position = 0;
        var opened = SheetReader.Open(content, fileName);
        if (opened.IsFailure) return opened.Error;
        using var source = opened.Value;
        return ImportHeaders.All.Find(source, 0);
    }
}

/// <summary>Opens the file of a batch for those who may see it.</summary>
internal sealed class ImportFiles(TongxinDb db, IFiles files, IJobs jobs)
{
    public Task<ImportBatch?> FindAsync(Guid id, Actor actor, CancellationToken ct) =>
        actor.ScopeOf(PeoplePermissions.Import).Everything
            ? db.Set<ImportBatch>().SingleOrDefaultAsync(b => b.Id == id, ct)
            : Task.FromResult<ImportBatch?>(null);

    /// <summary>The job in hand for a batch, or its last one. Ask for it before the batch: what a job that is over wrote is then in the batch.</summary>
    public async Task<JobView?> LastJobAsync(Guid id, Actor actor, CancellationToken ct)
    {
        if (!actor.ScopeOf(PeoplePermissions.Import).Everything) return null;
        var job = await db.Set<ImportBatch>().Where(b => b.Id == id).Select(b => b.JobId).SingleOrDefaultAsync(ct);
        return job is { } started ? await jobs.FindAsync(started, actor, ct) : null;
    }

    /// <summary>The sheets of the batch; the stream lives as long as the source.</summary>
    public async Task<Result<SheetSource>> OpenAsync(ImportBatch batch, CancellationToken ct) =>
        await files.FindAsync(batch.FileId, UploadWorkbook.FilePurpose, ct) is { } file
            ? SheetReader.Open(files.Open(file), batch.FileName)
            : ImportErrors.FileGone;
}
