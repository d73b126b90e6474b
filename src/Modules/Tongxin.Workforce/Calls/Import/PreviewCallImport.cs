using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Jobs;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Calls.Import;

/// <summary>The dry run: what would be new, changed, unchanged, repeated, and why rows are refused.</summary>
internal sealed class PreviewCallImport(TongxinDb db, CallImports imports, CallSight sight, PlanCallImport plan, SecretBox box) : IJobHandler
{
    public const string JobKind = "workforce.call-import.preview";

    public string Kind => JobKind;

    public bool CanRunAgain => true;

    public async Task<Result> RunAsync(JobContext context, string payload, CancellationToken ct)
    {
        var job = JsonSerializer.Deserialize<CallImportJob>(payload, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("No payload.");
        context.Href = $"/calls/{job.CallId}/import/{job.ImportId}";
        var call = await sight.FindAsync(job.CallId, context.Actor, CallPermissions.Import, ct);
        var import = await imports.FindAsync(job.CallId, job.ImportId, context.Actor, ct);
        if (call is null || import is null) return CallErrors.ImportNotFound;
        var opened = await imports.OpenAsync(import, ct);
        if (opened.IsFailure) return opened.Error;
        using var source = opened.Value;
        var planned = await plan.ExecuteAsync(source, import, call, done => _ = context.ReportAsync(done, 0, null, ct), ct);
        if (planned.IsFailure) return planned.Error;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await WriteRowsAsync(db, import.Id, planned.Value, box, ct);
        import.Preview(planned.Value.Counts);
        db.Record(context.Actor, "workforce.call-import.previewed", "call", call.Id, details: planned.Value.Counts);
        await db.CommitAsync(ct);
        await transaction.CommitAsync(ct);
        return Result.Ok;
    }

    internal static async Task WriteRowsAsync(TongxinDb db, Guid import, CallImportPlan plan, SecretBox box, CancellationToken ct)
    {
        await db.Set<CallImportRow>().Where(r => r.ImportId == import).ExecuteDeleteAsync(ct);
        await db.BulkInsertAsync(plan.Findings.Select(f =>
            CallImportRow.Of(import, f.Row, f.Fate, f.Address, f.Error.Code, f.Error.Args.FirstOrDefault()?.ToString(), f.Shown, box)), ct);
    }
}

/// <summary>Writes a previewed file: exactly what was shown, in one transaction, or nothing.</summary>
internal sealed class CommitCallImport(TongxinDb db, CallImports imports, CallSight sight, PlanCallImport plan, IJobs jobs, SecretBox box, TimeProvider clock) : IJobHandler
{
    public const string JobKind = "workforce.call-import.commit";

    public string Kind => JobKind;

    // A second run finds it committed and stops.
    public bool CanRunAgain => true;

    public async Task<Result> ExecuteAsync(Guid call, Guid id, Actor actor, CancellationToken ct)
    {
        var import = await imports.FindAsync(call, id, actor, ct);
        if (import is null) return CallErrors.ImportNotFound;
        if (import.State == CallImportState.Committed) return Result.Ok;
        if (import.State != CallImportState.Previewed) return CallErrors.NotPreviewed;
        import.Work(jobs.Start(JobKind, import.FileName, new CallImportJob(call, id), actor));
        db.Record(actor, "workforce.call-import.accepted", "call", call, details: new { import = id });
        await db.CommitAsync(ct);
        return Result.Ok;
    }

    public async Task<Result> RunAsync(JobContext context, string payload, CancellationToken ct)
    {
        var job = JsonSerializer.Deserialize<CallImportJob>(payload, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("No payload.");
        context.Href = $"/calls/{job.CallId}/import/{job.ImportId}";
        if (await sight.FindAsync(job.CallId, context.Actor, CallPermissions.Import, ct) is null) return CallErrors.ImportNotFound;
        var import = await imports.FindAsync(job.CallId, job.ImportId, context.Actor, ct);
        if (import is null) return CallErrors.ImportNotFound;
        if (import.State == CallImportState.Committed) return Result.Ok;
        var opened = await imports.OpenAsync(import, ct);
        if (opened.IsFailure) return opened.Error;
        using var source = opened.Value;

        // The call alone: nobody decides and nobody else imports while the file is written.
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var call = await CallSight.AloneAsync(db, job.CallId, ct);
        var planned = await plan.ExecuteAsync(source, import, call, done => _ = context.ReportAsync(done, import.RowsIn, null, ct), ct);
        if (planned.IsFailure) return planned.Error;
        if (planned.Value.Counts != import.Counts) return CallErrors.ChangedSincePreview;
        await db.BulkInsertAsync(planned.Value.New, ct);
        await CorrectAsync(planned.Value.Changed, ct);
        await PreviewCallImport.WriteRowsAsync(db, import.Id, planned.Value, box, ct);
        import.Commit(planned.Value.Counts, clock.GetUtcNow());
        db.Record(context.Actor, "workforce.call-import.committed", "call", call.Id, details: planned.Value.Counts);
        try
        {
            await db.CommitAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return CallErrors.ChangedSincePreview;
        }
        await transaction.CommitAsync(ct);
        return Result.Ok;
    }

    private async Task CorrectAsync(IReadOnlyList<ChangedApplication> changed, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var part in changed.Chunk(500))
        {
            var ids = part.Select(c => c.Id).ToList();
            var rows = await db.Set<Application>().Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, ct);
            foreach (var one in part) rows[one.Id].Take(one.Facts, one.PersonId, box, now);
        }
    }
}
