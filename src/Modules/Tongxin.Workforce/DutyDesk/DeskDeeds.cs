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

    private async Task<OnDuty?> FindAsync(Guid turnId, Actor actor, CancellationToken ct)
    {
        var found = await book.Turns.SingleOrDefaultAsync(x => x.Turn.Id == turnId, ct);
        return found is not null && (await sight.PostsAsync(actor, DutyPermissions.RunDesk, ct)).Reach(found.Post.Id) ? found : null;
    }
}
