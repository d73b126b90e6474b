using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Booking.Data;
using Tongxin.Screening.Rounds.Data;

namespace Tongxin.Screening.Booking;

/// <summary>Who does it, and as what it is noted.</summary>
/// <param name="IsOwn">For oneself or the household: then an account does only so much in an hour.</param>
internal sealed record BookingDoer(Actor Actor, bool IsOwn);

/// <summary>
/// Who waits for a round waits here, before a connection is taken: a thousand who book at once would hold all connections of the house while each
/// waits for the same lock. Between nodes the database's own lock decides.
/// </summary>
internal sealed class SlotQueue
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<Guid, SemaphoreSlim> _rounds = new();

    public async Task<IDisposable> EnterAsync(Guid round, CancellationToken ct)
    {
        var gate = _rounds.GetOrAdd(round, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(ct);
        return new Leave(gate);
    }

    private sealed class Leave(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}

/// <summary>
/// Places in slots. Everything here runs in a transaction that holds its round, so that two who meet at one person or one waiting list come one
/// after the other; that no slot is over its capacity is kept by the slot's own row besides.
/// </summary>
internal sealed class SlotSeats(TongxinDb db, SlotQueue queue, IRounds rounds, TellTesting tell, TimeProvider clock)
{
    private const int Turns = 4;

    // A chain of people who each move into the place that another left; longer ones end here and go on with the next release.
    private const int LongestChain = 50;

    /// <summary>Does one thing with the round held; a refusal leaves no trace.</summary>
    public async Task<Result> WithinAsync(Guid round, Func<Task<Result>> act, CancellationToken ct)
    {
        // Ids come from addresses: what is no round gets no queue, for those are kept as long as the program runs.
        if (!await db.Set<TestingRound>().AnyAsync(r => r.Id == round, ct)) return BookingErrors.NotFound;
        using var turnOfOurs = await queue.EnterAsync(round, ct);
        for (var turn = 1; ; turn++)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            try
            {
                await HoldAsync(round, ct);
                // Whatever it needs it reads in here: a second turn begins with nothing.
                var done = await act();
                if (done.IsFailure)
                {
                    db.Forget();
                    return done;
                }
                await db.CommitAsync(ct);
                await transaction.CommitAsync(ct);
                return Result.Ok;
            }
            catch (DbUpdateException failure) when (turn < Turns && (failure is DbUpdateConcurrencyException || db.Dialect.IsUniqueViolation(failure)))
            {
                db.Forget();
            }
        }
    }

    /// <summary>Holds the round until the end of the transaction at hand.</summary>
    public Task HoldAsync(Guid round, CancellationToken ct) => db.Dialect.HoldAsync(db, $"screening:{round:N}", ct);

    public async Task<SlotBooking> BookingAsync(Guid round, Guid person, CancellationToken ct)
    {
        if (await db.Set<SlotBooking>().SingleOrDefaultAsync(b => b.RoundId == round && b.PersonId == person, ct) is { } known) return known;
        var booking = SlotBooking.Of(round, person, null, clock.GetUtcNow());
        db.Add(booking);
        return booking;
    }

    /// <summary>Takes a place, and gives back the one held before; whoever waits for that one has it.</summary>
    public async Task<Result> TakeAsync(SlotBooking booking, Slot slot, BookingStep step, BookingDoer doer, CancellationToken ct, string? why = null)
    {
        if (booking.SlotId == slot.Id) return Result.Ok;
        if (!await db.TakePlaceAsync<Slot>(slot.Id, ct)) return BookingErrors.SlotFull;
        var held = booking.SlotId;
        booking.Take(slot.Id, clock.GetUtcNow());
        Note(booking, slot.Id, step, doer.Actor.AccountId, why);
        if (held is { } before) await FreeAsync(before, ct);
        return Result.Ok;
    }

    /// <summary>Gives the place back.</summary>
    public async Task GiveBackAsync(SlotBooking booking, BookingStep step, BookingDoer doer, string? why, CancellationToken ct)
    {
        var held = booking.SlotId;
        booking.GiveBack(clock.GetUtcNow());
        booking.StopWaiting();
        Note(booking, held, step, doer.Actor.AccountId, why);
        if (held is { } slot) await FreeAsync(slot, ct);
    }

    /// <summary>The place of one entry goes to another entry of the same person: the slot has neither more nor fewer people.</summary>
    public void HandOver(SlotBooking from, SlotBooking to, string why)
    {
        var now = clock.GetUtcNow();
        var (slot, wish, since) = (from.SlotId, from.WaitsFor, from.WaitsSince);
        from.GiveBack(now);
        from.StopWaiting();
        Note(from, slot, BookingStep.Withdrawn, Actor.System.AccountId, why);
        if (slot is { } place)
        {
            to.Take(place, now);
            Note(to, place, BookingStep.Placed, Actor.System.AccountId, why);
        }
        if (to.WaitsFor is null && wish is { } waited && since is { } at) to.Wait(waited, at);
    }

    public void Note(SlotBooking booking, Guid? slot, BookingStep step, Guid account, string? why = null) =>
        db.Add(BookingMove.Of(booking.RoundId, booking.PersonId, slot, step, account, clock.GetUtcNow(), why));

    private async Task FreeAsync(Guid freed, CancellationToken ct)
    {
        await db.GivePlaceBackAsync<Slot>(freed, ct);
        var free = new Queue<Guid>([freed]);
        for (var turn = 0; turn < LongestChain && free.TryDequeue(out var id); turn++)
        {
            var slot = await db.Set<Slot>().AsNoTracking().SingleAsync(s => s.Id == id, ct);
            if (slot.Free == 0 || slot.WithdrawnAt is not null || slot.Until <= clock.GetUtcNow()) continue;
            if (await FirstWaitingAsync(slot, ct) is not { } waiting || !await db.TakePlaceAsync<Slot>(id, ct)) continue;
            var held = waiting.SlotId;
            waiting.Take(id, clock.GetUtcNow());
            Note(waiting, id, BookingStep.Promoted, Guid.Empty);
            tell.Tell(waiting.RoundId, "note.slot-promoted", waiting.PersonId, slot.From);
            if (held is not { } before) continue;
            await db.GivePlaceBackAsync<Slot>(before, ct);
            free.Enqueue(before);
        }
    }

    /// <summary>The first whose wish still stands: not withdrawn in this very transaction, and not sampled meanwhile.</summary>
    private async Task<SlotBooking?> FirstWaitingAsync(Slot slot, CancellationToken ct)
    {
        var waiting = (await db.Set<SlotBooking>().Where(b => b.WaitsFor == slot.Id).OrderBy(b => b.WaitsSince).ThenBy(b => b.PersonId).ToListAsync(ct)).FindAll(b => b.WaitsFor == slot.Id);
        if (waiting.Count == 0) return null;
        var states = await rounds.StatesAsync(slot.RoundId, waiting.ConvertAll(b => b.PersonId), ct);
        return waiting.Find(b => states.GetValueOrDefault(b.PersonId)?.Status is TargetStatus.Outstanding or TargetStatus.Excused);
    }
}
