namespace Tongxin.Core.Sampling.Pools;

/// <summary>How far a tube has come. Each stage stands for those before it.</summary>
public enum TubeStage
{
    /// <summary>Facts are known, its opening is not (yet).</summary>
    Unopened,

    /// <summary>On the table.</summary>
    Open,

    /// <summary>Closed at the table.</summary>
    Closed,

    /// <summary>In a box.</summary>
    Boxed,

    /// <summary>At the laboratory.</summary>
    Received,

    /// <summary>Being tested.</summary>
    Testing,

    /// <summary>Negative.</summary>
    Neg,

    /// <summary>Positive.</summary>
    Pos,

    /// <summary>Grey zone.</summary>
    Grey,

    /// <summary>Voided, or no result could be had.</summary>
    Invalid,
}

/// <summary>What is odd about a fact of a tube. Nothing is dropped without one.</summary>
public enum TubeFlagKind
{
    /// <summary>The observer's clock was ahead beyond tolerance; the fact is ordered by its arrival.</summary>
    ClockAhead,

    /// <summary>Two different facts carry its id; the one that arrived first is followed.</summary>
    IdReused,

    /// <summary>It makes no sense by itself; kept, not followed.</summary>
    AgainstRules,

    /// <summary>It names a fact not (yet) known for this tube, or one later than itself.</summary>
    CorrectsUnknown,

    /// <summary>It withdraws a closing, a result or a withdrawal; kept, not followed.</summary>
    CannotWithdraw,

    /// <summary>It changes a closed tube without a second name; kept, not followed.</summary>
    SecondNameMissing,

    /// <summary>A person went into a tube whose opening is not known.</summary>
    NotOpened,

    /// <summary>A person went in at a device that never opened this tube. Doubt.</summary>
    OtherDevice,

    /// <summary>A person of another round. Doubt.</summary>
    OtherRound,

    /// <summary>A person went in after closing, without a second name.</summary>
    AfterClosing,

    /// <summary>One more than the tube holds.</summary>
    OverFull,

    /// <summary>Of another household than the tube's.</summary>
    OtherHousehold,

    /// <summary>The same person a second time; counted once.</summary>
    SamePersonAgain,

    /// <summary>Somebody who may not share a tube of this size. The sample counts.</summary>
    ClassMixed,

    /// <summary>Its code was opened at two places. Everything in it is in quarantine.</summary>
    Collision,

    /// <summary>Openings at one place disagree about size or purpose. Doubt.</summary>
    OpeningsDiffer,

    /// <summary>Packed, received or judged, and never closed. Doubt.</summary>
    NotClosed,

    /// <summary>Closed again with another count; the first holds.</summary>
    ClosedAgain,

    /// <summary>The count at closing is not the number of people recorded. Doubt.</summary>
    CountDiffers,

    /// <summary>One version, two results. Doubt; the graver one is shown.</summary>
    ResultDisputed,

    /// <summary>A result of a tube in quarantine; not applied.</summary>
    ResultOnCollision,

    /// <summary>A result of a voided tube. Doubt; only a grave one is followed.</summary>
    ResultOnVoided,
}

/// <summary>An oddity, to be shown to the office.</summary>
/// <param name="FactId">The fact it is about.</param>
/// <param name="Kind">What is the matter.</param>
public readonly record struct TubeFlag(Guid FactId, TubeFlagKind Kind);

/// <summary>Somebody in a tube, or said to be.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="RoundId">The round of the sample.</param>
/// <param name="FactId">The fact that says so.</param>
/// <param name="At">When, UTC, on the clock that is believed.</param>
/// <param name="HouseholdId">The household as frozen with the round.</param>
/// <param name="DeviceId">Where it was seen.</param>
public sealed record TubeMember(Guid PersonId, Guid RoundId, Guid FactId, DateTimeOffset At, Guid? HouseholdId, Guid? DeviceId);

/// <summary>One place a code was opened at.</summary>
public readonly record struct TubePlace(Guid RoundId, Guid? SiteId, Guid? TableId, Guid? DeviceId)
{
    /// <summary>Where a tube was opened. At a table it does not matter with which phone: a dead one is replaced.</summary>
    public static TubePlace Of(TubeFact opened) =>
        new(opened.RoundId, opened.SiteId, opened.TableId, opened.TableId is null ? opened.DeviceId : null);
}

/// <summary>A result as stated; corrections stay beside what they corrected.</summary>
public readonly record struct TubeReport(int Version, TubeResult Result, DateTimeOffset At, Guid FactId);

/// <summary>Where one tube stands: a function of the set of its facts and of nothing else.</summary>
public sealed record TubeState
{
    /// <summary>Its code.</summary>
    public required string Code { get; init; }

    /// <summary>The round of its first opening.</summary>
    public Guid? RoundId { get; init; }

    /// <summary>The site of its first opening.</summary>
    public Guid? SiteId { get; init; }

    /// <summary>The table of its first opening.</summary>
    public Guid? TableId { get; init; }

    /// <summary>The device of its first opening.</summary>
    public Guid? DeviceId { get; init; }

    /// <summary>Who took the swabs.</summary>
    public Guid? SamplerId { get; init; }

    /// <summary>What for.</summary>
    public TubePurpose Purpose { get; init; }

    /// <summary>The most people in it (k); where openings disagree, the larger, so that a pool is never taken for one person. 0: unopened.</summary>
    public int Size { get; init; }

    /// <summary>The tube whose members it rechecks, if named.</summary>
    public string? RecheckOf { get; init; }

    /// <summary>How far it has come.</summary>
    public TubeStage Stage { get; init; }

    /// <summary>First opening, UTC, on the clock that is believed.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>First closing, UTC, on the clock that is believed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>People in it as stated at closing, or restated with two names.</summary>
    public int? CountAtClosing { get; init; }

    /// <summary>The box it was last packed into.</summary>
    public string? BoxCode { get; init; }

    /// <summary>Its code was opened at more than one place: nothing in it is applied, everybody in it is recalled.</summary>
    public bool IsCollided { get; init; }

    /// <summary>Something about its members or its result is not certain: a negative is withheld, and a positive is nobody's own.</summary>
    public bool IsInDoubt { get; init; }

    /// <summary>Places it was opened at, first opening first.</summary>
    public IReadOnlyList<TubePlace> Places { get; init; } = [];

    /// <summary>Who is in it, in the order they went in. In quarantine: everybody who is said to be in either.</summary>
    public IReadOnlyList<TubeMember> Members { get; init; } = [];

    /// <summary>Who may be in it against the rules: not counted as sampled, never negative by it, rechecked when it is positive.</summary>
    public IReadOnlyList<TubeMember> Contested { get; init; } = [];

    /// <summary>All results, by version.</summary>
    public IReadOnlyList<TubeReport> Reports { get; init; } = [];

    /// <summary>Oddities, by fact.</summary>
    public IReadOnlyList<TubeFlag> Flags { get; init; } = [];

    /// <summary>What holds for those in it: null while nothing does, or a negative is withheld.</summary>
    public TubeResult? Verdict { get; init; }

    /// <summary>Exactly one person can be meant: the only kind of tube that can make anybody positive.</summary>
    public bool IsOfOnePerson => Size == 1 && Members.Count == 1 && Contested.Count == 0 && !IsCollided && !IsInDoubt && ClosedAt is not null;

    /// <summary>A tube of which nothing is known.</summary>
    public static TubeState Unopened(string code) => new() { Code = code };

    /// <summary>Equality by value, lists included (a record compares lists by reference).</summary>
    public bool SameAs(TubeState other) =>
        this with { Places = [], Members = [], Contested = [], Reports = [], Flags = [] } == other with { Places = [], Members = [], Contested = [], Reports = [], Flags = [] }
        && Places.SequenceEqual(other.Places)
        && Members.SequenceEqual(other.Members)
        && Contested.SequenceEqual(other.Contested)
        && Reports.SequenceEqual(other.Reports)
        && Flags.SequenceEqual(other.Flags);
}
