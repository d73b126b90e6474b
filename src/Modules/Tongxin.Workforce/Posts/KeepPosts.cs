using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Posts;

/// <summary>A post with its templates in the order of the day.</summary>
internal sealed record PostView(Post Post, IReadOnlyList<ShiftTemplate> Shifts);

/// <summary>Keeps posts and their shift templates. Rosters that exist keep the duties they were made with.</summary>
internal sealed class KeepPosts(TongxinDb db, PostSight sight, TimeProvider clock)
{
    public const int LongestName = 40;
    public const int LongestText = 1000;
    private const int MostPeople = 200;
    private const int ShortestShift = 30;

    public async Task<IReadOnlyList<PostView>> ListAsync(Actor actor, string permission, CancellationToken ct)
    {
        var reach = await sight.ReachAsync(actor, permission, ct);
        var posts = (await db.Set<Post>().AsNoTracking().Where(p => p.ArchivedAt == null).OrderBy(p => p.Name).ToListAsync(ct)).Where(reach).ToList();
        var shifts = (await Current().ToListAsync(ct)).ToLookup(t => t.PostId);
        return [.. posts.Select(p => new PostView(p, [.. shifts[p.Id].OrderBy(t => t.StartsAt)]))];
    }

    public async Task<PostView?> FindAsync(Guid id, Actor actor, string permission, CancellationToken ct)
    {
        var post = await db.Set<Post>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct);
        if (post is null || !(await sight.ReachAsync(actor, permission, ct))(post)) return null;
        var shifts = await Current().Where(t => t.PostId == id).OrderBy(t => t.OnlyOn).ThenBy(t => t.StartsAt).ToListAsync(ct);
        return new PostView(post, shifts);
    }

    public async Task<Result<Guid>> CreateAsync(PostFacts facts, string? preset, Actor actor, CancellationToken ct)
    {
        var pattern = PostPresets.Find(preset);
        facts = facts with { IsAroundTheClock = facts.IsAroundTheClock || pattern.IsAroundTheClock, Role = pattern.Role ?? facts.Role };
        if (await RefusalAsync(facts, null, actor, ct) is { } refusal) return refusal;
        var post = Post.Create(Clean(facts));
        db.Add(post);
        db.AddRange(pattern.Shifts.Select(s => ShiftTemplate.Create(post.Id, s)));
        db.Record(actor, "workforce.post.created", "post", post.Id, details: new { preset = pattern.Key });
        var done = await CommitAsync(ct);
        return done.IsFailure ? done.Error : post.Id;
    }

    public async Task<Result> ChangeAsync(Guid id, int seen, PostFacts facts, Actor actor, CancellationToken ct)
    {
        if (await OpenAsync(id, actor, ct) is not { } post) return RosterErrors.PostNotFound;
        if (post.Version != seen) return RosterErrors.Changed;
        if (await RefusalAsync(facts, id, actor, ct) is { } refusal) return refusal;
        post.Change(Clean(facts));
        db.Record(actor, "workforce.post.changed", "post", id);
        return await CommitAsync(ct);
    }

    public async Task<Result> AddShiftAsync(Guid id, ShiftFacts shift, Actor actor, CancellationToken ct)
    {
        if (await OpenAsync(id, actor, ct) is null) return RosterErrors.PostNotFound;
        if (shift.Mark.Trim().Length is 0 or > 2) return RosterErrors.ShiftMark;
        if (shift.StartsAt is < 0 or > 1439 || shift.Minutes is < ShortestShift or > 1440) return RosterErrors.ShiftTimes;
        if (shift.Needed is < 0 or > MostPeople || shift.Wished > MostPeople || Math.Max(shift.Needed, shift.Wished) == 0) return RosterErrors.ShiftPeople;
        if ((shift.Weekdays & ShiftTemplate.EveryDay) == 0) return RosterErrors.ShiftDays;
        db.Add(ShiftTemplate.Create(id, shift with { Mark = shift.Mark.Trim() }));
        db.Record(actor, "workforce.post.shift-added", "post", id, details: new { shift.StartsAt, shift.Minutes, shift.Needed });
        return await CommitAsync(ct);
    }

    public async Task<Result> RemoveShiftAsync(Guid id, Guid shiftId, Actor actor, CancellationToken ct)
    {
        if (await OpenAsync(id, actor, ct) is null) return RosterErrors.PostNotFound;
        var shift = await db.Set<ShiftTemplate>().SingleOrDefaultAsync(t => t.Id == shiftId && t.PostId == id && t.RemovedAt == null, ct);
        if (shift is null) return RosterErrors.PostNotFound;
        shift.Remove(clock.GetUtcNow());
        db.Record(actor, "workforce.post.shift-removed", "post", id, details: new { shift = shiftId });
        return await CommitAsync(ct);
    }

    public async Task<Result> ArchiveAsync(Guid id, Actor actor, CancellationToken ct)
    {
        if (await OpenAsync(id, actor, ct) is not { } post) return RosterErrors.PostNotFound;
        post.Archive(clock.GetUtcNow());
        db.Record(actor, "workforce.post.archived", "post", id);
        return await CommitAsync(ct);
    }

    /// <summary>Shifts that a roster can still be made of: those of a day that is over are no choice any more.</summary>
    private IQueryable<ShiftTemplate> Current()
    {
        var yesterday = CampusCalendar.DayOf(clock.GetUtcNow()).AddDays(-1);
        return db.Set<ShiftTemplate>().AsNoTracking().Where(t => t.RemovedAt == null && (t.OnlyOn == null || t.OnlyOn >= yesterday));
    }

    private async Task<Post?> OpenAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var post = await db.Set<Post>().SingleOrDefaultAsync(p => p.Id == id && p.ArchivedAt == null, ct);
        return post is not null && (await sight.ReachAsync(actor, RosterPermissions.EditPosts, ct))(post) ? post : null;
    }

    private async Task<Error?> RefusalAsync(PostFacts facts, Guid? self, Actor actor, CancellationToken ct)
    {
        var name = facts.Name.Trim();
        if (name.Length is 0 or > LongestName) return RosterErrors.PostNameMissing;
        if (new[] { facts.Spot, facts.Task, facts.Contact, facts.Handover }.Any(t => t?.Length > LongestText)) return RosterErrors.PostTooLong;
        if (facts.Checklist.Sum(c => c.Text.Length) > LongestText || facts.Issue.Sum(i => i.Name.Length) > LongestText) return RosterErrors.PostTooLong;
        // Who acts for a place or a unit makes posts there, not elsewhere.
        if (!(await sight.InsideAsync(actor, RosterPermissions.EditPosts, ct))(facts.PlaceId, facts.UnitId)) return RosterErrors.PostPlace;
        return await db.Set<Post>().AnyAsync(p => p.Name == name && p.ArchivedAt == null && p.Id != self, ct) ? RosterErrors.PostNameTaken : null;
    }

    private static PostFacts Clean(PostFacts facts) => facts with
    {
        Name = facts.Name.Trim(),
        Spot = Text(facts.Spot),
        Task = Text(facts.Task),
        Contact = Text(facts.Contact),
        Handover = Text(facts.Handover),
        Skills = [.. facts.Skills.Distinct().Order()],
    };

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private async Task<Result> CommitAsync(CancellationToken ct)
    {
        try
        {
            await db.CommitAsync(ct);
            return Result.Ok;
        }
        catch (DbUpdateConcurrencyException)
        {
            return RosterErrors.Changed;
        }
        catch (DbUpdateException failure) when (db.Dialect.IsUniqueViolation(failure))
        {
            return RosterErrors.PostNameTaken;
        }
    }
}
