using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Ui;

namespace Tongxin.People.Register;

/// <summary>Choices of places and units for filters and forms, within what the actor may see.</summary>
internal sealed class RegisterOptions(TongxinDb db, RegisterScope scopes, TimeProvider clock)
{
    /// <summary>Campuses, zones and buildings; entrances would be too many.</summary>
    public async Task<IReadOnlyList<FieldOption>> PlacesAsync(Actor actor, CancellationToken ct)
    {
        var reach = await scopes.OfAsync(actor, PeoplePermissions.Read, ct);
        var places = await reach.Narrow(db.Set<Place>()).AsNoTracking().Where(p => p.Kind != PlaceKind.Entrance)
            .OrderBy(p => p.SortKey).ThenBy(p => p.Id).Select(p => new PlaceNode(p.Id, p.ParentId, p.Kind, p.Name, p.Code, p.Path)).ToListAsync(ct);
        return Indented(Tree.InOrder(places, p => p.Id, p => p.ParentId), p => p.Path, p => p.Id, p => p.Name);
    }

    /// <summary>Places that may hold a household: buildings and entrances, by their full name.</summary>
    public async Task<IReadOnlyList<FieldOption>> DoorsAsync(Actor actor, CancellationToken ct)
    {
        var reach = await scopes.OfAsync(actor, PeoplePermissions.Edit, ct);
        var names = await PlaceNames.ReadAsync(db, ct);
        var reached = (await reach.Own(db.Set<Place>()).Select(p => p.Id).ToListAsync(ct)).ToHashSet();
        return [.. names.InOrder.Where(p => p.Kind is PlaceKind.Building or PlaceKind.Entrance)
            .Where(p => reached.Contains(p.Id)).Select(p => new FieldOption(p.Id.ToString(), names.Full(p.Id)))];
    }

    /// <summary>Units open today without the classes, which are hundreds; <paramref name="chosen"/> is always among them.</summary>
    public async Task<IReadOnlyList<FieldOption>> UnitsAsync(Actor actor, string? chosen, CancellationToken ct)
    {
        var reach = await scopes.OfAsync(actor, PeoplePermissions.Read, ct);
        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        var id = Guid.TryParse(chosen, out var parsed) ? parsed : Guid.Empty;
        var units = await reach.Narrow(db.Set<OrganisationUnit>()).AsNoTracking()
            .Where(u => (u.Kind != UnitKind.Class || u.Id == id) && u.StartsOn <= today && (u.EndsOn == null || today < u.EndsOn))
            .OrderBy(u => u.SortKey).ThenBy(u => u.Id).Select(u => new { u.Id, u.ParentId, u.Name, u.Path }).ToListAsync(ct);
        return Indented(Tree.InOrder(units, u => u.Id, u => u.ParentId), u => u.Path, u => u.Id, u => u.Name);
    }

    // An ideographic blank for each level: a select has no other indent.
    private static List<FieldOption> Indented<T>(IReadOnlyList<T> rows, Func<T, string> path, Func<T, Guid> id, Func<T, string> name)
    {
        if (rows.Count == 0) return [];
        var top = rows.Min(r => path(r).Count(c => c == '/'));
        return [.. rows.Select(r => new FieldOption(id(r).ToString(), new string('\u3000', path(r).Count(c => c == '/') - top) + name(r)))];
    }
}
