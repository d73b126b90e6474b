using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.People.Data;
using Tongxin.Platform.Data;
using Tongxin.Platform.Jobs;

namespace Tongxin.People.Import;

/// <summary>The dry run: what would be new, changed, moved out, unchanged, and why rows are refused. Kept until the next look.</summary>
internal sealed class PreviewImport(TongxinDb db, ImportFiles imports, ImportRun run, SecretBox box, TimeProvider clock) : IJobHandler
{
    public const string JobKind = "people.import.preview";

    public string Kind => JobKind;

    public bool CanRunAgain => true;

    public async Task<Result> RunAsync(JobContext context, string payload, CancellationToken ct)
    {
        var job = JsonSerializer.Deserialize<ImportJob>(payload, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("No payload.");
        context.Href = $"/people/import/{job.BatchId}";
        var batch = await imports.FindAsync(job.BatchId, context.Actor, ct);
        if (batch is null) return ImportErrors.NotFound;
        var opened = await imports.OpenAsync(batch, ct);
        if (opened.IsFailure) return opened.Error;
        using var source = opened.Value;

        var rows = source.Sheet(batch.SheetIndex) is { IsFailure: false } info ? info.Value.RowCount : 0;
        var plan = await run.PlanAsync(source, batch.SheetIndex, batch.FirstDataRow, batch.Options(CampusCalendar.DayOf(clock.GetUtcNow())),
            done => _ = context.ReportAsync(done, rows, null, ct), ct);
        if (plan.IsFailure) return plan.Error;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Set<ImportFinding>().Where(f => f.BatchId == batch.Id).ExecuteDeleteAsync(ct);
        await db.BulkInsertAsync(Kept(plan.Value).Select(f => ImportFinding.Of(batch.Id, f, box)), ct);
        batch.Preview(plan.Value.Counts);
        db.Record(context.Actor, "people.import.previewed", "import", batch.Id, details: plan.Value.Counts);
        await db.CommitAsync(ct);
        await transaction.CommitAsync(ct);
        return Result.Ok;
    }

    /// <summary>Every refused, repeated, changed and departing row; of the plain new ones enough to look at, the count says the rest.</summary>
    internal static IEnumerable<Finding> Kept(ImportPlan plan) =>
        plan.Findings.Where(f => f.Kind != FindingKind.New).Concat(plan.Findings.Where(f => f.Kind == FindingKind.New).Take(NewRowsKept));

    private const int NewRowsKept = 500;
}
