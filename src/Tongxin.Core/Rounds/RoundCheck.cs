namespace Tongxin.Core.Rounds;

/// <summary>
/// Recomputes a round in the dumbest way and says what does not agree. Shares no code with the engine: it is what the engine
/// is checked against, in the tests and by the verify sub-command. Quadratic in the outcomes of a target.
/// </summary>
public static class RoundCheck
{
    /// <summary>Everything wrong with the given states and balance, as sentences for an operator; empty when all is well.</summary>
    public static IReadOnlyList<string> Run(
        RoundPolicy policy,
        IReadOnlyCollection<RoundTarget> targets,
        IReadOnlyCollection<Outcome> outcomes,
        IReadOnlyCollection<TargetState> states,
        RoundBalance balance)
    {
        var wrong = new List<string>();
        int done = 0, excused = 0, outstanding = 0;
        foreach (var target in targets)
        {
            var own = outcomes.Where(o => o.TargetId == target.Id).ToList();
            var (status, result, misses) = Expect(policy, own);
            if (status == TargetStatus.Done) done++;
            else if (status == TargetStatus.Excused) excused++;
            else outstanding++;

            var found = states.Where(s => s.TargetId == target.Id).ToList();
            if (found.Count != 1)
            {
                wrong.Add($"Target {target.Id} has {found.Count} states.");
                continue;
            }

            var state = found[0];
            if (state.Status != status) wrong.Add($"Target {target.Id} is {state.Status} and should be {status}.");
            if (state.Result != result) wrong.Add($"Target {target.Id} stands at {state.Result} and should stand at {result}.");
            if (state.Status == TargetStatus.Excused && string.IsNullOrWhiteSpace(state.Reason)) wrong.Add($"Target {target.Id} is excused without a reason.");
            if (state.IsEscalated != (status == TargetStatus.Outstanding && misses >= policy.EscalateAfter))
                wrong.Add($"Target {target.Id} was missed {misses} times in a row; escalated: {state.IsEscalated}.");
        }

        if (states.Any(s => targets.All(t => t.Id != s.TargetId))) wrong.Add("There is a state of a target outside the round.");
        if (outcomes.Any(o => targets.All(t => t.Id != o.TargetId))) wrong.Add("There is an outcome of a target outside the round.");
        if (done + excused + outstanding != targets.Count) wrong.Add("Done, excused and outstanding do not add up to the targets.");
        if ((balance.Targets, balance.Done, balance.Excused, balance.Outstanding) != (targets.Count, done, excused, outstanding))
            wrong.Add($"The balance is {balance} and should be {targets.Count} = {done} + {excused} + {outstanding}.");
        return wrong;
    }

    private static (TargetStatus Status, OutcomeKind? Result, int Misses) Expect(RoundPolicy policy, List<Outcome> all)
    {
        // One per id, the first that arrived.
        var known = new List<Outcome>();
        foreach (var o in all.Where(o => OutcomeRules.Check(policy, o) is { IsFailure: false }))
        {
            var i = known.FindIndex(k => k.Id == o.Id);
            if (i < 0) known.Add(o);
            else if (o.ReceivedAt < known[i].ReceivedAt) known[i] = o;
        }

        var counting = known.Where(o => o.Kind != OutcomeKind.Withdrawn && IsLive(o, known)).ToList();
        counting.Sort((a, b) => Place(policy, a, known).CompareTo(Place(policy, b, known)));

        var status = TargetStatus.Outstanding;
        OutcomeKind? result = null;
        var misses = 0;
        foreach (var o in counting)
        {
            var rule = policy.Kinds[o.Kind];
            misses = o.Kind == OutcomeKind.NotReached ? misses + 1 : 0;
            if (rule.Closing == Closing.Done) (status, result) = (TargetStatus.Done, o.Kind);
            else if (rule.Closing == Closing.Excused && policy.DoneStands && status == TargetStatus.Done) continue;
            else if (rule.Closing == Closing.Excused) (status, result) = (TargetStatus.Excused, o.Kind);
            else if (status == TargetStatus.Outstanding) result = o.Kind;
            else if (status == TargetStatus.Excused && rule.ReopensExcused) (status, result) = (TargetStatus.Outstanding, o.Kind);
        }

        return (status, result, misses);
    }

    private static bool IsLive(Outcome o, List<Outcome> known) => !known.Any(c => Named(c, known) == o && IsLive(c, known));

    /// <summary>What an outcome corrects; nothing when it is unknown or leads back to itself.</summary>
    private static Outcome? Named(Outcome o, List<Outcome> known)
    {
        var first = known.Find(k => k.Id == o.Corrects);
        var at = first;
        for (var step = 0; at is not null && step <= known.Count; step++)
        {
            if (at.Id == o.Id) return null;
            var next = at.Corrects;
            at = known.Find(k => k.Id == next);
        }

        return first;
    }

    private static (DateTimeOffset, Guid, DateTimeOffset, Guid) Place(RoundPolicy policy, Outcome o, List<Outcome> known)
    {
        var root = o;
        while (Named(root, known) is { } corrected) root = corrected;
        return (Believed(policy, root), root.Id, Believed(policy, o), o.Id);
    }

    private static DateTimeOffset Believed(RoundPolicy policy, Outcome o) =>
        o.SeenAt > o.ReceivedAt + policy.ClockTolerance ? o.ReceivedAt : o.SeenAt;
}
