using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.People.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.People.Register;

/// <summary>
/// The one place that says which rows of the register a permission reaches. A place reaches its households and who lives
/// there today; a unit reaches who belongs to it today and where they live. A unit that has ended reaches nobody.
/// </summary>
internal sealed class RegisterScope(TongxinDb db, TimeProvider clock)
{
    public async Task<Reach> OfAsync(Actor actor, string permission, CancellationToken ct)
    {
        var scope = actor.ScopeOf(permission);
        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        if (scope.Everything) return new Reach(db, today, everything: true, [], []);
        List<string> places = scope.Places.Count == 0 ? [] : await db.Set<Place>().AsNoTracking()
            .Where(p => scope.Places.Contains(p.Id)).Select(p => p.Path).ToListAsync(ct);
        List<string> units = scope.Units.Count == 0 ? [] : await db.Set<OrganisationUnit>().AsNoTracking()
            .Where(u => scope.Units.Contains(u.Id) && u.StartsOn <= today && (u.EndsOn == null || today < u.EndsOn)).Select(u => u.Path).ToListAsync(ct);
        return new Reach(db, today, everything: false, places, units);
    }
}

/// <summary>A scope as filters of queries. Each path is a query of its own, so that the database sees a plain prefix.</summary>
internal sealed class Reach(TongxinDb db, DateOnly today, bool everything, IReadOnlyList<string> placePaths, IReadOnlyList<string> unitPaths)
{
    public bool Everything => everything;

    public IQueryable<Person> Narrow(IQueryable<Person> persons)
    {
        if (everything) return persons;
        return PersonIds() is { } ids ? persons.Where(p => ids.Contains(p.Id)) : persons.Where(_ => false);
    }

    public IQueryable<Household> Narrow(IQueryable<Household> households)
    {
        if (everything) return households;
        var ids = Union(
            [
                .. placePaths.Select(path => db.Set<Household>().Where(h => h.PlacePath.StartsWith(path)).Select(h => h.Id)),
                .. unitPaths.Select(path =>
                    from r in db.Set<Residency>()
                    where r.Until == null && MembersUnder(path).Contains(r.PersonId)
                    select r.HouseholdId),
            ]);
        return ids is null ? households.Where(_ => false) : households.Where(h => ids.Contains(h.Id));
    }

    /// <summary>Places that lie in the scope, and those that hold a household of it.</summary>
    public IQueryable<Place> Narrow(IQueryable<Place> places)
    {
        if (everything) return places;
        var ids = Union(
            [
                .. placePaths.Select(path => db.Set<Place>().Where(p => p.Path.StartsWith(path)).Select(p => p.Id)),
                .. unitPaths.Count == 0
                    ? Array.Empty<IQueryable<Guid>>()
                    : [from h in Narrow(db.Set<Household>()) from p in db.Set<Place>() where h.PlacePath.StartsWith(p.Path) select p.Id],
            ]);
        return ids is null ? places.Where(_ => false) : places.Where(p => ids.Contains(p.Id));
    }

    /// <summary>Units that lie in the scope, and those that somebody of its places belongs to.</summary>
    public IQueryable<OrganisationUnit> Narrow(IQueryable<OrganisationUnit> units)
    {
        if (everything) return units;
        var ids = Union(
            [
                .. unitPaths.Select(path => db.Set<OrganisationUnit>().Where(u => u.Path.StartsWith(path)).Select(u => u.Id)),
                .. placePaths.Select(path => db.Set<Affiliation>().Where(a => ResidentsUnder(path).Contains(a.PersonId)).Select(a => a.UnitId)),
            ]);
        return ids is null ? units.Where(_ => false) : units.Where(u => ids.Contains(u.Id));
    }

    /// <summary>Units that may be changed: only those that lie in the scope themselves.</summary>
    public IQueryable<OrganisationUnit> Own(IQueryable<OrganisationUnit> units)
    {
        if (everything) return units;
        var ids = Union([.. unitPaths.Select(path => db.Set<OrganisationUnit>().Where(u => u.Path.StartsWith(path)).Select(u => u.Id))]);
        return ids is null ? units.Where(_ => false) : units.Where(u => ids.Contains(u.Id));
    }

    /// <summary>Places that may be changed: only those that lie in the scope themselves.</summary>
    public IQueryable<Place> Own(IQueryable<Place> places)
    {
        if (everything) return places;
        var ids = Union([.. placePaths.Select(path => db.Set<Place>().Where(p => p.Path.StartsWith(path)).Select(p => p.Id))]);
        return ids is null ? places.Where(_ => false) : places.Where(p => ids.Contains(p.Id));
    }

    private IQueryable<Guid>? PersonIds() => Union([.. placePaths.Select(ResidentsUnder), .. unitPaths.Select(MembersUnder)]);

    private IQueryable<Guid> ResidentsUnder(string path) =>
        from h in db.Set<Household>()
        join r in db.Set<Residency>() on h.Id equals r.HouseholdId
        where h.PlacePath.StartsWith(path) && r.Until == null
        select r.PersonId;

    private IQueryable<Guid> MembersUnder(string path) =>
        from u in db.Set<OrganisationUnit>()
        join a in db.Set<Affiliation>() on u.Id equals a.UnitId
        where u.Path.StartsWith(path) && u.StartsOn <= today && (u.EndsOn == null || today < u.EndsOn)
            && a.From <= today && (a.Until == null || today < a.Until)
        select a.PersonId;

    private static IQueryable<Guid>? Union(IReadOnlyList<IQueryable<Guid>> parts) =>
        parts.Count == 0 ? null : parts.Skip(1).Aggregate(parts[0], (all, part) => all.Concat(part));
}
