using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Teams;

namespace Tongxin.Workforce.Rosters;

/// <summary>Where the people of a roster come from.</summary>
internal sealed record PoolSource
{
    public IReadOnlyList<Guid> Teams { get; init; } = [];
    public IReadOnlyList<Guid> Units { get; init; } = [];

    /// <summary>Everybody who offered to serve and has not withdrawn.</summary>
    public bool Volunteers { get; init; }
    public IReadOnlyList<Guid> People { get; init; } = [];
}

/// <summary>Turns sources into people within the actor's reach. Captains and those who may lead count as experienced.</summary>
internal sealed class FindPool(TongxinDb db, TeamSight sight, IUnits units, IPersons persons, TimeProvider clock)
{
    public async Task<IReadOnlyList<(Guid Person, bool Experienced)>> ExecuteAsync(PoolSource source, Actor actor, CancellationToken ct)
    {
        var people = new Dictionary<Guid, bool>();
        if (source.Teams.Count > 0)
        {
            foreach (var member in (await sight.ListAsync(actor, WorkforcePermissions.Read, ct)).Where(t => source.Teams.Contains(t.Id)).SelectMany(t => t.Members))
                Add(member.PersonId, member.Role == TeamRole.Captain);
        }
        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        foreach (var unit in source.Units)
        {
            if (!await sight.ReachesUnitAsync(unit, actor, RosterPermissions.EditRosters, ct)) continue;
            foreach (var person in await units.MembersAsync(unit, today, ct)) Add(person, false);
        }
        if (source.Volunteers)
        {
            var offers = await db.Set<Volunteer>().AsNoTracking().Where(v => v.WithdrawnAt == null).Select(v => new { v.PersonId, v.CanLead }).ToListAsync(ct);
            var near = await sight.PeopleAsync([.. offers.Select(o => o.PersonId)], actor, RosterPermissions.EditRosters, ct);
            foreach (var offer in offers.Where(o => near.Contains(o.PersonId))) Add(offer.PersonId, offer.CanLead);
        }
        if (source.People.Count > 0)
        {
            var known = await persons.FindAsync(source.People, ct);
            var near = await sight.PeopleAsync([.. known.Select(p => p.Id)], actor, RosterPermissions.EditRosters, ct);
            foreach (var person in known.Where(p => near.Contains(p.Id))) Add(person.Id, false);
        }
        return [.. people.OrderBy(p => p.Key).Select(p => (p.Key, p.Value))];

        void Add(Guid person, bool experienced) => people[person] = experienced || people.GetValueOrDefault(person);
    }
}
