using Tongxin.Core.Protocols;

namespace Tongxin.Access.Contracts;

/// <summary>Which protocol edition is in force here. Two people of two units put one in force and end it.</summary>
public interface IProtocolsInForce
{
    /// <summary>The edition in force at an instant; null when none is: then nobody has a colour.</summary>
    Task<Edition?> AtAsync(DateTimeOffset at, CancellationToken ct);
}
