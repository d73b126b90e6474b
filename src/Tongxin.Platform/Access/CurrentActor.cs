using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tongxin.Platform.Data;
using Tongxin.Platform.Devices;
using Tongxin.Platform.Modules;

namespace Tongxin.Platform.Access;

internal sealed class CurrentActor(
    IHttpContextAccessor http, TongxinDb db, ActorGrants grants, IOptions<IdentityOptions> identity, TimeProvider clock) : ICurrentActor
{
    private Actor? _actor;
    private bool _read;

    /// <summary>The password was given by somebody else. Known after <see cref="GetAsync"/>.</summary>
    public bool MustChangePassword { get; private set; }

    public async ValueTask<Actor?> GetAsync(CancellationToken ct)
    {
        if (_read) return _actor;
        // A device was read with its account just now.
        _actor = http.HttpContext?.Features.Get<DeviceSession>() is { } device ? device.Actor
            : http.HttpContext?.User is { } user && Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            ? await ReadAsync(id, user, ct)
            : null;
        _read = true;
        return _actor;
    }

    // A lock-out stops sign-ins, not sessions: otherwise whoever knows a name could throw its holder out with wrong passwords.
    private async Task<Actor?> ReadAsync(Guid accountId, ClaimsPrincipal user, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var account = await db.Users.AsNoTracking().SingleOrDefaultAsync(a => a.Id == accountId, ct);
        if (account is null || account.HasEnded(now)) return null;
        // A new password or "sign out everywhere" changes the stamp: older cookies are dead with their next request.
        if (user.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType) != account.SecurityStamp) return null;

        MustChangePassword = account.MustChangePassword;
        return new Actor(account.Id, account.PersonId, account.DisplayName, account.UnitId, await grants.OfAsync(account, now, ct)) { Browser = BrowserMark.Of(http.HttpContext) };
    }
}

/// <summary>The grants of an account in force: those given by hand, and those that follow from facts about its person.</summary>
internal sealed class ActorGrants(TongxinDb db, PermissionCatalogue catalogue, IEnumerable<IGrantSource> sources)
{
    public async Task<IReadOnlyList<ActorGrant>> OfAsync(Account account, DateTimeOffset at, CancellationToken ct)
    {
        var given = await db.Set<Grant>().AsNoTracking().Where(g => g.AccountId == account.Id).ToListAsync(ct);
        List<ActorGrant> all = [.. given.Where(g => g.InForce(at)).Select(g => ToActorGrant(g.Role, g.ScopeKind, g.ScopeId))];
        all.AddRange((await DerivedAsync(account, at, ct)).Select(g => ToActorGrant(g.Role, g.ScopeKind, g.ScopeId)));
        return all;
    }

    public async Task<IReadOnlyList<DerivedGrant>> DerivedAsync(Account account, DateTimeOffset at, CancellationToken ct)
    {
        if (account.PersonId is not { } person) return [];
        List<DerivedGrant> all = [];
        foreach (var source in sources) all.AddRange(await source.GrantsOfAsync(person, at, ct));
        return all;
    }

    private ActorGrant ToActorGrant(string role, ScopeKind kind, Guid? scope) => new(role, kind, scope, catalogue.Of(role));
}

/// <summary>Which permissions each role carries, gathered once from all modules.</summary>
public sealed class PermissionCatalogue(IEnumerable<IModule> modules)
{
    private readonly IReadOnlyList<Permission> _all = [.. modules.SelectMany(m => m.Permissions)];
    private readonly HashSet<string> _forDevices = modules.SelectMany(m => m.Permissions).Where(p => p.OnDevices).Select(p => p.Code).ToHashSet(StringComparer.Ordinal);

    /// <summary>All permissions of the product.</summary>
    public IReadOnlyList<Permission> All => _all;

    /// <summary>Whether an enrolled device may use it for its account.</summary>
    public bool IsForDevices(string code) => _forDevices.Contains(code);

    /// <summary>The permission codes that a role carries.</summary>
    public IReadOnlyCollection<string> Of(string role) =>
        _all.Where(p => p.Roles.Contains(role)).Select(p => p.Code).ToHashSet(StringComparer.Ordinal);
}
