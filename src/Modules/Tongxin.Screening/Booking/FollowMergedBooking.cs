using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Contracts;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Booking.Data;
using Tongxin.Screening.Rounds.Data;

namespace Tongxin.Screening.Booking;

/// <summary>
/// Two entries turned out to be one person: what one was told goes along. Where a roll has both, one place is enough: the other goes to the entry
/// that is still to come, or back to whoever waits for it. Where a roll has one of them, its place stays as it is.
/// </summary>
internal sealed class FollowMergedBooking(TongxinDb db, SlotSeats seats, IRounds rounds, TellTesting tell) : IHandle<PersonMerged>
{
    private const string Why = "merged";

    public async Task HandleAsync(PersonMerged happened, CancellationToken ct)
    {
        var (kept, gone) = (happened.KeptId, happened.GoneId);
        foreach (var note in await db.Set<TestingNote>().Where(n => n.PersonId == gone).ToListAsync(ct)) note.Follow(kept);
        var both = await (
            from round in db.Set<TestingRound>().AsNoTracking()
            where round.ClosedAt == null && db.Set<Member>().Count(m => m.RoundId == round.Id && (m.PersonId == kept || m.PersonId == gone)) == 2
                && db.Set<SlotBooking>().Any(b => b.RoundId == round.Id && (b.PersonId == kept || b.PersonId == gone) && (b.SlotId != null || b.WaitsFor != null))
            select round.Id).ToListAsync(ct);
        foreach (var round in both.OrderBy(r => r.ToString(), StringComparer.Ordinal)) await OnePlaceAsync(round, kept, gone, ct);
    }

    private async Task OnePlaceAsync(Guid round, Guid kept, Guid gone, CancellationToken ct)
    {
        await seats.HoldAsync(round, ct);
        var states = await rounds.StatesAsync(round, [kept, gone], ct);
        var isSampled = states.Values.Any(s => s.Status == TargetStatus.Done);
        // The entry that was sampled is the one that counts.
        var (stays, goes) = states.GetValueOrDefault(gone)?.Status == TargetStatus.Done ? (gone, kept) : (kept, gone);
        var left = await db.Set<SlotBooking>().SingleOrDefaultAsync(b => b.RoundId == round && b.PersonId == goes, ct);
        if (left is null or { SlotId: null, WaitsFor: null }) return;
        if (!isSampled && left.SlotId is { } slot && !await db.Set<SlotBooking>().AnyAsync(b => b.RoundId == round && b.PersonId == stays && b.SlotId != null, ct))
        {
            if (await AreAlikeAsync(round, kept, gone, ct))
            {
                seats.HandOver(left, await seats.BookingAsync(round, stays, ct), Why);
                if (await db.Set<SlotArrival>().SingleOrDefaultAsync(a => a.SlotId == slot && a.PersonId == goes, ct) is { } come)
                {
                    db.Remove(come);
                    db.Add(come.As(stays));
                }
                tell.Tell(round, "note.slot-changed", stays, await db.Set<Slot>().Where(s => s.Id == slot).Select(s => s.From).SingleAsync(ct));
                return;
            }
            tell.Tell(round, "note.slot-withdrawn", stays, null);
        }
        await seats.GiveBackAsync(left, BookingStep.Withdrawn, new BookingDoer(Actor.System, IsOwn: false), Why, ct);
    }

    /// <summary>Called from the same entrance to the same lane: the place of one fits the other.</summary>
    private async Task<bool> AreAlikeAsync(Guid round, Guid kept, Guid gone, CancellationToken ct)
    {
        var members = await db.Set<Member>().AsNoTracking().Where(m => m.RoundId == round && (m.PersonId == kept || m.PersonId == gone)).ToListAsync(ct);
        return members.Select(m => (m.Lane, m.PlaceId)).Distinct().Count() == 1;
    }
}
