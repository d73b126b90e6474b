using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Rosters;

namespace Tongxin.Workforce.Posts;

/// <summary>Turns counted staff into posts with shifts for one day; whoever counts again changes them in place.</summary>
internal sealed class FeedPosts(TongxinDb db, TimeProvider clock) : IStaffNeeds
{
    private const int LongestKey = 80;

    public async Task<Result> FeedAsync(Guid source, IReadOnlyList<StaffPost> posts, Actor actor, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Two who feed at once come one after the other: they may make the same posts.
        await db.Dialect.HoldAsync(db, "workforce:staff-needs", ct);
        var before = await db.Set<ShiftTemplate>().Where(t => t.SourceId == source && t.RemovedAt == null).ToListAsync(ct);
        var (open, byKey) = await KnownAsync(posts, ct);
        var (kept, added) = (new HashSet<Guid>(), 0);
        foreach (var wanted in posts)
        {
            var post = PostOf(wanted, open, byKey);
            foreach (var shift in wanted.Shifts)
            {
                var (day, facts) = Facts(shift);
                if (before.Find(t => t.PostId == post.Id && t.SourceKey == wanted.Key && t.OnlyOn == day && t.Facts == facts && !kept.Contains(t.Id)) is { } same)
                {
                    kept.Add(same.Id);
                    continue;
                }
                db.Add(ShiftTemplate.Once(post.Id, facts, day, source, wanted.Key));
                added++;
            }
        }
        var gone = before.FindAll(t => !kept.Contains(t.Id));
        foreach (var template in gone) template.Remove(clock.GetUtcNow());
        if (added == 0 && gone.Count == 0) return Result.Ok;
        db.Record(actor, "workforce.staff.fed", "staff", source, details: new { posts = posts.Count, kept = kept.Count, added, removed = gone.Count });
        var done = await EditRoster.CommitAsync(db, ct);
        if (!done.IsFailure) await transaction.CommitAsync(ct);
        return done;
    }

    public async Task<StaffFed> FindAsync(Guid source, CancellationToken ct)
    {
        var templates = await db.Set<ShiftTemplate>().AsNoTracking().Where(t => t.SourceId == source).ToListAsync(ct);
        if (templates.Count == 0) return new StaffFed([], []);
        var current = templates.FindAll(t => t.RemovedAt is null);
        var ids = current.Select(t => t.PostId).Distinct().ToList();
        var posts = await db.Set<Post>().AsNoTracking().Where(p => ids.Contains(p.Id) && p.ArchivedAt == null).ToDictionaryAsync(p => p.Id, ct);
        return new StaffFed(
            [.. from shift in current.OrderBy(t => t.OnlyOn).ThenBy(t => t.StartsAt)
                where posts.ContainsKey(shift.PostId)
                group shift by (Key: shift.SourceKey ?? "", shift.PostId) into own
                orderby own.Key.Key
                select new FedPost(own.Key.PostId, own.Key.Key, posts[own.Key.PostId].Name, [.. own.Select(Shift)])],
            await RostersAsync([.. templates.Select(t => t.Id)], [.. current.Select(t => t.Id)], ct));
    }

    private async Task<IReadOnlyList<FedRoster>> RostersAsync(List<Guid> all, HashSet<Guid> current, CancellationToken ct)
    {
        var duties = await db.Set<RosterDuty>().AsNoTracking().Where(d => all.Contains(d.TemplateId)).ToListAsync(ct);
        var series = duties.Select(d => d.SeriesId).Distinct().ToList();
        var rosters = await db.Set<Roster>().AsNoTracking().Where(r => series.Contains(r.SeriesId) && (r.State == RosterState.Draft || r.State == RosterState.Published)).OrderByDescending(r => r.CreatedAt).ThenByDescending(r => r.Id).ToListAsync(ct);
        var (versions, dutyIds) = (rosters.ConvertAll(r => r.Id), duties.ConvertAll(d => d.Id));
        var turns = await db.Set<Turn>().Where(t => versions.Contains(t.RosterId) && dutyIds.Contains(t.DutyId) && !t.IsReserve)
            .GroupBy(t => new { t.RosterId, t.DutyId }).Select(g => new { g.Key.RosterId, g.Key.DutyId, Count = g.Count() }).ToListAsync(ct);
        var have = turns.ToDictionary(t => (t.RosterId, t.DutyId), t => t.Count);
        return rosters.ConvertAll(r =>
        {
            var own = duties.FindAll(d => d.SeriesId == r.SeriesId);
            return new FedRoster(
                r.Id, r.Name, r.State == RosterState.Published, own.Sum(d => d.Needed), own.Sum(d => Math.Min(d.Needed, have.GetValueOrDefault((r.Id, d.Id)))),
                current.SetEquals(own.Select(d => d.TemplateId)));
        });
    }

    /// <summary>The open posts, and which of them each key had last.</summary>
    private async Task<(List<Post> Open, Dictionary<string, Guid> ByKey)> KnownAsync(IReadOnlyList<StaffPost> posts, CancellationToken ct)
    {
        var keys = posts.Select(p => p.Key).ToList();
        var open = await db.Set<Post>().AsNoTracking().Where(p => p.ArchivedAt == null).ToListAsync(ct);
        var had = await db.Set<ShiftTemplate>().AsNoTracking().Where(t => t.SourceKey != null && keys.Contains(t.SourceKey)).OrderBy(t => t.Id).Select(t => new { t.SourceKey, t.PostId }).ToListAsync(ct);
        var byKey = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var one in had.Where(h => open.Exists(p => p.Id == h.PostId))) byKey[one.SourceKey ?? ""] = one.PostId;
        return (open, byKey);
    }

    private Post PostOf(StaffPost wanted, List<Post> open, Dictionary<string, Guid> byKey)
    {
        if (wanted.Key.Length is 0 or > LongestKey) throw new ArgumentException("A key of 1 to 80 characters.", nameof(wanted));
        Guid? had = byKey.TryGetValue(wanted.Key, out var last) ? last : null;
        var name = wanted.Name.Length > KeepPosts.LongestName ? wanted.Name[..KeepPosts.LongestName] : wanted.Name;
        if ((open.Find(p => p.Id == wanted.PostId) ?? open.Find(p => p.Id == had) ?? open.Find(p => p.Name == name)) is { } known) return known;
        var post = Post.Create(new PostFacts { Name = name, PlaceId = wanted.PlaceId, Spot = wanted.Spot, DutyCode = wanted.Duty, Skills = [.. wanted.Skills.Distinct().Order()] });
        db.Add(post);
        open.Add(post);
        return post;
    }

    private static (DateOnly Day, ShiftFacts Facts) Facts(StaffShift shift)
    {
        var day = CampusCalendar.DayOf(shift.Starts);
        var starts = (int)(shift.Starts - CampusCalendar.StartOf(day)).TotalMinutes;
        // The quarters of the day as the house marks them.
        var mark = (starts / 360) switch { 0 => "夜", 1 => "早", 2 => "中", _ => "晚" };
        return (day, new ShiftFacts(mark, starts, (int)(shift.Ends - shift.Starts).TotalMinutes, shift.Needed, shift.Needed, IsNight: starts < 360));
    }

    private static StaffShift Shift(ShiftTemplate template)
    {
        var starts = template.Starts(template.OnlyOn.GetValueOrDefault());
        return new StaffShift(starts, starts.AddMinutes(template.Minutes), template.Needed);
    }
}
