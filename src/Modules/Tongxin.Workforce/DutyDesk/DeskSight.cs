using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Posts;

namespace Tongxin.Workforce.DutyDesk;

/// <summary>The posts within an actor's scope.</summary>
/// <param name="Ids">Null: all of them.</param>
internal sealed record PostScope(IReadOnlySet<Guid>? Ids)
{
    public bool Reach(Guid post) => Ids is null || Ids.Contains(post);
}

/// <summary>The posts that an actor sees, by id, for questions about many turns at once.</summary>
internal sealed class DeskSight(TongxinDb db, PostSight sight)
{
    public async Task<PostScope> PostsAsync(Actor actor, string permission, CancellationToken ct)
    {
        var scope = actor.ScopeOf(permission);
        if (scope.Everything) return new PostScope(null);
        if (scope.Places.Count == 0 && scope.Units.Count == 0) return new PostScope(new HashSet<Guid>());
        var inside = await sight.InsideAsync(actor, permission, ct);
        var posts = await db.Set<Post>().AsNoTracking().Select(p => new { p.Id, p.PlaceId, p.UnitId }).ToListAsync(ct);
        return new PostScope(posts.Where(p => inside(p.PlaceId, p.UnitId)).Select(p => p.Id).ToHashSet());
    }
}
