using Microsoft.EntityFrameworkCore;
using Tongxin.Grid.Data;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.Cells;

internal sealed record ConflictRow(Guid Id, string Household, string From, string To, DateTimeOffset At);

/// <summary>Households that followed a corrected address into another cell and that nobody has looked at yet.</summary>
internal sealed class ReadConflicts(TongxinDb db, ReadGrid read)
{
    private const int Most = 50;

    public async Task<IReadOnlyList<ConflictRow>> ExecuteAsync(GridPicture picture, CancellationToken ct)
    {
        var open = await db.Set<CellConflict>().AsNoTracking().Where(c => c.SettledAt == null).OrderBy(c => c.At).Take(Most).ToListAsync(ct);
        if (open.Count == 0) return [];
        var numbers = await db.Set<Cell>().AsNoTracking().ToDictionaryAsync(c => c.Id, c => c.Number, ct);
        var doors = await read.DoorsOfAsync(picture, open.ConvertAll(c => c.HouseholdId), ct);
        return [.. open.Select(c => (Conflict: c, Door: doors.Find(c.HouseholdId))).Where(c => c.Door is not null)
            .Select(c => new ConflictRow(c.Conflict.Id, c.Door?.Label ?? "", numbers.GetValueOrDefault(c.Conflict.FromCellId, ""), numbers.GetValueOrDefault(c.Conflict.ToCellId, ""), c.Conflict.At))];
    }
}
