using Tongxin.Core.Protocols;

namespace Tongxin.Access.FieldPack;

/// <summary>What devices need to judge passes by themselves.</summary>
/// <param name="Edition">The protocol edition in force; null when none is.</param>
/// <param name="Trust">The signed list of keys; null before the first key.</param>
/// <param name="Revocations">The signed list of withdrawn passes.</param>
internal sealed record PassMatters(Edition? Edition, byte[]? Trust, byte[]? Revocations);

/// <summary>Reads it from those who issue passes and put editions in force.</summary>
internal interface IPassMatters
{
    Task<PassMatters> ReadAsync(DateTimeOffset now, CancellationToken ct);
}
