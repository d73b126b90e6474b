using Microsoft.EntityFrameworkCore;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Duties;

namespace Tongxin.Workforce.DutyDesk;

/// <summary>Somebody at a post, or who should be.</summary>
/// <param name="Since">When they came.</param>
internal sealed record PersonNow(OnDuty On, string Name, DateTimeOffset? Since);

/// <summary>A duty to come.</summary>
internal sealed record NextDuty(RosterDuty Duty, IReadOnlyList<PersonNow> People);

/// <summary>A post at this minute.</summary>
/// <param name="Needed">People that the duties running now need; 0 when none runs.</param>
/// <param name="Missing">Should be here and have not come.</param>
/// <param name="Absent">Marked absent, nobody stands in yet.</param>
internal sealed record PostNow(
    Post Post, string? Place, int Needed, IReadOnlyList<PersonNow> Here, IReadOnlyList<PersonNow> Missing, IReadOnlyList<PersonNow> Absent,
    IReadOnlyList<PersonNow> Reserve, NextDuty? Next)
{
    /// <summary>A duty runs and nobody is there.</summary>
    public bool IsEmpty => Needed > 0 && Here.Count == 0;

    public int Short => Math.Max(0, Needed - Here.Count);
}

/// <summary>Who is here, who is missing, who comes next, post by post. A post without anybody while a duty runs is an alarm.</summary>
internal sealed class Tonight(TongxinDb db, DutyBook book, DeskSight sight, IPlaces places, TimeProvider clock)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(12);

    /// <summary>People who should be at their posts now and are not: the badge in the menu.</summary>
    public async Task<int> CountMissingAsync(Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var missing = await book.Turns
            .Where(x => !x.Turn.IsReserve && x.Duty.Starts <= now && now < x.Duty.Ends
                && (x.Turn.State == TurnState.Published || x.Turn.State == TurnState.Confirmed || x.Turn.State == TurnState.Absent))
            .Select(x => x.Post.Id).ToListAsync(ct);
        if (missing.Count == 0) return 0;
        var scope = await sight.PostsAsync(actor, DutyPermissions.ReadDesk, ct);
        return missing.Count(scope.Reach);
    }

    /// <summary>Alarms first, then by name.</summary>
    public async Task<IReadOnlyList<PostNow>> ReadAsync(Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var until = now + Ahead;
        var scope = await sight.PostsAsync(actor, DutyPermissions.ReadDesk, ct);
        var duties = (await (
            from d in db.Set<RosterDuty>().AsNoTracking()
            join r in db.Set<Roster>() on d.SeriesId equals r.SeriesId
            join p in db.Set<Post>() on d.PostId equals p.Id
            where r.State == RosterState.Published && now < d.Ends && d.Starts < until
            select new { Duty = d, Post = p }).ToListAsync(ct)).Where(x => scope.Reach(x.Post.Id)).ToList();
        // Those who stay after the end belong to the picture, too.
        var turns = (await book.Turns.AsNoTracking()
            .Where(x => (now < x.Duty.Ends && x.Duty.Starts < until) || x.Turn.State == TurnState.OnPost || x.Turn.State == TurnState.HandingOver)
            .ToListAsync(ct)).Where(x => scope.Reach(x.Post.Id)).ToList();
        var ids = turns.ConvertAll(x => x.Turn.Id);
        var came = await db.Set<Attendance>().AsNoTracking().Where(a => a.Kind == AttendanceKind.In && ids.Contains(a.TurnId)).ToDictionaryAsync(a => a.TurnId, a => a.At, ct);
        var names = await book.NamesAsync(turns.Select(x => x.Turn.PersonId), ct);
        var where = (await places.ListAsync(ct)).ToDictionary(p => p.Id, p => p.Name);

        PersonNow Person(OnDuty x) => new(x, names.GetValueOrDefault(x.Turn.PersonId) ?? "", came.TryGetValue(x.Turn.Id, out var at) ? at : null);
        List<PersonNow> People(IEnumerable<OnDuty> of) => [.. of.OrderBy(x => x.Duty.Starts).Select(Person).OrderBy(p => p.On.Duty.Starts).ThenBy(p => p.Name, StringComparer.Ordinal)];

        var posts = duties.Select(d => d.Post).Concat(turns.Select(t => t.Post)).DistinctBy(p => p.Id);
        return
        [
            .. posts.Select(post =>
            {
                var own = turns.Where(x => x.Post.Id == post.Id).ToList();
                var running = duties.Where(d => d.Post.Id == post.Id && d.Duty.Starts <= now).ToList();
                var next = duties.Where(d => d.Post.Id == post.Id && now < d.Duty.Starts).Select(d => d.Duty).MinBy(d => d.Starts);
                var due = own.Where(x => !x.Turn.IsReserve && x.Duty.Starts <= now && now < x.Duty.Ends).ToList();
                return new PostNow(
                    post, post.PlaceId is { } place ? where.GetValueOrDefault(place) : null, running.Sum(d => d.Duty.Needed),
                    People(own.Where(x => x.Turn.State is TurnState.OnPost or TurnState.HandingOver)),
                    People(due.Where(x => x.Turn.State is TurnState.Published or TurnState.Confirmed)),
                    People(due.Where(x => x.Turn.State == TurnState.Absent)),
                    People(own.Where(x => x.Turn.IsReserve && x.Duty.Starts <= now && x.Turn.State is (TurnState.Published or TurnState.Confirmed))),
                    next is null ? null : new NextDuty(next, People(own.Where(x => x.Duty.Id == next.Id && x.Counts))));
            }).OrderByDescending(p => p.IsEmpty).ThenByDescending(p => p.Short).ThenBy(p => p.Post.Name, StringComparer.Ordinal),
        ];
    }
}
