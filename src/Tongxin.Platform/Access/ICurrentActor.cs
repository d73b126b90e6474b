namespace Tongxin.Platform.Access;

/// <summary>The actor behind the current request; one database read a request.</summary>
public interface ICurrentActor
{
    /// <summary>Null when nobody is signed in, or the account has ended.</summary>
    ValueTask<Actor?> GetAsync(CancellationToken ct);
}

/// <summary>
/// Grants that follow from facts of a module instead of being given by hand: a team's captain is captain because of the
/// membership, and stops being it when that ends.
/// </summary>
public interface IGrantSource
{
    /// <summary>The roles in force at <paramref name="at"/> for this person.</summary>
    Task<IReadOnlyList<DerivedGrant>> GrantsOfAsync(Guid personId, DateTimeOffset at, CancellationToken ct);
}

/// <summary>A role that follows from a fact.</summary>
public sealed record DerivedGrant(string Role, ScopeKind ScopeKind, Guid? ScopeId);
