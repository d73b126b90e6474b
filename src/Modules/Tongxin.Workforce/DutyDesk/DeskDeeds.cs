using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Duties;

namespace Tongxin.Workforce.DutyDesk;

/// <summary>What the desk does about somebody who has not come.</summary>
internal sealed class DeskDeeds(TongxinDb db, DutyBook book, TurnSteps steps, DutyNotes notes, DeskSight sight, TimeProvider clock)
{
    /// <summary>缺岗. Whoever comes after all checks in late.</summary>
    public async Task<Result> MarkAbsentAsync(Guid turnId, Actor actor, CancellationToken ct)
    {
        if (await FindAsync(turnId, actor, ct) is not { } found) return DutyErrors.TurnNotFound;
        if (found.Turn.State == TurnState.Absent) return Result.Ok;
        if (clock.GetUtcNow() < found.Duty.Starts) return DutyErrors.NotBegun;
        var moved = steps.Move(found.Turn, TurnState.Absent, actor);
        return moved.IsFailure ? moved : await db.TryCommitAsync(ct);
    }

    /// <summary>Calls somebody of the reserve of the same duty. Their check-in covers the one who is absent.</summary>
    public async Task<Result> CallReserveAsync(Guid absentTurnId, Guid reserveTurnId, Actor actor, CancellationToken ct)
    {
        if (await FindAsync(absentTurnId, actor, ct) is not { } absent) return DutyErrors.TurnNotFound;
        var reserve = await book.Turns.SingleOrDefaultAsync(x => x.Turn.Id == reserveTurnId && x.Duty.Id == absent.Duty.Id && x.Turn.IsReserve, ct);
        if (reserve is null) return DutyErrors.TurnNotFound;
        if (absent.Turn.State != TurnState.Absent || reserve.Turn.State is not (TurnState.Published or TurnState.Confirmed)) return DutyErrors.Changed;
        if (clock.GetUtcNow() >= absent.Duty.Ends) return DutyErrors.Over;
        if (!await notes.TellAsync(reserve.Turn.PersonId, DutyNoteKind.ReserveCalled, reserve.Turn.Id, $"{DutyNoteKind.ReserveCalled}:{reserve.Turn.Id:N}", ct)) return DutyErrors.CalledTwice;
        db.Record(actor, "workforce.reserve.called", "turn", reserve.Turn.Id, details: new { absent = absentTurnId });
        return await db.TryCommitAsync(ct, DutyErrors.CalledTwice);
    }

    /// <summary>
    /// 提前离岗: one of a duty goes before it is handed over, with a reason; the hours end now. Where somebody must always be, the last one
    /// stays until another has come.
    /// </summary>
    public async Task<Result> LeaveAsync(Guid factId, Guid turnId, string? why, Actor actor, CancellationToken ct)
    {
        if (await FindAsync(turnId, actor, ct) is not { } found) return DutyErrors.TurnNotFound;
        if (found.Turn.State == TurnState.Done) return Result.Ok;
        if (found.Turn.State is not (TurnState.OnPost or TurnState.HandingOver)) return DutyErrors.NotThere;
        if (string.IsNullOrWhiteSpace(why)) return DutyErrors.WhyMissing;
        if (found.Turn.PersonId == actor.PersonId) return DutyErrors.OwnTurn;
        if (found.Post.IsAroundTheClock && !await book.Turns.AnyAsync(x => x.Post.Id == found.Post.Id && x.Turn.Id != turnId && (x.Turn.State == TurnState.OnPost || x.Turn.State == TurnState.HandingOver), ct)) return DutyErrors.LastThere;
        var moved = steps.Move(found.Turn, TurnState.Done, actor, why.Trim());
        if (moved.IsFailure) return moved;
        db.Add(Attendance.Of(factId == Guid.Empty ? Platform.Ids.New() : factId, found.Turn, found.Duty, AttendanceKind.Out, AttendanceSource.Desk, clock.GetUtcNow(), actor.AccountId, why.Trim()));
        return await db.TryCommitAsync(ct);
    }

    private async Task<OnDuty?> FindAsync(Guid turnId, Actor actor, CancellationToken ct)
    {
        var found = await book.Turns.SingleOrDefaultAsync(x => x.Turn.Id == turnId, ct);
        return found is not null && (await sight.PostsAsync(actor, DutyPermissions.RunDesk, ct)).Reach(found.Post.Id) ? found : null;
    }
}
