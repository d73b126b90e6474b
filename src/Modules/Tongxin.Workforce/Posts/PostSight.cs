using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Posts;

/// <summary>Which posts an actor reaches: all, those in the own places, those of the own units. Others do not exist for the actor.</summary>
internal sealed class PostSight(IPlaces places, IUnits units, TimeProvider clock)
{
    public async Task<Func<Post, bool>> ReachAsync(Actor actor, string permission, CancellationToken ct)
    {
        var inside = await InsideAsync(actor, permission, ct);
        return post => inside(post.PlaceId, post.UnitId);
    }

    /// <summary>Whether a post at this place or of this unit is within reach.</summary>
    public async Task<Func<Guid?, Guid?, bool>> InsideAsync(Actor actor, string permission, CancellationToken ct)
    {
        var scope = actor.ScopeOf(permission);
        if (scope.Everything) return (_, _) => true;
        var ofPlaces = scope.Places.Count == 0 ? [] : await PlacesAsync(scope.Places, ct);
        var ofUnits = scope.Units.Count == 0 ? [] : await UnitsAsync(scope.Units, ct);
        return (place, unit) => (place is { } p && ofPlaces.Contains(p)) || (unit is { } u && ofUnits.Contains(u));
    }

    private async Task<HashSet<Guid>> PlacesAsync(IReadOnlyList<Guid> own, CancellationToken ct)
    {
        var all = await places.ListAsync(ct);
        var paths = all.Where(p => own.Contains(p.Id)).Select(p => p.Path).ToList();
        return [.. all.Where(p => paths.Exists(o => p.Path.StartsWith(o, StringComparison.Ordinal))).Select(p => p.Id)];
    }

    private async Task<HashSet<Guid>> UnitsAsync(IReadOnlyList<Guid> own, CancellationToken ct)
    {
        var all = await units.ListAsync(CampusCalendar.DayOf(clock.GetUtcNow()), ct);
        var paths = all.Where(u => own.Contains(u.Id)).Select(u => u.Path).ToList();
        return [.. all.Where(u => paths.Exists(o => u.Path.StartsWith(o, StringComparison.Ordinal))).Select(u => u.Id)];
    }
}
