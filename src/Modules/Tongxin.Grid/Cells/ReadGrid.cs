using Microsoft.EntityFrameworkCore;
using Tongxin.Grid.Data;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Grid.Cells;

/// <summary>Reads the grid for one actor: what lies outside the scope is not in the picture.</summary>
internal sealed class ReadGrid(TongxinDb db, IPlaces places, IHouseholds households, ITeams teams)
{
    public async Task<GridPicture> ExecuteAsync(Actor actor, string permission, CancellationToken ct)
    {
        var scope = actor.ScopeOf(permission);
        var tree = await places.ListAsync(ct);
        IReadOnlyList<string>? paths = scope.Everything ? null : [.. tree.Where(p => scope.Places.Contains(p.Id)).Select(p => p.Path)];
        var placeCells = await db.Set<CellPlace>().AsNoTracking().ToDictionaryAsync(c => c.PlaceId, c => c.CellId, ct);
        var counts = (await households.CountsAsync(ct)).ToDictionary(c => c.PlaceId);
        var open = await teams.ListAsync(ct);
        var cells = await db.Set<Cell>().AsNoTracking().Where(c => c.EndedAt == null).ToListAsync(ct);

        var all = Units(tree, placeCells, counts);
        var whole = Shares(all, await PartsAsync(ct));
        Func<GridUnit, bool> isSeen = paths is null ? _ => true : u => paths.Any(p => u.Place.Path.StartsWith(p, StringComparison.Ordinal));
        var byId = open.ToDictionary(t => t.Id);
        var rows = cells
            .Select(c => Row(c, whole.GetValueOrDefault(c.Id, [])))
            .Where(r => paths is null || r.Cell.IsReserve || r.Shares.Count > 0)
            .OrderBy(r => r.Cell.IsReserve).ThenBy(r => r.Cell.SortKey, StringComparer.Ordinal).ThenBy(r => r.Cell.Number, StringComparer.Ordinal);
        return new GridPicture([.. all.Where(isSeen)], [.. rows], open);

        CellRow Row(Cell cell, List<CellShare> shares)
        {
            List<CellShare> seen = paths is null ? shares : [.. shares.Where(s => isSeen(s.Unit))];
            return new CellRow(cell, cell.TeamId is { } team ? byId.GetValueOrDefault(team) : null, seen, seen.Count == shares.Count);
        }
    }

    /// <summary>Every door of these entrances of the picture; of all of them for null.</summary>
    public Task<GridDoors> DoorsAsync(GridPicture picture, IReadOnlyCollection<Guid>? units, CancellationToken ct) =>
        DoorsAsync(units, d => picture.UnitsById.ContainsKey(d.PlaceId), ct);

    private async Task<GridDoors> DoorsAsync(IReadOnlyCollection<Guid>? units, Func<DoorView, bool> isSeen, CancellationToken ct)
    {
        var doors = (await households.DoorsAsync(units, ct)).Where(isSeen).ToList();
        var cells = db.Set<CellHousehold>().AsNoTracking();
        if (units is not null) cells = cells.Where(c => units.Contains(c.PlaceId));
        return new GridDoors(doors, await cells.Select(c => new { c.HouseholdId, c.CellId }).ToDictionaryAsync(c => c.HouseholdId, c => c.CellId, ct));
    }

    /// <summary>The doors of these households, as far as they lie in the picture.</summary>
    public async Task<GridDoors> DoorsOfAsync(GridPicture picture, IReadOnlyCollection<Guid> homes, CancellationToken ct)
    {
        if (homes.Count == 0) return new GridDoors([], new Dictionary<Guid, Guid>());
        var standing = await db.Set<CellHousehold>().AsNoTracking().Where(c => homes.Contains(c.HouseholdId)).Select(c => c.PlaceId).Distinct().ToListAsync(ct);
        return await DoorsAsync(picture, standing, ct);
    }

    private static List<GridUnit> Units(IReadOnlyList<PlaceView> tree, Dictionary<Guid, Guid> cells, Dictionary<Guid, PlaceCount> counts)
    {
        var byId = tree.ToDictionary(p => p.Id);
        var parents = tree.Where(p => p.ParentId is not null).Select(p => p.ParentId.GetValueOrDefault()).ToHashSet();
        return [.. tree
            .Where(p => p.Kind == PlaceKind.Entrance || (p.Kind == PlaceKind.Building && !parents.Contains(p.Id)) || counts.ContainsKey(p.Id))
            .OrderBy(p => p.SortKey, StringComparer.Ordinal)
            .Select(p => new GridUnit(
                p,
                p.Kind == PlaceKind.Entrance && p.ParentId is { } parent ? byId.GetValueOrDefault(parent) : null,
                cells.TryGetValue(p.Id, out var cell) ? cell : null,
                counts.GetValueOrDefault(p.Id)?.Households ?? 0,
                counts.GetValueOrDefault(p.Id)?.Residents ?? 0))];
    }

    /// <summary>
    /// What each cell has of each entrance. Nearly always an entrance is one cell's as a whole, and its people are those of the
    /// register; only the doors of divided entrances are counted one by one.
    /// </summary>
    private async Task<ILookup<Guid, Part>> PartsAsync(CancellationToken ct)
    {
        var parts = await db.Set<CellHousehold>().GroupBy(c => new { c.PlaceId, c.CellId }).Select(g => new Part(g.Key.PlaceId, g.Key.CellId, g.Count(), null)).ToListAsync(ct);
        var divided = parts.GroupBy(p => p.PlaceId).Where(g => g.Skip(1).Any()).Select(g => g.Key).ToList();
        if (divided.Count == 0) return parts.ToLookup(p => p.PlaceId);
        var doors = await DoorsAsync(divided, _ => true, ct);
        var people = doors.All.GroupBy(d => (d.PlaceId, CellId: doors.CellOf(d.Id))).ToDictionary(g => g.Key, g => g.Sum(d => d.Residents));
        return parts.Select(p => people.TryGetValue((p.PlaceId, p.CellId), out var some) ? p with { People = some } : p).ToLookup(p => p.PlaceId);
    }

    private static Dictionary<Guid, List<CellShare>> Shares(List<GridUnit> units, ILookup<Guid, Part> parts)
    {
        var shares = new Dictionary<Guid, List<CellShare>>();
        foreach (var unit in units)
        {
            foreach (var part in parts[unit.Id])
                Add(part.CellId, new CellShare(unit, part.Households, part.People ?? unit.People, part.CellId == (unit.CellId ?? Cell.ReserveId)));
            if (unit.CellId is { } own && !parts[unit.Id].Any(p => p.CellId == own)) Add(own, new CellShare(unit, 0, 0, Owned: true));
        }
        return shares;

        void Add(Guid cell, CellShare share)
        {
            if (!shares.TryGetValue(cell, out var list)) shares[cell] = list = [];
            list.Add(share);
        }
    }

    /// <param name="People">Null: all of the entrance's.</param>
    private sealed record Part(Guid PlaceId, Guid CellId, int Households, int? People);
}
