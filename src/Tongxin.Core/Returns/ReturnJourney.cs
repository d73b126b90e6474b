using Tongxin.Core.Protocols;

namespace Tongxin.Core.Returns;

/// <summary>How somebody comes.</summary>
public enum Transport
{
    /// <summary>火车.</summary>
    Train,

    /// <summary>飞机.</summary>
    Plane,

    /// <summary>长途汽车.</summary>
    Coach,

    /// <summary>自驾.</summary>
    Car,

    /// <summary>市内交通.</summary>
    Local,

    /// <summary>其他.</summary>
    Other,
}

/// <summary>Days spent somewhere, both days included.</summary>
/// <param name="Place">Where.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day; never before the first.</param>
public sealed record Stay(Region Place, DateOnly From, DateOnly To);

/// <summary>What somebody declares before coming back.</summary>
/// <param name="Stays">Places stayed in, in any order; they may overlap on the day of travel.</param>
/// <param name="Transport">How.</param>
/// <param name="TrainOrFlight">Its number, if any.</param>
/// <param name="Arrives">Day of arrival at the gate.</param>
public sealed record ReturnJourney(IReadOnlyList<Stay> Stays, Transport Transport, string? TrainOrFlight, DateOnly Arrives);

/// <summary>Why a stay did or did not count.</summary>
public enum StayVerdict
{
    /// <summary>Touches no area.</summary>
    Clear,

    /// <summary>Was there before the area rose or after it was lifted.</summary>
    OtherDays,

    /// <summary>Too long ago: its last day there lies before the look-back.</summary>
    TooLongAgo,

    /// <summary>The edition asks nothing of this level.</summary>
    NotAsked,

    /// <summary>The days it asks for are over before the arrival.</summary>
    Served,

    /// <summary>Counts.</summary>
    Counts,

    /// <summary>Still there while the area stands: do not set out.</summary>
    StillThere,
}

/// <summary>One line of the explanation: a stay held against one area.</summary>
/// <param name="Stay">Index of the stay.</param>
/// <param name="Verdict">What was found.</param>
/// <param name="Area">The area; null when none is touched.</param>
/// <param name="Level">The level at which it touches the stay.</param>
/// <param name="LastDay">Last day in the area while it stood.</param>
/// <param name="Until">Last day of the measure that follows.</param>
public sealed record StayFinding(int Stay, StayVerdict Verdict, RiskArea? Area = null, RiskLevel? Level = null, DateOnly? LastDay = null, DateOnly? Until = null);

/// <summary>What follows from a declared journey.</summary>
/// <param name="Outcome">The strictest of all that follows.</param>
/// <param name="ReasonCode">Key of the text that says why: "none", "High", "Middle", "Low", "still-there", "no-edition".</param>
/// <param name="EditionId">The edition that decided; null when none is in force.</param>
/// <param name="Citation">Where the edition says so.</param>
/// <param name="Until">Last day of the measure; null for none, or while nobody knows.</param>
/// <param name="Regime">The kind of measure; null where none is owed.</param>
/// <param name="Tests">How many tests.</param>
/// <param name="TestDays">Their days; empty where the edition leaves them open.</param>
/// <param name="Deciding">The finding that decided; null when nothing did.</param>
/// <param name="Findings">Every stay with every area it touches: the explanation.</param>
public sealed record ReturnDecision(
    ReturnOutcome Outcome, string ReasonCode, string? EditionId, string? Citation, DateOnly? Until, MeasureKind? Regime, int Tests, IReadOnlyList<DateOnly> TestDays,
    StayFinding? Deciding, IReadOnlyList<StayFinding> Findings)
{
    /// <summary>Whether the person may set out and book a slot.</summary>
    public bool MayCome => Outcome != ReturnOutcome.NotYet;

    /// <summary>Whether two decisions ask the same of the person: then nobody needs to be told again.</summary>
    public bool AsksTheSameAs(ReturnOutcome outcome, DateOnly? until) => Outcome == outcome && Until == until;
}
