using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Sampling;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Booking;
using Tongxin.Screening.Booking.Data;
using Tongxin.Screening.Plans.Data;

namespace Tongxin.Screening.Plans;

/// <summary>Puts the last plan of a round in force: its slots, and who is called to them.</summary>
internal sealed class PublishPlan(TongxinDb db, PlanGround ground, PublishSlots publish, FeedStaff staff, TimeProvider clock)
{
    public async Task<Result<Published>> ExecuteAsync(Guid roundId, Guid planId, Actor actor, CancellationToken ct)
    {
        if (await ground.FindAsync(roundId, actor, ct) is not { } round) return PlanErrors.NotFound;
        if (!await db.Set<RoundPlan>().AnyAsync(p => p.Id == planId && p.RoundId == roundId, ct)) return PlanErrors.NotFound;
        if (round.ClosedAt is not null) return PlanErrors.Closed;
        // Plan, entry and slots are one transaction, with the round held: of two who publish at once the second hears that it is done.
        var done = await publish.ExecuteAsync(roundId, () => PublishAsync(roundId, planId, actor, ct), actor, ct);
        if (done.IsFailure) return done;
        // The plan is in force whatever the posts say: where they refuse, its page says so and offers to try again.
        await staff.ExecuteAsync(roundId, actor, ct);
        return done;
    }

    private async Task<Result<List<NewSlot>>> PublishAsync(Guid roundId, Guid planId, Actor actor, CancellationToken ct)
    {
        var plan = await db.Set<RoundPlan>().SingleAsync(p => p.Id == planId, ct);
        if (plan.PublishedAt is not null) return PlanErrors.Published;
        if (await db.Set<RoundPlan>().AnyAsync(p => p.RoundId == roundId && p.Number > plan.Number, ct)) return PlanErrors.Changed;
        plan.Publish(clock.GetUtcNow());
        db.Record(actor, "screening.plan.published", "round", roundId, plan.Why, new { plan.Number });
        return Slots(plan.Read(), await ground.PeopleAsync(roundId, ct));
    }

    /// <summary>Slots of tables with the persons behind the doors that are called to them.</summary>
    private static List<NewSlot> Slots(PlanBody body, IReadOnlyList<Planned> people)
    {
        var behind = people.ToLookup(p => (p.Door, p.Lane), p => p.Person);
        var units = body.Units.ToDictionary(u => u.Id);
        var loads = body.Plan.Loads.ToDictionary(l => (l.SiteId, l.Slot, l.Lane));
        var called = loads.Keys.ToDictionary(k => k, _ => new List<Guid>());
        foreach (var slot in body.Plan.Slots)
        {
            // Green people of a site without a green table stand in the normal lane.
            var key = (slot.SiteId, slot.Slot, slot.Lane);
            if (!called.ContainsKey(key)) key = (slot.SiteId, slot.Slot, SamplingLane.Normal);
            for (var d = slot.First; d <= slot.Last; d++) called[key].AddRange(behind[(units[slot.UnitId].Doors[d], slot.Lane)]);
        }

        return [.. loads.Select(l => new NewSlot(
            l.Key.SiteId, body.Start.AddMinutes(l.Key.Slot * SamplingSize.SlotMinutes), body.Start.AddMinutes((l.Key.Slot + 1) * SamplingSize.SlotMinutes),
            l.Key.Lane, l.Value.Risk, Math.Max(l.Value.Capacity, called[l.Key].Count), called[l.Key]))];
    }
}
