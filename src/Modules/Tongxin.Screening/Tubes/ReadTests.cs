using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Sampling.Pools;
using Tongxin.People.Contracts;
using Tongxin.Platform.Data;
using Tongxin.Screening.Booking;
using Tongxin.Screening.Contracts;
using Tongxin.Screening.Rounds;
using Tongxin.Screening.Tubes.Data;

namespace Tongxin.Screening.Tubes;

/// <summary>Where people stand. Tubes keep the entry under which somebody was sampled: whoever was merged since is looked up under all entries.</summary>
internal sealed class ReadTests(TongxinDb db, IPersons persons) : ITests, ITestResults
{
    private const int Together = 1000;

    public async Task<IReadOnlyDictionary<Guid, TestView>> FindAsync(Guid roundId, IReadOnlyCollection<Guid> personIds, CancellationToken ct)
    {
        var found = new Dictionary<Guid, TestView>();
        var asked = personIds.Distinct().ToList();
        var same = await persons.SameAsync(asked, ct);
        var rows = new Dictionary<Guid, TestRow>();
        foreach (var part in asked.SelectMany(same.Of).Distinct().Chunk(Together))
            foreach (var row in await db.Set<TestRow>().AsNoTracking().Where(t => t.RoundId == roundId && part.Contains(t.PersonId)).ToListAsync(ct))
                rows[row.PersonId] = row;
        foreach (var id in asked)
            if (Foremost(same.Of(id).Select(e => rows.GetValueOrDefault(e)).OfType<TestRow>()) is { } row) found[id] = row.ToView() with { PersonId = id };
        return found;
    }

    public async Task<IReadOnlyDictionary<TestStatus, int>> CountAsync(Guid roundId, CancellationToken ct) =>
        await db.Set<TestRow>().Where(t => t.RoundId == roundId).GroupBy(t => t.Status).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);

    public async Task<IReadOnlyList<TestView>> OfPersonAsync(Guid personId, CancellationToken ct)
    {
        var entries = (await persons.SameAsync([personId], ct)).Of(personId).ToList();
        var rows = await db.Set<TestRow>().AsNoTracking().Where(t => entries.Contains(t.PersonId)).ToListAsync(ct);
        return [.. rows.GroupBy(t => t.RoundId).Select(g => Foremost(g)).OfType<TestRow>().OrderByDescending(t => t.SampledAt).ThenBy(t => t.RoundId).Select(t => t.ToView() with { PersonId = personId })];
    }

    public async Task<IReadOnlyDictionary<(Guid Round, Guid Person), TestShown>> FindAsync(IReadOnlyCollection<Guid> rounds, IReadOnlyCollection<Guid> personIds, CancellationToken ct)
    {
        var found = new Dictionary<(Guid Round, Guid Person), TestShown>();
        foreach (var round in rounds)
            foreach (var (person, test) in await FindAsync(round, personIds, ct)) found[(round, person)] = new TestShown(test.Status, test.DecidedSampleAt ?? test.SampledAt);
        return found;
    }

    /// <summary>Of the tests of one person under several entries the one that asks for most, then the latest.</summary>
    private static TestRow? Foremost(IEnumerable<TestRow> rows) => rows.OrderByDescending(t => Weight(t.Status)).ThenByDescending(t => t.SampledAt).FirstOrDefault();

    private static int Weight(TestStatus status) => status switch
    {
        TestStatus.Pos => 4,
        TestStatus.PendingRecheck => 3,
        TestStatus.Recalled => 2,
        TestStatus.NotSampled => 0,
        _ => 1,
    };
}
