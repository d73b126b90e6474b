using Tongxin.Access.Contracts;
using Tongxin.Access.FieldPack;

namespace Tongxin.Access.Passes;

/// <summary>What the pack of a phone carries about passes.</summary>
internal sealed class MattersOfPasses(SignedLists lists, IProtocolsInForce protocols) : IPassMatters
{
    public async Task<PassMatters> ReadAsync(DateTimeOffset now, CancellationToken ct) =>
        new(await protocols.AtAsync(now, ct), (await lists.TrustAsync(ct)).Bytes, (await lists.RevocationsAsync(ct)).Bytes);
}
