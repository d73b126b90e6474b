using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Rostering;
using Tongxin.Core.Teams;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Posts;
using Tongxin.Workforce.Wishes;

namespace Tongxin.Workforce.Rosters;

/// <summary>Reads a roster for an actor: whoever may change it reaches all its posts; whoever reads sees the posts within reach.</summary>
internal sealed class ReadGround(TongxinDb db, PostSight sight, IPersons persons, IPlaces places, IHouseholds households, ReadHistory history, TimeProvider clock)
{
    public async Task<Ground?> FindAsync(Guid id, Actor actor, string permission, CancellationToken ct)
    {
        var roster = await db.Set<Roster>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct);
        return roster is null ? null : await ReadAsync(roster, actor, permission, ct);
    }

    /// <summary>As above without homes, for pages that show who is where and which rules break: no hard rule asks where somebody lives.</summary>
    public async Task<Ground?> LookAsync(Guid id, Actor actor, string permission, CancellationToken ct)
    {
        var roster = await db.Set<Roster>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct);
        return roster is null ? null : await ReadAsync(roster, actor, permission, ct, withHomes: false);
    }

    /// <summary>Whether the actor may do this with the whole roster.</summary>
    public async Task<bool> MayAsync(Ground ground, Actor actor, string permission, CancellationToken ct) =>
        ground.IsWhole && actor.Can(permission) && ground.Posts.All(await sight.ReachAsync(actor, permission, ct));

    /// <summary>As <see cref="FindAsync"/>, for a roster that the caller holds.</summary>
    public async Task<Ground?> ReadAsync(Roster roster, Actor actor, string permission, CancellationToken ct, bool withHomes = true)
    {
        var duties = await db.Set<RosterDuty>().AsNoTracking().Where(d => d.SeriesId == roster.SeriesId).ToListAsync(ct);
        var templateIds = duties.Select(d => d.TemplateId).Distinct().ToList();
        var templates = await db.Set<ShiftTemplate>().AsNoTracking().Where(t => templateIds.Contains(t.Id)).ToListAsync(ct);
        var postIds = templates.Select(t => t.PostId).Distinct().ToList();
        var posts = await db.Set<Post>().AsNoTracking().Where(p => postIds.Contains(p.Id)).OrderBy(p => p.Name).ToListAsync(ct);
        var reach = await sight.ReachAsync(actor, permission, ct);
        var reached = posts.Where(reach).ToList();
        var isAll = reached.Count == posts.Count;
        if (reached.Count == 0 || (!isAll && permission != RosterPermissions.ReadRosters)) return null;

        var seen = reached.Select(p => p.Id).ToHashSet();
        var order = reached.Select((p, i) => (p.Id, i)).ToDictionary(p => p.Id, p => p.i);
        List<ShiftTemplate> shown = [.. templates.Where(t => seen.Contains(t.PostId)).OrderBy(t => order[t.PostId]).ThenBy(t => t.StartsAt)];
        duties = [.. duties.Where(d => seen.Contains(d.PostId)).OrderBy(d => d.Starts).ThenBy(d => order[d.PostId]).ThenBy(d => d.Id)];
        var dutyIds = duties.Select(d => d.Id).ToHashSet();
        var turns = (await db.Set<Turn>().AsNoTracking().Where(t => t.RosterId == roster.Id).ToListAsync(ct)).Where(t => dutyIds.Contains(t.DutyId)).ToList();
        var members = await db.Set<RosterMember>().AsNoTracking().Where(m => m.RosterId == roster.Id).ToDictionaryAsync(m => m.PersonId, ct);
        HashSet<Guid> wanted = isAll ? [.. members.Keys, .. turns.Select(t => t.PersonId)] : [.. turns.Select(t => t.PersonId)];
        var people = (await persons.FindAsync(wanted, ct)).DistinctBy(p => p.Id).OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Id).ToList();
        var past = await history.ReadAsync(roster, [.. people.Select(p => p.Id)], ct);
        var settings = RosterSettings.Of(roster);
        var wishes = new RosterWishes(await WishesAsync(roster, people, ct), duties);
        return new Ground
        {
            Roster = roster,
            IsWhole = isAll,
            Duties = duties,
            Posts = reached,
            Templates = shown,
            People = people,
            Members = members,
            Turns = turns,
            Elsewhere = past.Elsewhere,
            Problem = await ProblemAsync(roster, settings, duties, reached, shown, people, members, turns, past, wishes, withHomes, ct),
            Wishes = wishes,
        };
    }

    private async Task<RosterProblem> ProblemAsync(
        Roster roster, RosterSettings settings, List<RosterDuty> duties, List<Post> posts, List<ShiftTemplate> templates, List<PersonView> people,
        Dictionary<Guid, RosterMember> members, List<Turn> turns, PastAndPresent past, RosterWishes wishes, bool withHomes, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var where = settings.Near == 0 || !withHomes ? null : (await places.ListAsync(ct)).Where(p => p.X is not null && p.Y is not null)
            .ToDictionary(p => p.Id, p => new Position(p.X!.Value + ((p.Width ?? 0) / 2), p.Y!.Value + ((p.Height ?? 0) / 2)));
        var homes = where is null or { Count: 0 } ? [] : await HomesAsync(people, where, ct);
        var have = turns.Where(t => !t.IsReserve).CountBy(t => t.DutyId).ToDictionary();
        var ends = duties.ToDictionary(d => d.Id, d => d.Ends);
        var lastOf = turns.GroupBy(t => t.PersonId).ToDictionary(g => g.Key, g => g.Max(t => ends[t.DutyId]));
        var limits = settings.Limits;
        var wished = wishes.All.ToLookup(w => w.PersonId);
        var isDraft = roster.State == RosterState.Draft;
        return new RosterProblem
        {
            FirstDay = roster.FirstDay,
            Days = roster.Days,
            Limits = limits,
            Weights = settings.Weights,
            Posts = [.. posts.Select(p => new RosterPost(p.Id)
            {
                Skills = [.. p.Skills.Select(s => s.ToString())],
                At = p.PlaceId is { } place && where?.TryGetValue(place, out var at) == true ? at : null,
                WantsExperience = p.WantsExperience,
            })],
            Kinds = [.. templates.Select(t => new DutyKind(t.Id, t.PostId) { IsNight = t.IsNight })],
            // What has begun in the published version stays as it is: a solve neither fills its gaps nor empties it.
            Duties = [.. duties.Select(d => d.Starts <= now && isDraft && roster.FromId is not null
                ? new Duty(d.Id, d.TemplateId, d.Day, d.Starts, d.Ends, have.GetValueOrDefault(d.Id))
                : new Duty(d.Id, d.TemplateId, d.Day, d.Starts, d.Ends, d.Needed) { Wished = d.Wished })],
            People = [.. people.Select(p => Person(p.Id))],
            Locked = isDraft ? Locks(roster, duties, turns, now) : [],
            Published = past.Published,
        };

        RosterPerson Person(Guid id)
        {
            var member = members.GetValueOrDefault(id);
            return new RosterPerson(id)
            {
                Skills = [.. past.Skills[id].Select(s => s.ToString())],
                Home = homes.TryGetValue(id, out var home) ? home : null,
                IsExperienced = member?.IsExperienced ?? false,
                // Whoever left the pool keeps what has begun and gets nothing more.
                Unavailable = member is null && isDraft ? [new Period(lastOf.GetValueOrDefault(id), DateTimeOffset.MaxValue)] : past.Unavailable(id, settings),
                Limits = member?.MaxHours is { } hours ? limits with { MaxMinutes = hours * 60 } : null,
                History = past.HistoryOf(id),
                Share = (member?.Share ?? 0) / 100.0,
                Wishes = wishes.For(id, wished[id]),
            };
        }
    }

    private async Task<List<DutyWish>> WishesAsync(Roster roster, List<PersonView> people, CancellationToken ct)
    {
        var seen = people.Select(p => p.Id).ToHashSet();
        return [.. (await db.Set<DutyWish>().AsNoTracking().Where(w => w.SeriesId == roster.SeriesId).ToListAsync(ct)).Where(w => seen.Contains(w.PersonId))];
    }

    private static IReadOnlyList<Assignment> Locks(Roster roster, List<RosterDuty> duties, List<Turn> turns, DateTimeOffset now)
    {
        var begun = duties.Where(d => d.Starts <= now).Select(d => d.Id).ToHashSet();
        return [.. turns.Where(t => !t.IsReserve && (t.IsLocked || (begun.Contains(t.DutyId) && roster.FromId is not null))).Select(t => new Assignment(t.PersonId, t.DutyId))];
    }

    private async Task<Dictionary<Guid, Position>> HomesAsync(List<PersonView> people, Dictionary<Guid, Position> where, CancellationToken ct)
    {
        var placeOf = (await households.FindAsync([.. people.Select(p => p.HouseholdId).OfType<Guid>().Distinct()], ct)).ToDictionary(h => h.Id, h => h.PlaceId);
        var homes = new Dictionary<Guid, Position>();
        foreach (var person in people)
        {
            if (person.HouseholdId is { } home && placeOf.TryGetValue(home, out var place) && where.TryGetValue(place, out var at)) homes[person.Id] = at;
        }
        return homes;
    }
}
