using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Ui.Tables;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Teams;

namespace Tongxin.Workforce.Volunteers;

/// <summary>A line of the list of volunteers.</summary>
/// <param name="Unit">The units of the own house.</param>
/// <param name="Community">双报到: the community to which the person reports as well.</param>
internal sealed record VolunteerLine(Guid PersonId, string Name, string? Room, string? Number, bool CanLead, bool PartyMember, string? Team, string Unit, string Community, DateTimeOffset OfferedAt);

/// <summary>Those who offered to serve: list, offer on behalf, withdraw.</summary>
internal sealed class KeepVolunteers(TongxinDb db, IVolunteers volunteers, IPersons persons, IUnits units, TeamSight sight, TimeProvider clock)
{
    public const string State = "state";

    public static readonly TableDefaults Defaults = new("offered", FilterKeys: [State]);

    private static readonly TableSort<Volunteer> Sort = new TableSort<Volunteer>(v => v.Id).By("offered", v => v.OfferedAt).By("lead", v => v.CanLead).By("party", v => v.PartyMember);

    public async Task<(IReadOnlyList<VolunteerLine> Rows, int Total)> ListAsync(TableQuery query, Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = CampusCalendar.DayOf(now);
        var serving =
            from m in db.Set<Membership>()
            join t in db.Set<Team>() on m.TeamId equals t.Id
            where m.From <= now && (m.Until == null || now < m.Until) && (t.EndsOn == null || today < t.EndsOn)
            select new { m.PersonId, t.Name };
        var found = db.Set<Volunteer>().AsNoTracking();
        found = query.Filter(State) switch
        {
            "free" => found.Where(v => v.WithdrawnAt == null && !serving.Any(s => s.PersonId == v.PersonId)),
            "serving" => found.Where(v => v.WithdrawnAt == null && serving.Any(s => s.PersonId == v.PersonId)),
            "lead" => found.Where(v => v.WithdrawnAt == null && v.CanLead),
            "withdrawn" => found.Where(v => v.WithdrawnAt != null),
            _ => found.Where(v => v.WithdrawnAt == null),
        };
        if (query.Q.Length > 0)
        {
            // Names lie in another module: it says whom the text means.
            var ids = (await persons.SearchAsync(query.Q, 500, ct)).Select(p => p.Id).ToList();
            found = found.Where(v => ids.Contains(v.PersonId));
        }
        if (!actor.ScopeOf(WorkforcePermissions.Read).Everything)
        {
            var all = await db.Set<Volunteer>().Select(v => v.PersonId).ToListAsync(ct);
            var reached = (await sight.PeopleAsync(all, actor, WorkforcePermissions.Read, ct)).ToList();
            found = found.Where(v => reached.Contains(v.PersonId));
        }
        var total = await found.CountAsync(ct);
        var rows = await Sort.Page(found, query).ToListAsync(ct);
        var people = rows.ConvertAll(v => v.PersonId);
        var known = (await persons.FindAsync(people, ct)).ToDictionary(p => p.Id);
        var teams = (await serving.Where(s => people.Contains(s.PersonId)).ToListAsync(ct)).ToLookup(s => s.PersonId, s => s.Name);
        var belongs = (await units.OfPersonsAsync(people, today, ct)).ToLookup(b => (b.PersonId, IsCommunity: b.Kind == UnitKind.Community), b => b.Name);
        return ([.. rows.Where(v => known.ContainsKey(v.PersonId)).Select(v => new VolunteerLine(
            v.PersonId, known[v.PersonId].Name, known[v.PersonId].HouseholdLabel, known[v.PersonId].Number, v.CanLead, v.PartyMember,
            teams[v.PersonId].FirstOrDefault(), string.Join('、', belongs[(v.PersonId, false)]), string.Join('、', belongs[(v.PersonId, true)]), v.OfferedAt))], total);
    }

    public async Task<Result> OfferAsync(Guid? personId, bool canLead, bool partyMember, Actor actor, CancellationToken ct)
    {
        if (personId is not { } id || await persons.FindAsync([id], ct) is not [var person, ..]) return WorkforceErrors.PersonMissing;
        if (!(await sight.PeopleAsync([person.Id], actor, WorkforcePermissions.Edit, ct)).Contains(person.Id)) return WorkforceErrors.PersonMissing;
        await volunteers.OfferAsync([new NewVolunteer(person.Id, canLead, partyMember)], actor, ct);
        try
        {
            await db.CommitAsync(ct);
            return Result.Ok;
        }
        catch (DbUpdateException failure) when (db.Dialect.IsUniqueViolation(failure))
        {
            // Offered twice at the same moment: it stands.
            return Result.Ok;
        }
    }

    public async Task<Result> WithdrawAsync(Guid personId, Actor actor, CancellationToken ct)
    {
        var volunteer = await db.Set<Volunteer>().SingleOrDefaultAsync(v => v.PersonId == personId && v.WithdrawnAt == null, ct);
        if (volunteer is null || !(await sight.PeopleAsync([personId], actor, WorkforcePermissions.Edit, ct)).Contains(personId)) return WorkforceErrors.VolunteerNotFound;
        volunteer.Withdraw(clock.GetUtcNow());
        db.Record(actor, "workforce.volunteer.withdrawn", "person", personId);
        await db.CommitAsync(ct);
        return Result.Ok;
    }
}
