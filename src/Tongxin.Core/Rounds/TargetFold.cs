using Tongxin.Core.Common;

namespace Tongxin.Core.Rounds;

/// <summary>
/// The state of one target from its outcomes. Pure; a target depends on nothing but its own outcomes, so one row can be
/// recomputed per fact and every counter stays exact. Cost: O(k log k) for k outcomes of the target.
/// </summary>
public static class TargetFold
{
    /// <summary>
    /// The state after <paramref name="next"/> joined what is known. Refuses an outcome of another target, one against the
    /// policy, and an id already used for another fact; the same fact again gives the same state.
    /// </summary>
    public static Result<TargetState> Apply(RoundPolicy policy, Guid targetId, IReadOnlyCollection<Outcome> known, Outcome next)
    {
        if (next.TargetId != targetId) return RoundErrors.TargetUnknown(next.TargetId);
        var check = OutcomeRules.Check(policy, next);
        if (check.IsFailure) return check.Error;
        if (known.Any(o => o.Id == next.Id && !o.IsSameFactAs(next))) return RoundErrors.IdReused(next.Id);
        return Of(policy, targetId, known.Append(next));
    }

    /// <summary>The state of a set of outcomes, in whatever order they are given. Outcomes of other targets are a bug and throw.</summary>
    public static TargetState Of(RoundPolicy policy, Guid targetId, IEnumerable<Outcome> outcomes)
    {
        var set = outcomes.ToList();
        if (set.Exists(o => o.TargetId != targetId)) throw new ArgumentException("An outcome belongs to another target.", nameof(outcomes));

        var flags = new List<OutcomeFlag>();
        var live = OutcomeOrder.Of(policy, set, flags);
        flags.Sort((a, b) => (a.OutcomeId, a.Kind).CompareTo((b.OutcomeId, b.Kind)));
        if (live.Count == 0) return TargetState.Untried(targetId) with { Flags = [.. flags] };

        var (decider, contradicted) = Decide(policy, live);
        var standing = decider ?? live[^1];
        var rule = policy.Kinds[standing.Outcome.Kind];
        var misses = live.Reverse().TakeWhile(x => x.Outcome.Kind == OutcomeKind.NotReached).Count();
        var escalated = decider is null && misses >= policy.EscalateAfter;

        return new TargetState
        {
            TargetId = targetId,
            Status = decider is null ? TargetStatus.Outstanding : rule.Closing == Closing.Done ? TargetStatus.Done : TargetStatus.Excused,
            Result = standing.Outcome.Kind,
            DecidedBy = standing.Outcome.Id,
            Reason = string.IsNullOrWhiteSpace(standing.Outcome.Reason) ? rule.ImpliedReason : standing.Outcome.Reason,
            Attempts = live.Count(x => x.Outcome.Channel != Channel.Online && policy.Kinds[x.Outcome.Kind].IsAttempt),
            MissesInARow = misses,
            IsEscalated = escalated,
            LastSeenAt = live[^1].At,
            Next = decider is null ? RetryPlan.After(policy, live) : null,
            Review = escalated ? policy.EscalateTo : rule.Review,
            Conflicts = [.. Conflicts(policy, live, decider, contradicted)],
            Flags = [.. flags],
        };
    }

    /// <summary>
    /// The newest closing outcome decides. What does not close leaves a closed target closed, except that a sign of life
    /// reopens an excuse: a door that was answered was not vacant.
    /// </summary>
    private static (LiveOutcome? Decider, HashSet<Guid> Contradicted) Decide(RoundPolicy policy, IReadOnlyList<LiveOutcome> live)
    {
        LiveOutcome? decider = null;
        var excuses = new HashSet<Guid>();
        var contradicted = new HashSet<Guid>();
        foreach (var x in live)
        {
            var rule = policy.Kinds[x.Outcome.Kind];
            var stands = policy.DoneStands && rule.Closing == Closing.Excused && decider is not null && IsDone(policy, decider.Outcome);
            if (rule.Closing != Closing.None && !stands) decider = x;
            if (rule.Closing == Closing.Excused) excuses.Add(x.Outcome.Id);
            if (!rule.ReopensExcused || decider is null || policy.Kinds[decider.Outcome.Kind].Closing != Closing.Excused) continue;
            decider = null;
            contradicted.UnionWith(excuses);
        }

        return (decider, contradicted);
    }

    private static List<OutcomeConflict> Conflicts(
        RoundPolicy policy, IReadOnlyList<LiveOutcome> live, LiveOutcome? decider, HashSet<Guid> contradicted)
    {
        var conflicts = new List<OutcomeConflict>();
        var isAfterDecider = false;
        foreach (var x in live)
        {
            if (x == decider)
            {
                isAfterDecider = true;
                continue;
            }

            if (decider is null)
            {
                if (contradicted.Contains(x.Outcome.Id)) conflicts.Add(new(x.Outcome.Id, ConflictReason.ExcuseContradicted));
            }
            else if (Against(policy, x.Outcome, decider.Outcome, isAfterDecider) is { } reason)
            {
                conflicts.Add(new(x.Outcome.Id, reason));
            }
        }

        return conflicts;
    }

    private static ConflictReason? Against(RoundPolicy policy, Outcome x, Outcome decider, bool isAfterDecider)
    {
        var closes = policy.Kinds[x.Kind].Closing != Closing.None;
        if (policy.DoneOnce && IsDone(policy, x) && IsDone(policy, decider) && x.By != decider.By) return ConflictReason.DoneAgain;
        if (x.Channel == decider.Channel) return null;

        // Nobody there or a refusal before somebody was met is progress, not a contradiction; a refusal after it is one.
        if (!closes) return isAfterDecider && policy.Kinds[x.Kind].ReopensExcused ? ConflictReason.OtherChannelDisagrees : null;
        var otherAnswers = x.AnswersDigest is not null && decider.AnswersDigest is not null && x.AnswersDigest != decider.AnswersDigest;
        return x.Kind != decider.Kind || otherAnswers ? ConflictReason.OtherChannelDisagrees : null;
    }

    private static bool IsDone(RoundPolicy policy, Outcome o) => policy.Kinds[o.Kind].Closing == Closing.Done;
}
