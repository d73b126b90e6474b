using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.People.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Jobs;

namespace Tongxin.People.Import;

/// <summary>Takes a previewed import into the register: exactly what was shown, in one transaction, or nothing.</summary>
internal sealed class CommitImport(TongxinDb db, ImportFiles imports, ImportRun run, IJobs jobs, SecretBox box, TimeProvider clock) : IJobHandler
{
    public const string JobKind = "people.import.commit";

    public string Kind => JobKind;

    // A second run finds the batch committed and stops: the figures cannot count twice.
    public bool CanRunAgain => true;

    /// <summary>Starts the job.</summary>
    public async Task<Result> ExecuteAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var batch = await imports.FindAsync(id, actor, ct);
        if (batch is null) return ImportErrors.NotFound;
        if (batch.State is ImportState.Committed) return Result.Ok;
        if (batch.State is not ImportState.Previewed) return ImportErrors.NotPreviewed;
        batch.StartCommit(jobs.Start(JobKind, batch.FileName, new ImportJob(id), actor));
        db.Record(actor, "people.import.accepted", "import", id);
        await db.CommitAsync(ct);
        return Result.Ok;
    }

    public async Task<Result> RunAsync(JobContext context, string payload, CancellationToken ct)
    {
        var job = JsonSerializer.Deserialize<ImportJob>(payload, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("No payload.");
        context.Href = $"/people/import/{job.BatchId}";
        var batch = await imports.FindAsync(job.BatchId, context.Actor, ct);
        if (batch is null) return ImportErrors.NotFound;
        if (batch.State is ImportState.Committed) return Result.Ok;
        var opened = await imports.OpenAsync(batch, ct);
        if (opened.IsFailure) return opened.Error;
        using var source = opened.Value;

        var written = await run.WriteAsync(source, batch.SheetIndex, batch.FirstDataRow, batch.Options(CampusCalendar.DayOf(clock.GetUtcNow())), context.Actor, batch.Counts,
            done => _ = context.ReportAsync(done, batch.Counts.RowsIn, null, ct), ct,
            async (plan, token) =>
            {
                await db.Set<ImportFinding>().Where(f => f.BatchId == batch.Id).ExecuteDeleteAsync(token);
                await db.BulkInsertAsync(PreviewImport.Kept(plan).Select(f => ImportFinding.Of(batch.Id, f, box)), token);
                batch.Commit(plan.Counts, clock.GetUtcNow());
            });
        return written.IsFailure ? written.Error : Result.Ok;
    }
}
