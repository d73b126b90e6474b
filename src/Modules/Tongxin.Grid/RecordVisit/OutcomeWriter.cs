using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Contracts;
using Tongxin.Grid.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.RecordVisit;

/// <summary>
/// The one way an outcome enters a round. In one transaction: lock the target, insert the fact if it is new, fold all facts of
/// that target with the engine, write its projection, journal. Two phones at once wait for each other at the target's row.
/// </summary>
internal sealed class OutcomeWriter(TongxinDb db, TimeProvider clock, SecretBox box)
{
    /// <param name="items">Any number, of any rounds.</param>
    /// <param name="admits">What the sender may act on; the rest is answered as unknown.</param>
    /// <param name="actor">Who sends; the system for a resident's own report.</param>
    /// <param name="ct">Gives up before the commit.</param>
    /// <param name="within">What else belongs in the same transaction, once the verdicts are known.</param>
    public async Task<IReadOnlyList<ItemAnswer>> WriteAsync(
        IReadOnlyList<OutcomeItem> items, Func<Target, bool> admits, Actor actor, CancellationToken ct,
        Func<IReadOnlyList<ItemAnswer>, Task>? within = null)
    {
        try
        {
            return await TryWriteAsync(items, admits, actor, within, ct);
        }
        catch (DbUpdateException failure) when (db.Dialect.IsUniqueViolation(failure))
        {
            // The same id reached us twice at once through different targets: the second look finds it stored.
            db.Forget();
            return await TryWriteAsync(items, admits, actor, within, ct);
        }
    }

    /// <summary>
    /// The same for facts of one round that another module vouches for, in its transaction and with one journal entry for all:
    /// thousands of samples an hour are not thousands of entries. Two who store the same id at once meet at the caller's commit.
    /// </summary>
    public async Task<Entered> EnterAsync(Guid roundId, IReadOnlyList<OutcomeItem> items, Actor actor, CancellationToken ct)
    {
        // Rows that somebody else of this transaction has in hand are changed there; otherwise all are written by one statement.
        var isTracked = db.Set<Target>().Local.Count > 0;
        var batch = await ReadAsync(roundId, items, ct, isTracked);
        IReadOnlyList<ItemAnswer> answers = [.. items.Select(item => Take(item, batch, _ => true, actor))];
        var changed = batch.Fold();
        if (!isTracked) await db.BulkUpdateAsync(changed, ct, Target.Projected);
        if (batch.New.Count > 0)
        {
            db.Record(actor, "grid.outcomes.recorded", "round", roundId,
                details: new { facts = batch.New.Count, kinds = batch.New.GroupBy(o => o.Kind).ToDictionary(g => g.Key.ToString(), g => g.Count()) });
            foreach (var outcome in batch.New) db.Raise(new OutcomeRecorded(roundId, outcome.TargetId, outcome.Id, batch.Targets[outcome.TargetId].Status));
        }
        return new Entered(answers, batch.Targets.ToDictionary(t => t.Key, t => t.Value.Status));
    }

    private async Task<IReadOnlyList<ItemAnswer>> TryWriteAsync(
        IReadOnlyList<OutcomeItem> items, Func<Target, bool> admits, Actor actor, Func<IReadOnlyList<ItemAnswer>, Task>? within, CancellationToken ct)
    {
        var answers = new Dictionary<int, ItemAnswer>();
        var numbered = items.Select((item, at) => (Item: item, At: at)).ToList();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        foreach (var ofRound in numbered.GroupBy(x => x.Item.RoundId).OrderBy(g => g.Key))
        {
            var batch = await ReadAsync(ofRound.Key, [.. ofRound.Select(x => x.Item)], ct);
            foreach (var (item, at) in ofRound) answers[at] = Take(item, batch, admits, actor);
            batch.Fold();
            Tell(batch, actor);
        }
        IReadOnlyList<ItemAnswer> inOrder = [.. numbered.Select(x => answers[x.At])];
        if (within is not null) await within(inOrder);
        await db.CommitAsync(ct);
        await transaction.CommitAsync(ct);
        return inOrder;
    }

    private ItemAnswer Take(OutcomeItem item, Batch batch, Func<Target, bool> admits, Actor actor)
    {
        if (batch.Round is null || !batch.Targets.TryGetValue(item.TargetId, out var target) || !admits(target))
            return Refused(item, RoundErrors.TargetUnknown(item.TargetId));

        var facts = batch.Facts[item.TargetId];
        var known = facts.Find(o => o.Id == item.Id);
        var now = RoundTurn.Stamp(clock);
        var outcome = new Outcome(
            item.Id, item.TargetId, item.Kind, item.Channel,
            item.SeenAt is { } seen ? Whole(seen) : known?.SeenAt ?? Whole(now), now, item.By ?? actor.PersonId,
            item.Corrects, string.IsNullOrWhiteSpace(item.Reason) ? null : item.Reason.Trim(), VisitDetail.Digest(item.Detail, box));
        if (known is null && batch.TakenIds.Contains(item.Id)) return Refused(item, RoundErrors.IdReused(item.Id));
        if (known is null && batch.Round.ClosedAt is { } closed && outcome.SeenAt >= closed)
            return Refused(item, GridErrors.RoundClosed(batch.Round.Number));

        var state = TargetFold.Apply(batch.Rules, item.TargetId, facts, known is null ? outcome : outcome with { By = known.By });
        if (state.IsFailure) return Refused(item, state.Error);
        if (known is not null) return new ItemAnswer(item.Id, ItemVerdict.Duplicate);

        facts.Add(outcome);
        batch.TakenIds.Add(item.Id);
        batch.New.Add(outcome);
        db.Add(OutcomeFact.Of(batch.Round.Id, outcome, actor.IsSystem ? null : actor.AccountId, VisitDetail.Seal(item.Detail, box)));
        return new ItemAnswer(item.Id, ItemVerdict.Recorded);
    }

    private void Tell(Batch batch, Actor actor)
    {
        if (batch.Round is null) return;
        foreach (var outcome in batch.New)
        {
            db.Record(actor, "grid.outcome.recorded", "target", outcome.TargetId,
                details: new { outcome = outcome.Id, kind = outcome.Kind.ToString(), channel = outcome.Channel.ToString(), corrects = outcome.Corrects });
            db.Raise(new OutcomeRecorded(batch.Round.Id, outcome.TargetId, outcome.Id, batch.Targets[outcome.TargetId].Status));
        }
    }

    private async Task<Batch> ReadAsync(Guid roundId, IReadOnlyList<OutcomeItem> items, CancellationToken ct, bool isTracked = true)
    {
        await RoundTurn.ShareAsync(db, [roundId], ct);
        var round = await RoundLocks.ShareAsync(db, roundId, ct);
        if (round is null) return new Batch(null, [], [], []);
        var ids = items.Select(i => i.TargetId).Distinct().ToList();
        var targets = await RoundLocks.TargetsAsync(db, roundId, ids, ct, isTracked);
        var facts = await db.Set<OutcomeFact>().AsNoTracking()
            .Where(o => o.RoundId == roundId && ids.Contains(o.TargetId))
            .OrderBy(o => o.ReceivedAt).ThenBy(o => o.Id).ToListAsync(ct);
        // What was recorded earlier in this transaction is not in the table before the commit.
        var unsaved = db.Set<OutcomeFact>().Local.Where(o => o.RoundId == roundId && db.Entry(o).State == EntityState.Added).ToList();
        var byTarget = facts.Concat(unsaved).ToLookup(f => f.TargetId, f => f.ToOutcome());
        var itemIds = items.Select(i => i.Id).Distinct().ToList();
        var taken = await db.Set<OutcomeFact>().Where(o => itemIds.Contains(o.Id)).Select(o => o.Id).ToListAsync(ct);
        return new Batch(
            round,
            targets.ToDictionary(t => t.TargetId),
            targets.ToDictionary(t => t.TargetId, t => byTarget[t.TargetId].ToList()),
            [.. taken, .. unsaved.Select(o => o.Id)]);
    }

    /// <summary>Whole milliseconds: what every device and both databases can keep, so that a retry is the same fact.</summary>
    private static DateTimeOffset Whole(DateTimeOffset at) =>
        new(at.UtcTicks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond, TimeSpan.Zero);

    private static ItemAnswer Refused(OutcomeItem item, Error error) => new(item.Id, ItemVerdict.Refused, error);

    private sealed record Batch(Round? Round, Dictionary<Guid, Target> Targets, Dictionary<Guid, List<Outcome>> Facts, HashSet<Guid> TakenIds)
    {
        public List<Outcome> New { get; } = [];

        public RoundPolicy Rules => Round?.Rules ?? RoundPolicy.DoorKnock;

        private DateTimeOffset OpenedAt => Round?.OpenedAt ?? default;

        /// <summary>Projects every target that has something new.</summary>
        public List<Target> Fold()
        {
            var changed = New.Select(o => o.TargetId).Distinct().Select(id => Targets[id]).ToList();
            foreach (var target in changed) target.Project(TargetFold.Of(Rules, target.TargetId, Facts[target.TargetId]), OpenedAt);
            return changed;
        }
    }
}

/// <summary>What became of the facts of one round, and where their targets stand now.</summary>
internal sealed record Entered(IReadOnlyList<ItemAnswer> Answers, IReadOnlyDictionary<Guid, TargetStatus> Standing);
