using Shouldly;
using Tongxin.Core.Rostering;
using Xunit;

namespace Tongxin.Core.Tests.Rostering;

public sealed class RosterDeskTests
{
    private static RosterProblem Week() => Make.Problem(
        7, Enumerable.Range(0, 3).Select(Make.Person),
        Make.Duty(0, 0, 22, 4), Make.Duty(1, 1, 8, 12), Make.Duty(2, 1, 14, 18), Make.Duty(3, 2, 8, 12));

    [Fact]
    public void IfTakes_TooSoonAfterANight_NamesRest()
    {
        var desk = new RosterDesk(Week(), [Make.On(0, 0)]);
        desk.IfTakes(Make.P(0), Make.D(1)).Select(b => b.Rule).ShouldBe(["rest"]);
        desk.IfTakes(Make.P(0), Make.D(2)).ShouldBeEmpty();
    }

    [Fact]
    public void IfTakes_WhatWasBrokenBefore_IsNotToldAgain()
    {
        var desk = new RosterDesk(Week(), [Make.On(0, 0), Make.On(0, 1)]);
        desk.IfTakes(Make.P(0), Make.D(3)).ShouldBeEmpty();
    }

    [Fact]
    public void IfSwap_LegalForOneOnly_NamesTheOther()
    {
        // The second worked the night: after the swap they would be on duty at eight.
        var desk = new RosterDesk(Week(), [Make.On(0, 1), Make.On(1, 0), Make.On(1, 2)]);
        desk.IfSwap(Make.On(0, 1), Make.On(1, 2)).Select(b => (b.PersonId, b.Rule)).ShouldBe([(Make.P(1), "rest")]);
    }

    [Fact]
    public void IfLeaves_Locked_IsRefused()
    {
        var desk = new RosterDesk(Week() with { Locked = [Make.On(0, 0)] }, [Make.On(0, 0)]);
        desk.IfLeaves(Make.P(0), Make.D(0)).Select(b => b.Rule).ShouldBe(["locked"]);
    }

    [Fact]
    public void IfTakes_SomebodyShortOfHours_IsNotHeldAgainstTheDuty()
    {
        var problem = Week() with { Limits = new() { MinMinutes = 600 } };
        new RosterDesk(problem, []).IfTakes(Make.P(0), Make.D(1)).ShouldBeEmpty();
        new RosterDesk(problem, [Make.On(0, 0), Make.On(0, 2)]).IfLeaves(Make.P(0), Make.D(0)).Select(b => b.Rule).ShouldBe(["least_hours"]);
    }

    [Fact]
    public void WhoCouldTake_AndWhyNobody_CoverEverybodyElse()
    {
        var problem = Week();
        problem = problem with { People = [problem.People[0], problem.People[1] with { DaysOff = [Make.Monday.AddDays(1)] }, problem.People[2]] };
        var desk = new RosterDesk(problem, [Make.On(0, 0)]);
        desk.WhoCouldTake(Make.D(1)).ShouldBe([Make.P(2)]);
        desk.WhyNobody(Make.D(1)).ShouldBe([new GapCause("rest", 1), new GapCause("unavailable", 1)]);
        desk.Put(Make.P(2), Make.D(1));
        desk.WhoCouldTake(Make.D(1)).ShouldBeEmpty();
        desk.Remove(Make.P(2), Make.D(1));
        desk.WhoCouldTake(Make.D(1)).ShouldBe([Make.P(2)]);
    }
}
