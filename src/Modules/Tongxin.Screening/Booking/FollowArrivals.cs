using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Platform.Data;
using Tongxin.Screening.Booking.Data;
using Tongxin.Screening.Contracts;

namespace Tongxin.Screening.Booking;

/// <summary>
/// Whoever is sampled has come: noted in the transaction of the tube, at the instant of the sample, for the slot held. Nobody enters it a second time.
/// A sample that turns out to be somebody else's takes it back.
/// </summary>
internal sealed class FollowArrivals(TongxinDb db, TimeProvider clock) : IHandle<TestsChanged>
{
    private const int Together = 1000;

    public async Task HandleAsync(TestsChanged happened, CancellationToken ct)
    {
        var sampled = happened.Changes.Where(c => c.From is TestStatus.NotSampled or TestStatus.Recalled && c.To is not (TestStatus.NotSampled or TestStatus.Recalled)).DistinctBy(c => c.PersonId).ToDictionary(c => c.PersonId);
        foreach (var some in sampled.Keys.Chunk(Together))
        {
            var held = await db.Set<SlotBooking>().AsNoTracking()
                .Where(b => b.RoundId == happened.RoundId && some.Contains(b.PersonId) && b.SlotId != null && !db.Set<SlotArrival>().Any(a => a.SlotId == b.SlotId && a.PersonId == b.PersonId))
                .Select(b => new { b.PersonId, b.SlotId }).ToListAsync(ct);
            var come = held.ConvertAll(h => SlotArrival.ByTube(
                happened.RoundId, h.SlotId.GetValueOrDefault(), h.PersonId, sampled[h.PersonId].TubeCode, sampled[h.PersonId].SampledAt ?? clock.GetUtcNow()));
            if (sampled.Count > Together) await db.BulkInsertAsync(come, ct);
            else db.AddRange(come);
        }

        foreach (var some in happened.Changes.Where(c => c.To == TestStatus.NotSampled).Select(c => c.PersonId).Distinct().Chunk(Together))
            await db.Set<SlotArrival>().Where(a => a.RoundId == happened.RoundId && some.Contains(a.PersonId) && a.AccountId == null).ExecuteDeleteAsync(ct);
    }
}
