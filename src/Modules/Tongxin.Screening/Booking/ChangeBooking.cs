using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Core.Sampling;
using Tongxin.Grid.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Booking.Data;
using Tongxin.Screening.Rounds.Data;

namespace Tongxin.Screening.Booking;

/// <summary>What is done with the slot of one person. The caller has found the person within the actor's right.</summary>
internal sealed class ChangeBooking(TongxinDb db, SlotSeats seats, IRounds rounds, TellTesting tell, TimeProvider clock)
{
    /// <summary>What one account may do for itself and the household in an hour: a hand that tries slots needs ten, a machine thousands.</summary>
    public const int MostAnHour = 20;

    public const int LongestReason = 200;

    private static readonly BookingStep[] OwnSteps = [BookingStep.Chosen, BookingStep.Cancelled, BookingStep.Waits, BookingStep.WaitsNoMore];

    public Task<Result> BookAsync(Guid round, Guid person, Guid slotId, BookingDoer doer, CancellationToken ct) => seats.WithinAsync(round, async () =>
    {
        var found = await SlotAsync(round, person, slotId, doer, ct);
        if (found.IsFailure) return found.Error;
        var booking = await seats.BookingAsync(round, person, ct);
        if (booking.SlotId == slotId) return Result.Ok;
        var taken = await seats.TakeAsync(booking, found.Value, doer.IsOwn ? BookingStep.Chosen : BookingStep.Placed, doer, ct);
        if (taken.IsFailure) return taken;
        if (!doer.IsOwn) tell.Tell(round, "note.slot-changed", person, found.Value.From);
        return Journal("booked", person, doer, slotId);
    }, ct);

    /// <summary>Waits for a place in a full slot; the wish before it ends, the slot held is kept until then.</summary>
    public Task<Result> WaitAsync(Guid round, Guid person, Guid slotId, BookingDoer doer, CancellationToken ct) => seats.WithinAsync(round, async () =>
    {
        var found = await SlotAsync(round, person, slotId, doer, ct);
        if (found.IsFailure) return found.Error;
        if (found.Value.Free > 0) return BookingErrors.SlotFree;
        var booking = await seats.BookingAsync(round, person, ct);
        if (booking.SlotId == slotId || booking.WaitsFor == slotId) return Result.Ok;
        booking.Wait(slotId, clock.GetUtcNow());
        seats.Note(booking, slotId, BookingStep.Waits, doer.Actor.AccountId);
        return Journal("waits", person, doer, slotId);
    }, ct);

    public Task<Result> StopWaitingAsync(Guid round, Guid person, BookingDoer doer, CancellationToken ct) => seats.WithinAsync(round, async () =>
    {
        var booking = await seats.BookingAsync(round, person, ct);
        if (booking.WaitsFor is not { } slot) return BookingErrors.Nothing;
        booking.StopWaiting();
        seats.Note(booking, slot, BookingStep.WaitsNoMore, doer.Actor.AccountId);
        return Journal("waits-no-more", person, doer, slot);
    }, ct);

    /// <summary>Cancelled by the person, or taken back by captain or office with a reason; then the person is told.</summary>
    /// <param name="round">The round.</param>
    /// <param name="person">Whose slot.</param>
    /// <param name="meant">The slot that is meant; whoever has another one by now keeps it. Null: whichever it is.</param>
    /// <param name="why">The reason; a must for staff.</param>
    /// <param name="doer">Who does it.</param>
    /// <param name="ct">Gives up before the commit.</param>
    public Task<Result> ReleaseAsync(Guid round, Guid person, Guid? meant, string? why, BookingDoer doer, CancellationToken ct) => seats.WithinAsync(round, async () =>
    {
        if (why?.Length > LongestReason || (!doer.IsOwn && string.IsNullOrWhiteSpace(why))) return BookingErrors.ReasonMissing;
        if (await MayChangeAsync(round, person, doer, ct) is { } refused) return refused;
        var booking = await seats.BookingAsync(round, person, ct);
        if (booking.SlotId is not { } slot) return BookingErrors.Nothing;
        if (meant is { } asked && asked != slot) return BookingErrors.OtherSlot;
        await seats.GiveBackAsync(booking, doer.IsOwn ? BookingStep.Cancelled : BookingStep.Released, doer, why?.Trim(), ct);
        if (!doer.IsOwn) tell.Tell(round, "note.slot-released", [new Told(person, why?.Trim())]);
        return Journal(doer.IsOwn ? "cancelled" : "released", person, doer, slot, why?.Trim());
    }, ct);

    /// <summary>The slots a person can choose among: of the own lane and of the risk level of where the person lives.</summary>
    public async Task<IReadOnlyList<Slot>> OpenSlotsAsync(Guid round, Guid person, CancellationToken ct)
    {
        if (await db.Set<Member>().AsNoTracking().SingleOrDefaultAsync(m => m.RoundId == round && m.PersonId == person, ct) is not { } member) return [];
        var now = clock.GetUtcNow();
        var slots = await db.Set<Slot>().AsNoTracking().Where(s => s.RoundId == round && s.WithdrawnAt == null && s.Until > now).OrderBy(s => s.From).ThenBy(s => s.SiteId).ToListAsync(ct);
        var level = await LevelAsync(member, ct);
        return [.. slots.Where(s => Fits(member, s) && (level is null || s.Risk == level))];
    }

    private async Task<Result<Slot>> SlotAsync(Guid round, Guid person, Guid slotId, BookingDoer doer, CancellationToken ct)
    {
        if (await MayChangeAsync(round, person, doer, ct) is { } refused) return refused;
        var slot = await db.Set<Slot>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == slotId && s.RoundId == round && s.WithdrawnAt == null, ct);
        if (slot is null) return BookingErrors.SlotNotFound;
        if (slot.Until <= clock.GetUtcNow()) return BookingErrors.SlotOver;
        var member = await db.Set<Member>().AsNoTracking().SingleAsync(m => m.RoundId == round && m.PersonId == person, ct);
        if (member.Lane == SamplingLane.Home) return BookingErrors.AtHome;
        return !Fits(member, slot) || (await LevelAsync(member, ct) is { } level && level != slot.Risk) ? BookingErrors.Lane : slot;
    }

    private async Task<Error?> MayChangeAsync(Guid round, Guid person, BookingDoer doer, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var testing = await db.Set<TestingRound>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == round, ct);
        if (testing is null || !(await rounds.StatesAsync(round, [person], ct)).TryGetValue(person, out var state)) return BookingErrors.NotFound;
        if (testing.ClosedAt is not null || testing.EndsAt <= now) return BookingErrors.Closed;
        if (state.Status == TargetStatus.Done) return BookingErrors.Sampled;
        if (!doer.IsOwn) return null;
        var since = now.AddHours(-1);
        // What an account does as office or captain (published, placed, released) is no change of its own.
        return await db.Set<BookingMove>().CountAsync(m => m.AccountId == doer.Actor.AccountId && m.At > since && OwnSteps.Contains(m.Step), ct) >= MostAnHour ? BookingErrors.TooMany(MostAnHour) : null;
    }

    // Whoever needs the green lane may stand in the normal one; nobody else changes lanes.
    private static bool Fits(Member member, Slot slot) => slot.Lane == member.Lane || (member.Lane == SamplingLane.Green && slot.Lane == SamplingLane.Normal);

    /// <summary>The level at which the person's entrance was planned; null when the plan does not say.</summary>
    private async Task<Core.Protocols.RiskLevel?> LevelAsync(Member member, CancellationToken ct) => (await (
        from u in db.Set<SlotUnit>().AsNoTracking()
        join s in db.Set<Slot>() on u.SlotId equals s.Id
        where s.RoundId == member.RoundId && u.PlaceId == member.PlaceId && s.WithdrawnAt == null
        select (Core.Protocols.RiskLevel?)s.Risk).FirstOrDefaultAsync(ct));

    private Result Journal(string deed, Guid person, BookingDoer doer, Guid slot, string? why = null)
    {
        db.Record(doer.Actor, $"screening.slot.{deed}", "person", person, why, new { slot });
        return Result.Ok;
    }
}
