using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Rostering;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Posts;

namespace Tongxin.Workforce.Rosters;

/// <summary>What a new roster is made of.</summary>
internal sealed record NewRoster(string Name, DateOnly FirstDay, int Days, IReadOnlyList<Guid> Posts, PoolSource Pool, RosterSettings Settings);

/// <summary>Makes a roster with its empty duties, and further drafts of one that exists.</summary>
internal sealed class MakeRoster(TongxinDb db, KeepPosts posts, FindPool pool, ReadGround read, TimeProvider clock)
{
    public const int LongestName = 40;

    public async Task<Result<Guid>> CreateAsync(NewRoster wanted, Actor actor, CancellationToken ct)
    {
        var name = wanted.Name.Trim();
        if (name.Length is 0 or > LongestName) return RosterErrors.NameMissing;
        if (wanted.Days is < 1 or > Roster.MostDays) return RosterErrors.Days;
        var chosen = (await posts.ListAsync(actor, RosterPermissions.EditRosters, ct)).Where(p => wanted.Posts.Contains(p.Post.Id)).ToList();
        if (chosen.Count == 0) return RosterErrors.PostsMissing;
        var people = await pool.ExecuteAsync(wanted.Pool, actor, ct);
        if (people.Count == 0) return RosterErrors.PeopleMissing;
        if (people.Count > RosterProblem.MostPeople) return RosterErrors.PeopleMissing;

        var roster = Roster.Create(name, wanted.FirstDay, wanted.Days, RosterJson.Write(wanted.Settings.Clean()), actor.AccountId, clock.GetUtcNow());
        List<RosterDuty> duties =
        [
            .. from offset in Enumerable.Range(0, wanted.Days)
               let day = wanted.FirstDay.AddDays(offset)
               from shift in chosen.SelectMany(p => p.Shifts)
               where shift.Falls(day)
               select RosterDuty.Of(roster.Id, shift, day),
        ];
        if (duties.Count is 0 or > RosterProblem.MostDuties) return RosterErrors.NoDuties;
        db.Add(roster);
        db.AddRange(duties);
        db.AddRange(people.Select(p => RosterMember.Of(roster.Id, p.Person, p.Experienced)));
        db.Record(actor, "workforce.roster.created", "roster", roster.Id, details: new { duties = duties.Count, people = people.Count });
        await db.CommitAsync(ct);
        return roster.Id;
    }

    /// <summary>
    /// A further draft: of a published version to change it with least disturbance, of a draft to try something else. What has begun is
    /// locked in it.
    /// </summary>
    public async Task<Result<Guid>> NextAsync(Guid id, Actor actor, CancellationToken ct)
    {
        if (await read.FindAsync(id, actor, RosterPermissions.EditRosters, ct) is not { } ground) return RosterErrors.NotFound;
        var from = ground.Roster;
        if (from.State is not (RosterState.Draft or RosterState.Published)) return RosterErrors.NotDraft;
        var last = await db.Set<Roster>().Where(r => r.SeriesId == from.SeriesId).MaxAsync(r => r.Number, ct);
        var next = from.Next(last + 1, from.SettingsText, actor.AccountId, clock.GetUtcNow());
        db.Add(next);
        db.AddRange(ground.Members.Values.Select(m => m.For(next.Id)));
        db.AddRange(ground.Turns.Select(t => t.For(next.Id)));
        db.Record(actor, "workforce.roster.copied", "roster", next.Id, details: new { from = id, next.Number });
        var done = await EditRoster.CommitAsync(db, ct);
        return done.IsFailure ? done.Error : next.Id;
    }
}
