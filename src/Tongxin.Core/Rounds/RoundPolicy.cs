namespace Tongxin.Core.Rounds;

/// <summary>What an outcome does to its target.</summary>
public enum Closing
{
    /// <summary>Nothing: the target is still to be done.</summary>
    None,

    /// <summary>Closes it as done.</summary>
    Done,

    /// <summary>Closes it as excused, with a reason.</summary>
    Excused,
}

/// <summary>Who has to look at a target next.</summary>
public enum RoundReviewer
{
    /// <summary>The captain of the target's cell.</summary>
    Captain,

    /// <summary>The office that opened the round.</summary>
    Office,
}

/// <summary>How a round treats one kind of outcome.</summary>
/// <param name="Closing">Whether it closes the target, and as what.</param>
/// <param name="IsAttempt">Counts as an attempt of ours (unless the channel is <see cref="Channel.Online"/>).</param>
/// <param name="ReopensExcused">Shows that somebody is there, so an older excuse no longer holds.</param>
/// <param name="NeedsReason">Refused without a reason of its own.</param>
/// <param name="ImpliedReason">The reason code when the outcome states none.</param>
/// <param name="Review">Who reviews a target that stands at this kind (复核).</param>
public sealed record KindRule(
    Closing Closing,
    bool IsAttempt = false,
    bool ReopensExcused = false,
    bool NeedsReason = false,
    string? ImpliedReason = null,
    RoundReviewer? Review = null);

/// <summary>A part of the campus day in which people are met, half-open on the campus clock.</summary>
/// <param name="Code">Stable name ("morning").</param>
/// <param name="From">First minute.</param>
/// <param name="Until">First minute after it; later than <paramref name="From"/>.</param>
public sealed record DayBand(string Code, TimeOnly From, TimeOnly Until);

/// <summary>The rules of a round as data; frozen with the round, so that old rounds keep their meaning.</summary>
public sealed record RoundPolicy
{
    /// <summary>One rule per kind. A kind without a rule is refused. <see cref="OutcomeKind.Withdrawn"/> has none and is always allowed.</summary>
    public required IReadOnlyDictionary<OutcomeKind, KindRule> Kinds { get; init; }

    /// <summary>Attempts in a row that reached nobody before the target escalates. Default 3 (无人 x3, the household visit's states); at least 1.</summary>
    public int EscalateAfter { get; init; } = 3;

    /// <summary>Who takes over an escalated target.</summary>
    public RoundReviewer EscalateTo { get; init; } = RoundReviewer.Captain;

    /// <summary>Times of day to be tried in turn, ascending and disjoint. The hours are our judgement.</summary>
    public IReadOnlyList<DayBand> Bands { get; init; } =
    [
        new("morning", new(9, 0), new(11, 30)),
        new("afternoon", new(14, 30), new(17, 30)),
        new("evening", new(18, 30), new(20, 30)),
    ];

    /// <summary>Shortest wait after an attempt that reached nobody. Default 2 hours.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Shortest wait after a refusal, so that the review comes first. Default 20 hours.</summary>
    public TimeSpan RefusalDelay { get; init; } = TimeSpan.FromHours(20);

    /// <summary>How far an observer's clock may run ahead of the server's before it is no longer believed. Default 5 minutes.</summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A second done by somebody else is an exception to look at (hand-outs), not a harmless repeat. Default false.</summary>
    public bool DoneOnce { get; init; }

    /// <summary>What was done stays done: no excuse, whenever it was noted, takes its place. Default false (the newest closing outcome decides).</summary>
    public bool DoneStands { get; init; }

    /// <summary>敲门行动: 见面 closes, 空房 excuses and is reviewed by the captain, 无人 and 拒访 stay outstanding.</summary>
    public static RoundPolicy DoorKnock { get; } = new()
    {
        Kinds = new Dictionary<OutcomeKind, KindRule>
        {
            [OutcomeKind.Done] = new(Closing.Done, IsAttempt: true),
            [OutcomeKind.NotReached] = new(Closing.None, IsAttempt: true),
            [OutcomeKind.Refused] = new(Closing.None, IsAttempt: true, ReopensExcused: true, Review: RoundReviewer.Captain),
            [OutcomeKind.Vacant] = new(Closing.Excused, IsAttempt: true, ImpliedReason: "vacant", Review: RoundReviewer.Captain),
            [OutcomeKind.Excused] = new(Closing.Excused, NeedsReason: true),
        },
    };

    /// <summary>A hand-out to each target: as <see cref="DoorKnock"/>, but handing out twice is an exception.</summary>
    public static RoundPolicy HandOut { get; } = DoorKnock with { DoneOnce = true };

    /// <summary>
    /// 核酸检测: a sample closes and is not undone by an excuse; 免检 takes a reason; 未联系上 and 拒检 stay outstanding, and whoever was met
    /// is no longer excused as away.
    /// </summary>
    public static RoundPolicy Testing { get; } = new()
    {
        DoneStands = true,
        Kinds = new Dictionary<OutcomeKind, KindRule>
        {
            [OutcomeKind.Done] = new(Closing.Done),
            [OutcomeKind.NotReached] = new(Closing.None, IsAttempt: true),
            [OutcomeKind.Refused] = new(Closing.None, IsAttempt: true, ReopensExcused: true),
            [OutcomeKind.Excused] = new(Closing.Excused, NeedsReason: true),
        },
    };
}
