using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Sampling;
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

/// <summary>Makes plans: from scratch, and in place after something changed. A plan binds nobody before it is published.</summary>
internal sealed class MakePlan(TongxinDb db, PlanGround ground, TimeProvider clock)
{
    private const int MostStaff = 5_000;
    private const int LongestWhy = 200;

    public async Task<Result<Guid>> FreshAsync(Guid roundId, PlanOptions options, Actor actor, CancellationToken ct)
    {
        if (await ground.FindAsync(roundId, actor, ct) is not { } round) return PlanErrors.NotFound;
        if (round.ClosedAt is not null) return PlanErrors.Closed;
        if (options is { Samplers: < 1 or > MostStaff } or { Clerks: < 1 or > MostStaff }) return PlanErrors.Staff;
        var people = await ground.PeopleAsync(roundId, ct);
        if (people.Count == 0) return PlanErrors.Nobody;
        var units = await ground.UnitsAsync(round, options, people, ct);
        if (units.IsFailure) return units.Error;
        var request = await ground.RequestAsync(round, options, units.Value, people, ct);
        if (Refusal(request) is { } refusal) return refusal;
        // Who plans while the round runs plans for who is still to come.
        if (await LastAsync(roundId, publishedOnly: true, ct) is { } before && round.StartsAt <= clock.GetUtcNow())
        {
            var was = before.Read().Options;
            return await InPlaceAsync(round, before, was with { Samplers = options.Samplers, Clerks = options.Clerks }, null, actor, ct);
        }
        var plan = SamplingPlanner.Plan(request, ct);
        if (plan.IsFailure) return plan.Error;
        return await KeepAsync(round, new PlanBody(options, request.Start, request.Slots, units.Value, plan.Value), null, actor, ct);
    }

    public async Task<Result<Guid>> ChangedAsync(Guid roundId, PlanChange change, Actor actor, CancellationToken ct)
    {
        if (await ground.FindAsync(roundId, actor, ct) is not { } round) return PlanErrors.NotFound;
        if (round.ClosedAt is not null) return PlanErrors.Closed;
        if (await LastAsync(roundId, publishedOnly: false, ct) is not { } before) return PlanErrors.NotFound;
        if (string.IsNullOrWhiteSpace(change.Why) || change.Why.Length > LongestWhy) return PlanErrors.WhyMissing;
        if (change is { SiteId: null, TableId: null }) return PlanErrors.NothingChanged;
        if (change is { TableId: not null, Rate: null or < 1 or > 600 }) return PlanErrors.Rate;
        var body = before.Read();
        var options = body.Options;
        if (change.SiteId is { } site) options = options with { Closed = [.. options.Closed.Where(c => c.SiteId != site), new ClosedSite(site, Now(round))] };
        if (change is { TableId: { } table, Rate: { } rate }) options = options with { Slow = [.. options.Slow.Where(s => s.TableId != table), new SlowTable(table, rate)] };
        return await InPlaceAsync(round, before, options, change.Why.Trim(), actor, ct);
    }

    private async Task<Result<Guid>> InPlaceAsync(TestingRound round, RoundPlan before, PlanOptions options, string? why, Actor actor, CancellationToken ct)
    {
        var body = before.Read();
        var request = await ground.RequestAsync(round, options, body.Units, await ground.PeopleAsync(round.Id, ct), ct);
        if (Refusal(request) is { } refusal) return refusal;
        var plan = SamplingPlanner.Replan(request, body.Plan, SamplingProgress.ByPlan(Now(round)), ct);
        if (plan.IsFailure) return plan.Error;
        return await KeepAsync(round, body with { Options = options, Plan = plan.Value }, why, actor, ct);
    }

    public Task<RoundPlan?> LastAsync(Guid round, bool publishedOnly, CancellationToken ct) =>
        db.Set<RoundPlan>().AsNoTracking().Where(p => p.RoundId == round && (!publishedOnly || p.PublishedAt != null)).OrderByDescending(p => p.Number).FirstOrDefaultAsync(ct);

    private DateTimeOffset Now(TestingRound round) => clock.GetUtcNow() is var now && now > round.StartsAt ? now : round.StartsAt;

    private static Error? Refusal(SamplingRequest request)
    {
        if (request.Slots < 1) return PlanErrors.Window;
        return request.Sites.Sum(s => s.Tables.Count) == 0 ? PlanErrors.NoSites : null;
    }

    private async Task<Result<Guid>> KeepAsync(TestingRound round, PlanBody body, string? why, Actor actor, CancellationToken ct)
    {
        var number = await db.Set<RoundPlan>().Where(p => p.RoundId == round.Id).Select(p => (int?)p.Number).MaxAsync(ct) ?? 0;
        var plan = RoundPlan.Make(round.Id, number + 1, body, why, actor.AccountId, clock.GetUtcNow());
        db.Add(plan);
        db.Record(actor, "screening.plan.made", "round", round.Id, why, new
        {
            plan.Number,
            finish = body.Plan.Score.FinishMinutes,
            bound = body.Plan.Score.BoundMinutes,
            unplaced = body.Plan.Unplaced.Sum(u => u.People),
            moved = body.Plan.Moves?.Moved,
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
