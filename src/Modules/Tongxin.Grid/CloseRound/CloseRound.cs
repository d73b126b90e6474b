using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Contracts;
using Tongxin.Grid.Data;
using Tongxin.Grid.RecordVisit;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.CloseRound;

/// <summary>Ends a round. While targets are outstanding it takes a reason, which stays on record beside the figure.</summary>
internal sealed class CloseRound(TongxinDb db, TimeProvider clock)
{
    public async Task<Result> ExecuteAsync(Guid roundId, string? reason, Actor actor, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var round = await RoundLocks.AloneAsync(db, roundId, ct);
        if (round is null || !actor.ScopeOf(GridPermissions.OpenRounds).Everything) return GridErrors.RoundUnknown();
        var outstanding = await db.Set<Target>().CountAsync(t => t.RoundId == roundId && t.Status == TargetStatus.Outstanding, ct);
        var closed = round.Close(outstanding, reason, actor.AccountId, clock.GetUtcNow());
        if (closed.IsFailure) return closed;
        db.Record(actor, "grid.round.closed", "round", roundId, reason, new { outstanding });
        db.Raise(new RoundClosed(roundId, outstanding));
        await db.CommitAsync(ct);
        await transaction.CommitAsync(ct);
        return Result.Ok;
    }
}
