using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Workforce.Teams;

/// <summary>
/// Which teams an actor sees: all, those of the own units, those with somebody living in the own places, and the own teams.
/// What is not among them does not exist for the actor.
/// </summary>
internal sealed class TeamSight(ITeams teams, IPersons persons, IHouseholds households, IPlaces places, IUnits units, TimeProvider clock)
{
    public async Task<IReadOnlyList<TeamView>> ListAsync(Actor actor, string permission, CancellationToken ct) =>
        await WithinAsync(await teams.ListAsync(ct), actor, permission, ct);

    public async Task<TeamView?> FindAsync(Guid id, Actor actor, string permission, CancellationToken ct) =>
        await WithinAsync(await teams.FindAsync([id], ct), actor, permission, ct) is [var team, ..] ? team : null;

    /// <summary>Those of the persons who live in the own places; all of them for the whole.</summary>
    public async Task<IReadOnlySet<Guid>> PeopleAsync(IReadOnlyCollection<Guid> people, Actor actor, string permission, CancellationToken ct)
    {
        var scope = actor.ScopeOf(permission);
        if (scope.Everything) return people.ToHashSet();
        return scope.Places.Count == 0 ? new HashSet<Guid>() : await LivingWithinAsync(scope.Places, people, ct);
    }

    /// <summary>Whether the unit is one of the own, or all are.</summary>
    public async Task<bool> ReachesUnitAsync(Guid unit, Actor actor, string permission, CancellationToken ct)
    {
        var scope = actor.ScopeOf(permission);
        return scope.Everything || (scope.Units.Count > 0 && (await UnitsWithinAsync(scope.Units, ct)).Contains(unit));
    }

    private async Task<IReadOnlyList<TeamView>> WithinAsync(IReadOnlyList<TeamView> all, Actor actor, string permission, CancellationToken ct)
    {
        var scope = actor.ScopeOf(permission);
        if (scope.Everything) return all;
        var ofUnits = scope.Units.Count == 0 ? [] : await UnitsWithinAsync(scope.Units, ct);
        var living = scope.Places.Count == 0 ? [] : await LivingWithinAsync(scope.Places, [.. all.SelectMany(t => t.Members).Select(m => m.PersonId).Distinct()], ct);
        return [.. all.Where(t => scope.Teams.Contains(t.Id) || (t.UnitId is { } unit && ofUnits.Contains(unit)) || t.Members.Any(m => living.Contains(m.PersonId)))];
    }

    private async Task<HashSet<Guid>> UnitsWithinAsync(IReadOnlyList<Guid> own, CancellationToken ct)
    {
        var tree = await units.ListAsync(CampusCalendar.DayOf(clock.GetUtcNow()), ct);
        var paths = tree.Where(u => own.Contains(u.Id)).Select(u => u.Path).ToList();
        return [.. tree.Where(u => paths.Exists(p => u.Path.StartsWith(p, StringComparison.Ordinal))).Select(u => u.Id)];
    }

    private async Task<HashSet<Guid>> LivingWithinAsync(IReadOnlyList<Guid> own, IReadOnlyCollection<Guid> people, CancellationToken ct)
    {
        var paths = (await places.ListAsync(ct)).Where(p => own.Contains(p.Id)).Select(p => p.Path).ToList();
        var members = await persons.FindAsync(people, ct);
        var homes = await households.FindAsync([.. members.Select(m => m.HouseholdId).OfType<Guid>().Distinct()], ct);
        var within = homes.Where(h => paths.Exists(p => h.PlacePath.StartsWith(p, StringComparison.Ordinal))).Select(h => h.Id).ToHashSet();
        return [.. members.Where(m => m.HouseholdId is { } home && within.Contains(home)).Select(m => m.Id)];
    }
}
