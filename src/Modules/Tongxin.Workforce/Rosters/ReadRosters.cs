using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Posts;

namespace Tongxin.Workforce.Rosters;

/// <summary>A line of the list of rosters.</summary>
internal sealed record RosterLine(Roster Roster, int Turns, int Needed, int People);

/// <summary>The rosters that an actor sees: those with a post within reach. Latest days first.</summary>
internal sealed class ReadRosters(TongxinDb db, PostSight sight)
{
    private const int Most = 100;

    public async Task<IReadOnlyList<RosterLine>> ListAsync(bool past, Actor actor, CancellationToken ct)
    {
        var rows = await db.Set<Roster>().AsNoTracking()
            .Where(r => past ? r.State == RosterState.Replaced || r.State == RosterState.Withdrawn : r.State == RosterState.Draft || r.State == RosterState.Published)
            .OrderByDescending(r => r.FirstDay).ThenByDescending(r => r.Number).Take(Most).ToListAsync(ct);
        var reach = await sight.ReachAsync(actor, RosterPermissions.ReadRosters, ct);
        var posts = (await db.Set<Post>().AsNoTracking().ToListAsync(ct)).Where(reach).Select(p => p.Id).ToHashSet();
        var series = rows.ConvertAll(r => r.SeriesId);
        var needed = await db.Set<RosterDuty>().Where(d => series.Contains(d.SeriesId)).GroupBy(d => new { d.SeriesId, d.PostId })
            .Select(g => new { g.Key.SeriesId, g.Key.PostId, Needed = g.Sum(d => d.Needed) }).ToListAsync(ct);
        var seen = rows.Where(r => needed.Exists(n => n.SeriesId == r.SeriesId && posts.Contains(n.PostId))).ToList();
        var ids = seen.ConvertAll(r => r.Id);
        var turns = await db.Set<Turn>().Where(t => ids.Contains(t.RosterId) && !t.IsReserve).GroupBy(t => t.RosterId)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var people = await db.Set<RosterMember>().Where(m => ids.Contains(m.RosterId)).GroupBy(m => m.RosterId)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return [.. seen.Select(r => new RosterLine(r, turns.GetValueOrDefault(r.Id), needed.Where(n => n.SeriesId == r.SeriesId).Sum(n => n.Needed), people.GetValueOrDefault(r.Id)))];
    }

    /// <summary>All versions of a roster's series, in order.</summary>
    public Task<List<Roster>> VersionsAsync(Guid series, CancellationToken ct) =>
        db.Set<Roster>().AsNoTracking().Where(r => r.SeriesId == series).OrderBy(r => r.Number).ToListAsync(ct);
}
