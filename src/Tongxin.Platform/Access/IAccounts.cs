using Tongxin.Core.Common;

namespace Tongxin.Platform.Access;

/// <summary>
/// Accounts and what they may do. Every method journals and leaves the commit to the caller, so that an account and the
/// fact that needs it (a membership, a post) are made together or not at all. The caller has checked that the actor may.
/// </summary>
public interface IAccounts
{
    /// <summary>Makes an account without any right. Its password is in the answer, once, and must be changed at the first sign-in.</summary>
    Task<Result<CreatedAccount>> CreateAsync(NewAccount account, Actor actor, CancellationToken ct);

    /// <summary>
    /// Gives a role. Nobody gives one to the own account or person. Roles and scopes that reach far
    /// (see <see cref="FarReaching"/>) are only asked for: a second person decides.
    /// </summary>
    Task<Result<GrantAnswer>> GrantAsync(NewGrant grant, Actor actor, CancellationToken ct);

    /// <summary>
    /// Makes an account of nobody the account of a person: rights that follow from facts (a team, a post) then follow. Neither one's own
    /// account nor one's own person; an account that is somebody's stays theirs.
    /// </summary>
    Task<Result> LinkAsync(Guid accountId, Guid personId, string reason, Actor actor, CancellationToken ct);

    /// <summary>Ends a grant now: gone with the holder's next request.</summary>
    Task<Result> EndGrantAsync(Guid grantId, string reason, Actor actor, CancellationToken ct);

    /// <summary>Ends an account now, with all that it holds.</summary>
    Task<Result> EndAsync(Guid accountId, string reason, Actor actor, CancellationToken ct);

    /// <summary>A new password, in the answer once; must be changed at the next sign-in. All open sessions end.</summary>
    Task<Result<string>> ResetPasswordAsync(Guid accountId, string reason, Actor actor, CancellationToken ct);

    /// <summary>Makes the demonstration accounts that are missing, all with <see cref="DemoAccount.Password"/>; changes none that is there.</summary>
    Task EnsureDemoAsync(IReadOnlyList<DemoAccount> accounts, CancellationToken ct);
}

/// <summary>An account to be made.</summary>
/// <param name="UserName">2 to 64 characters without blanks; compared without case and width.</param>
/// <param name="DisplayName">Shown beside what the account does.</param>
/// <param name="PersonId">The person in the register, if any: the source of roles that follow from facts.</param>
/// <param name="UnitId">Home unit: the second half of the two-person rule.</param>
/// <param name="EndsAt">When it dies by itself; null for never.</param>
/// <param name="Why">For the journal.</param>
public sealed record NewAccount(string UserName, string DisplayName, Guid? PersonId, Guid? UnitId, DateTimeOffset? EndsAt, string Why);

/// <summary>A new account and its first password, which is stored nowhere.</summary>
public sealed record CreatedAccount(Guid AccountId, string InitialPassword);

/// <summary>A role to be given.</summary>
/// <param name="AccountId">To whom.</param>
/// <param name="Role">One of <see cref="Roles.Grantable"/>.</param>
/// <param name="ScopeKind">What it is bound to.</param>
/// <param name="ScopeId">The place or unit; null only for the whole.</param>
/// <param name="Until">First instant at which it no longer holds; null for open.</param>
/// <param name="Reason">For the journal and the access review.</param>
public sealed record NewGrant(Guid AccountId, string Role, ScopeKind ScopeKind, Guid? ScopeId, DateTimeOffset? Until, string Reason);

/// <summary>One of the two: the grant that now holds, or the approval that it waits for.</summary>
public sealed record GrantAnswer(Guid? GrantId, Guid? ApprovalId);

/// <summary>An account of the demonstration, shown on the sign-in page.</summary>
/// <param name="Role">Null where the roles follow from facts (captains, helpers).</param>
public sealed record DemoAccount(
    string UserName, string DisplayName, string? Role = null, ScopeKind ScopeKind = ScopeKind.Everything, Guid? ScopeId = null,
    Guid? UnitId = null, Guid? PersonId = null)
{
    /// <summary>The password of all of them. Refused wherever the installation is not a demonstration.</summary>
    public const string Password = "tongxin-demo-2026";
}

/// <summary>Which grants need a second person (ASVS 2.3.5; promise R4).</summary>
public static class FarReaching
{
    private static readonly HashSet<string> Roles =
        new([Access.Roles.PrivacyOfficer, Access.Roles.Auditor, Access.Roles.Administrator, Access.Roles.DutyLeader, Access.Roles.LeadingGroup], StringComparer.Ordinal);

    /// <summary>Whether a second person of another unit must agree before the grant holds.</summary>
    public static bool Is(string role, ScopeKind scope) => scope == ScopeKind.Everything || Roles.Contains(role);
}
