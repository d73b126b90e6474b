using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Contracts;
using Tongxin.Core.Passes;
using Tongxin.Core.Protocols;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Platform.Data;
using Tongxin.Screening.Tubes.Data;

namespace Tongxin.Screening.Laboratory;

/// <summary>
/// Negative tests as proofs for passes. Read from where people stand now: a corrected result is no proof from its commit on. Whoever waits
/// for a recheck, or is positive alone, has no proof older than that sample; nobody else is held back by it.
/// </summary>
internal sealed class TestProofs(TongxinDb db, TimeProvider clock) : IHolderStates
{
    private const int Together = 1000;

    /// <summary>No edition counts a proof for longer (720 hours from the report), and no report comes later than some days.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(37);

    public async Task<IReadOnlyDictionary<Guid, HolderState>> FindAsync(IReadOnlyCollection<Guid> personIds, CancellationToken ct)
    {
        var since = clock.GetUtcNow() - Longest;
        var proofs = new Dictionary<Guid, List<Proof>>();
        foreach (var part in personIds.Distinct().Chunk(Together))
        {
            var asked = await db.Set<TestRow>().AsNoTracking()
                .Where(t => part.Contains(t.PersonId) && (t.Status == TestStatus.PendingRecheck || t.Status == TestStatus.Pos) && t.DecidedSampleAt > since)
                .GroupBy(t => t.PersonId).Select(g => new { g.Key, At = g.Max(t => t.DecidedSampleAt) }).ToDictionaryAsync(g => g.Key, g => g.At, ct);
            var negatives = await (
                from test in db.Set<TestRow>().AsNoTracking()
                join tube in db.Set<TubeRow>() on test.DecidedBy equals tube.Code
                where part.Contains(test.PersonId) && test.Status == TestStatus.Neg && test.DecidedSampleAt > since
                select new { test.PersonId, test.DecidedSampleAt, tube.ResultAt, test.Since }).ToListAsync(ct);
            foreach (var negative in negatives)
            {
                if (negative.DecidedSampleAt is not { } sampled || (asked.TryGetValue(negative.PersonId, out var doubted) && sampled <= doubted)) continue;
                if (!proofs.TryGetValue(negative.PersonId, out var own)) proofs[negative.PersonId] = own = [];
                own.Add(new Proof(ProofKind.NucleicAcid, sampled, negative.ResultAt ?? negative.Since));
            }
        }

        return proofs.ToDictionary(p => p.Key, p => new HolderState(p.Value));
    }
}
