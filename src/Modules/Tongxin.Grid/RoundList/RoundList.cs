using Tongxin.Grid.Contracts;
using Tongxin.Platform.Access;

namespace Tongxin.Grid.RoundList;

/// <summary>All door-knock rounds with their identity, open ones first.</summary>
internal sealed class RoundList(IRounds rounds)
{
    public async Task<IReadOnlyList<RoundView>> ListAsync(Actor actor, CancellationToken ct) =>
        await rounds.ListAsync(RoundKind.DoorKnock, await rounds.ReachAsync(actor, GridPermissions.ReadRounds, ct), ct);
}
