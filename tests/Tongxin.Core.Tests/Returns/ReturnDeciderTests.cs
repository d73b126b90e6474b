using Shouldly;
using Tongxin.Core.Protocols;
using Tongxin.Core.Returns;
using Xunit;
using static Tongxin.Core.Tests.Returns.Make;

namespace Tongxin.Core.Tests.Returns;

/// <summary>Decisions at the edges of days: look-back, rise and lift of an area, the last day of a measure.</summary>
public sealed class ReturnDeciderTests
{
    private const string Home = "陕西省咸阳市秦都区";
    private const string Street = "陕西省西安市雁塔区小寨路街道";

    [Theory]
    [InlineData("08-13", ReturnOutcome.Observation, "High")] // day 7 before the arrival: the look-back's last
    [InlineData("08-12", ReturnOutcome.Welcome, "none")]
    [InlineData("08-19", ReturnOutcome.Observation, "High")]
    public void Stay_AtTheEdgeOfTheLookBack_CountsToTheDay(string last, ReturnOutcome outcome, string reason)
    {
        var decision = Decide([Stay(Street, "08-01", last), Stay(Home, "08-13", "08-20")], [Area(Street, RiskLevel.High, "07-01")]);

        (decision.Outcome, decision.ReasonCode).ShouldBe((outcome, reason));
    }

    [Theory]
    [InlineData("08-16", "08-15", ReturnOutcome.Welcome)] // left on the day before it rose
    [InlineData("08-15", "08-15", ReturnOutcome.Observation)]
    [InlineData("08-14", "08-15", ReturnOutcome.Observation)]
    public void Area_RisingOnTheDayOfLeaving_Counts(string rises, string left, ReturnOutcome outcome) =>
        Decide([Stay(Street, "08-10", left)], [Area(Street, RiskLevel.High, rises)]).Outcome.ShouldBe(outcome);

    [Theory]
    [InlineData("08-15", ReturnOutcome.Welcome)] // lifted at 00:00 of the day on which the stay begins
    [InlineData("08-16", ReturnOutcome.Observation)]
    public void Area_LiftedOnTheDayOfComing_DoesNotCount(string lifted, ReturnOutcome outcome) =>
        Decide([Stay(Street, "08-15", "08-18")], [Area(Street, RiskLevel.High, "08-01", lifted)]).Outcome.ShouldBe(outcome);

    [Fact]
    public void Area_Lifted_DaysCountFromItsLastDay()
    {
        var decision = Decide([Stay(Street, "08-01", "08-19")], [Area(Street, RiskLevel.High, "08-01", "08-16")]);

        decision.Deciding!.LastDay.ShouldBe(Day("08-15"));
        decision.Until.ShouldBe(Day("08-22"));
        decision.TestDays.ShouldBe([Day("08-20"), Day("08-22")]); // days 5 and 7; the earlier ones are past
    }

    [Theory]
    [InlineData("08-13", ReturnOutcome.Observation)] // day 7 is the day of arrival: served to its end
    [InlineData("08-14", ReturnOutcome.Observation)]
    public void Measure_EndingOnTheDayOfArrival_IsStillServed(string last, ReturnOutcome outcome) =>
        Decide([Stay(Street, "08-01", last)], [Area(Street, RiskLevel.High, "07-01")]).Outcome.ShouldBe(outcome);

    [Fact]
    public void Measure_OverBeforeTheArrival_AsksNothing()
    {
        var rules = Ninth with { Returns = [Ninth.Returns[0] with { LookBackDays = 10 }] };
        var decision = Decide([Stay(Street, "08-01", "08-12")], [Area(Street, RiskLevel.High, "07-01")], rules: rules);

        decision.Outcome.ShouldBe(ReturnOutcome.Welcome);
        decision.Findings.ShouldHaveSingleItem().Verdict.ShouldBe(StayVerdict.Served);
    }

    [Theory]
    [InlineData("08-19", null, ReturnOutcome.NotYet)] // there today, and nobody knows until when
    [InlineData("08-20", null, ReturnOutcome.Observation)] // left yesterday
    [InlineData("08-19", "08-19", ReturnOutcome.Observation)] // lifted at 00:00 today
    [InlineData("08-18", "08-19", ReturnOutcome.NotYet)] // lifted tomorrow
    public void Stay_StillInAHighArea_IsHeld(string today, string? lifted, ReturnOutcome outcome)
    {
        var decision = Decide([Stay(Street, "08-10", "08-19")], [Area(Street, RiskLevel.High, "08-01", lifted)], today);

        decision.Outcome.ShouldBe(outcome);
        decision.MayCome.ShouldBe(outcome != ReturnOutcome.NotYet);
        if (outcome == ReturnOutcome.NotYet) (decision.Until, decision.Tests, decision.ReasonCode).ShouldBe((null, 0, "still-there"));
    }

    [Fact]
    public void Stay_StillInAMidArea_MayCome() =>
        Decide([Stay(Street, "08-10", "08-20")], [Area(Street, RiskLevel.Middle, "08-01")], "08-15").Outcome.ShouldBe(ReturnOutcome.HomeMonitoring);

    [Fact]
    public void Stay_ElsewhereInTheCounty_IsLow()
    {
        var decision = Decide([Stay("陕西省西安市雁塔区长安路街道", "08-10", "08-19")], [Area(Street, RiskLevel.High, "08-01")]);

        (decision.Outcome, decision.Until).ShouldBe((ReturnOutcome.TestOnArrival, Day("08-23")));
        (decision.Tests, decision.TestDays.Count).ShouldBe((2, 0));
    }

    [Fact]
    public void Stays_OfSeveralLevels_TheStrictestDecidesAndAllAreExplained()
    {
        var decision = Decide(
            [Stay(Home, "08-01", "08-10"), Stay(Street, "08-11", "08-14"), Stay("陕西省渭南市临渭区", "08-14", "08-19")],
            [Area(Street, RiskLevel.High, "08-01"), Area("陕西省渭南市临渭区", RiskLevel.Middle, "08-01")]);

        (decision.Outcome, decision.Deciding!.Stay, decision.Citation).ShouldBe((ReturnOutcome.Observation, 1, Ninth.Citations[0].Text));
        decision.Findings.Select(f => (f.Stay, f.Verdict)).ShouldBe([(0, StayVerdict.Clear), (1, StayVerdict.Counts), (2, StayVerdict.Counts)]);
    }

    [Fact]
    public void Area_DowngradedMeanwhile_EachPartCountsByItself()
    {
        // High until the 9th, then mid until the 12th: the golden case of edition 9.
        var decision = Decide([Stay(Street, "08-01", "08-15")], [Area(Street, RiskLevel.High, "08-01", "08-09"), Area(Street, RiskLevel.Middle, "08-09", "08-14")]);

        (decision.Outcome, decision.Deciding!.LastDay, decision.Until).ShouldBe((ReturnOutcome.HomeMonitoring, Day("08-13"), Day("08-20")));
    }

    [Fact]
    public void Edition_WithoutALevel_AsksNothingOfIt()
    {
        var rules = Ninth with { Returns = [Ninth.Returns[0]] };
        var decision = Decide([Stay(Street, "08-10", "08-19")], [Area(Street, RiskLevel.Middle, "08-01")], rules: rules);

        decision.Outcome.ShouldBe(ReturnOutcome.Welcome);
        decision.Findings.ShouldHaveSingleItem().Verdict.ShouldBe(StayVerdict.NotAsked);
    }

    [Theory]
    [InlineData("CN-COVID-9", "08-13", ReturnOutcome.Observation, "08-27")]
    [InlineData("CN-COVID-9", "08-12", ReturnOutcome.Welcome, null)]
    public void Edition_AsReleased_CountsItsDaysFromTheReturn(string edition, string last, ReturnOutcome outcome, string? until)
    {
        var decision = Decide([Stay(Street, "08-01", last)], [Area(Street, RiskLevel.High, "08-01")], rules: Editions.Find(edition));

        (decision.Outcome, decision.Until).ShouldBe((outcome, until is null ? null : Day(until)));
    }

    [Fact]
    public void Edition_None_AsksNothingOfAnybody() =>
        ReturnDecider.Decide(new ReturnJourney([Stay(Street, "08-10", "08-19")], Transport.Car, null, Arrives), new RiskMap([Area(Street, RiskLevel.High, "08-01")]), null, Arrives)
            .ShouldSatisfyAllConditions(d => d.Outcome.ShouldBe(ReturnOutcome.Welcome), d => d.ReasonCode.ShouldBe("no-edition"));

    [Fact]
    public void Chain_EveryPairOfStateAndStep_IsAllowedOrRefusedAsWritten()
    {
        var allowed = new List<string>();
        foreach (var state in Enum.GetValues<ReturnState>())
            foreach (var step in Enum.GetValues<ReturnStep>())
            {
                var next = ReturnChain.Next(state, step);
                if (next.IsFailure) next.Error.Code.ShouldBe("returns.step");
                else allowed.Add($"{state}-{step}-{next.Value}");
                ReturnChain.Allows(state, step).ShouldBe(!next.IsFailure);
            }

        allowed.Count.ShouldBe(22);
        // Nothing leads out of the end, and observation ends nowhere else.
        allowed.ShouldNotContain(a => a.StartsWith("Cleared-", StringComparison.Ordinal));
        allowed.Where(a => a.StartsWith("Observing-", StringComparison.Ordinal)).ShouldBe(["Observing-Clear-Cleared"]);
        allowed.ShouldNotContain(a => a.StartsWith("Arrived-Cancel", StringComparison.Ordinal));
    }
}
