using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Grid.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.Cells;

/// <summary>Renames a cell, gives it to a team, merges it into another, dissolves it.</summary>
internal sealed class ChangeCell(TongxinDb db, EditGrid edit, TimeProvider clock)
{
    private DateOnly Today => CampusCalendar.DayOf(clock.GetUtcNow());

    /// <param name="seen">The cell's version on the page.</param>
    public async Task<Result<string>> RenameAsync(Guid id, int seen, string? number, string? name, Actor actor, CancellationToken ct)
    {
        var (newNumber, newName) = ((number ?? "").Trim(), (name ?? "").Trim());
        try
        {
            return await edit.ExecuteAsync<string>(actor, async picture =>
            {
                var check = CellRules.CheckNames(newNumber, newName);
                if (check.IsFailure) return check.Error;
                var row = picture.Editable(id);
                if (row.IsFailure) return row.Error;
                var cell = await CellRules.LoadAsync(db, id, seen, ct);
                if (cell.IsFailure) return cell.Error;
                if (await db.Set<Cell>().AnyAsync(c => c.Number == newNumber && c.Id != id, ct)) return CellErrors.NumberTaken(newNumber);
                db.Record(actor, "grid.cell.renamed", "cell", id, details: new { from = new { cell.Value.Number, cell.Value.Name }, to = new { Number = newNumber, Name = newName } });
                cell.Value.Rename(newNumber, newName);
                return newNumber;
            }, ct);
        }
        catch (DbUpdateException failure) when (db.Dialect.IsUniqueViolation(failure))
        {
            return CellErrors.NumberTaken(newNumber);
        }
    }

    /// <param name="team">Null: the cell has no team any more, and shows as a gap.</param>
    public Task<Result<string>> GiveAsync(Guid id, int? seen, Guid? team, Actor actor, CancellationToken ct) =>
        edit.ExecuteAsync<string>(actor, async picture =>
        {
            var row = picture.Editable(id);
            if (row.IsFailure) return row.Error;
            if (team is { } wanted && !picture.Teams.Any(t => t.Id == wanted)) return CellErrors.TeamUnknown();
            var cell = await CellRules.LoadAsync(db, id, seen, ct);
            if (cell.IsFailure) return cell.Error;
            if (cell.Value.TeamId == team) return cell.Value.Number;
            db.Record(actor, "grid.cell.given", "cell", id, details: new { from = cell.Value.TeamId, to = team });
            // What members of the former team took on ends with it.
            await GridMoves.EndResponsibilitiesOfAsync(db, id, Today, ct);
            cell.Value.GiveTo(team);
            return cell.Value.Number;
        }, ct);

    public Task<Result<string>> MergeAsync(Guid id, int seen, Guid into, Actor actor, CancellationToken ct) =>
        edit.ExecuteAsync<string>(actor, async picture =>
        {
            if (id == into) return CellErrors.Same();
            var (row, target) = (picture.Editable(id), picture.Editable(into));
            if (row.IsFailure) return row.Error;
            if (target.IsFailure) return target.Error;
            var (cell, heir) = (await CellRules.LoadAsync(db, id, seen, ct), await CellRules.LoadAsync(db, into, null, ct));
            if (cell.IsFailure) return cell.Error;
            if (heir.IsFailure) return heir.Error;
            await EmptyAsync(row.Value, into, ct);
            db.Record(actor, "grid.cell.merged", "cell", id, details: new { into, households = row.Value.Households });
            cell.Value.End(clock.GetUtcNow(), heir.Value.TeamId);
            if (string.CompareOrdinal(cell.Value.SortKey, heir.Value.SortKey) < 0) heir.Value.PlaceAt(cell.Value.SortKey);
            return heir.Value.Number;
        }, ct);

    public Task<Result<int>> DissolveAsync(Guid id, int seen, Actor actor, CancellationToken ct) =>
        edit.ExecuteAsync<int>(actor, async picture =>
        {
            var row = picture.Editable(id);
            if (row.IsFailure) return row.Error;
            var cell = await CellRules.LoadAsync(db, id, seen, ct);
            if (cell.IsFailure) return cell.Error;
            await EmptyAsync(row.Value, null, ct);
            db.Record(actor, "grid.cell.dissolved", "cell", id, details: new { households = row.Value.Households });
            cell.Value.End(clock.GetUtcNow(), null);
            return row.Value.Households;
        }, ct);

    /// <summary>Households and entrances go on to another cell or to the reserve, never nowhere.</summary>
    private async Task EmptyAsync(CellRow row, Guid? into, CancellationToken ct)
    {
        await GridMoves.EndResponsibilitiesOfAsync(db, row.Id, Today, ct);
        await db.Set<CellHousehold>().Where(h => h.CellId == row.Id).ExecuteUpdateAsync(s => s.SetProperty(h => h.CellId, into ?? Cell.ReserveId), ct);
        if (into is { } target) await db.Set<CellPlace>().Where(p => p.CellId == row.Id).ExecuteUpdateAsync(s => s.SetProperty(p => p.CellId, target), ct);
        else await db.Set<CellPlace>().Where(p => p.CellId == row.Id).ExecuteDeleteAsync(ct);
    }
}
