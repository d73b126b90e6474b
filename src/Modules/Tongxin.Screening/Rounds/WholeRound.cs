using Tongxin.Core.Rounds;
using Tongxin.Grid.Contracts;
using Tongxin.Platform.Access;

namespace Tongxin.Screening.Rounds;

/// <summary>What concerns everybody of a round is done and seen only by who reaches everybody of it.</summary>
internal static class WholeRound
{
    /// <summary>The testing round, when all of it lies within the actor's reach; else null.</summary>
    public static async Task<RoundView?> WholeAsync(this IRounds rounds, Guid id, string permission, Actor actor, CancellationToken ct)
    {
        var own = await rounds.FindAsync(id, await rounds.ReachAsync(actor, permission, ct), ct);
        return own is { Kind: RoundKind.Testing } && (await rounds.FindAsync(id, RoundReach.All, ct))?.Balance.Targets == own.Balance.Targets ? own : null;
    }
}
