using Microsoft.EntityFrameworkCore;
using Tongxin.Grid.Contracts;
using Tongxin.Grid.Data;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.Cells;

internal sealed class CellRegister(TongxinDb db, IPlaces places, IHouseholds households) : ICells
{
    public async Task<IReadOnlyList<CellView>> ListAsync(CancellationToken ct)
    {
        var cells = await db.Set<Cell>().AsNoTracking().Where(c => c.EndedAt == null)
            .Select(c => new CellView(c.Id, c.Number, c.Name, c.TeamId, c.IsReserve, c.SortKey, db.Set<CellHousehold>().Count(h => h.CellId == c.Id)))
            .ToListAsync(ct);
        return [.. cells.OrderBy(c => c.IsReserve).ThenBy(c => c.SortKey, StringComparer.Ordinal).ThenBy(c => c.Number, StringComparer.Ordinal)];
    }

    public async Task<IReadOnlyDictionary<Guid, Guid>> CellsOfAsync(IReadOnlyCollection<Guid> householdIds, CancellationToken ct)
    {
        var cells = new Dictionary<Guid, Guid>(householdIds.Count);
        foreach (var some in householdIds.Distinct().Chunk(500))
        {
            await foreach (var row in db.Set<CellHousehold>().AsNoTracking().Where(c => some.Contains(c.HouseholdId)).AsAsyncEnumerable().WithCancellation(ct))
                cells[row.HouseholdId] = row.CellId;
        }
        return cells;
    }

    public async Task<IReadOnlyList<Guid>> CutAsync(IReadOnlyList<NewCell> cells, Actor actor, CancellationToken ct)
    {
        var tree = (await places.ListAsync(ct)).ToDictionary(p => p.Id);
        var homes = (await households.DoorsAsync([.. cells.SelectMany(c => c.Places).Distinct()], ct)).ToLookup(h => h.PlaceId, h => h.Id);
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await GridMoves.LockAsync(db, ct);
        var next = await GridMoves.NextNumberAsync(db, ct);
        var made = cells.Select((wanted, at) => (Wanted: wanted, Cell: Cell.Cut(GridMoves.Number(next + at), wanted.Name, wanted.Places.Min(p => tree[p].SortKey) ?? ""))).ToList();
        foreach (var (wanted, cell) in made)
        {
            cell.GiveTo(wanted.TeamId);
            db.Add(cell);
        }
        db.Record(actor, "grid.cells.cut", "cell", null, details: new { cells = made.ConvertAll(m => m.Cell.Id) });
        // The new cells' rows must be there before anything refers to them.
        await db.CommitAsync(ct);
        foreach (var (wanted, cell) in made)
        {
            await GridMoves.GivePlacesAsync(db, wanted.Places, cell.Id, ct);
            await GridMoves.MoveHomesAsync(db, wanted.Places.SelectMany(p => homes[p]), cell.Id, ct);
        }
        db.Record(actor, "grid.cells.filled", "cell", null, details: new { cells = made.Count });
        await db.CommitAsync(ct);
        if (own is not null) await own.CommitAsync(ct);
        return made.ConvertAll(m => m.Cell.Id);
    }
}
