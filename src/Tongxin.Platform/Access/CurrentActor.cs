using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Data;
using Tongxin.Platform.Modules;

namespace Tongxin.Platform.Access;

internal sealed class CurrentActor(IHttpContextAccessor http, TongxinDb db, PermissionCatalogue catalogue, IEnumerable<IGrantSource> sources, TimeProvider clock)
    : ICurrentActor
{
    private Actor? _actor;
    private bool _read;

    public async ValueTask<Actor?> GetAsync(CancellationToken ct)
    {
        if (_read) return _actor;
        var claim = http.HttpContext?.User.FindFirstValue(ClaimTypes.NameIdentifier);
        _actor = Guid.TryParse(claim, out var id) ? await ReadAsync(id, ct) : null;
        _read = true;
        return _actor;
    }

    private async Task<Actor?> ReadAsync(Guid accountId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var account = await db.Users.AsNoTracking().SingleOrDefaultAsync(a => a.Id == accountId, ct);
        if (account is null || account.EndsAt <= now || account.LockoutEnd > now) return null;

        var given = await db.Set<Grant>().AsNoTracking().Where(g => g.AccountId == accountId).ToListAsync(ct);
        List<ActorGrant> grants = [.. given.Where(g => g.InForce(now)).Select(g => ToActorGrant(g.Role, g.ScopeKind, g.ScopeId))];
        if (account.PersonId is { } person)
        {
            foreach (var source in sources)
                grants.AddRange((await source.GrantsOfAsync(person, now, ct)).Select(g => ToActorGrant(g.Role, g.ScopeKind, g.ScopeId)));
        }
        return new Actor(account.Id, account.PersonId, account.DisplayName, account.UnitId, grants);
    }

    private ActorGrant ToActorGrant(string role, ScopeKind kind, Guid? scope) => new(role, kind, scope, catalogue.Of(role));
}

/// <summary>Which permissions each role carries, gathered once from all modules.</summary>
public sealed class PermissionCatalogue(IEnumerable<IModule> modules)
{
    private readonly IReadOnlyList<Permission> _all = [.. modules.SelectMany(m => m.Permissions)];

    /// <summary>All permissions of the product.</summary>
    public IReadOnlyList<Permission> All => _all;

    /// <summary>The permission codes that a role carries.</summary>
    public IReadOnlyCollection<string> Of(string role) =>
        _all.Where(p => p.Roles.Contains(role)).Select(p => p.Code).ToHashSet(StringComparer.Ordinal);
}
