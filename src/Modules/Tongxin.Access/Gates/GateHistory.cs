using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Tongxin.Access.Gates.Data;
using Tongxin.Platform.Data;
using Tongxin.Platform.Ui;

namespace Tongxin.Access.Gates;

/// <summary>When a gate was sealed, opened and guarded, and why; newest first. The page has checked that the actor may see the gate.</summary>
internal sealed class GateHistory(TongxinDb db, IStringLocalizer<GatesText> texts)
{
    private const int Most = 20;

    public async Task<IReadOnlyList<TimelineEntry>> ReadAsync(Guid gate, CancellationToken ct)
    {
        var states = await (
            from s in db.Set<GateStateFact>().AsNoTracking()
            where s.GateId == gate
            join a in db.Users on s.AccountId equals a.Id into accounts
            from account in accounts.DefaultIfEmpty()
            orderby s.At descending
            select new { s.At, s.State, s.Why, Who = account == null ? null : account.DisplayName }).Take(Most).ToListAsync(ct);
        return [.. states.Select(s => new TimelineEntry(s.At, texts["GateState." + s.State], s.Who, s.Why.Length == 0 ? null : s.Why, s.State == GateState.Sealed ? "lock" : "lock-open"))];
    }
}
