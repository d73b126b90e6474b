using System.Globalization;
using Tongxin.Core.Protocols;
using Tongxin.Core.Returns;

namespace Tongxin.Core.Tests.Returns;

/// <summary>Short words for the tests of returns: days of summer 2022.</summary>
internal static class Make
{
    public static readonly DateOnly Arrives = Day("08-20");

    /// <summary>As edition 9, with days of tests and days counted from leaving the area.</summary>
    public static readonly Edition Ninth = Editions.Find("CN-COVID-9")! with
    {
        Returns =
        [
            new(RiskLevel.High, 7, ReturnDuty.Observation, MeasureKind.CentralObservation, 7, 5, [1, 2, 3, 5, 7], "plan", DayAnchor.LastDay),
            new(RiskLevel.Middle, 7, ReturnDuty.Observation, MeasureKind.HomeMonitoring, 7, 3, [1, 4, 7], "plan", DayAnchor.LastDay),
            new(RiskLevel.Low, 7, ReturnDuty.Tests, null, 3, 2, [], "plan"),
        ],
    };

    public static DateOnly Day(string monthDay) => DateOnly.ParseExact($"2022-{monthDay}", "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static Stay Stay(string place, string from, string to, string? code = null) => new(new Region(code, place), Day(from), Day(to));

    public static RiskArea Area(string place, RiskLevel level, string from, string? until = null, string? code = null) =>
        new(new Region(code, place), level, Day(from), until is null ? null : Day(until));

    public static ReturnDecision Decide(IEnumerable<Stay> stays, IEnumerable<RiskArea> areas, string today = "08-20", Edition? rules = null) =>
        ReturnDecider.Decide(new ReturnJourney([.. stays], Transport.Train, "G1", Arrives), new RiskMap(areas), rules ?? Ninth, Day(today));
}
