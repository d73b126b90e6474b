using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Tongxin.Grid.Contracts;
using Tongxin.Grid.Data;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.Cells;

/// <summary>The few statements by which households, entrances and what hangs on them change cells. Callers record and commit.</summary>
internal static class GridMoves
{
    private const int Batch = 500;

    /// <summary>
    /// One change of the grid at a time, on both databases: the reserve's row is the lock, and its version counts the changes.
    /// Not a FOR UPDATE, which would also hold up every import: its households enter the reserve.
    /// </summary>
    public static Task LockAsync(TongxinDb db, CancellationToken ct) =>
        db.Set<Cell>().Where(c => c.Id == Cell.ReserveId).ExecuteUpdateAsync(s => s.SetProperty(c => c.Version, c => c.Version + 1), ct);

    public static async Task MoveHomesAsync(TongxinDb db, IEnumerable<Guid> households, Guid cell, CancellationToken ct)
    {
        foreach (var some in households.Chunk(Batch))
            await db.Set<CellHousehold>().Where(c => some.Contains(c.HouseholdId)).ExecuteUpdateAsync(s => s.SetProperty(c => c.CellId, cell), ct);
    }

    /// <param name="cell">Null: new households of these places stay in the reserve.</param>
    public static async Task GivePlacesAsync(TongxinDb db, IReadOnlyCollection<Guid> places, Guid? cell, CancellationToken ct)
    {
        foreach (var some in places.Chunk(Batch))
        {
            if (cell is not { } to)
            {
                await db.Set<CellPlace>().Where(p => some.Contains(p.PlaceId)).ExecuteDeleteAsync(ct);
                continue;
            }
            var known = await db.Set<CellPlace>().Where(p => some.Contains(p.PlaceId)).Select(p => p.PlaceId).ToListAsync(ct);
            await db.Set<CellPlace>().Where(p => known.Contains(p.PlaceId)).ExecuteUpdateAsync(s => s.SetProperty(p => p.CellId, to), ct);
            db.AddRange(some.Except(known).Select(p => CellPlace.Of(p, to)));
        }
    }

    /// <summary>Ends what was taken on of entrances and households that are no longer in the cell.</summary>
    public static async Task EndResponsibilitiesAsync(TongxinDb db, IEnumerable<Guid> targets, DateOnly today, CancellationToken ct)
    {
        foreach (var some in targets.Chunk(Batch))
        {
            await db.Set<Responsibility>().Where(r => r.Until == null && r.Mode != ResponsibilityMode.Person && some.Contains(r.TargetId))
                .ExecuteUpdateAsync(s => s.SetProperty(r => r.Until, today), ct);
        }
    }

    public static Task EndResponsibilitiesOfAsync(TongxinDb db, Guid cell, DateOnly today, CancellationToken ct) =>
        db.Set<Responsibility>().Where(r => r.Until == null && r.CellId == cell).ExecuteUpdateAsync(s => s.SetProperty(r => r.Until, today), ct);

    /// <summary>The next free number after "G-07" is "G-08"; numbers of ended cells are not used again.</summary>
    public static async Task<int> NextNumberAsync(TongxinDb db, CancellationToken ct)
    {
        var numbers = await db.Set<Cell>().Select(c => c.Number).ToListAsync(ct);
        return numbers.Select(n => n.StartsWith("G-", StringComparison.Ordinal) && int.TryParse(n.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var v) ? v : 0)
            .DefaultIfEmpty().Max() + 1;
    }

    public static string Number(int number) => string.Create(CultureInfo.InvariantCulture, $"G-{number:00}");
}
