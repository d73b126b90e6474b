using Tongxin.Access.Gates;
using Tongxin.Access.Gates.Data;
using Tongxin.Platform.Access;

namespace Tongxin.Access.FieldPack;

/// <summary>Puts the pack of one account together from what the other parts know.</summary>
internal sealed class ReadPack(IGateDirectory gates, TimeProvider clock)
{
    public async Task<Pack> ExecuteAsync(Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var own = await gates.ListAsync(actor, ct);
        return new Pack(now, now, actor.Name, [.. own.Select(Gate)], Protocol: null, [], Trust: null, Revocations: null);
    }

    private static PackGate Gate(GateEntry gate) => new(
        gate.Id, gate.Name, gate.Place, [.. gate.Lanes.Select(l => l.Name)], gate.State == GateState.Sealed,
        gate.PassBack == PassBackMode.Off ? 0 : gate.PassBackMinutes);
}
