using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Gates;
using Tongxin.Access.Gates.Data;
using Tongxin.Access.Permits.Data;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Permits;

/// <summary>Which permits an actor reaches: those of the own places, and those the actor asked for.</summary>
internal sealed class PermitSight(TongxinDb db, GateSight gates, IPlaces places, IHouseholds households, IPersons persons)
{
    private const int MostPeople = 50;

    public async Task<Func<Permit, bool>> ReachAsync(Actor actor, string permission, CancellationToken ct)
    {
        var inside = await gates.InsideAsync(actor, permission, ct);
        return p => inside(p.PlaceId) || p.AskedBy == actor.AccountId;
    }

    /// <summary>One permit to be changed; null when it is not there for the actor.</summary>
    public async Task<Permit?> FindAsync(Guid id, Actor actor, string permission, CancellationToken ct)
    {
        var permit = await db.Set<Permit>().SingleOrDefaultAsync(p => p.Id == id, ct);
        return permit is not null && (await ReachAsync(actor, permission, ct))(permit) ? permit : null;
    }

    /// <summary>Places with gates for which the actor may ask. A team acts for households, not for places: it may ask at any campus.</summary>
    public async Task<IReadOnlyList<PlaceView>> PlacesAsync(Actor actor, string permission, CancellationToken ct)
    {
        var scope = actor.ScopeOf(permission);
        var inside = await gates.InsideAsync(actor, permission, ct);
        var all = await places.ListAsync(ct);
        var withGates = (await db.Set<Gate>().Where(g => g.ClosedAt == null).Select(g => g.PlaceId).Distinct().ToListAsync(ct)).ToHashSet();
        var paths = all.Where(p => withGates.Contains(p.Id)).Select(p => p.Path).ToList();
        return [.. all.Where(p => (withGates.Contains(p.Id) || (p.Kind == PlaceKind.Campus && paths.Exists(o => o.StartsWith(p.Path, StringComparison.Ordinal)))) && (inside(p.Id) || scope.Teams.Count > 0))];
    }

    /// <summary>Persons for a form, only those who live within the actor's places; everybody for whoever acts everywhere.</summary>
    public async Task<IReadOnlyList<PersonView>> PeopleAsync(string? who, Actor actor, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(who)) return [];
        var found = await persons.SearchAsync(who.Trim(), MostPeople, ct);
        return [.. found.Where(await IsOwnAsync(found, actor, ct))];
    }

    /// <summary>The person, if within the actor's reach.</summary>
    public async Task<PersonView?> PersonAsync(Guid id, Actor actor, CancellationToken ct) =>
        await persons.FindAsync([id], ct) is [var person, ..] && (await IsOwnAsync([person], actor, ct))(person) ? person : null;

    private async Task<Func<PersonView, bool>> IsOwnAsync(IReadOnlyList<PersonView> found, Actor actor, CancellationToken ct)
    {
        if (actor.ScopeOf(PermitPermissions.Ask).Everything) return _ => true;
        var inside = await gates.InsideAsync(actor, PermitPermissions.Ask, ct);
        var homes = (await households.FindAsync([.. found.Select(p => p.HouseholdId).OfType<Guid>().Distinct()], ct)).ToDictionary(h => h.Id, h => h.PlaceId);
        return p => p.HouseholdId is { } home && homes.TryGetValue(home, out var place) && inside(place);
    }
}
