using Tongxin.Core.Passes;
using Tongxin.Core.Protocols;

namespace Tongxin.Access.Contracts;

/// <summary>Who stands behind the random reference of a pass, for the house alone.</summary>
public interface IPassBook
{
    /// <summary>What is known of each reference; unknown ones are left out.</summary>
    Task<IReadOnlyDictionary<Guid, PassFact>> FindAsync(IReadOnlyCollection<Guid> references, CancellationToken ct);

    /// <summary>References of the passes of persons that are good now: a device that carries them knows whom a scanned pass means.</summary>
    Task<ILookup<Guid, Guid>> ReferencesAsync(IReadOnlyCollection<Guid> personIds, CancellationToken ct);

    /// <summary>The colours of persons now, computed from measures, edition and proofs; whoever is not in the register is left out.</summary>
    Task<IReadOnlyDictionary<Guid, ColourDecision>> ColoursAsync(IReadOnlyCollection<Guid> personIds, CancellationToken ct);

    /// <summary>The list of withdrawn passes that devices hold, unsigned, for a server that decides by itself.</summary>
    Task<RevocationList> RevocationsAsync(CancellationToken ct);

    /// <summary>The keys that count now, for a device's enrolment and for a server that decides by itself. Later lists come signed from /api/v1/access/trust.</summary>
    Task<TrustList> TrustAsync(CancellationToken ct);
}

/// <summary>A pass as the house knows it.</summary>
/// <param name="Reference">The subject reference in the pass.</param>
/// <param name="PersonId">Whose it is.</param>
/// <param name="Name">Short form, as in the pass.</param>
/// <param name="Colour">The colour at issue.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="ExpiresAt">First second at which it is no longer good.</param>
/// <param name="RevokedAt">When it was withdrawn; null when it was not.</param>
public sealed record PassFact(Guid Reference, Guid PersonId, string Name, Colour Colour, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt);

/// <summary>Proofs and reports of persons, from the modules that keep them. Several may answer; what they say is joined.</summary>
public interface IHolderStates
{
    /// <summary>Those about whom the module knows something.</summary>
    Task<IReadOnlyDictionary<Guid, HolderState>> FindAsync(IReadOnlyCollection<Guid> personIds, CancellationToken ct);
}
