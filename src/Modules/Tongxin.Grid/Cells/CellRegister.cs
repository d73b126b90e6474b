using Microsoft.EntityFrameworkCore;
using Tongxin.Grid.Contracts;
using Tongxin.Grid.Data;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.Cells;

internal sealed class CellRegister(TongxinDb db) : ICells
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
}
