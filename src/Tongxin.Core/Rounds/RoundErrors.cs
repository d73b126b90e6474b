using Tongxin.Core.Common;

namespace Tongxin.Core.Rounds;

/// <summary>Refusals of the round engine. Codes are resource keys.</summary>
public static class RoundErrors
{
    /// <summary>The outcome is about something outside the frozen target set.</summary>
    public static Error TargetUnknown(Guid targetId) => Error.NotFound("rounds.target.unknown", targetId);

    /// <summary>The same target is named twice in the set to be frozen.</summary>
    public static Error TargetTwice(Guid targetId) => Error.Conflict("rounds.target.twice", targetId);

    /// <summary>This kind of outcome needs a reason.</summary>
    public static Error ReasonRequired(OutcomeKind kind) => Error.Invalid("rounds.outcome.reason_required", kind);

    /// <summary>This round does not know this kind of outcome.</summary>
    public static Error KindNotAllowed(OutcomeKind kind) => Error.Invalid("rounds.outcome.kind_not_allowed", kind);

    /// <summary>A withdrawal must name what it withdraws.</summary>
    public static Error WithdrawsNothing() => Error.Invalid("rounds.outcome.withdraws_nothing");

    /// <summary>An outcome cannot correct itself.</summary>
    public static Error CorrectsItself() => Error.Invalid("rounds.outcome.corrects_itself");

    /// <summary>An outcome needs an id of its own.</summary>
    public static Error IdMissing() => Error.Invalid("rounds.outcome.id_missing");

    /// <summary>Another fact already carries this id.</summary>
    public static Error IdReused(Guid outcomeId) => Error.Conflict("rounds.outcome.id_reused", outcomeId);
}
