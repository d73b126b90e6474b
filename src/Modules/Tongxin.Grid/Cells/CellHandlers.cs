using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Grid.Contracts;
using Tongxin.Grid.Data;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Grid.Cells;

/// <summary>New households: the database has put them into the reserve; those whose place has a cell go on to it at once.</summary>
internal sealed class PlaceNewHouseholds(TongxinDb db) : IHandle<HouseholdsAdded>
{
    public async Task HandleAsync(HouseholdsAdded happened, CancellationToken ct)
    {
        var cells = await db.Set<CellPlace>().AsNoTracking().ToDictionaryAsync(p => p.PlaceId, p => p.CellId, ct);
        if (cells.Count == 0) return;
        var placed = happened.Households.Where(h => cells.ContainsKey(h.PlaceId)).ToLookup(h => cells[h.PlaceId], h => h.HouseholdId);
        if (placed.Count == 0) return;
        await GridMoves.LockAsync(db, ct);
        foreach (var cell in placed)
        {
            await GridMoves.MoveHomesAsync(db, cell, cell.Key, ct);
            db.Record(Actor.System, "grid.households.placed", "cell", cell.Key, details: new { households = cell.Count() });
        }
    }
}

/// <summary>
/// An address was corrected: the household keeps its cell unless its new place has another; then it goes there, both facts are in
/// the journal, and the office finds it among the conflicts.
/// </summary>
internal sealed class FollowMovedHousehold(TongxinDb db, TimeProvider clock) : IHandle<HouseholdMoved>
{
    public async Task HandleAsync(HouseholdMoved happened, CancellationToken ct)
    {
        await GridMoves.LockAsync(db, ct);
        var now = await db.Set<CellHousehold>().AsNoTracking().Where(c => c.HouseholdId == happened.HouseholdId).Select(c => c.CellId).SingleAsync(ct);
        var place = await db.Set<CellPlace>().AsNoTracking().SingleOrDefaultAsync(p => p.PlaceId == happened.ToPlaceId, ct);
        if (place is null || place.CellId == now)
        {
            db.Record(Actor.System, "grid.household.kept", "household", happened.HouseholdId, details: new { cell = now, happened.FromPlaceId, happened.ToPlaceId });
            return;
        }
        await GridMoves.EndResponsibilitiesAsync(db, [happened.HouseholdId], CampusCalendar.DayOf(clock.GetUtcNow()), ct);
        await GridMoves.MoveHomesAsync(db, [happened.HouseholdId], place.CellId, ct);
        db.Record(Actor.System, "grid.household.followed", "household", happened.HouseholdId,
            details: new { from = now, to = place.CellId, happened.FromPlaceId, happened.ToPlaceId });
        // From the reserve there is nobody to disagree with.
        if (now != Cell.ReserveId)
            db.Add(CellConflict.Note(happened.HouseholdId, now, place.CellId, happened.FromPlaceId, happened.ToPlaceId, clock.GetUtcNow()));
    }
}

/// <summary>A team ended: its cells have none, and show as gaps.</summary>
internal sealed class LeaveEndedTeam(TongxinDb db, TimeProvider clock) : IHandle<TeamEnded>
{
    public async Task HandleAsync(TeamEnded happened, CancellationToken ct)
    {
        await GridMoves.LockAsync(db, ct);
        var cells = await db.Set<Cell>().Where(c => c.TeamId == happened.TeamId).ToListAsync(ct);
        foreach (var cell in cells)
        {
            await GridMoves.EndResponsibilitiesOfAsync(db, cell.Id, CampusCalendar.DayOf(clock.GetUtcNow()), ct);
            cell.GiveTo(null);
            db.Record(Actor.System, "grid.cell.team-ended", "cell", cell.Id, details: new { team = happened.TeamId });
        }
    }
}

/// <summary>Two entries were one person: what either took on, and who took on either, goes to the one that is kept.</summary>
internal sealed class FollowMergedPerson(TongxinDb db, TimeProvider clock) : IHandle<PersonMerged>
{
    public async Task HandleAsync(PersonMerged happened, CancellationToken ct)
    {
        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        var taken = await db.Set<Responsibility>().Where(r => r.MemberId == happened.GoneId).ToListAsync(ct);
        foreach (var row in taken) row.Reassign(happened.KeptId);

        var about = await db.Set<Responsibility>()
            .Where(r => r.Mode == ResponsibilityMode.Person && r.Until == null && (r.TargetId == happened.GoneId || r.TargetId == happened.KeptId)).ToListAsync(ct);
        var isKeptTaken = about.Exists(r => r.TargetId == happened.KeptId);
        foreach (var row in about.Where(r => r.TargetId == happened.GoneId))
        {
            row.End(today);
            if (!isKeptTaken) db.Add(Responsibility.Take(row.CellId, ResponsibilityMode.Person, happened.KeptId, row.MemberId, today));
        }
        if (taken.Count + about.Count > 0)
            db.Record(Actor.System, "grid.person.merged", "person", happened.KeptId, details: new { gone = happened.GoneId, taken = taken.Count, about = about.Count });
    }
}
