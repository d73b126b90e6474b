using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.People.Register;

/// <summary>Places and units as what a grant can be bound to.</summary>
internal sealed class ScopeDirectory(TongxinDb db, TimeProvider clock) : IScopeDirectory
{
    private const int Most = 200;

    public async Task<IReadOnlyList<ScopeChoice>> ListAsync(ScopeKind kind, string? query, CancellationToken ct)
    {
        var part = query?.Trim() ?? "";
        switch (kind)
        {
            case ScopeKind.Place:
                {
                    var names = await PlaceNames.ReadAsync(db, ct);
                    return [.. names.InOrder
                    .Where(p => part.Length == 0 ? p.Kind is PlaceKind.Campus or PlaceKind.Zone or PlaceKind.Building : p.Name.Contains(part, StringComparison.OrdinalIgnoreCase))
                    .Take(Most).Select(p => new ScopeChoice(p.Id, names.Full(p.Id)))];
                }
            case ScopeKind.Unit:
                {
                    var units = await UnitsAsync(ct);
                    var byId = units.ToDictionary(u => u.Id);
                    return [.. Tree.InOrder(units, u => u.Id, u => u.ParentId)
                    .Where(u => part.Length == 0 ? u.Kind != UnitKind.Class : u.Name.Contains(part, StringComparison.OrdinalIgnoreCase))
                    .Take(Most).Select(u => new ScopeChoice(u.Id, Full(u, byId)))];
                }
            default:
                return [];
        }
    }

    public async Task<string?> NameAsync(ScopeKind kind, Guid id, CancellationToken ct)
    {
        if (kind == ScopeKind.Place)
        {
            var names = await PlaceNames.ReadAsync(db, ct);
            return names.Find(id) is null ? null : names.Full(id);
        }
        if (kind != ScopeKind.Unit) return null;
        // An ended unit keeps its name on the grants that were bound to it.
        var unit = await db.Set<OrganisationUnit>().AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, ct);
        if (unit?.ParentId is not { } parent) return unit?.Name;
        var above = await db.Set<OrganisationUnit>().AsNoTracking().Where(u => u.Id == parent).Select(u => u.Name).SingleOrDefaultAsync(ct);
        return above is null ? unit.Name : $"{above} · {unit.Name}";
    }

    private async Task<List<UnitChoice>> UnitsAsync(CancellationToken ct)
    {
        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        return await db.Set<OrganisationUnit>().AsNoTracking().Where(u => u.StartsOn <= today && (u.EndsOn == null || today < u.EndsOn))
            .OrderBy(u => u.SortKey).ThenBy(u => u.Id).Select(u => new UnitChoice(u.Id, u.ParentId, u.Kind, u.Name)).ToListAsync(ct);
    }

    private static string Full(UnitChoice unit, Dictionary<Guid, UnitChoice> byId) =>
        unit.ParentId is { } parent && byId.TryGetValue(parent, out var above) ? $"{above.Name} · {unit.Name}" : unit.Name;

    private sealed record UnitChoice(Guid Id, Guid? ParentId, UnitKind Kind, string Name);
}
