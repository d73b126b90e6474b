using Microsoft.EntityFrameworkCore;
using Tongxin.People.Contracts;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Duties;

/// <summary>Two entries are one person: what they did and were asked goes over to the one that stays; the calendar of the other ends.</summary>
internal sealed class FollowMergedHelper(TongxinDb db) : IHandle<PersonMerged>
{
    public async Task HandleAsync(PersonMerged happened, CancellationToken ct)
    {
        var (kept, gone) = (happened.KeptId, happened.GoneId);
        await db.Set<Attendance>().Where(x => x.PersonId == gone).ExecuteUpdateAsync(s => s.SetProperty(x => x.PersonId, kept), ct);
        await db.Set<DutyReport>().Where(x => x.PersonId == gone).ExecuteUpdateAsync(s => s.SetProperty(x => x.PersonId, kept), ct);
        await db.Set<DutyNote>().Where(x => x.PersonId == gone).ExecuteUpdateAsync(s => s.SetProperty(x => x.PersonId, kept), ct);
        await db.Set<ServiceCertificate>().Where(x => x.PersonId == gone).ExecuteUpdateAsync(s => s.SetProperty(x => x.PersonId, kept), ct);
        await db.Set<Swap>().Where(x => x.PersonId == gone).ExecuteUpdateAsync(s => s.SetProperty(x => x.PersonId, kept), ct);
        await db.Set<Swap>().Where(x => x.OtherPersonId == gone).ExecuteUpdateAsync(s => s.SetProperty(x => x.OtherPersonId, kept), ct);
        await db.Set<SubstituteSearch>().Where(x => x.PersonId == gone).ExecuteUpdateAsync(s => s.SetProperty(x => x.PersonId, kept), ct);
        await db.Set<Handover>().Where(x => x.GivenBy == gone).ExecuteUpdateAsync(s => s.SetProperty(x => x.GivenBy, kept), ct);
        await db.Set<Handover>().Where(x => x.TakenBy == gone).ExecuteUpdateAsync(s => s.SetProperty(x => x.TakenBy, kept), ct);
        // Asked twice in one search under both entries: one question stays.
        await db.Set<SubstituteAsk>().Where(x => x.PersonId == gone && !db.Set<SubstituteAsk>().Any(o => o.SearchId == x.SearchId && o.PersonId == kept))
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.PersonId, kept), ct);
        // Wishes of the entry that stays go before those of the other, roster by roster.
        await db.Set<DutyWish>().Where(x => x.PersonId == gone && !db.Set<DutyWish>().Any(o => o.SeriesId == x.SeriesId && o.PersonId == kept))
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.PersonId, kept), ct);
        await db.Set<DutyWish>().Where(x => x.PersonId == gone).ExecuteDeleteAsync(ct);
        await db.Set<DutyFeed>().Where(x => x.PersonId == gone).ExecuteDeleteAsync(ct);
    }
}
