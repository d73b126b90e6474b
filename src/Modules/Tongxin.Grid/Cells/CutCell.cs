using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Grid.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.Cells;

/// <summary>An entrance to be taken, and the cell it was in when the page was shown; null: none.</summary>
internal sealed record PlaceClaim(Guid PlaceId, Guid? Seen);

/// <param name="Into">The cell that grows; null: a new one.</param>
/// <param name="Number">Null: the next free one.</param>
/// <param name="Name">Null: the names of its entrances.</param>
internal sealed record CutCellRequest(Guid? Into, string? Number, string? Name, IReadOnlyList<PlaceClaim> Places);

internal sealed record CutCellResult(Guid CellId, string Number, int Households);

/// <summary>
/// Cuts a cell from entrances, or gives a cell more of them. The households that follow their entrance go with it; those moved
/// by hand stay where they were put.
/// </summary>
internal sealed class CutCell(TongxinDb db, EditGrid edit, ReadGrid read, TimeProvider clock)
{
    public async Task<Result<CutCellResult>> ExecuteAsync(CutCellRequest request, Actor actor, CancellationToken ct)
    {
        try
        {
            return await edit.ExecuteAsync<CutCellResult>(actor, picture => CutAsync(request, picture, actor, ct), ct);
        }
        catch (DbUpdateException failure) when (db.Dialect.IsUniqueViolation(failure))
        {
            return CellErrors.NumberTaken(request.Number ?? "");
        }
    }

    private async Task<Result<CutCellResult>> CutAsync(CutCellRequest request, GridPicture picture, Actor actor, CancellationToken ct)
    {
        if (request.Places.Count == 0) return CellErrors.NothingTicked();
        var units = new List<GridUnit>(request.Places.Count);
        foreach (var claim in request.Places.DistinctBy(c => c.PlaceId))
        {
            if (!picture.UnitsById.TryGetValue(claim.PlaceId, out var unit)) return CellErrors.PlaceUnknown();
            if (unit.CellId != claim.Seen) return CellErrors.PlaceTaken(unit.Label, unit.CellId is null ? "–" : picture.NumberOf(unit.CellId));
            units.Add(unit);
        }

        var target = await TargetAsync(request, picture, units, ct);
        if (target.IsFailure) return target.Error;
        var cell = target.Value;
        var places = units.ConvertAll(u => u.Id);
        var doors = await read.DoorsAsync(picture, places, ct);
        var homes = units.SelectMany(u => doors.Of(u).Where(h => doors.CellOf(h.Id) is var now && (now == Cell.ReserveId || now == u.CellId))).Select(h => h.Id).ToList();
        // The new cell's row must be there before anything refers to it.
        db.Record(actor, request.Into is null ? "grid.cell.cut" : "grid.cell.extended", "cell", cell.Id, details: new
        {
            cell.Number,
            places,
            from = units.Select(u => u.CellId).Distinct(),
            households = homes.Count,
        });
        await db.CommitAsync(ct);
        await GridMoves.EndResponsibilitiesAsync(db, [.. places, .. homes], CampusCalendar.DayOf(clock.GetUtcNow()), ct);
        await GridMoves.GivePlacesAsync(db, places, cell.Id, ct);
        await GridMoves.MoveHomesAsync(db, homes, cell.Id, ct);
        db.Record(actor, "grid.cell.filled", "cell", cell.Id, details: new { households = homes });
        return new CutCellResult(cell.Id, cell.Number, homes.Count);
    }

    private async Task<Result<Cell>> TargetAsync(CutCellRequest request, GridPicture picture, List<GridUnit> units, CancellationToken ct)
    {
        if (request.Into is { } into)
        {
            var editable = picture.Editable(into);
            if (editable.IsFailure) return editable.Error;
            if (units.TrueForAll(u => u.CellId == into)) return CellErrors.Same();
            var loaded = await CellRules.LoadAsync(db, into, seen: null, ct);
            if (!loaded.IsFailure) loaded.Value.PlaceAt(Earliest(units, loaded.Value.SortKey));
            return loaded;
        }

        var number = request.Number?.Trim() is { Length: > 0 } given ? given : GridMoves.Number(await GridMoves.NextNumberAsync(db, ct));
        var name = request.Name?.Trim() is { Length: > 0 } wanted ? wanted : Short(UnitNames.Of(units.OrderBy(u => u.Place.SortKey, StringComparer.Ordinal)));
        var check = CellRules.CheckNames(number, name);
        if (check.IsFailure) return check.Error;
        if (await db.Set<Cell>().AnyAsync(c => c.Number == number, ct)) return CellErrors.NumberTaken(number);
        var cell = Cell.Cut(number, name, Earliest(units, null));
        db.Add(cell);
        return cell;
    }

    private static string Earliest(List<GridUnit> units, string? known) =>
        units.Select(u => u.Place.SortKey).Concat(string.IsNullOrEmpty(known) ? [] : [known]).Min(StringComparer.Ordinal) ?? "";

    private static string Short(string name) => name.Length <= CellRules.MostName ? name : name[..(CellRules.MostName - 1)] + "…";
}
