using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Contracts;
using Tongxin.Grid.Data;
using Tongxin.Grid.RecordVisit;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.RebuildRounds;

/// <summary>Recomputes every projection of every round from the facts, and lets the independent checker look at the answer.</summary>
internal sealed class RebuildRounds(TongxinDb db) : IRoundRebuild
{
    public async Task<RoundsRebuilt> ExecuteAsync(Actor actor, CancellationToken ct)
    {
        var total = new RoundsRebuilt(0, 0, []);
        foreach (var id in await db.Set<Round>().OrderBy(r => r.OpenedAt).Select(r => r.Id).ToListAsync(ct))
        {
            var one = await RebuildAsync(id, actor, ct);
            total = new RoundsRebuilt(total.Targets + one.Targets, total.Mended + one.Mended, [.. total.Findings, .. one.Findings]);
            db.Forget();
        }
        return total;
    }

    private async Task<RoundsRebuilt> RebuildAsync(Guid roundId, Actor actor, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var round = await RoundLocks.AloneAsync(db, roundId, ct) ?? throw new InvalidOperationException("The round is gone.");
        var targets = await db.Set<Target>().Where(t => t.RoundId == roundId).ToListAsync(ct);
        var outcomes = (await db.Set<OutcomeFact>().AsNoTracking().Where(o => o.RoundId == roundId).ToListAsync(ct)).ConvertAll(o => o.ToOutcome());
        var byTarget = outcomes.ToLookup(o => o.TargetId);
        var reviews = (await db.Set<Review>().AsNoTracking().Where(r => r.RoundId == roundId).ToListAsync(ct)).ToLookup(r => r.TargetId);

        var mended = 0;
        foreach (var target in targets)
        {
            var state = TargetFold.Of(round.Rules, target.TargetId, byTarget[target.TargetId]);
            if (!state.SameAs(target.ToState())) mended++;
            target.Project(state, round.OpenedAt);
            if (reviews[target.TargetId].MaxBy(r => (r.At, r.Id)) is { } review) target.SetReview(review.OutcomeId, review.By, review.At);
        }

        var states = targets.ConvertAll(t => t.ToState());
        var findings = RoundCheck.Run(round.Rules, [.. targets.Select(t => new RoundTarget(t.TargetId, t.CellId))], outcomes, states, RoundBalance.Of(states));
        db.Record(actor, "grid.round.rebuilt", "round", roundId, details: new { targets = targets.Count, mended, findings = findings.Count });
        await db.CommitAsync(ct);
        await transaction.CommitAsync(ct);
        return new RoundsRebuilt(targets.Count, mended, findings);
    }
}
