using Tongxin.Access.Gates;
using Tongxin.Platform.Access;

namespace Tongxin.Access.Scans;

/// <summary>The reach of an actor by the directory of gates.</summary>
internal sealed class GateDirectoryReach(IGateDirectory gates) : IScanGates
{
    public async Task<ScanReach> ReachAsync(Actor actor, CancellationToken ct) =>
        new(await gates.ScopeAsync(actor, ct), (await gates.AtAsync(null, ct)).Select(g => g.Id).ToHashSet());
}
