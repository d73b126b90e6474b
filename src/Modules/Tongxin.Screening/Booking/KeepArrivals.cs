using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Booking.Data;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Screening.Sites;

namespace Tongxin.Screening.Booking;

/// <summary>到场 by hand: a captain for the own cells, whoever works at a site for that site. A slip of the finger is taken back; what a tube says is not.</summary>
internal sealed class KeepArrivals(TongxinDb db, IRounds rounds, SiteSight sight, TimeProvider clock)
{
    /// <summary>People come early, but not on another day.</summary>
    public static readonly TimeSpan MostEarly = TimeSpan.FromHours(2);

    /// <summary>Notes that somebody has come to the slot held. A second time changes nothing. Commits.</summary>
    public async Task<Result> ArriveAsync(Guid round, Guid slotId, Guid person, Actor actor, CancellationToken ct)
    {
        var found = await FindAsync(round, slotId, person, actor, ct);
        if (found.IsFailure) return found.Error;
        var now = clock.GetUtcNow();
        if (found.Value.From - now > MostEarly) return BookingErrors.Early;
        if (await Of(slotId, person).AnyAsync(ct)) return Result.Ok;
        db.Add(SlotArrival.ByHand(round, slotId, person, actor.AccountId, now));
        db.Add(BookingMove.Of(round, person, slotId, BookingStep.Arrived, actor.AccountId, now));
        db.Record(actor, "screening.slot.arrived", "person", person, details: new { slot = slotId });
        try
        {
            await db.CommitAsync(ct);
        }
        catch (DbUpdateException failure) when (db.Dialect.IsUniqueViolation(failure))
        {
            // Somebody else, or the tube, said it at the same moment.
            db.Forget();
        }
        return Result.Ok;
    }

    /// <summary>The button was pressed by mistake. Commits.</summary>
    public async Task<Result> TakeBackAsync(Guid round, Guid slotId, Guid person, Actor actor, CancellationToken ct)
    {
        var found = await FindAsync(round, slotId, person, actor, ct);
        if (found.IsFailure) return found.Error;
        if (await Of(slotId, person).SingleOrDefaultAsync(ct) is not { } arrival) return BookingErrors.NotArrived;
        if (arrival.AccountId is null) return BookingErrors.Sampled;
        db.Remove(arrival);
        db.Add(BookingMove.Of(round, person, slotId, BookingStep.NotArrived, actor.AccountId, clock.GetUtcNow()));
        db.Record(actor, "screening.slot.not-arrived", "person", person, details: new { slot = slotId, arrival.At, arrival.AccountId });
        try
        {
            await db.CommitAsync(ct);
            return Result.Ok;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.Forget();
            return BookingErrors.NotArrived;
        }
    }

    private IQueryable<SlotArrival> Of(Guid slot, Guid person) => db.Set<SlotArrival>().Where(a => a.SlotId == slot && a.PersonId == person);

    private async Task<Result<Slot>> FindAsync(Guid round, Guid slotId, Guid person, Actor actor, CancellationToken ct)
    {
        var slot = await db.Set<Slot>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == slotId && s.RoundId == round && s.WithdrawnAt == null, ct);
        if (slot is null || !(await rounds.StatesAsync(round, [person], ct)).TryGetValue(person, out var target)) return BookingErrors.NotFound;
        var reach = await rounds.ReachAsync(actor, BookingPermissions.Arrive, ct);
        if (!reach.Admits(target.CellId, target.PlacePath) && await sight.FindAsync(slot.SiteId, actor, BookingPermissions.Arrive, ct) is null) return BookingErrors.NotFound;
        if (!await db.Set<SlotBooking>().AnyAsync(b => b.RoundId == round && b.PersonId == person && b.SlotId == slotId, ct)) return BookingErrors.OtherSlot;
        if (await db.Set<TestingRound>().AnyAsync(r => r.Id == round && r.ClosedAt != null, ct)) return BookingErrors.Closed;
        return target.Status == TargetStatus.Done ? BookingErrors.Sampled : slot;
    }
}
