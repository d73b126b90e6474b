using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Duties;

namespace Tongxin.Workforce.DutyDesk;

/// <summary>Posts of this minute for modules above.</summary>
internal sealed class PostsNow(TongxinDb db, DutyBook book, TimeProvider clock) : IPostsNow
{
    // Whoever comes early for the handover must already be let in to the work.
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(30);

    public async Task<IReadOnlyList<StaffedPost>> AtAsync(IReadOnlyCollection<Guid> placeIds, CancellationToken ct)
    {
        if (placeIds.Count == 0) return [];
        var now = clock.GetUtcNow();
        var posts = await db.Set<Post>().AsNoTracking().Where(p => p.ArchivedAt == null && p.PlaceId != null && placeIds.Contains(p.PlaceId.Value)).OrderBy(p => p.Name).ToListAsync(ct);
        var ids = posts.ConvertAll(p => p.Id);
        var running = await (
            from d in db.Set<RosterDuty>()
            join r in db.Set<Roster>() on d.SeriesId equals r.SeriesId
            where r.State == RosterState.Published && ids.Contains(d.PostId) && d.Starts <= now && now < d.Ends
            select new { d.PostId, d.Needed }).ToListAsync(ct);
        var turns = await book.Turns.AsNoTracking()
            .Where(x => ids.Contains(x.Post.Id) && !x.Turn.IsReserve
                && (x.Turn.State == TurnState.OnPost || x.Turn.State == TurnState.HandingOver || (x.Duty.Starts <= now && now < x.Duty.Ends)))
            .ToListAsync(ct);
        var names = await book.NamesAsync(turns.Select(x => x.Turn.PersonId), ct);
        IReadOnlyList<PersonOnPost> People(Guid post, params TurnState[] states) =>
            [.. turns.Where(x => x.Post.Id == post && states.Contains(x.Turn.State)).Select(x => new PersonOnPost(x.Turn.PersonId, names.GetValueOrDefault(x.Turn.PersonId) ?? "")).DistinctBy(p => p.PersonId)];

        return
        [
            .. posts.Select(p => new StaffedPost(
                p.Id, p.Name, p.Spot, p.PlaceId.GetValueOrDefault(), running.Where(d => d.PostId == p.Id).Sum(d => d.Needed),
                People(p.Id, TurnState.OnPost, TurnState.HandingOver), People(p.Id, TurnState.Published, TurnState.Confirmed))),
        ];
    }

    public async Task<IReadOnlyList<OwnPost>> OfPersonAsync(Guid personId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var soon = now + Early;
        return await book.Turns
            .Where(x => x.Turn.PersonId == personId && !x.Turn.IsReserve
                && (x.Turn.State == TurnState.OnPost || x.Turn.State == TurnState.HandingOver
                    || ((x.Turn.State == TurnState.Published || x.Turn.State == TurnState.Confirmed) && x.Duty.Starts <= soon && now < x.Duty.Ends)))
            .Select(x => new OwnPost(x.Post.Id, x.Post.PlaceId)).Distinct().ToListAsync(ct);
    }

    public async Task<IReadOnlyList<PersonOnPost>> LeadersAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var ids = await book.Turns
            .Where(x => x.Post.Role == DutyRole.Leader && !x.Turn.IsReserve
                && (x.Turn.State == TurnState.OnPost || x.Turn.State == TurnState.HandingOver
                    || ((x.Turn.State == TurnState.Published || x.Turn.State == TurnState.Confirmed) && x.Duty.Starts <= now && now < x.Duty.Ends)))
            .Select(x => x.Turn.PersonId).Distinct().ToListAsync(ct);
        var names = await book.NamesAsync(ids, ct);
        return [.. ids.Order().Select(id => new PersonOnPost(id, names.GetValueOrDefault(id) ?? ""))];
    }
}
