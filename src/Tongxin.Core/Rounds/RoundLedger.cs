using Tongxin.Core.Common;

namespace Tongxin.Core.Rounds;

/// <summary>What recording one outcome did.</summary>
/// <param name="IsNew">False: the fact was known and is counted once.</param>
/// <param name="Before">The target before.</param>
/// <param name="After">The target after.</param>
public sealed record RoundChange(bool IsNew, TargetState Before, TargetState After);

/// <summary>What is missing in one cell.</summary>
/// <param name="CellId">The cell.</param>
/// <param name="Balance">Its part of the identity; the cells' balances add up to the round's.</param>
/// <param name="Tally">Its targets by result.</param>
/// <param name="Outstanding">The gap list: escalated first, then most missed, then by id.</param>
public sealed record CellGap(Guid CellId, RoundBalance Balance, RoundTally Tally, IReadOnlyList<TargetState> Outstanding)
{
    /// <summary>How many of the outstanding are escalated.</summary>
    public int Escalated => Outstanding.Count(s => s.IsEscalated);
}

/// <summary>
/// A whole round in memory: the frozen targets, their outcomes and states, and counters kept exact with every fact.
/// Not thread-safe. Recording costs O(k log k) in the target's own outcomes, whatever the size of the round.
/// </summary>
public sealed class RoundLedger
{
    private readonly RoundPolicy _policy;
    private readonly Dictionary<Guid, Row> _rows;

    private RoundLedger(RoundPolicy policy, Dictionary<Guid, Row> rows)
    {
        (_policy, _rows) = (policy, rows);
        Balance = new(rows.Count, 0, 0);
    }

    /// <summary>The identity now.</summary>
    public RoundBalance Balance { get; private set; }

    /// <summary>Targets by result now.</summary>
    public RoundTally Tally => RoundTally.Of(_rows.Values.Select(r => r.State));

    /// <summary>Every target's state, in no particular order.</summary>
    public IEnumerable<TargetState> States => _rows.Values.Select(r => r.State);

    /// <summary>Freezes the target set. Refuses a target named twice.</summary>
    public static Result<RoundLedger> Open(RoundPolicy policy, IEnumerable<RoundTarget> targets)
    {
        var rows = new Dictionary<Guid, Row>();
        foreach (var target in targets)
        {
            if (!rows.TryAdd(target.Id, new Row(target))) return RoundErrors.TargetTwice(target.Id);
        }

        return new RoundLedger(policy, rows);
    }

    /// <summary>Adds a fact. Refuses an unknown target, an outcome against the policy, and an id used for another fact.</summary>
    public Result<RoundChange> Record(Outcome outcome)
    {
        if (!_rows.TryGetValue(outcome.TargetId, out var row)) return RoundErrors.TargetUnknown(outcome.TargetId);
        var before = row.State;
        var folded = TargetFold.Apply(_policy, row.Target.Id, row.Outcomes, outcome);
        if (folded.IsFailure) return folded.Error;

        var known = row.Outcomes.FindIndex(o => o.Id == outcome.Id);
        if (known < 0)
            row.Outcomes.Add(outcome);
        else if (outcome.ReceivedAt < row.Outcomes[known].ReceivedAt)
            row.Outcomes[known] = outcome; // the first arrival is the fact; the set must not depend on which copy came first here

        row.State = folded.Value;
        Balance = Balance.Moved(before.Status, row.State.Status);
        return new RoundChange(known < 0, before, row.State);
    }

    /// <summary>The state of one target.</summary>
    public Result<TargetState> StateOf(Guid targetId) =>
        _rows.TryGetValue(targetId, out var row) ? row.State : RoundErrors.TargetUnknown(targetId);

    /// <summary>Gives a target to another cell. Its outcomes go with it: no fact is tied to a cell.</summary>
    public Result Reassign(Guid targetId, Guid cellId)
    {
        if (!_rows.TryGetValue(targetId, out var row)) return RoundErrors.TargetUnknown(targetId);
        row.Target = row.Target with { CellId = cellId };
        return Result.Ok;
    }

    /// <summary>One entry per cell with targets, by cell id, complete cells included (their gap list is empty).</summary>
    public IReadOnlyList<CellGap> Gaps() => _rows.Values
        .GroupBy(r => r.Target.CellId)
        .OrderBy(g => g.Key)
        .Select(g =>
        {
            var states = g.Select(r => r.State).ToList();
            var missing = states
                .Where(s => s.Status == TargetStatus.Outstanding)
                .OrderByDescending(s => s.IsEscalated).ThenByDescending(s => s.MissesInARow).ThenBy(s => s.TargetId)
                .ToList();
            return new CellGap(g.Key, RoundBalance.Of(states), RoundTally.Of(states), missing);
        })
        .ToList();

    private sealed class Row(RoundTarget target)
    {
        public RoundTarget Target { get; set; } = target;

        public List<Outcome> Outcomes { get; } = [];

        public TargetState State { get; set; } = TargetState.Untried(target.Id);
    }
}
