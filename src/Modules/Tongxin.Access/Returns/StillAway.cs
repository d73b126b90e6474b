using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Contracts;
using Tongxin.Access.Returns.Data;
using Tongxin.Core.Returns;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Returns;

internal sealed class StillAway(TongxinDb db) : IAwayPersons
{
    public async Task<IReadOnlySet<Guid>> NotBackAsync(CancellationToken ct) => (await (
        from r in db.Set<ReturnRecord>().AsNoTracking()
        join s in db.Set<ReturnSeason>() on r.SeasonId equals s.Id
        where s.ClosedAt == null && r.PersonId != null
            && (r.State == ReturnState.Declared || r.State == ReturnState.Decided || r.State == ReturnState.Booked || r.State == ReturnState.NotArrived)
        select r.PersonId).ToListAsync(ct)).OfType<Guid>().ToHashSet();
}
