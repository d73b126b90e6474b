namespace Tongxin.Core.Rounds;

/// <summary>One member of a round's frozen target set (a household, person or place) and the cell that answers for it.</summary>
/// <param name="Id">The household, person or place; unique in the round.</param>
/// <param name="CellId">The cell responsible now. A target has exactly one.</param>
public sealed record RoundTarget(Guid Id, Guid CellId);

/// <summary>What was found out about a target. Generic to all rounds; a module maps its own words onto these.</summary>
public enum OutcomeKind
{
    /// <summary>What the round asked for was done (door-knock: 见面).</summary>
    Done,

    /// <summary>Tried, nobody there (无人).</summary>
    NotReached,

    /// <summary>Somebody was there and declined (拒访).</summary>
    Refused,

    /// <summary>Nobody lives or works there (空房).</summary>
    Vacant,

    /// <summary>Need not be done, for a stated reason (免).</summary>
    Excused,

    /// <summary>Undo: the outcome named by <see cref="Outcome.Corrects"/> never happened.</summary>
    Withdrawn,
}

/// <summary>The way an outcome was learned (入户方式). Different channels may disagree; none silently overwrites another.</summary>
public enum Channel
{
    /// <summary>At the door (上门).</summary>
    Visit,

    /// <summary>By phone (电话).</summary>
    Phone,

    /// <summary>Reported by the target itself (线上). Not an attempt of ours.</summary>
    Online,

    /// <summary>From a paper list, typed later (纸质补录).</summary>
    Paper,
}

/// <summary>An append-only fact about one target. Never changed; mended by a further fact that names it.</summary>
/// <param name="Id">Made by whoever saw it; the same fact sent again carries the same id and counts once.</param>
/// <param name="TargetId">The target it is about.</param>
/// <param name="Kind">What was found.</param>
/// <param name="Channel">How it was learned.</param>
/// <param name="SeenAt">Instant on the observer's clock.</param>
/// <param name="ReceivedAt">Instant on the server's clock at first arrival.</param>
/// <param name="By">The person who saw it, if known.</param>
/// <param name="Corrects">The earlier outcome of the same target that this one replaces or, when <see cref="OutcomeKind.Withdrawn"/>, undoes.</param>
/// <param name="Reason">Why, as a code or the observer's words. Required where the policy says so.</param>
/// <param name="AnswersDigest">Fingerprint of the answers given, so that two channels with different answers are noticed. Null: not compared.</param>
public sealed record Outcome(
    Guid Id,
    Guid TargetId,
    OutcomeKind Kind,
    Channel Channel,
    DateTimeOffset SeenAt,
    DateTimeOffset ReceivedAt,
    Guid? By = null,
    Guid? Corrects = null,
    string? Reason = null,
    string? AnswersDigest = null)
{
    /// <summary>True when <paramref name="other"/> is the same fact, whenever it arrived: a retry changes nothing but <see cref="ReceivedAt"/>.</summary>
    public bool IsSameFactAs(Outcome other) => this with { ReceivedAt = other.ReceivedAt } == other;
}
