using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Sampling;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Booking.Data;
using Tongxin.Screening.Rounds.Data;

namespace Tongxin.Screening.Booking;

/// <summary>What became of the people of a published plan.</summary>
/// <param name="Called">Have a slot.</param>
/// <param name="Moved">Had another one before, and are told.</param>
/// <param name="Kept">Chose for themselves, and keep what they chose.</param>
/// <param name="Unplaced">The plan has no slot for them, or theirs is full.</param>
internal sealed record Published(int Slots, int Called, int Moved, int Kept, int Unplaced);

/// <summary>
/// Puts the slots of a plan in force and calls people to them, in one transaction. A second plan keeps the slots that are the same, moves only
/// those whom it moves, and takes no place from who chose one that still exists. Everybody whose slot is new or another is told.
/// </summary>
internal sealed class PublishSlots(TongxinDb db, SlotSeats seats, TellTesting tell, TimeProvider clock)
{
    public Task<Result<Published>> ExecuteAsync(Guid round, IReadOnlyList<NewSlot> plan, Actor actor, CancellationToken ct) =>
        ExecuteAsync(round, () => Task.FromResult<Result<List<NewSlot>>>(plan.ToList()), actor, ct);

    /// <param name="round">The round.</param>
    /// <param name="planned">Reads the plan, and says of it what goes into the same transaction. Asked with the round held, and again when that has to be begun anew.</param>
    /// <param name="actor">Who publishes.</param>
    /// <param name="ct">Gives up before the commit.</param>
    public async Task<Result<Published>> ExecuteAsync(Guid round, Func<Task<Result<List<NewSlot>>>> planned, Actor actor, CancellationToken ct)
    {
        var published = new Published(0, 0, 0, 0, 0);
        var done = await seats.WithinAsync(round, async () =>
        {
            var testing = await db.Set<TestingRound>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == round, ct);
            if (testing is null) return BookingErrors.NotFound;
            if (testing.ClosedAt is not null) return BookingErrors.Closed;
            var found = await planned();
            if (found.IsFailure) return found.Error;
            var plan = found.Value;
            var roll = await db.Set<Member>().AsNoTracking().Where(m => m.RoundId == round).ToDictionaryAsync(m => m.PersonId, ct);
            if (!IsSound(plan, roll)) return BookingErrors.PlanInvalid;
            var slots = await SlotsAsync(round, plan, ct);
            published = await CallAsync(round, plan, slots, roll, actor, ct);
            db.Record(actor, "screening.slots.published", "round", round, details: published);
            return Result.Ok;
        }, ct);
        return done.IsFailure ? done.Error : published;
    }

    private static bool IsSound(List<NewSlot> plan, Dictionary<Guid, Member> roll)
    {
        var seen = new HashSet<Guid>();
        return plan.All(s => s.Until > s.From && s.Capacity > 0 && s.People.Count <= s.Capacity && s.Lane != SamplingLane.Home && s.People.All(p => roll.ContainsKey(p) && seen.Add(p)))
            && plan.Select(Key).Distinct().Count() == plan.Count;
    }

    private static (Guid, DateTimeOffset, SamplingLane, Core.Protocols.RiskLevel) Key(NewSlot s) => (s.SiteId, s.From, s.Lane, s.Risk);

    /// <summary>The rows of the plan's slots, in its order; those that it no longer has are withdrawn.</summary>
    private async Task<IReadOnlyList<Slot>> SlotsAsync(Guid round, IReadOnlyList<NewSlot> plan, CancellationToken ct)
    {
        var known = await db.Set<Slot>().Where(s => s.RoundId == round && s.WithdrawnAt == null).ToListAsync(ct);
        var byKey = known.ToDictionary(s => (s.SiteId, s.From, s.Lane, s.Risk));
        var rows = plan.Select(s =>
        {
            if (byKey.Remove(Key(s), out var same))
            {
                same.Resize(s.Capacity);
                return same;
            }
            var made = Slot.Of(round, s);
            db.Add(made);
            return made;
        }).ToList();
        foreach (var gone in byKey.Values) gone.Withdraw(clock.GetUtcNow());
        return rows;
    }

    private async Task<Published> CallAsync(Guid round, List<NewSlot> plan, IReadOnlyList<Slot> slots, Dictionary<Guid, Member> roll, Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var bookings = await db.Set<SlotBooking>().Where(b => b.RoundId == round).ToDictionaryAsync(b => b.PersonId, ct);
        var chose = await ChoseAsync(round, ct);
        var come = (await db.Set<SlotArrival>().AsNoTracking().Where(a => a.RoundId == round).Select(a => new { a.SlotId, a.PersonId }).ToListAsync(ct)).Select(a => (a.SlotId, a.PersonId)).ToHashSet();
        var byId = slots.ToDictionary(s => s.Id);
        var taken = slots.ToDictionary(s => s.Id, _ => 0);
        // Who chose, or stands there already, keeps the place as long as there is one: the plan knew nothing of it.
        var kept = bookings.Values.Where(b => b.SlotId is { } at && byId.ContainsKey(at) && (chose.Contains(b.PersonId) || come.Contains((at, b.PersonId)))).OrderBy(b => b.ChangedAt).ThenBy(b => b.PersonId)
            .Where(b => taken[b.SlotId.GetValueOrDefault()]++ < byId[b.SlotId.GetValueOrDefault()].Capacity).Select(b => b.PersonId).ToHashSet();
        foreach (var slot in slots) taken[slot.Id] = Math.Min(taken[slot.Id], slot.Capacity);

        int called = 0, moved = 0, unplaced = 0;
        var made = new List<SlotBooking>();
        var steps = new List<BookingMove>();
        var told = new Dictionary<string, List<Told>>(StringComparer.Ordinal);
        var placed = new HashSet<Guid>(kept);
        for (var i = 0; i < plan.Count; i++)
        {
            foreach (var person in plan[i].People.Where(p => !kept.Contains(p)))
            {
                placed.Add(person);
                if (Room(slots, taken, i) is not { } slot)
                {
                    unplaced++;
                    Leave(person);
                    continue;
                }
                taken[slot.Id]++;
                called++;
                var booking = bookings.GetValueOrDefault(person);
                if (booking?.SlotId == slot.Id) continue;
                if (booking?.SlotId is not null) moved++;
                Say(booking?.SlotId is null ? "note.slot-published" : "note.slot-changed", person, slot.From);
                steps.Add(BookingMove.Of(round, person, slot.Id, BookingStep.Called, actor.AccountId, now));
                if (booking is null) made.Add(SlotBooking.Of(round, person, slot.Id, now));
                else booking.Take(slot.Id, now);
            }
        }
        foreach (var person in bookings.Keys.Where(p => !placed.Contains(p))) Leave(person);
        foreach (var slot in slots) slot.Fill(taken[slot.Id]);
        await db.CommitUnderHoldAsync(round, actor, ct);
        await db.BulkInsertAsync(made, ct);
        await db.BulkInsertAsync(steps, ct);
        await UnitsAsync(round, slots, roll, ct);
        foreach (var (what, persons) in told) tell.Tell(round, what, persons);
        return new Published(slots.Count, called, moved, kept.Count, unplaced);

        void Leave(Guid person)
        {
            if (bookings.GetValueOrDefault(person) is not { SlotId: { } lost } booking) return;
            booking.GiveBack(now);
            steps.Add(BookingMove.Of(round, person, lost, BookingStep.Withdrawn, actor.AccountId, now));
            Say("note.slot-withdrawn", person, null);
        }

        void Say(string what, Guid person, DateTimeOffset? at)
        {
            if (!told.TryGetValue(what, out var list)) told[what] = list = [];
            list.Add(new Told(person, at is { } moment ? TellTesting.Text(moment) : null));
        }
    }

    /// <summary>The slot of the plan, or, where who chose has filled it, the next of its site, lane and level.</summary>
    private static Slot? Room(IReadOnlyList<Slot> slots, Dictionary<Guid, int> taken, int at)
    {
        var meant = slots[at];
        if (taken[meant.Id] < meant.Capacity) return meant;
        return slots.Where(s => s.SiteId == meant.SiteId && s.Lane == meant.Lane && s.Risk == meant.Risk && taken[s.Id] < s.Capacity).MinBy(s => ((s.From - meant.From).Duration(), s.From));
    }

    /// <summary>Those whose slot was their own choice, or was given to them by hand.</summary>
    private async Task<HashSet<Guid>> ChoseAsync(Guid round, CancellationToken ct)
    {
        var last = new Dictionary<Guid, BookingStep>();
        await foreach (var move in db.Set<BookingMove>().AsNoTracking().Where(m => m.RoundId == round).OrderBy(m => m.At).ThenBy(m => m.Id).Select(m => new { m.PersonId, m.Step }).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (move.Step is not (BookingStep.Waits or BookingStep.WaitsNoMore or BookingStep.Arrived or BookingStep.NotArrived)) last[move.PersonId] = move.Step;
        }
        return [.. last.Where(l => l.Value is BookingStep.Chosen or BookingStep.Promoted or BookingStep.Placed).Select(l => l.Key)];
    }

    private async Task UnitsAsync(Guid round, IReadOnlyList<Slot> slots, Dictionary<Guid, Member> roll, CancellationToken ct)
    {
        var ids = slots.Select(s => s.Id).ToList();
        await db.Set<SlotUnit>().Where(u => ids.Contains(u.SlotId)).ExecuteDeleteAsync(ct);
        var counts = new Dictionary<(Guid Slot, Guid Place), int>();
        await foreach (var booking in db.Set<SlotBooking>().AsNoTracking().Where(b => b.RoundId == round && b.SlotId != null).AsAsyncEnumerable().WithCancellation(ct))
        {
            var key = (booking.SlotId.GetValueOrDefault(), roll[booking.PersonId].PlaceId);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }
        await db.BulkInsertAsync(counts.Select(c => SlotUnit.Of(c.Key.Slot, c.Key.Place, c.Value)), ct);
    }
}

/// <summary>Saves what is at hand before rows that refer to it are written past the change tracker.</summary>
internal static class UnderHold
{
    public static Task CommitUnderHoldAsync(this TongxinDb db, Guid round, Actor actor, CancellationToken ct)
    {
        db.Record(actor, "screening.slots.laid", "round", round);
        return db.CommitAsync(ct);
    }
}
