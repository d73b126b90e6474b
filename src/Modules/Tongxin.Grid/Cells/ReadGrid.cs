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
        var cellOf = await db.Set<CellHousehold>().AsNoTracking().Select(c => new { c.HouseholdId, c.CellId }).ToDictionaryAsync(c => c.HouseholdId, c => c.CellId, ct);
        var homes = (await households.DoorsAsync(ct)).ToLookup(h => h.PlaceId);
        var open = await teams.ListAsync(ct);
        var cells = await db.Set<Cell>().AsNoTracking().Where(c => c.EndedAt == null).ToListAsync(ct);

        var all = Units(tree, placeCells, homes);
        List<GridUnit> seen = paths is null ? all : [.. all.Where(u => paths.Any(p => u.Place.Path.StartsWith(p, StringComparison.Ordinal)))];
        var shares = Shares(seen, cellOf);
        var whole = paths is null ? shares : Shares(all, cellOf);
        var byId = open.ToDictionary(t => t.Id);
        var rows = cells
            .Select(c => new CellRow(
                c, c.TeamId is { } team ? byId.GetValueOrDefault(team) : null, shares.GetValueOrDefault(c.Id, []),
                whole.GetValueOrDefault(c.Id, []).Sum(s => s.Homes.Count + (s.Owned ? 1 : 0)) == shares.GetValueOrDefault(c.Id, []).Sum(s => s.Homes.Count + (s.Owned ? 1 : 0))))
            .Where(r => paths is null || r.Cell.IsReserve || r.Shares.Count > 0)
            .OrderBy(r => r.Cell.IsReserve).ThenBy(r => r.Cell.SortKey, StringComparer.Ordinal).ThenBy(r => r.Cell.Number, StringComparer.Ordinal);
        return new GridPicture(seen, [.. rows], cellOf, open);
    }

    private static List<GridUnit> Units(IReadOnlyList<PlaceView> tree, Dictionary<Guid, Guid> cells, ILookup<Guid, DoorView> homes)
    {
        var byId = tree.ToDictionary(p => p.Id);
        var parents = tree.Where(p => p.ParentId is not null).Select(p => p.ParentId.GetValueOrDefault()).ToHashSet();
        return [.. tree
            .Where(p => p.Kind == PlaceKind.Entrance || (p.Kind == PlaceKind.Building && !parents.Contains(p.Id)) || homes.Contains(p.Id))
            .OrderBy(p => p.SortKey, StringComparer.Ordinal)
            .Select(p => new GridUnit(
                p,
                p.Kind == PlaceKind.Entrance && p.ParentId is { } parent ? byId.GetValueOrDefault(parent) : null,
                cells.TryGetValue(p.Id, out var cell) ? cell : null,
                [.. homes[p.Id]]))];
    }

    private static Dictionary<Guid, List<CellShare>> Shares(List<GridUnit> units, Dictionary<Guid, Guid> cellOf)
    {
        var shares = new Dictionary<Guid, List<CellShare>>();
        foreach (var unit in units)
        {
            // Nearly always an entrance is one cell's as a whole: then its doors are not sorted and copied.
            var first = unit.Homes.Count == 0 ? Cell.ReserveId : cellOf.GetValueOrDefault(unit.Homes[0].Id, Cell.ReserveId);
            if (unit.Homes.Count > 0 && unit.Homes.All(h => cellOf.GetValueOrDefault(h.Id, Cell.ReserveId) == first))
            {
                Add(first, new CellShare(unit, unit.Homes, first == (unit.CellId ?? Cell.ReserveId)));
                if (unit.CellId is { } its && its != first) Add(its, new CellShare(unit, [], Owned: true));
                continue;
            }
            var byCell = unit.Homes.ToLookup(h => cellOf.GetValueOrDefault(h.Id, Cell.ReserveId));
            foreach (var group in byCell) Add(group.Key, new CellShare(unit, [.. group], group.Key == (unit.CellId ?? Cell.ReserveId)));
            if (unit.CellId is { } own && !byCell.Contains(own)) Add(own, new CellShare(unit, [], Owned: true));
        }
        return shares;

        void Add(Guid cell, CellShare share)
        {
            if (!shares.TryGetValue(cell, out var list)) shares[cell] = list = [];
            list.Add(share);
        }
    }
}
