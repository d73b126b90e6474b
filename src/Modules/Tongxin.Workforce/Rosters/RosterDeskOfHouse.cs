using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Rostering;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Posts;

namespace Tongxin.Workforce.Rosters;

/// <summary>The contract for set-ups, through the same slices as the pages.</summary>
internal sealed class RosterDeskOfHouse(TongxinDb db, KeepPosts posts, MakeRoster make, ChangePool pool, ReadGround read, PublishRoster publish) : IRosterDesk
{
    public Task<Result<Guid>> AddPostAsync(NewPost post, Actor actor, CancellationToken ct) => posts.CreateAsync(
        new PostFacts
        {
            Name = post.Name,
            PlaceId = post.PlaceId,
            Spot = post.Spot,
            DutyCode = post.Duty,
            Skills = post.Skills,
            Checklist = PostLists.Checklist(post.Checklist),
            Issue = PostLists.Issue(post.Issue),
            Task = post.Task,
            Contact = post.Contact,
            Handover = post.Handover,
        },
        post.Pattern, actor, ct);

    public async Task HoldSkillAsync(IReadOnlyCollection<Guid> people, Skill skill, Actor actor, CancellationToken ct)
    {
        var held = await db.Set<HeldSkill>().Where(s => people.Contains(s.PersonId) && s.Skill == skill).ToDictionaryAsync(s => s.PersonId, ct);
        foreach (var person in people.Distinct())
        {
            if (held.TryGetValue(person, out var known)) known.Renew(null, known.Proof);
            else db.Add(HeldSkill.Of(person, skill, validThrough: null));
        }
        db.Record(actor, "workforce.skill.held", "skill", null, details: new { skill = skill.ToString(), people = people.Count });
        await db.CommitAsync(ct);
    }

    public async Task<Result<Guid>> PublishAsync(RosterOrder order, Actor actor, CancellationToken ct)
    {
        var made = await make.CreateAsync(
            new NewRoster(order.Name, order.FirstDay, order.Days, order.Posts, new PoolSource { People = order.People }, new RosterSettings { Steps = order.Steps }), actor, ct);
        if (made.IsFailure) return made;
        var found = await EditRoster.DraftAsync(db, read, made.Value, actor, ct);
        if (found.IsFailure) return found.Error;
        var (row, ground) = found.Value;
        var solved = RosterSolver.Solve(ground.Problem, ground.Settings.Options, ct);
        if (solved.IsFailure) return solved.Error;
        db.AddRange(solved.Value.Assignments.Select(a => Turn.Draft(row.Id, a.DutyId, a.PersonId)));
        EditRoster.Touch(db, row);
        db.Record(actor, "workforce.roster.solved", "roster", row.Id, details: new { turns = solved.Value.Assignments.Count, gaps = solved.Value.Gaps.Count });
        var saved = await EditRoster.CommitAsync(db, ct);
        if (saved.IsFailure) return saved.Error;
        var published = await publish.ExecuteAsync(row.Id, row.Version, actor, ct);
        return published.IsFailure ? published.Error : row.Id;
    }

    public async Task<Result<Guid>> DraftWithoutAsync(Guid rosterId, IReadOnlyCollection<Guid> leaving, Actor actor, CancellationToken ct)
    {
        var next = await make.NextAsync(rosterId, actor, ct);
        if (next.IsFailure) return next;
        var left = await pool.RemoveAsync(next.Value, leaving, actor, ct);
        return left.IsFailure ? left.Error : next.Value;
    }
}
