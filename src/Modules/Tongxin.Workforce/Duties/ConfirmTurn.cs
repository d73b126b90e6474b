using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Workforce.Duties;

/// <summary>One tap: I shall be there.</summary>
internal sealed class ConfirmTurn(TongxinDb db, DutyBook book, TurnSteps steps, TimeProvider clock)
{
    public async Task<Result> ExecuteAsync(Guid turnId, Actor actor, CancellationToken ct)
    {
        if (await book.OwnAsync(turnId, actor, ct) is not { } own) return DutyErrors.TurnNotFound;
        // Tapped twice is tapped once.
        if (own.Turn.State == TurnState.Confirmed) return Result.Ok;
        if (own.Duty.Ends <= clock.GetUtcNow()) return DutyErrors.Over;
        var moved = steps.Move(own.Turn, TurnState.Confirmed, actor);
        return moved.IsFailure ? moved : await db.TryCommitAsync(ct);
    }
}
