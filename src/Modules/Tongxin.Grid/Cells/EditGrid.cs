using Tongxin.Core.Common;
using Tongxin.Grid.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.Cells;

/// <summary>A change of the grid: one at a time, on what the actor may see, all or nothing.</summary>
internal sealed class EditGrid(TongxinDb db, ReadGrid read)
{
    public async Task<Result<T>> ExecuteAsync<T>(Actor actor, Func<GridPicture, Task<Result<T>>> change, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await GridMoves.LockAsync(db, ct);
        var picture = await read.ExecuteAsync(actor, GridPermissions.EditCells, ct);
        var result = await change(picture);
        if (result.IsFailure) return result;
        await db.CommitAsync(ct);
        await transaction.CommitAsync(ct);
        return result;
    }
}

/// <summary>Rules that several changes share.</summary>
internal static class CellRules
{
    public const int MostNumber = 20;
    public const int MostName = 60;

    /// <summary>A cell that the actor may change: there, not the reserve, and with nothing outside the scope.</summary>
    public static Result<CellRow> Editable(this GridPicture picture, Guid cell)
    {
        if (picture.Find(cell) is not { } row) return CellErrors.Unknown();
        if (row.Cell.IsReserve) return CellErrors.Reserve();
        return row.IsWhole ? row : CellErrors.Unknown();
    }

    public static Result CheckNames(string number, string name)
    {
        if (number.Length is 0 or > MostNumber) return CellErrors.Number();
        return name.Length is 0 or > MostName ? CellErrors.Name() : Result.Ok;
    }

    /// <summary>The cell itself, to be changed; refused when it is not the version that was shown.</summary>
    public static async Task<Result<Cell>> LoadAsync(TongxinDb db, Guid id, int? seen, CancellationToken ct)
    {
        var cell = await db.Set<Cell>().FindAsync([id], ct);
        if (cell is null || cell.EndedAt is not null) return CellErrors.Unknown();
        return seen is { } version && version != cell.Version ? CellErrors.Changed() : cell;
    }
}
