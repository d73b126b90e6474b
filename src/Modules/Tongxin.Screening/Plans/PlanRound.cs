using System.Text.Json;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Jobs;
using Tongxin.Screening.Plans.Data;

namespace Tongxin.Screening.Plans;

/// <summary>Asks for a plan: what is wrong with the request is said at once, the planning itself is a job's. The answer is the job's id.</summary>
internal sealed class PlanRound(TongxinDb db, MakePlan make, IJobs jobs)
{
    public const string JobKind = "screening.plan-round";

    public async Task<Result<Guid>> FreshAsync(Guid round, PlanOptions options, string title, Actor actor, CancellationToken ct)
    {
        var sound = await make.CheckFreshAsync(round, options, actor, ct);
        return sound.IsFailure ? sound.Error : await StartAsync(new PlanJob(round, options, null), title, actor, ct);
    }

    public async Task<Result<Guid>> ChangedAsync(Guid round, PlanChange change, string title, Actor actor, CancellationToken ct)
    {
        var sound = await make.CheckChangedAsync(round, change, actor, ct);
        return sound.IsFailure ? sound.Error : await StartAsync(new PlanJob(round, null, change), title, actor, ct);
    }

    private async Task<Result<Guid>> StartAsync(PlanJob asked, string title, Actor actor, CancellationToken ct)
    {
        var job = jobs.Start(JobKind, title, asked, actor);
        await db.CommitAsync(ct);
        return job;
    }
}

/// <summary>What a job plans: from scratch with options, or in place after a change.</summary>
internal sealed record PlanJob(Guid Round, PlanOptions? Options, PlanChange? Change);

/// <summary>Plans outside any request. The plan bears the job's id: run again after a crash it is there once.</summary>
internal sealed class PlanRoundJob(MakePlan make) : IJobHandler
{
    public string Kind => PlanRound.JobKind;

    public bool CanRunAgain => true;

    public async Task<Result> RunAsync(JobContext context, string payload, CancellationToken ct)
    {
        var asked = JsonSerializer.Deserialize<PlanJob>(payload, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("No round.");
        context.Href = $"/testing/{asked.Round}/plan";
        var done = 0;
        await context.ReportAsync(done, PlanRun.Steps, null, ct);
        var run = new PlanRun(context.JobId, () => context.ReportAsync(++done, PlanRun.Steps, null, ct));
        var made = asked.Change is { } change
            ? await make.ChangedAsync(asked.Round, change, context.Actor, ct, run)
            : await make.FreshAsync(asked.Round, asked.Options ?? new PlanOptions(), context.Actor, ct, run);
        return made.IsFailure ? made.Error : Result.Ok;
    }
}
