using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Platform.Data;
using Tongxin.Screening.Booking;
using Tongxin.Screening.Contracts;
using Tongxin.Screening.Tubes.Data;

namespace Tongxin.Screening.Tubes;

internal sealed class ReadTests(TongxinDb db) : ITests, ITestResults
{
    private const int Together = 1000;

    public async Task<IReadOnlyDictionary<Guid, TestView>> FindAsync(Guid roundId, IReadOnlyCollection<Guid> personIds, CancellationToken ct)
    {
        var found = new Dictionary<Guid, TestView>();
        foreach (var part in personIds.Distinct().Chunk(Together))
            foreach (var row in await db.Set<TestRow>().AsNoTracking().Where(t => t.RoundId == roundId && part.Contains(t.PersonId)).ToListAsync(ct))
                found[row.PersonId] = row.ToView();
        return found;
    }

    public async Task<IReadOnlyDictionary<TestStatus, int>> CountAsync(Guid roundId, CancellationToken ct) =>
        await db.Set<TestRow>().Where(t => t.RoundId == roundId).GroupBy(t => t.Status).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);

    public async Task<IReadOnlyList<TestView>> OfPersonAsync(Guid personId, CancellationToken ct) =>
        [.. (await db.Set<TestRow>().AsNoTracking().Where(t => t.PersonId == personId).OrderByDescending(t => t.SampledAt).ThenBy(t => t.RoundId).ToListAsync(ct)).Select(t => t.ToView())];

    public async Task<IReadOnlyDictionary<(Guid Round, Guid Person), TestShown>> FindAsync(IReadOnlyCollection<Guid> rounds, IReadOnlyCollection<Guid> persons, CancellationToken ct) =>
        await db.Set<TestRow>().AsNoTracking().Where(t => rounds.Contains(t.RoundId) && persons.Contains(t.PersonId))
            .ToDictionaryAsync(t => (t.RoundId, t.PersonId), t => new TestShown(t.Status, t.DecidedSampleAt ?? t.SampledAt), ct);
}
