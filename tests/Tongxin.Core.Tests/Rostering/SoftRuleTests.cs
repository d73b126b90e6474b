using Shouldly;
using Tongxin.Core.Rostering;
using Tongxin.Core.Teams;
using Xunit;

namespace Tongxin.Core.Tests.Rostering;

/// <summary>Points of each soft rule on rosters small enough to count by hand.</summary>
public sealed class SoftRuleTests
{
    private static double Points(string rule, RosterProblem problem, params Assignment[] roster) =>
        RosterCheck.Scores(problem, roster).Single(s => s.Rule == rule).Points;

    [Fact]
    public void Cover_ShortWishedAndOver_EachInItsRange()
    {
        var people = Enumerable.Range(0, 4).Select(Make.Person);
        var problem = Make.Problem(1, people, Make.Duty(0, 0, 8, 12, needed: 2) with { Wished = 3, ShortPoints = 5, OverPoints = 2 });
        Assignment[] all = [.. Enumerable.Range(0, 4).Select(p => Make.On(p, 0))];
        double[] Of(int count) =>
            [Points("cover_short", problem, all[..count]), Points("cover_wished", problem, all[..count]), Points("cover_over", problem, all[..count])];

        Of(0).ShouldBe([10, 1, 0]);
        Of(2).ShouldBe([0, 1, 0]);
        Of(3).ShouldBe([0, 0, 0]);
        Of(4).ShouldBe([0, 0, 2]);
    }

    [Fact]
    public void Wishes_OnWhenMissed_OffWhenGiven()
    {
        var person = Make.Person(0) with { Wishes = [new(Make.D(0), true, 3), new(Make.D(1), false, 4)] };
        var problem = Make.Problem(2, [person], Make.Duty(0, 0, 8, 12), Make.Duty(1, 1, 8, 12));
        Points("wish_on", problem).ShouldBe(3);
        Points("wish_off", problem).ShouldBe(0);
        Points("wish_on", problem, Make.On(0, 0), Make.On(0, 1)).ShouldBe(0);
        Points("wish_off", problem, Make.On(0, 0), Make.On(0, 1)).ShouldBe(4);
    }

    [Fact]
    public void Fair_HistoryCounts_ExemptPeopleDoNot()
    {
        // Two duties and two turns from before, shared by two: two each is fair.
        RosterPerson[] people = [Make.Person(0) with { History = new() { Turns = 2 } }, Make.Person(1), Make.Person(2) with { Share = 0 }];
        var problem = Make.Problem(2, people, Make.Duty(0, 0, 8, 12), Make.Duty(1, 1, 8, 12));
        Points("fair_turns", problem, Make.On(1, 0), Make.On(1, 1)).ShouldBe(0);
        Points("fair_turns", problem, Make.On(0, 0), Make.On(1, 1)).ShouldBe(2);
    }

    [Fact]
    public void Fair_NightsWeekendsAndHours_ByTheirOwnMeasure()
    {
        var problem = Make.Problem(7, [Make.Person(0), Make.Person(1)], Make.Duty(0, 0, 22, 4, kind: 1), Make.Duty(1, 5, 8, 12), Make.Duty(2, 6, 8, 12));
        Assignment[] one = [Make.On(0, 0), Make.On(0, 1), Make.On(0, 2)];
        Points("fair_nights", problem, one).ShouldBe(0.5);
        Points("fair_weekends", problem, one).ShouldBe(2);
        Points("fair_hours", problem, one).ShouldBe(2 * 49 / 10.0, 1e-9);
    }

    [Fact]
    public void Experience_OneAmongTwo_IsEnough()
    {
        RosterPerson[] people = [Make.Person(0), Make.Person(1), Make.Person(2) with { IsExperienced = true }];
        var problem = Make.Problem(1, people, Make.Duty(0, 0, 8, 12, needed: 2)) with { Posts = [new(Make.Post(0)) { WantsExperience = true }] };
        Points("experience", problem, Make.On(0, 0), Make.On(1, 0)).ShouldBe(1);
        Points("experience", problem, Make.On(0, 0), Make.On(2, 0)).ShouldBe(0);
        Points("experience", problem, Make.On(0, 0)).ShouldBe(0);
    }

    [Fact]
    public void Near_Kilometres_UnknownIsFree()
    {
        RosterPerson[] people = [Make.Person(0) with { Home = new Position(300, 400) }, Make.Person(1)];
        var problem = Make.Problem(1, people, Make.Duty(0, 0, 8, 12, needed: 2)) with { Posts = [new(Make.Post(0)) { At = new Position(0, 0) }] };
        Points("near", problem, Make.On(0, 0), Make.On(1, 0)).ShouldBe(0.5, 1e-9);
    }

    [Fact]
    public void Stability_NewAssignments_OnlyWhenSomethingWasPublished()
    {
        var problem = Make.Problem(2, [Make.Person(0), Make.Person(1)], Make.Duty(0, 0, 8, 12), Make.Duty(1, 1, 8, 12));
        Points("stability", problem, Make.On(0, 0)).ShouldBe(0);
        Points("stability", problem with { Published = [Make.On(0, 0)] }, Make.On(0, 0), Make.On(1, 1)).ShouldBe(1);
    }
}
