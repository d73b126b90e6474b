using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.DutyDesk;

/// <summary>The posts within an actor's scope.</summary>
/// <param name="Ids">Null: all of them.</param>
internal sealed record PostScope(IReadOnlySet<Guid>? Ids)
{
    public bool Reach(Guid post) => Ids is null || Ids.Contains(post);
}

/// <summary>Which posts an actor sees: all, those in the own places, those of the own units. What is not among them does not exist for the actor.</summary>
internal sealed class DeskSight(TongxinDb db, IPlaces places, IUnits units, TimeProvider clock)
{
    public async Task<PostScope> PostsAsync(Actor actor, string permission, CancellationToken ct)
    {
        var scope = actor.ScopeOf(permission);
        if (scope.Everything) return new PostScope(null);
        if (scope.Places.Count == 0 && scope.Units.Count == 0) return new PostScope(new HashSet<Guid>());
        var inPlaces = scope.Places.Count == 0 ? [] : Within(await places.ListAsync(ct), p => p.Id, p => p.Path, scope.Places);
        var ofUnits = scope.Units.Count == 0 ? [] : Within(await units.ListAsync(CampusCalendar.DayOf(clock.GetUtcNow()), ct), u => u.Id, u => u.Path, scope.Units);
        var posts = await db.Set<Post>().AsNoTracking().Select(p => new { p.Id, p.PlaceId, p.UnitId }).ToListAsync(ct);
        return new PostScope(posts
            .Where(p => (p.PlaceId is { } place && inPlaces.Contains(place)) || (p.UnitId is { } unit && ofUnits.Contains(unit)))
            .Select(p => p.Id).ToHashSet());
    }

    private static HashSet<Guid> Within<T>(IReadOnlyList<T> tree, Func<T, Guid> id, Func<T, string> path, IReadOnlyList<Guid> own)
    {
        var paths = tree.Where(x => own.Contains(id(x))).Select(path).ToList();
        return [.. tree.Where(x => paths.Exists(p => path(x).StartsWith(p, StringComparison.Ordinal))).Select(id)];
    }
}
