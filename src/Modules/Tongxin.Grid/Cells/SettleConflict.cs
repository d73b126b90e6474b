using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Grid.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.Cells;

/// <summary>The office looks at a household that followed its corrected address into another cell: right, or back with it.</summary>
internal sealed class SettleConflict(TongxinDb db, EditGrid edit, ReadGrid read, TimeProvider clock)
{
    public Task<Result<string>> ExecuteAsync(Guid id, bool back, Actor actor, CancellationToken ct) =>
        edit.ExecuteAsync<string>(actor, async picture =>
        {
            var conflict = await db.Set<CellConflict>().SingleOrDefaultAsync(c => c.Id == id, ct);
            if (conflict is null || (await read.DoorsOfAsync(picture, [conflict.HouseholdId], ct)).Find(conflict.HouseholdId) is not { } home) return CellErrors.ConflictUnknown();
            if (conflict.SettledAt is not null) return CellErrors.ConflictSettled();
            if (back)
            {
                if (picture.Find(conflict.FromCellId) is null) return CellErrors.Unknown();
                await GridMoves.EndResponsibilitiesAsync(db, [home.Id], CampusCalendar.DayOf(clock.GetUtcNow()), ct);
                await GridMoves.MoveHomesAsync(db, [home.Id], conflict.FromCellId, ct);
            }
            db.Record(actor, back ? "grid.conflict.returned" : "grid.conflict.accepted", "household", home.Id, details: new { conflict.FromCellId, conflict.ToCellId });
            conflict.Settle(actor.AccountId, clock.GetUtcNow());
            return home.Label;
        }, ct);
}
