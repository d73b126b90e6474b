using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Contracts;
using Tongxin.Access.Returns.Data;
using Tongxin.Core.Common;
using Tongxin.Core.Returns;
using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Returns;

/// <summary>
/// Places in slots and quotas. Everything here runs in a transaction that holds its season (see <see cref="HoldAsync"/>), and a place is
/// taken by one statement that asks whether there is one: nothing can be given twice, not even by a mistake elsewhere.
/// </summary>
internal sealed class Seats(TongxinDb db, ReturnMoves moves, TimeProvider clock)
{
    // A chain of people who each move into the place that another left; longer ones end here and go on with the next release.
    private const int LongestChain = 50;

    public Task HoldAsync(Guid season, CancellationToken ct) => db.Dialect.HoldAsync(db, $"returns:{season:N}", ct);

    /// <summary>Takes a place, gives back the one held before, and moves the record. Null when done.</summary>
    public async Task<Error?> BookAsync(ReturnRecord record, ReturnSlot slot, string gate, ReturnDoer doer, CancellationToken ct)
    {
        if (record.SlotId == slot.Id && record.State == ReturnState.Booked) return null;
        var held = await HeldAsync(record, ct);
        if (await TakeAsync(record, slot, held, ct) is { } refused) return refused;
        if (record.State == ReturnState.NotArrived) ReturnRules.Must(moves.Step(record, ReturnStep.Release, doer));
        var given = Give(record, slot, gate, doer);
        if (given.IsFailure) return given.Error;
        await StopWaitingAsync(record, ct);
        if (held is not null) await PromoteAsync(held.Id, gate, ct);
        return null;
    }

    /// <summary>Gives the place back, and the next who waits has it.</summary>
    public async Task ReleaseAsync(ReturnRecord record, ReturnDoer doer, string? why, CancellationToken ct)
    {
        var held = await HeldAsync(record, ct);
        ReturnRules.Must(moves.Step(record, ReturnStep.Release, doer, why));
        await FreeAsync(record, held, ct);
    }

    /// <summary>The place of somebody who cancels or does not come, without a step of its own.</summary>
    public async Task FreeAsync(ReturnRecord record, ReturnSlot? held, CancellationToken ct)
    {
        if (held is null) return;
        await CountAsync(record.CollegeId, held, -1, ct);
        record.GiveBack();
        db.Raise(new ReturnBookingEnded(record.Id, record.PersonId, held.Id));
        var gate = await db.Set<ReturnSeason>().Where(s => s.Id == record.SeasonId).Select(s => s.GateName).SingleAsync(ct);
        await PromoteAsync(held.Id, gate, ct);
    }

    public async Task<ReturnSlot?> HeldAsync(ReturnRecord record, CancellationToken ct) =>
        record.SlotId is { } id ? await db.Set<ReturnSlot>().AsNoTracking().SingleAsync(s => s.Id == id, ct) : null;

    public async Task StopWaitingAsync(ReturnRecord record, CancellationToken ct)
    {
        foreach (var wait in await db.Set<ReturnWait>().Where(w => w.ReturnId == record.Id).ToListAsync(ct)) db.Remove(wait);
    }

    private async Task<Error?> TakeAsync(ReturnRecord record, ReturnSlot slot, ReturnSlot? held, CancellationToken ct)
    {
        if (held is not null) await CountAsync(record.CollegeId, held, -1, ct);
        var quota = await db.Set<ReturnQuota>().AsNoTracking().SingleOrDefaultAsync(q => q.SeasonId == slot.SeasonId && q.UnitId == record.CollegeId && q.Day == slot.Day, ct);
        if (quota is not null && await db.Set<ReturnQuota>().Where(q => q.Id == quota.Id && q.Taken < q.Places).ExecuteUpdateAsync(s => s.SetProperty(q => q.Taken, q => q.Taken + 1), ct) == 0)
            return ReturnErrors.QuotaFull;
        return await db.TakePlaceAsync<ReturnSlot>(slot.Id, ct) ? null : ReturnErrors.SlotFull;
    }

    private async Task CountAsync(Guid? college, ReturnSlot slot, int by, CancellationToken ct)
    {
        await db.Set<ReturnQuota>().Where(q => q.SeasonId == slot.SeasonId && q.UnitId == college && q.Day == slot.Day && q.Taken + by >= 0).ExecuteUpdateAsync(s => s.SetProperty(q => q.Taken, q => q.Taken + by), ct);
        await db.Set<ReturnSlot>().Where(s => s.Id == slot.Id && s.Taken + by >= 0).ExecuteUpdateAsync(s => s.SetProperty(x => x.Taken, x => x.Taken + by), ct);
    }

    private async Task PromoteAsync(Guid freed, string gate, CancellationToken ct)
    {
        var free = new Queue<Guid>([freed]);
        for (var turn = 0; turn < LongestChain && free.TryDequeue(out var id); turn++)
        {
            var slot = await db.Set<ReturnSlot>().AsNoTracking().SingleAsync(s => s.Id == id, ct);
            if (slot.Free == 0 || slot.Ends <= clock.GetUtcNow()) continue;
            foreach (var wait in await db.Set<ReturnWait>().Where(w => w.SlotId == id).OrderBy(w => w.At).ThenBy(w => w.Id).ToListAsync(ct))
            {
                var record = await db.Set<ReturnRecord>().SingleAsync(r => r.Id == wait.ReturnId, ct);
                if (record.State is not (ReturnState.Decided or ReturnState.Booked)) continue;
                var held = await HeldAsync(record, ct);
                // A full quota of this one does not keep the place from the next: nothing was taken yet, so nothing is undone.
                if (!await QuotaHasRoomAsync(record, slot, held, ct)) continue;
                if (await TakeAsync(record, slot, held, ct) is { } lost) throw new InvalidOperationException(lost.Code);
                ReturnRules.Must(Give(record, slot, gate, ReturnDoer.Rules));
                db.Remove(wait);
                moves.Tell(record, "note.promoted", Text(slot.Starts));
                if (held is not null) free.Enqueue(held.Id);
                break;
            }
        }
    }

    public Result Give(ReturnRecord record, ReturnSlot slot, string gate, ReturnDoer doer)
    {
        var moved = moves.Step(record, ReturnStep.Book, doer, Text(slot.Starts));
        if (moved.IsFailure) return moved;
        record.Take(slot);
        db.Raise(new ReturnBooked(record.Id, record.SeasonId, record.PersonId, slot.Id, gate, slot.Starts, slot.Ends));
        db.Enqueue(MissArrivals.MessageKind, $"{record.Id:N}:{Ids.New():N}", new MissedSlot(record.Id, slot.Id), CampusCalendar.StartOf(slot.Day.AddDays(1)));
        return Result.Ok;
    }

    public static string Text(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);

    private async Task<bool> QuotaHasRoomAsync(ReturnRecord record, ReturnSlot slot, ReturnSlot? held, CancellationToken ct)
    {
        if (held is not null && held.Day == slot.Day) return true;
        var quota = await db.Set<ReturnQuota>().AsNoTracking().SingleOrDefaultAsync(q => q.SeasonId == slot.SeasonId && q.UnitId == record.CollegeId && q.Day == slot.Day, ct);
        return quota is null || quota.Taken < quota.Places;
    }
}
