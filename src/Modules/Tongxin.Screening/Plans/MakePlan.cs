using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Sampling;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Plans.Data;
using Tongxin.Screening.Rounds.Data;

namespace Tongxin.Screening.Plans;

/// <summary>What happened that the plan must follow.</summary>
/// <param name="SiteId">A site that closes now.</param>
/// <param name="TableId">A table that is slow.</param>
/// <param name="Rate">What it really does in an hour.</param>
internal sealed record PlanChange(Guid? SiteId, Guid? TableId, int? Rate, string? Why);

/// <summary>A plan that a job makes: it bears the job's id, so done twice it is made once; the steps tell how far it is.</summary>
internal sealed record PlanRun(Guid Id, Func<Task> StepAsync)
{
    /// <summary>The roll is read, the plan is found, the plan is kept.</summary>
    public const int Steps = 3;
}

/// <summary>Makes plans: from scratch, and in place after something changed. A plan binds nobody before it is published.</summary>
internal sealed class MakePlan(TongxinDb db, PlanGround ground, TimeProvider clock)
{
    private const int MostStaff = 5_000;
    private const int LongestWhy = 200;

    /// <summary>What can be said at once against a plan from scratch; else its round and what the office wrote.</summary>
    public async Task<Result<(TestingRound Round, PlanRules Rules)>> CheckFreshAsync(Guid roundId, PlanOptions options, Actor actor, CancellationToken ct)
    {
        if (await ground.FindAsync(roundId, actor, ct) is not { } round) return PlanErrors.NotFound;
        if (round.ClosedAt is not null) return PlanErrors.Closed;
        if (options is { Samplers: < 1 or > MostStaff } or { Clerks: < 1 or > MostStaff }) return PlanErrors.Staff;
        var rules = await ground.RulesAsync(round, options, ct);
        if (rules.IsFailure) return rules.Error;
        if (round.StartsAt <= clock.GetUtcNow() && await LastAsync(roundId, publishedOnly: true, ct) is { } before && !IsKept(before.Read().Options, options)) return PlanErrors.Kept;
        return (round, rules.Value);
    }

    public async Task<Result<Guid>> FreshAsync(Guid roundId, PlanOptions options, Actor actor, CancellationToken ct, PlanRun? run = null)
    {
        var sound = await CheckFreshAsync(roundId, options, actor, ct);
        if (sound.IsFailure) return sound.Error;
        var (round, rules) = sound.Value;
        if (run is { Id: var made } && await IsMadeAsync(made, ct)) return made;
        var people = await ground.PeopleAsync(roundId, ct);
        if (people.Count == 0) return PlanErrors.Nobody;
        var units = await ground.UnitsAsync(rules, people, ct);
        var request = await ground.RequestAsync(round, options, units, people, ct);
        if (Refusal(request) is { } refusal) return refusal;
        // Who plans while the round runs plans for who is still to come.
        if (await LastAsync(roundId, publishedOnly: true, ct) is { } before && round.StartsAt <= clock.GetUtcNow())
        {
            var was = before.Read().Options;
            return await InPlaceAsync(round, before, was with { Samplers = options.Samplers, Clerks = options.Clerks }, null, actor, run, ct);
        }
        await StepAsync(run);
        var plan = SamplingPlanner.Plan(request, ct);
        if (plan.IsFailure) return plan.Error;
        await StepAsync(run);
        return await KeepAsync(round, new PlanBody(options, request.Start, request.Slots, units, plan.Value, PlanTrial.Run(request, plan.Value, ct)), null, actor, run, ct);
    }

    /// <summary>What can be said at once against a change; else the round and the plan that it changes.</summary>
    public async Task<Result<(TestingRound Round, RoundPlan Before)>> CheckChangedAsync(Guid roundId, PlanChange change, Actor actor, CancellationToken ct)
    {
        if (await ground.FindAsync(roundId, actor, ct) is not { } round) return PlanErrors.NotFound;
        if (round.ClosedAt is not null) return PlanErrors.Closed;
        if (await LastAsync(roundId, publishedOnly: false, ct) is not { } before) return PlanErrors.NotFound;
        if (string.IsNullOrWhiteSpace(change.Why) || change.Why.Length > LongestWhy) return PlanErrors.WhyMissing;
        if (change is { SiteId: null, TableId: null }) return PlanErrors.NothingChanged;
        return change is { TableId: not null, Rate: null or < 1 or > 600 } ? PlanErrors.Rate : (round, before);
    }

    public async Task<Result<Guid>> ChangedAsync(Guid roundId, PlanChange change, Actor actor, CancellationToken ct, PlanRun? run = null)
    {
        var sound = await CheckChangedAsync(roundId, change, actor, ct);
        if (sound.IsFailure) return sound.Error;
        if (run is { Id: var made } && await IsMadeAsync(made, ct)) return made;
        var (round, before) = sound.Value;
        var options = before.Read().Options;
        if (change.SiteId is { } site) options = options with { Closed = [.. options.Closed.Where(c => c.SiteId != site), new ClosedSite(site, Now(round))] };
        if (change is { TableId: { } table, Rate: { } rate }) options = options with { Slow = [.. options.Slow.Where(s => s.TableId != table), new SlowTable(table, rate)] };
        return await InPlaceAsync(round, before, options, change.Why?.Trim(), actor, run, ct);
    }

    private async Task<Result<Guid>> InPlaceAsync(TestingRound round, RoundPlan before, PlanOptions options, string? why, Actor actor, PlanRun? run, CancellationToken ct)
    {
        var body = before.Read();
        var request = await ground.RequestAsync(round, options, body.Units, await ground.PeopleAsync(round.Id, ct), ct);
        if (Refusal(request) is { } refusal) return refusal;
        await StepAsync(run);
        var plan = SamplingPlanner.Replan(request, body.Plan, SamplingProgress.ByPlan(Now(round)), ct);
        if (plan.IsFailure) return plan.Error;
        await StepAsync(run);
        return await KeepAsync(round, body with { Options = options, Plan = plan.Value, Waits = PlanTrial.Run(request, plan.Value, ct) }, why, actor, run, ct);
    }

    public Task<RoundPlan?> LastAsync(Guid round, bool publishedOnly, CancellationToken ct) =>
        db.Set<RoundPlan>().AsNoTracking().Where(p => p.RoundId == round && (!publishedOnly || p.PublishedAt != null)).OrderByDescending(p => p.Number).FirstOrDefaultAsync(ct);

    private static Task StepAsync(PlanRun? run) => run?.StepAsync() ?? Task.CompletedTask;

    /// <summary>By this very job, before its process died.</summary>
    private Task<bool> IsMadeAsync(Guid run, CancellationToken ct) => db.Set<RoundPlan>().AnyAsync(p => p.Id == run, ct);

    /// <summary>Who began by a plan goes on with its breaks and levels.</summary>
    private static bool IsKept(PlanOptions was, PlanOptions now) => AreSame(was.Breaks, now.Breaks) && AreSame(was.Middle, now.Middle) && AreSame(was.High, now.High);

    /// <summary>The same text, however a browser breaks its lines.</summary>
    private static bool AreSame(string? one, string? other) => Plain(one) == Plain(other);

    private static string Plain(string? text) => (text ?? "").ReplaceLineEndings("\n").Trim();

    private DateTimeOffset Now(TestingRound round) => clock.GetUtcNow() is var now && now > round.StartsAt ? now : round.StartsAt;

    private static Error? Refusal(SamplingRequest request)
    {
        if (request.Slots < 1) return PlanErrors.Window;
        return request.Sites.Sum(s => s.Tables.Count) == 0 ? PlanErrors.NoSites : null;
    }

    private async Task<Result<Guid>> KeepAsync(TestingRound round, PlanBody body, string? why, Actor actor, PlanRun? run, CancellationToken ct)
    {
        var number = await db.Set<RoundPlan>().Where(p => p.RoundId == round.Id).Select(p => (int?)p.Number).MaxAsync(ct) ?? 0;
        var plan = RoundPlan.Make(run?.Id ?? Ids.New(), round.Id, number + 1, body, why, actor.AccountId, clock.GetUtcNow());
        db.Add(plan);
        db.Record(actor, "screening.plan.made", "round", round.Id, why, new
        {
            plan.Number,
            finish = body.Plan.Score.FinishMinutes,
            bound = body.Plan.Score.BoundMinutes,
            unplaced = body.Plan.Unplaced.Sum(u => u.People),
            moved = body.Plan.Moves?.Moved,
            longestWait = body.Waits?.Worst()?.Minutes,
        });
        try
        {
            await db.CommitAsync(ct);
            return plan.Id;
        }
        catch (DbUpdateException failure) when (db.Dialect.IsUniqueViolation(failure))
        {
            return PlanErrors.Changed;
        }
    }
}
