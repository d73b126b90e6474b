using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Gates.Data;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Access.Gates;

/// <summary>Which gates and places an actor reaches. Others do not exist for the actor.</summary>
internal sealed class GateSight(TongxinDb db, IPlaces places, IPostsNow posts) : IGateDirectory
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

    /// <summary>The gates within reach, by name; closed ones too when asked.</summary>
    public async Task<IReadOnlyList<Gate>> GatesAsync(Actor actor, string permission, CancellationToken ct, bool withClosed = false)
    {
        var reach = await ReachAsync(actor, permission, ct);
        var gates = await db.Set<Gate>().AsNoTracking().Where(g => withClosed || g.ClosedAt == null).OrderBy(g => g.Name).ToListAsync(ct);
        return [.. gates.Where(reach)];
    }

    /// <summary>One gate within reach, to be changed; null when it is not there for the actor.</summary>
    public async Task<Gate?> FindAsync(Guid id, Actor actor, string permission, CancellationToken ct)
    {
        var gate = await db.Set<Gate>().SingleOrDefaultAsync(g => g.Id == id && g.ClosedAt == null, ct);
        return gate is not null && (await ReachAsync(actor, permission, ct))(gate) ? gate : null;
    }

    public async Task<IReadOnlyList<GateEntry>> ListAsync(Actor actor, CancellationToken ct) =>
        await EntriesAsync(await GatesAsync(actor, GatePermissions.Watch, ct), ct);

    public async Task<IReadOnlySet<Guid>> ScopeAsync(Actor actor, CancellationToken ct) =>
        (await GatesAsync(actor, GatePermissions.Watch, ct)).Select(g => g.Id).ToHashSet();

    public async Task<IReadOnlyList<GateEntry>> AtAsync(Guid? placeId, CancellationToken ct)
    {
        var gates = await db.Set<Gate>().AsNoTracking().Where(g => g.ClosedAt == null).OrderBy(g => g.Name).ToListAsync(ct);
        if (placeId is not { } place) return await EntriesAsync(gates, ct);
        var all = await places.ListAsync(ct);
        var path = all.FirstOrDefault(p => p.Id == place)?.Path;
        var below = path is null ? [] : all.Where(p => p.Path.StartsWith(path, StringComparison.Ordinal)).Select(p => p.Id).ToHashSet();
        return await EntriesAsync([.. gates.Where(g => below.Contains(g.PlaceId))], ct);
    }

    private async Task<Func<Gate, bool>> ReachAsync(Actor actor, string permission, CancellationToken ct)
    {
        var inside = await InsideAsync(actor, permission, ct);
        // A turn reaches no place by itself: the gate is open to it because its post guards that gate, for as long as the turn lasts.
        if (actor.PersonId is not { } person || !actor.Grants.Any(g => g.Role == Roles.OnDuty && g.Carries(permission))) return g => inside(g.PlaceId);
        var own = await posts.OfPersonAsync(person, ct);
        return g => inside(g.PlaceId) || own.Any(p => g.PostId is { } post ? post == p.Id : p.PlaceId == g.PlaceId);
    }

    private async Task<IReadOnlyList<GateEntry>> EntriesAsync(IReadOnlyList<Gate> gates, CancellationToken ct)
    {
        if (gates.Count == 0) return [];
        var names = (await places.ListAsync(ct)).ToDictionary(p => p.Id, p => p.Name);
        return [.. gates.Select(g => new GateEntry(g.Id, g.PlaceId, names.GetValueOrDefault(g.PlaceId) ?? "", g.Name, g.Kind, g.State, g.Lanes, g.ZoneId, g.PassBack, g.PassBackMinutes))];
    }
}
