namespace Tongxin.Core.Protocols;

/// <summary>Risk of an area, as the lists of areas name it.</summary>
public enum RiskLevel
{
    /// <summary>低风险.</summary>
    Low = 1,

    /// <summary>中风险.</summary>
    Middle,

    /// <summary>高风险.</summary>
    High,
}

/// <summary>What a person owes who comes back from an area; a later one outranks an earlier.</summary>
public enum ReturnDuty
{
    /// <summary>To declare, and nothing more.</summary>
    Declare = 1,

    /// <summary>Tests while living as usual.</summary>
    Tests,

    /// <summary>A measure of the named kind.</summary>
    Observation,
}

/// <summary>The day from which the days of what is owed are counted; day 1 is the day after it.</summary>
public enum DayAnchor
{
    /// <summary>The day of the return.</summary>
    Return = 0,

    /// <summary>The last day in the area, as where a text says "自离开风险区域算起".</summary>
    LastDay,
}

/// <summary>What an edition asks of those who come back from areas of one level.</summary>
/// <param name="Level">The area's level on the days of the stay.</param>
/// <param name="LookBackDays">Days before the return in which a stay counts, the day of return not counted.</param>
/// <param name="Duty">What is owed.</param>
/// <param name="Regime">The measure, for <see cref="ReturnDuty.Observation"/>.</param>
/// <param name="Days">Days it lasts from the day after the <paramref name="Anchor"/>; 0 for <see cref="ReturnDuty.Declare"/>.</param>
/// <param name="Tests">Tests within those days.</param>
/// <param name="TestDays">Their days, 1 being the day after the return; empty when the edition leaves the days open.</param>
/// <param name="Source">Key of one of the edition's citations.</param>
/// <param name="Anchor">From when its days count; the return where the file says nothing.</param>
public sealed record ReturnRule(
    RiskLevel Level, int LookBackDays, ReturnDuty Duty, MeasureKind? Regime, int Days, int Tests, IReadOnlyList<int> TestDays, string Source, DayAnchor Anchor = DayAnchor.Return);

/// <summary>A stay in an area of a risk level.</summary>
/// <param name="Level">The area's level.</param>
/// <param name="LastDay">The last day spent there while it had that level.</param>
public readonly record struct RiskStay(RiskLevel Level, DateOnly LastDay);
