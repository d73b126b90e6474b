namespace Tongxin.Platform.Access;

/// <summary>
/// Who acts, read anew from the database for every request, so that a right that ended is gone with the next one.
/// </summary>
/// <param name="AccountId">The account that signed in; <see cref="Guid.Empty"/> for the system itself.</param>
/// <param name="PersonId">The person behind it, when known to the register.</param>
/// <param name="Name">Shown name. Never logged.</param>
/// <param name="UnitId">Home organisation unit: the second half of the two-person rule.</param>
/// <param name="Grants">The roles in force now, each with its scope.</param>
public sealed record Actor(Guid AccountId, Guid? PersonId, string Name, Guid? UnitId, IReadOnlyList<ActorGrant> Grants)
{
    /// <summary>Workers and sub-commands: everything, everywhere; journaled as "system".</summary>
    public static readonly Actor System = new(Guid.Empty, null, "system", null, [new ActorGrant("system", ScopeKind.Everything, null, ["*"])]);

    /// <summary>The device that acts for the account; null for a person at a page. The journal keeps it.</summary>
    public Guid? DeviceId { get; init; }

    /// <summary>The browser in which the account signed in, as a keyed hash; null where that is not known, and for devices.</summary>
    public string? Browser { get; init; }

    /// <summary>True for <see cref="System"/>.</summary>
    public bool IsSystem => AccountId == Guid.Empty;

    /// <summary>Whether any grant in force carries the permission, in whatever scope.</summary>
    public bool Can(string permission) => Grants.Any(g => g.Carries(permission));

    /// <summary>Where the permission may be used: the union of the scopes of the grants that carry it.</summary>
    public Scope ScopeOf(string permission)
    {
        var grants = Grants.Where(g => g.Carries(permission)).ToList();
        return new Scope(
            grants.Exists(g => g.ScopeKind == ScopeKind.Everything),
            Ids(ScopeKind.Place), Ids(ScopeKind.Unit), Ids(ScopeKind.Team));

        IReadOnlyList<Guid> Ids(ScopeKind kind) =>
            [.. grants.Where(g => g.ScopeKind == kind && g.ScopeId is not null).Select(g => g.ScopeId.GetValueOrDefault()).Distinct()];
    }
}

/// <summary>What a grant is bound to.</summary>
public enum ScopeKind
{
    /// <summary>The whole installation.</summary>
    Everything,

    /// <summary>A place and all that lies in it.</summary>
    Place,

    /// <summary>An organisation unit and all below it.</summary>
    Unit,

    /// <summary>A team: the cells it is responsible for.</summary>
    Team,
}

/// <summary>One role in force, with its scope and the permissions it carries ("*" for the system itself).</summary>
public sealed record ActorGrant(string Role, ScopeKind ScopeKind, Guid? ScopeId, IReadOnlyCollection<string> Permissions)
{
    /// <summary>Whether this grant carries the permission.</summary>
    public bool Carries(string permission) => Permissions.Contains(permission) || Permissions.Contains("*");
}

/// <summary>Where a permission may be used. All empty: nowhere.</summary>
public sealed record Scope(bool Everything, IReadOnlyList<Guid> Places, IReadOnlyList<Guid> Units, IReadOnlyList<Guid> Teams)
{
    /// <summary>No place at all.</summary>
    public bool IsEmpty => !Everything && Places.Count == 0 && Units.Count == 0 && Teams.Count == 0;
}
