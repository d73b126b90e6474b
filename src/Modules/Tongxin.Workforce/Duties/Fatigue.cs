using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Duties;

/// <summary>The house rule on long days: said above 8 h, refused above 12 h unless two people agreed. A day is a roster day, over all rosters.</summary>
internal sealed class Fatigue(TongxinDb db, DutyBook book)
{
    /// <summary>Minutes above which a day is called long.</summary>
    public const int Long = 8 * 60;

    /// <summary>Minutes above which two people must have agreed.</summary>
    public const int Most = 12 * 60;

    /// <summary>The person's minutes on the roster day of the duty, that duty included.</summary>
    public async Task<int> DayMinutesAsync(Guid person, RosterDuty duty, CancellationToken ct)
    {
        var day = await book.Turns.AsNoTracking()
            .Where(x => x.Turn.PersonId == person && x.Duty.Day == duty.Day && x.Duty.Id != duty.Id
                && x.Turn.State != TurnState.Absent && x.Turn.State != TurnState.Covered
                && (!x.Turn.IsReserve || x.Turn.State == TurnState.OnPost || x.Turn.State == TurnState.HandingOver || x.Turn.State == TurnState.Done))
            .Select(x => new { x.Duty.Id, x.Duty.Starts, x.Duty.Ends }).Distinct().ToListAsync(ct);
        return duty.Minutes + day.Sum(d => (int)(d.Ends - d.Starts).TotalMinutes);
    }

    /// <summary>Whether so many minutes on that day are allowed.</summary>
    public async Task<bool> AllowsAsync(Guid person, DateOnly day, int minutes, CancellationToken ct) =>
        minutes <= Most || await db.Set<FatigueOverride>().AnyAsync(o => o.PersonId == person && o.Day == day && minutes <= o.Minutes, ct);
}
