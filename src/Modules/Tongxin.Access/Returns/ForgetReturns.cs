using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Gates.Retention;
using Tongxin.Access.Returns.Data;
using Tongxin.Core.Common;
using Tongxin.Core.Returns;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Returns;

/// <summary>
/// Thirty days after the last day of a season its records go, with everything said about them; what stays is how many they were. Who was
/// observed longer stays thirty days after that, and who has not been let go yet stays on the doctor's list.
/// </summary>
internal sealed class ForgetReturns(TongxinDb db) : INightSweep
{
    public const int KeptDays = 30;
    private const int AtOnce = 500;

    public SweptKind Kind => SweptKind.Returns;

    public async Task<IReadOnlyList<Guid>> SweepAsync(DateTimeOffset now, CancellationToken ct)
    {
        var border = CampusCalendar.DayOf(now).AddDays(-KeptDays);
        var due = await db.Set<ReturnRecord>().AsNoTracking()
            .Where(r => db.Set<ReturnSeason>().Any(s => s.Id == r.SeasonId && s.LastDay < border) && r.State != ReturnState.Observing && (r.ObservedUntil == null || r.ObservedUntil < border))
            .OrderBy(r => r.Id).Take(AtOnce).Select(r => new { r.Id, r.SeasonId, Came = r.ArrivedAt != null }).ToListAsync(ct);
        if (due.Count == 0) return [];
        var ids = due.ConvertAll(r => r.Id);
        await db.Set<ReturnWait>().Where(w => ids.Contains(w.ReturnId)).ExecuteDeleteAsync(ct);
        await db.Set<ReturnEvent>().Where(e => ids.Contains(e.ReturnId)).ExecuteDeleteAsync(ct);
        await db.Set<ReturnRuling>().Where(r => ids.Contains(r.ReturnId)).ExecuteDeleteAsync(ct);
        await db.Set<ReturnNote>().Where(n => ids.Contains(n.ReturnId)).ExecuteDeleteAsync(ct);
        await db.Set<ReturnRecord>().Where(r => ids.Contains(r.Id)).ExecuteDeleteAsync(ct);
        foreach (var group in due.GroupBy(r => r.SeasonId))
        {
            var season = await db.Set<ReturnSeason>().SingleAsync(s => s.Id == group.Key, ct);
            season.Forget(group.Count(), group.Count(r => r.Came), now);
        }
        return ids;
    }
}
