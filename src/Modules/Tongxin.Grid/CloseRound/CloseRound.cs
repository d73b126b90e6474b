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
    public Task<Result> ExecuteAsync(Guid roundId, string? reason, Actor actor, CancellationToken ct) =>
        CloseAsync(roundId, r => r.Kind == RoundKind.DoorKnock && actor.ScopeOf(GridPermissions.OpenRounds).Everything, reason, actor, ct);

    /// <summary>For the module that opened it and has looked at the actor's rights.</summary>
    public Task<Result> OfOtherKindAsync(Guid roundId, string? reason, Actor actor, CancellationToken ct) =>
        CloseAsync(roundId, r => r.Kind != RoundKind.DoorKnock, reason, actor, ct);

    private async Task<Result> CloseAsync(Guid roundId, Func<Round, bool> admits, string? reason, Actor actor, CancellationToken ct)
    {
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var round = await RoundLocks.AloneAsync(db, roundId, ct);
        if (round is null || !admits(round)) return GridErrors.RoundUnknown();
        var outstanding = await db.Set<Target>().CountAsync(t => t.RoundId == roundId && t.Status == TargetStatus.Outstanding, ct);
        var closed = round.Close(outstanding, reason, actor.AccountId, clock.GetUtcNow());
        if (closed.IsFailure) return closed;
        db.Record(actor, "grid.round.closed", "round", roundId, reason, new { outstanding });
        db.Raise(new RoundClosed(roundId, outstanding));
        await db.CommitAsync(ct);
        if (own is not null) await own.CommitAsync(ct);
        return Result.Ok;
    }
}
