using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Data;
using Tongxin.Core.Common;
using Tongxin.Core.Protocols;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Restrictions;

/// <summary>One rule on one day.</summary>
/// <param name="Lifted">Ended before their time.</param>
/// <param name="Active">In force at the end of the day; today: now.</param>
internal sealed record DayCount(DateOnly Day, string Edition, MeasureKind Kind, int Imposed, int Lifted, int Ended, int Active);

/// <summary>How many measures of each rule were imposed, lifted and in force on each day: what everybody may know. No persons, no places.</summary>
internal sealed class CountByDay(TongxinDb db, TimeProvider clock)
{
    public const int Days = 30;

    /// <summary>Below this a figure is shown as "less than": few could be recognised by those who know them.</summary>
    public const int Least = 5;

    /// <summary>Days on which there was anything, the latest first.</summary>
    public async Task<IReadOnlyList<DayCount>> ReadAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = CampusCalendar.DayOf(now);
        var since = CampusCalendar.StartOf(today.AddDays(1 - Days));
        var rows = await db.Set<Measure>().AsNoTracking().Where(m => m.From != null && (m.OverAt == null || m.OverAt >= since))
            .Select(m => new { m.EditionId, m.Kind, m.From, m.OverAt, m.Until, m.State }).ToListAsync(ct);
        var counts = new List<DayCount>();
        for (var day = today; day > today.AddDays(-Days); day = day.AddDays(-1))
        {
            var (start, end) = (CampusCalendar.StartOf(day), CampusCalendar.StartOf(day.AddDays(1)));
            var at = end < now ? end : now;
            counts.AddRange(rows.GroupBy(r => (r.EditionId, r.Kind)).Select(g => new DayCount(
                    day, g.Key.EditionId, g.Key.Kind,
                    g.Count(r => Within(r.From)), g.Count(r => r.State == MeasureState.Lifted && Within(r.OverAt)), g.Count(r => r.State != MeasureState.Lifted && r.Until <= now && Within(r.Until)),
                    g.Count(r => r.From <= at && at < (r.OverAt ?? r.Until))))
                .Where(c => c.Imposed + c.Lifted + c.Ended + c.Active > 0).OrderBy(c => c.Kind));

            bool Within(DateTimeOffset? instant) => start <= instant && instant < end;
        }
        return counts;
    }

    /// <summary>0, "&lt;5", or the figure.</summary>
    public static string Say(int count) => count is > 0 and < Least ? $"<{Least}" : count.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
}
