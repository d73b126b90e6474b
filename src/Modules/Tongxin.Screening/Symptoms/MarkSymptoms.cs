using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Core.Sampling;
using Tongxin.Grid.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Booking;
using Tongxin.Screening.Booking.Data;
using Tongxin.Screening.Laboratory;
using Tongxin.Screening.Rounds.Data;

namespace Tongxin.Screening.Symptoms;

/// <summary>
/// Says that somebody has symptoms, or takes it back: the lane of the roll changes for this round, and the slot with it. Plans, slots and the packs of
/// the tables read the lane; the reason is read nowhere else. Whoever is sampled at home stays there: nobody else is near.
/// </summary>
internal sealed class MarkSymptoms(TongxinDb db, SlotSeats seats, IRounds rounds, OwnPersons own, TellTesting tell, TimeProvider clock)
{
    /// <summary>By whoever looks after the person. A second time changes nothing. Commits.</summary>
    public async Task<Result> MarkAsync(Guid round, Guid person, Actor actor, CancellationToken ct) =>
        await IsInReachAsync(round, person, actor, SymptomPermissions.Mark, ct) ? await SetAsync(round, person, actor, ct) : SymptomErrors.NotFound;

    /// <summary>By the person or the family at home. Commits.</summary>
    public async Task<Result> MarkOwnAsync(Guid round, Guid person, Actor actor, CancellationToken ct) =>
        await IsOwnAsync(person, actor, ct) ? await SetAsync(round, person, actor, ct) : SymptomErrors.NotFound;

    /// <summary>What one said oneself; a doctor what anybody said. Commits.</summary>
    public async Task<Result> TakeBackAsync(Guid round, Guid person, Actor actor, CancellationToken ct)
    {
        if (!await IsInReachAsync(round, person, actor, SymptomPermissions.Mark, ct)) return SymptomErrors.NotFound;
        var any = actor.Can(SymptomPermissions.Read) && await IsInReachAsync(round, person, actor, SymptomPermissions.Read, ct);
        return await EndAsync(round, person, actor, any, ct);
    }

    /// <summary>What one said of oneself or the family. Commits.</summary>
    public async Task<Result> TakeBackOwnAsync(Guid round, Guid person, Actor actor, CancellationToken ct) =>
        await IsOwnAsync(person, actor, ct) ? await EndAsync(round, person, actor, any: false, ct) : SymptomErrors.NotFound;

    private Task<Result> SetAsync(Guid round, Guid person, Actor actor, CancellationToken ct) => seats.WithinAsync(round, async () =>
    {
        var found = await FindAsync(round, person, ct);
        if (found.IsFailure) return found.Error;
        if (await db.Set<SymptomMark>().AnyAsync(m => m.RoundId == round && m.PersonId == person, ct)) return Result.Ok;
        var member = found.Value;
        db.Add(SymptomMark.Of(member, actor.AccountId, LabFiles.By(actor), clock.GetUtcNow()));
        // The journal is read by more people than may know of symptoms.
        db.Record(actor, "screening.lane.apart", "person", person, details: new { round });
        if (member.Lane is SamplingLane.Normal or SamplingLane.Green) await MoveAsync(member, SamplingLane.Apart, actor, ct);
        return Result.Ok;
    }, ct);

    private Task<Result> EndAsync(Guid round, Guid person, Actor actor, bool any, CancellationToken ct) => seats.WithinAsync(round, async () =>
    {
        var found = await FindAsync(round, person, ct);
        if (found.IsFailure) return found.Error;
        if (await db.Set<SymptomMark>().SingleOrDefaultAsync(m => m.RoundId == round && m.PersonId == person, ct) is not { } mark) return SymptomErrors.NotMarked;
        // That somebody else said it is not told.
        if (!any && mark.AccountId != actor.AccountId) return SymptomErrors.NotMarked;
        db.Remove(mark);
        db.Record(actor, "screening.lane.back", "person", person, details: new { round });
        if (found.Value.Lane != mark.LaneBefore) await MoveAsync(found.Value, mark.LaneBefore, actor, ct);
        return Result.Ok;
    }, ct);

    private async Task<Result<Member>> FindAsync(Guid round, Guid person, CancellationToken ct)
    {
        if (await db.Set<TestingRound>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == round, ct) is not { } testing) return SymptomErrors.NotFound;
        if (await db.Set<Member>().SingleOrDefaultAsync(m => m.RoundId == round && m.PersonId == person, ct) is not { } member) return SymptomErrors.NotFound;
        if (testing.ClosedAt is not null) return SymptomErrors.Closed;
        return (await rounds.StatesAsync(round, [person], ct)).GetValueOrDefault(person)?.Status == TargetStatus.Done ? SymptomErrors.Sampled : member;
    }

    /// <summary>To another lane, and to a slot of it: at the same site if there is room, else anywhere, as near in time as can be. Without any the place is given back, and the person is told.</summary>
    private async Task MoveAsync(Member member, SamplingLane lane, Actor actor, CancellationToken ct)
    {
        member.ToLane(lane);
        if (await db.Set<SlotBooking>().SingleOrDefaultAsync(b => b.RoundId == member.RoundId && b.PersonId == member.PersonId, ct) is not { } booking) return;
        booking.StopWaiting();
        if (booking.SlotId is not { } held) return;
        var now = clock.GetUtcNow();
        var doer = new BookingDoer(actor, IsOwn: false);
        var from = await db.Set<Slot>().AsNoTracking().SingleAsync(s => s.Id == held, ct);
        var fitting = await db.Set<Slot>().AsNoTracking()
            .Where(s => s.RoundId == member.RoundId && s.WithdrawnAt == null && s.Lane == lane && s.Risk == from.Risk && s.Until > now && s.Taken < s.Capacity).ToListAsync(ct);
        foreach (var slot in fitting.OrderBy(s => s.SiteId != from.SiteId).ThenBy(s => (s.From - from.From).Duration()).ThenBy(s => s.From))
        {
            if ((await seats.TakeAsync(booking, slot, BookingStep.Placed, doer, ct)).IsFailure) continue;
            tell.Tell(member.RoundId, "note.slot-changed", member.PersonId, slot.From);
            return;
        }

        await seats.GiveBackAsync(booking, BookingStep.Withdrawn, doer, null, ct);
        tell.Tell(member.RoundId, "note.slot-withdrawn", member.PersonId, null);
    }

    private async Task<bool> IsInReachAsync(Guid round, Guid person, Actor actor, string permission, CancellationToken ct)
    {
        var reach = await rounds.ReachAsync(actor, permission, ct);
        return (await rounds.StatesAsync(round, [person], ct)).TryGetValue(person, out var target) && reach.Admits(target.CellId, target.PlacePath);
    }

    private async Task<bool> IsOwnAsync(Guid person, Actor actor, CancellationToken ct) => (await own.OfAsync(actor, ct)).Any(p => p.Entries.Contains(person));
}
