using Shouldly;
using Tongxin.Core.Rostering;
using Xunit;

namespace Tongxin.Core.Tests.Rostering;

/// <summary>Each hard rule alone: the case that breaks it and the nearest one that does not.</summary>
public sealed class HardRuleTests
{
    private static readonly RosterLimits Loose = new()
    {
        MaxMinutesPerDay = 24 * 60,
        MaxDutiesPerDay = 9,
        MinRest = 0,
        MaxDaysInRow = 99,
    };

    private static IEnumerable<string> Broken(RosterPerson person, params Duty[] duties) => Broken(person, Loose, duties);

    private static IEnumerable<string> Broken(RosterPerson person, RosterLimits limits, params Duty[] duties)
    {
        var problem = Make.Problem(28, [person], duties) with { Limits = limits };
        return RosterCheck.Breaks(problem, [.. duties.Select(d => new Assignment(person.Id, d.Id))]).Select(b => b.Rule);
    }

    [Theory]
    [InlineData(12, false)]
    [InlineData(11.99, true)]
    public void OnePlace_SecondDutyStarts_BreaksOnlyBeforeTheFirstEnds(double second, bool breaks) =>
        Broken(Make.Person(0), Make.Duty(0, 0, 6, 12), Make.Duty(1, 0, second, 18)).ShouldBe(breaks ? ["one_place"] : []);

    [Fact]
    public void OnePlace_LongDutyAroundTwoShortOnes_BreaksAtBoth() =>
        Broken(Make.Person(0), Make.Duty(0, 0, 6, 20), Make.Duty(1, 0, 7, 8), Make.Duty(2, 0, 19, 21)).ShouldBe(["one_place", "one_place"]);

    [Theory]
    [InlineData(14, false)]
    [InlineData(13.98, true)]
    public void Rest_AfterTheNightOfMonthEnd_TenHoursByTheClock(double next, bool breaks)
    {
        // 28 February 22:00 to 1 March 04:00 belongs to the 28th, which is day 5.
        var night = Make.Duty(0, 5, 22, 4);
        night.Day.ShouldBe(new DateOnly(2026, 2, 28));
        night.Ends.ShouldBe(new DateTimeOffset(2026, 3, 1, 4, 0, 0, TimeSpan.Zero));
        night.Minutes.ShouldBe(360);

        Broken(Make.Person(0), Loose with { MinRest = 600 }, night, Make.Duty(1, 6, next, 20)).ShouldBe(breaks ? ["rest"] : []);
    }

    [Fact]
    public void Rest_TwoDutiesOfOneDay_NeedNone() =>
        Broken(Make.Person(0), Loose with { MinRest = 600 }, Make.Duty(0, 0, 6, 10), Make.Duty(1, 0, 12, 16)).ShouldBeEmpty();

    [Theory]
    [InlineData(6, false)]
    [InlineData(6.5, true)]
    public void Rest_AfterADutyBeforeTheRoster_Counts(double ended, bool breaks)
    {
        var person = Make.Person(0) with { History = new() { LastDutyEnds = Make.At(0, ended) } };
        Broken(person, Loose with { MinRest = 120 }, Make.Duty(0, 0, 8, 12)).ShouldBe(breaks ? ["rest"] : []);
    }

    [Fact]
    public void Day_MinutesAndDuties_LimitIncluded()
    {
        var limits = Loose with { MaxMinutesPerDay = 720, MaxDutiesPerDay = 2 };
        Broken(Make.Person(0), limits, Make.Duty(0, 0, 6, 12), Make.Duty(1, 0, 12, 18)).ShouldBeEmpty();
        Broken(Make.Person(0), limits, Make.Duty(0, 0, 6, 12), Make.Duty(1, 0, 12, 18.5)).ShouldBe(["day"]);
        Broken(Make.Person(0), limits, Make.Duty(0, 0, 6, 7), Make.Duty(1, 0, 8, 9), Make.Duty(2, 0, 10, 11)).ShouldBe(["day"]);
    }

    [Fact]
    public void Skill_OfPostOrKind_IsNeeded()
    {
        var problem = Make.Problem(3, [Make.Person(0) with { Skills = ["swab"] }], Make.Duty(0, 0, 8, 12)) with
        {
            Posts = [new(Make.Post(0)) { Skills = ["swab"] }],
            Kinds = [new(Make.K(0), Make.Post(0)) { Skills = ["lead"] }],
        };
        RosterCheck.Breaks(problem, [Make.On(0, 0)]).ShouldHaveSingleItem().Args.ShouldBe(["lead"]);
        var able = problem with { People = [Make.Person(0) with { Skills = ["swab", "lead"] }] };
        RosterCheck.Breaks(able, [Make.On(0, 0)]).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(3.99, true)]
    public void Unavailable_FromAnInstant_TouchesNightsThatReachIntoIt(double from, bool breaks)
    {
        var person = Make.Person(0) with { Unavailable = [new(Make.At(1, from), Make.At(2, 0))] };
        Broken(person, Make.Duty(0, 0, 22, 4)).ShouldBe(breaks ? ["unavailable"] : []);
    }

    [Fact]
    public void DaysOff_MeanTheRosterDay_NotTheMorningOfItsNight()
    {
        var person = Make.Person(0) with { DaysOff = [Make.Monday.AddDays(1)] };
        Broken(person, Make.Duty(0, 0, 22, 4)).ShouldBeEmpty();
        Broken(person, Make.Duty(0, 1, 22, 4)).ShouldBe(["unavailable"]);
    }

    [Fact]
    public void Succession_NextDayOnly()
    {
        var problem = Make.Problem(3, [Make.Person(0)], Make.Duty(0, 0, 8, 9, kind: 0), Make.Duty(1, 1, 8, 9, kind: 1), Make.Duty(2, 2, 8, 9, kind: 1)) with
        {
            Kinds = [new(Make.K(0), Make.Post(0)) { NotFollowedBy = [Make.K(1)] }, new(Make.K(1), Make.Post(0))],
        };
        RosterCheck.Breaks(problem, [Make.On(0, 0), Make.On(0, 1)]).ShouldHaveSingleItem().Rule.ShouldBe("succession");
        RosterCheck.Breaks(problem, [Make.On(0, 0), Make.On(0, 2)]).ShouldBeEmpty();
        RosterCheck.Breaks(problem, [Make.On(0, 1), Make.On(0, 2)]).ShouldBeEmpty();
    }

    [Fact]
    public void KindCount_LimitIncluded_OtherKindsFree()
    {
        var person = Make.Person(0) with { MaxOfKind = new Dictionary<Guid, int> { [Make.K(1)] = 1 } };
        Broken(person, Make.Duty(0, 0, 8, 9, kind: 1), Make.Duty(1, 2, 8, 9)).ShouldBeEmpty();
        Broken(person, Make.Duty(0, 0, 8, 9, kind: 1), Make.Duty(1, 2, 8, 9, kind: 1)).ShouldBe(["kind_count"]);
    }

    [Fact]
    public void Hours_BothLimitsIncluded()
    {
        var limits = Loose with { MaxMinutes = 480, MinMinutes = 480 };
        Broken(Make.Person(0), limits, Make.Duty(0, 0, 8, 12), Make.Duty(1, 1, 8, 12)).ShouldBeEmpty();
        Broken(Make.Person(0), limits, Make.Duty(0, 0, 8, 12), Make.Duty(1, 1, 8, 12.5)).ShouldBe(["most_hours"]);
        Broken(Make.Person(0), limits, Make.Duty(0, 0, 8, 12), Make.Duty(1, 1, 8, 11.5)).ShouldBe(["least_hours"]);
    }

    [Theory]
    [InlineData(0, 3, false)]
    [InlineData(0, 4, true)]
    [InlineData(1, 3, true)]
    public void DaysInRow_WithThoseBeforeTheRoster(int before, int worked, bool breaks)
    {
        var person = Make.Person(0) with { History = new() { DaysInRow = before } };
        var duties = Enumerable.Range(0, worked).Select(d => Make.Duty(d, d, 8, 12)).ToArray();
        Broken(person, Loose with { MaxDaysInRow = 3 }, duties).ShouldBe(breaks ? ["days_in_row"] : []);
    }

    [Theory]
    [InlineData(0, false)] // touches the first day
    [InlineData(1, true)]
    [InlineData(27, false)] // touches the last day
    public void ShortRun_EdgesAreExempt(int day, bool breaks) =>
        Broken(Make.Person(0), Loose with { MinDaysInRow = 2 }, Make.Duty(0, day, 8, 12)).ShouldBe(breaks ? ["short_run"] : []);

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void DaysOff_BetweenTwoRows_AtLeastTwo(int second, bool breaks) =>
        Broken(Make.Person(0), Loose with { MinDaysOff = 2 }, Make.Duty(0, 1, 8, 12), Make.Duty(1, second, 8, 12)).ShouldBe(breaks ? ["days_off"] : []);

    [Theory]
    [InlineData(5, 6, false)] // Saturday and Sunday of one weekend
    [InlineData(6, 12, true)]
    [InlineData(4, 12, false)] // a Friday is no weekend
    public void Weekends_SaturdayOrSunday_CountOnce(int first, int second, bool breaks) =>
        Broken(Make.Person(0), Loose with { MaxWeekends = 1 }, Make.Duty(0, first, 8, 12), Make.Duty(1, second, 8, 12)).ShouldBe(breaks ? ["weekends"] : []);

    [Fact]
    public void Locked_Missing_IsABreak()
    {
        var problem = Make.Problem(3, [Make.Person(0)], Make.Duty(0, 0, 8, 12)) with { Locked = [Make.On(0, 0)] };
        RosterCheck.Breaks(problem, []).ShouldHaveSingleItem().Rule.ShouldBe("locked");
        RosterCheck.Breaks(problem, [Make.On(0, 0)]).ShouldBeEmpty();
        RosterCheck.Breaks(problem, [Make.On(0, 0), Make.On(0, 0)]).ShouldHaveSingleItem().Rule.ShouldBe("doubled");
    }
}
