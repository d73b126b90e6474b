using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Gates.Readings;
using Tongxin.Access.Gates.Retention;
using Tongxin.Access.Gates.Tracing;
using Tongxin.Access.Permits.Data;
using Tongxin.Access.Scans.Data;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Permits;

/// <summary>
/// As long after its end as a passage lives, what a permit says of a person goes: name, phone, plate, hospital, whose guest. Open papers
/// and a case that ties one of its passages hold it. Whoever is still under way is waited for, and not for ever.
/// </summary>
internal sealed class ErasePermits(TongxinDb db, SecretBox box) : INightSweep
{
    /// <summary>Somebody who went out by a permit and was never seen to come back has come back unseen.</summary>
    public static readonly TimeSpan LongestWay = TimeSpan.FromDays(90);
    private const int AtOnce = 500;

    public SweptKind Kind => SweptKind.Permits;

    public async Task<IReadOnlyList<Guid>> SweepAsync(DateTimeOffset now, CancellationToken ct)
    {
        var (before, longAgo) = (now - PassageLife.Whole, now - LongestWay);
        var due = await db.Set<Permit>()
            .Where(p => p.ErasedAt == null && p.EndsAt < before && p.Paperwork != Paperwork.Open && (p.PaperworkDoneAt == null || p.PaperworkDoneAt < before)
                && (p.EndsAt < longAgo || p.State == PermitState.Asked || p.State == PermitState.Refused
                    || (p.Kind == PermitKind.Hospital ? p.UsedOut <= p.UsedIn : (p.Kind != PermitKind.Visitor && p.Kind != PermitKind.Supplier) || p.UsedIn <= p.UsedOut))
                && !db.Set<TracePassage>().Any(t => t.ScanId == p.Id || db.Set<Scan>().Any(s => s.Id == t.ScanId && s.PermitId == p.Id)))
            .OrderBy(p => p.Id).Take(AtOnce).ToListAsync(ct);
        foreach (var permit in due) permit.Erase(box, now);
        return due.ConvertAll(p => p.Id);
    }
}
