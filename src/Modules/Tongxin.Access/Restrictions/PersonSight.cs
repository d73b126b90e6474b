using Tongxin.Core.Common;
using Tongxin.Grid.Contracts;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;

namespace Tongxin.Access.Restrictions;

/// <summary>
/// Which persons an actor reaches with a permission: all, who lives in the own places, who belongs to the own units, who lives in the
/// cells of the own teams. Everybody else does not exist for the actor.
/// </summary>
internal sealed class PersonSight(IPersons persons, IHouseholds households, IPlaces places, IUnits units, ICells cells, TimeProvider clock)
{
    /// <summary>Those of <paramref name="people"/> within reach.</summary>
    public async Task<IReadOnlySet<Guid>> WithinAsync(IReadOnlyCollection<Guid> people, Actor actor, string permission, CancellationToken ct)
    {
        var scope = actor.ScopeOf(permission);
        if (scope.IsEmpty || people.Count == 0) return new HashSet<Guid>();
        var known = await persons.FindAsync(people, ct);
        if (scope.Everything) return known.Select(p => p.Id).ToHashSet();
        var within = new HashSet<Guid>();
        if (scope.Places.Count > 0 || scope.Teams.Count > 0) within.UnionWith(await LivingWithinAsync(known, scope, ct));
        if (scope.Units.Count > 0) within.UnionWith(await BelongingAsync(known, scope.Units, ct));
        return within;
    }

    public async Task<bool> ReachesAsync(Guid person, Actor actor, string permission, CancellationToken ct) =>
        (await WithinAsync([person], actor, permission, ct)).Count > 0;

    private async Task<IEnumerable<Guid>> LivingWithinAsync(IReadOnlyList<PersonView> people, Scope scope, CancellationToken ct)
    {
        var ids = people.Select(p => p.HouseholdId).OfType<Guid>().Distinct().ToList();
        var homes = new HashSet<Guid>();
        if (scope.Places.Count > 0)
        {
            var paths = (await places.ListAsync(ct)).Where(p => scope.Places.Contains(p.Id)).Select(p => p.Path).ToList();
            homes.UnionWith((await households.FindAsync(ids, ct)).Where(h => paths.Exists(p => h.PlacePath.StartsWith(p, StringComparison.Ordinal))).Select(h => h.Id));
        }
        if (scope.Teams.Count > 0)
        {
            var own = (await cells.ListAsync(ct)).Where(c => c.TeamId is { } team && scope.Teams.Contains(team)).Select(c => c.Id).ToHashSet();
            homes.UnionWith((await cells.CellsOfAsync(ids, ct)).Where(c => own.Contains(c.Value)).Select(c => c.Key));
        }
        return people.Where(p => p.HouseholdId is { } home && homes.Contains(home)).Select(p => p.Id);
    }

    private async Task<IEnumerable<Guid>> BelongingAsync(IReadOnlyList<PersonView> people, IReadOnlyList<Guid> own, CancellationToken ct)
    {
        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        var tree = await units.ListAsync(today, ct);
        var paths = tree.Where(u => own.Contains(u.Id)).Select(u => u.Path).ToList();
        var below = tree.Where(u => paths.Exists(p => u.Path.StartsWith(p, StringComparison.Ordinal))).Select(u => u.Id).ToHashSet();
        return (await units.OfPersonsAsync([.. people.Select(p => p.Id)], today, ct)).Where(u => below.Contains(u.UnitId)).Select(u => u.PersonId);
    }
}
