using Tongxin.Core.Common;

namespace Tongxin.Core.Rounds;

/// <summary>What an outcome must satisfy by itself, before it is stored.</summary>
public static class OutcomeRules
{
    /// <summary>Ok, or why this outcome is refused in a round of this policy.</summary>
    public static Result Check(RoundPolicy policy, Outcome outcome)
    {
        if (outcome.Id == Guid.Empty) return RoundErrors.IdMissing();
        if (outcome.Corrects == outcome.Id) return RoundErrors.CorrectsItself();
        if (outcome.Kind == OutcomeKind.Withdrawn) return outcome.Corrects is null ? RoundErrors.WithdrawsNothing() : Result.Ok;
        if (!policy.Kinds.TryGetValue(outcome.Kind, out var rule)) return RoundErrors.KindNotAllowed(outcome.Kind);

        // Whatever excuses a target has a reason: its own, or the one its kind implies.
        var needsReason = rule.NeedsReason || (rule.Closing == Closing.Excused && rule.ImpliedReason is null);
        return needsReason && string.IsNullOrWhiteSpace(outcome.Reason) ? RoundErrors.ReasonRequired(outcome.Kind) : Result.Ok;
    }
}
