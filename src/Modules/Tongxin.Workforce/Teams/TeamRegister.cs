using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Teams;

internal sealed class TeamRegister(TongxinDb db, IPersons persons, IUnits units, TimeProvider clock) : ITeams
{
    public Task<IReadOnlyList<TeamView>> ListAsync(CancellationToken ct)
    {
        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        return ReadAsync(db.Set<Team>().Where(t => t.StartsOn <= today && (t.EndsOn == null || today < t.EndsOn)), ct);
    }

    public Task<IReadOnlyList<TeamView>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        ReadAsync(db.Set<Team>().Where(t => ids.Contains(t.Id)), ct);

    public async Task<IReadOnlyList<VolunteerView>> FreeVolunteersAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = CampusCalendar.DayOf(now);
        var free = await db.Set<Volunteer>().AsNoTracking()
            .Where(v => v.WithdrawnAt == null
                && !(from m in db.Set<Membership>()
                     join t in db.Set<Team>() on m.TeamId equals t.Id
                     where m.PersonId == v.PersonId && (m.Until == null || now < m.Until) && (t.EndsOn == null || today < t.EndsOn)
                     select m).Any())
            .Select(v => new { v.PersonId, v.CanLead, v.PartyMember }).ToListAsync(ct);
        var known = (await persons.FindAsync([.. free.Select(v => v.PersonId)], ct)).ToDictionary(p => p.Id);
        return [.. free.Where(v => known.ContainsKey(v.PersonId)).Select(v =>
            new VolunteerView(v.PersonId, known[v.PersonId].Name, v.CanLead, v.PartyMember, known[v.PersonId].HouseholdId))];
    }

    public async Task<Result<IReadOnlyList<Guid>>> CreateAsync(IReadOnlyList<NewTeam> teams, Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = CampusCalendar.DayOf(now);
        var tree = teams.Any(t => t.UnitId is not null) ? await units.ListAsync(today, ct) : [];
        var ids = new List<Guid>(teams.Count);
        foreach (var wanted in teams)
        {
            var everyone = (Guid[])[wanted.CaptainId, .. wanted.MemberIds, .. wanted.SubstituteIds];
            if (everyone.Distinct().Count() != everyone.Length) return WorkforceErrors.TwiceInTeam(wanted.Name);
            var team = Team.Create(wanted.Name, wanted.UnitId, today, End(wanted, tree));
            db.Add(team);
            db.Add(Membership.Start(team.Id, wanted.CaptainId, TeamRole.Captain, now));
            db.AddRange(wanted.MemberIds.Select(p => Membership.Start(team.Id, p, TeamRole.Member, now)));
            db.AddRange(wanted.SubstituteIds.Select(p => Membership.Start(team.Id, p, TeamRole.Substitute, now)));
            ids.Add(team.Id);
        }
        db.Record(actor, "workforce.teams.created", "team", null, details: new { teams = ids });
        return ids;
    }

    // A temporary branch takes its teams with it, though nobody closes it on the day.
    private static DateOnly? End(NewTeam wanted, IReadOnlyList<UnitView> tree)
    {
        if (tree.FirstOrDefault(u => u.Id == wanted.UnitId) is not { } own) return wanted.EndsOn;
        var ends = tree.Where(u => own.Path.StartsWith(u.Path, StringComparison.Ordinal)).Select(u => u.EndsOn).Append(wanted.EndsOn).OfType<DateOnly>().ToList();
        return ends.Count == 0 ? null : ends.Min();
    }

    private async Task<IReadOnlyList<TeamView>> ReadAsync(IQueryable<Team> query, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var teams = await query.AsNoTracking().OrderBy(t => t.Name).ToListAsync(ct);
        var ids = teams.Select(t => t.Id).ToList();
        var members = await db.Set<Membership>().AsNoTracking()
            .Where(m => ids.Contains(m.TeamId) && m.From <= now && (m.Until == null || now < m.Until))
            .ToListAsync(ct);
        var names = await persons.NamesAsync([.. members.Select(m => m.PersonId).Distinct()], ct);
        var byTeam = members.ToLookup(m => m.TeamId);
        return [.. teams.Select(t => new TeamView(t.Id, t.Name, t.UnitId, t.StartsOn, t.EndsOn,
            [.. byTeam[t.Id].OrderBy(m => m.Role).ThenBy(m => m.From).Select(m =>
                new TeamMemberView(m.PersonId, names.GetValueOrDefault(m.PersonId, ""), m.Role))]))];
    }
}
