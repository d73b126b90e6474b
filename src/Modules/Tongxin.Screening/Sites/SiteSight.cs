using Microsoft.EntityFrameworkCore;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Sites.Data;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Screening.Sites;

/// <summary>Which sites and places an actor reaches. Others do not exist for the actor.</summary>
internal sealed class SiteSight(TongxinDb db, IPlaces places, IPostsNow posts)
{
    /// <summary>Whether a place is within reach.</summary>
    public async Task<Func<Guid, bool>> InsideAsync(Actor actor, string permission, CancellationToken ct)
    {
        var scope = actor.ScopeOf(permission);
        if (scope.Everything) return _ => true;
        if (scope.Places.Count == 0) return _ => false;
        var all = await places.ListAsync(ct);
        var paths = all.Where(p => scope.Places.Contains(p.Id)).Select(p => p.Path).ToList();
        var inside = all.Where(p => paths.Exists(o => p.Path.StartsWith(o, StringComparison.Ordinal))).Select(p => p.Id).ToHashSet();
        return inside.Contains;
    }

    /// <summary>The open sites within reach, by name.</summary>
    public async Task<IReadOnlyList<TestingSite>> SitesAsync(Actor actor, string permission, CancellationToken ct)
    {
        var reach = await ReachAsync(actor, permission, ct);
        var sites = await db.Set<TestingSite>().AsNoTracking().Where(s => s.ClosedAt == null).OrderBy(s => s.Name).ToListAsync(ct);
        return [.. sites.Where(reach)];
    }

    /// <summary>Those of the sites that are within reach, closed ones too.</summary>
    public async Task<IReadOnlySet<Guid>> ReachedAsync(IReadOnlyCollection<Guid> ids, Actor actor, string permission, CancellationToken ct)
    {
        if (ids.Count == 0 || actor.ScopeOf(permission).Everything) return ids.ToHashSet();
        var reach = await ReachAsync(actor, permission, ct);
        return (await db.Set<TestingSite>().AsNoTracking().Where(s => ids.Contains(s.Id)).ToListAsync(ct)).Where(reach).Select(s => s.Id).ToHashSet();
    }

    /// <summary>One open site within reach, to be changed; null when it is not there for the actor.</summary>
    public async Task<TestingSite?> FindAsync(Guid id, Actor actor, string permission, CancellationToken ct)
    {
        var site = await db.Set<TestingSite>().SingleOrDefaultAsync(s => s.Id == id && s.ClosedAt == null, ct);
        return site is not null && (await ReachAsync(actor, permission, ct))(site) ? site : null;
    }

    /// <summary>The open tables of sites, by number.</summary>
    public async Task<ILookup<Guid, SiteTable>> TablesAsync(IReadOnlyCollection<Guid> sites, CancellationToken ct) =>
        (await db.Set<SiteTable>().AsNoTracking().Where(t => sites.Contains(t.SiteId) && t.ClosedAt == null).OrderBy(t => t.Number).ToListAsync(ct)).ToLookup(t => t.SiteId);

    private async Task<Func<TestingSite, bool>> ReachAsync(Actor actor, string permission, CancellationToken ct)
    {
        var inside = await InsideAsync(actor, permission, ct);
        // A turn reaches no place by itself: the site is open to it because its post works there, for as long as the turn lasts.
        if (actor.PersonId is not { } person || !actor.Grants.Any(g => g.Role == Roles.OnDuty && g.Carries(permission))) return s => inside(s.PlaceId);
        var own = await posts.OfPersonAsync(person, ct);
        var ids = own.Select(p => p.Id).ToList();
        var besides = (await db.Set<SitePost>().AsNoTracking().Where(p => ids.Contains(p.PostId)).Select(p => p.SiteId).ToListAsync(ct)).ToHashSet();
        return s => inside(s.PlaceId) || besides.Contains(s.Id) || own.Any(p => p.Id == s.LeadPostId || p.Id == s.ClerkPostId || (s.LeadPostId is null && s.ClerkPostId is null && p.PlaceId == s.PlaceId));
    }
}
