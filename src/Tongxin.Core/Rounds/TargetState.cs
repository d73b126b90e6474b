namespace Tongxin.Core.Rounds;

/// <summary>The three parts of the partition. Every target of a round is in exactly one.</summary>
public enum TargetStatus
{
    /// <summary>Still to be done: on the gap list.</summary>
    Outstanding,

    /// <summary>Done.</summary>
    Done,

    /// <summary>Need not be done, with a reason.</summary>
    Excused,
}

/// <summary>Why the next attempt is proposed when it is.</summary>
public enum NextReason
{
    /// <summary>Nobody there: try a time of day not tried since somebody was last met.</summary>
    OtherTimeOfDay,

    /// <summary>Nobody there at any time of day: start over.</summary>
    AllTimesTried,

    /// <summary>Declined: after the reviewer had time to call.</summary>
    AfterRefusal,
}

/// <summary>A proposed window [From, Until) for the next attempt.</summary>
/// <param name="From">First instant, UTC.</param>
/// <param name="Until">First instant after it, UTC.</param>
/// <param name="Band">Code of the <see cref="DayBand"/>; null when the policy has none.</param>
/// <param name="Reason">Why this window.</param>
public sealed record NextAttempt(DateTimeOffset From, DateTimeOffset Until, string? Band, NextReason Reason);

/// <summary>Why an outcome stands against the state of its target.</summary>
public enum ConflictReason
{
    /// <summary>Another channel says something else, or gives other answers.</summary>
    OtherChannelDisagrees,

    /// <summary>An excuse that a newer outcome contradicted; the target is open again.</summary>
    ExcuseContradicted,

    /// <summary>Done again by somebody else where once was allowed (重复).</summary>
    DoneAgain,
}

/// <summary>A live outcome that was not followed and waits for review. Withdrawing or correcting the wrong one settles it.</summary>
/// <param name="OutcomeId">The outcome that was not followed.</param>
/// <param name="Reason">What is the matter with it.</param>
public sealed record OutcomeConflict(Guid OutcomeId, ConflictReason Reason);

/// <summary>What is odd about a single outcome.</summary>
public enum FlagKind
{
    /// <summary>The observer's clock was ahead beyond tolerance; the outcome is ordered by its arrival.</summary>
    ClockAhead,

    /// <summary>It corrects an outcome not (yet) known for this target. A withdrawal waits; a correction stands on its own.</summary>
    CorrectsUnknown,

    /// <summary>It is part of a ring of outcomes that correct each other; the naming is ignored.</summary>
    CorrectsInCircle,

    /// <summary>The policy would have refused it; it is kept but not followed.</summary>
    AgainstPolicy,

    /// <summary>Two different facts carry its id; the one that arrived first is followed.</summary>
    IdReused,
}

/// <summary>An oddity of one outcome, to be shown to the office.</summary>
public sealed record OutcomeFlag(Guid OutcomeId, FlagKind Kind);

/// <summary>Where one target stands: a function of the set of its outcomes and of nothing else.</summary>
public sealed record TargetState
{
    /// <summary>The target.</summary>
    public required Guid TargetId { get; init; }

    /// <summary>Its part of the partition.</summary>
    public TargetStatus Status { get; init; }

    /// <summary>The result it is counted under: of the deciding outcome when closed, else of the last live one; null: never tried.</summary>
    public OutcomeKind? Result { get; init; }

    /// <summary>The outcome that closed it, or the last live one when it is outstanding; null: never tried.</summary>
    public Guid? DecidedBy { get; init; }

    /// <summary>The reason of that outcome. Never null when excused.</summary>
    public string? Reason { get; init; }

    /// <summary>Live attempts of ours, of any result.</summary>
    public int Attempts { get; init; }

    /// <summary>Attempts that reached nobody since anything else was last learned.</summary>
    public int MissesInARow { get; init; }

    /// <summary>Outstanding, and missed as often in a row as the policy bears.</summary>
    public bool IsEscalated { get; init; }

    /// <summary>Instant of the newest live outcome, UTC, on the clock that is believed.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>When to try next. Null: closed, or never tried (then: any time).</summary>
    public NextAttempt? Next { get; init; }

    /// <summary>Who has to look at it, if anybody.</summary>
    public RoundReviewer? Review { get; init; }

    /// <summary>Live outcomes that disagree, oldest first. Never silently dropped.</summary>
    public IReadOnlyList<OutcomeConflict> Conflicts { get; init; } = [];

    /// <summary>Oddities of single outcomes, by outcome id.</summary>
    public IReadOnlyList<OutcomeFlag> Flags { get; init; } = [];

    /// <summary>A target of which nothing is known yet.</summary>
    public static TargetState Untried(Guid targetId) => new() { TargetId = targetId };

    /// <summary>Equality by value, lists included (a record compares lists by reference).</summary>
    public bool SameAs(TargetState other) =>
        this with { Conflicts = [], Flags = [] } == other with { Conflicts = [], Flags = [] }
        && Conflicts.SequenceEqual(other.Conflicts)
        && Flags.SequenceEqual(other.Flags);
}
