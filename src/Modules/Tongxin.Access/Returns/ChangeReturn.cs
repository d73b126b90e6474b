using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Returns.Data;
using Tongxin.Core.Common;
using Tongxin.Core.Returns;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Returns;

/// <summary>What a person, or a counsellor on behalf, does with a record until the arrival: correct, book, wait, give back, cancel. The caller has found the record within the actor's right.</summary>
internal sealed class ChangeReturn(TongxinDb db, WithinSeason within, ReturnRules rules, ReturnMoves moves, Seats seats, SecretBox box, TimeProvider clock)
{
    public const int MostTimes = 30;
    public const int LongestReason = 200;

    public Task<Result> CorrectAsync(Guid id, ReturnJourney journey, ReturnDoer doer, CancellationToken ct) => within.DoAsync(id, async (record, season) =>
    {
        if (!season.IsOpen(clock.GetUtcNow())) return ReturnErrors.Closed;
        if (record.Times >= MostTimes) return ReturnErrors.TooOften;
        return await TakeAsync(record, season, null, journey, doer, ct) is { IsFailure: true } refused ? refused : Journal("corrected", record, doer);
    }, ct);

    /// <summary>A correction within a transaction that holds the season.</summary>
    public async Task<Result> TakeAsync(ReturnRecord record, ReturnSeason season, string? phone, ReturnJourney journey, ReturnDoer doer, CancellationToken ct)
    {
        if (!record.IsOpen && record.State != ReturnState.Cancelled) return ReturnErrors.Closed;
        // Another day needs another slot; who only mends a train's number keeps it.
        var keepsSlot = record.State == ReturnState.Booked && record.SlotStarts is { } starts && CampusCalendar.DayOf(starts) == journey.Arrives;
        if (!keepsSlot && record.State is ReturnState.Booked or ReturnState.NotArrived) await seats.ReleaseAsync(record, doer, null, ct);
        if (keepsSlot) moves.Note(record, "corrected", doer);
        else
        {
            var moved = moves.Step(record, record.State == ReturnState.Cancelled ? ReturnStep.Declare : ReturnStep.Correct, doer);
            if (moved.IsFailure) return moved;
        }
        record.Tell(phone, journey, box, clock.GetUtcNow());
        await rules.RuleAsync(record, await rules.OfAsync(season, ct), ct);
        return Result.Ok;
    }

    public Task<Result> BookAsync(Guid id, Guid slotId, ReturnDoer doer, CancellationToken ct) => within.DoAsync(id, async (record, season) =>
    {
        var found = await SlotAsync(record, season, slotId, ct);
        if (found.IsFailure) return found.Error;
        var slot = found.Value;
        if (record.Arrives != slot.Day)
        {
            // What is asked depends on the day of arrival: it is that of the slot from now on.
            var set = await rules.OfAsync(season, ct);
            if (!set.Decide(record.Journey(box) with { Arrives = slot.Day }).MayCome) return ReturnErrors.NotYetThatDay;
            record.ArriveOn(slot.Day, box);
            await rules.RuleAsync(record, set, ct);
        }
        return await seats.BookAsync(record, slot, season.GateName, doer, ct) is { } refused ? refused : Journal("booked", record, doer, new { slot = slot.Id });
    }, ct);

    /// <summary>Waits for a place in a full slot; the wish before it ends.</summary>
    public Task<Result> WaitAsync(Guid id, Guid slotId, ReturnDoer doer, CancellationToken ct) => within.DoAsync(id, async (record, season) =>
    {
        var found = await SlotAsync(record, season, slotId, ct);
        if (found.IsFailure) return found.Error;
        if (found.Value.Day != record.Arrives && !(await rules.OfAsync(season, ct)).Decide(record.Journey(box) with { Arrives = found.Value.Day }).MayCome) return ReturnErrors.NotYetThatDay;
        if (found.Value.Free > 0) return ReturnErrors.SlotFree;
        await seats.StopWaitingAsync(record, ct);
        db.Add(ReturnWait.For(record, slotId, clock.GetUtcNow()));
        moves.Note(record, "waits", doer, found.Value.Starts.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        return Journal("waits", record, doer, new { slot = slotId });
    }, ct);

    public Task<Result> StopWaitingAsync(Guid id, ReturnDoer doer, CancellationToken ct) => within.DoAsync(id, async (record, _) =>
    {
        await seats.StopWaitingAsync(record, ct);
        return Journal("waits-no-more", record, doer);
    }, ct);

    public Task<Result> ReleaseAsync(Guid id, ReturnDoer doer, CancellationToken ct) => within.DoAsync(id, async (record, _) =>
    {
        if (!ReturnChain.Allows(record.State, ReturnStep.Release)) return ReturnChain.Next(record.State, ReturnStep.Release).Error;
        await seats.ReleaseAsync(record, doer, null, ct);
        return Journal("released", record, doer);
    }, ct);

    public Task<Result> CancelAsync(Guid id, string? why, ReturnDoer doer, CancellationToken ct) => within.DoAsync(id, async (record, _) =>
    {
        if (why?.Length > LongestReason) return ReturnErrors.TooLong;
        var held = await seats.HeldAsync(record, ct);
        var moved = moves.Step(record, ReturnStep.Cancel, doer, string.IsNullOrWhiteSpace(why) ? null : why.Trim());
        if (moved.IsFailure) return moved;
        await seats.FreeAsync(record, held, ct);
        await seats.StopWaitingAsync(record, ct);
        return Journal("cancelled", record, doer);
    }, ct);

    private async Task<Result<ReturnSlot>> SlotAsync(ReturnRecord record, ReturnSeason season, Guid slotId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (!season.IsOpen(now)) return ReturnErrors.SeasonClosed;
        if (record.State is not (ReturnState.Decided or ReturnState.Booked or ReturnState.NotArrived)) return ReturnChain.Next(record.State, ReturnStep.Book) is { IsFailure: true } refused ? refused.Error : ReturnErrors.Closed;
        if (record.Outcome == ReturnOutcome.NotYet) return ReturnErrors.NotYet;
        var slot = await db.Set<ReturnSlot>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == slotId && s.SeasonId == season.Id, ct);
        return slot is null ? ReturnErrors.SlotNotFound : slot.Ends <= now ? ReturnErrors.SlotOver : slot;
    }

    private Result Journal(string deed, ReturnRecord record, ReturnDoer doer, object? details = null)
    {
        db.Record(doer.ForJournal, $"access.return.{deed}", "return", record.Id, details: details);
        return Result.Ok;
    }
}
