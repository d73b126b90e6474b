using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tongxin.Modules.Tests.People;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.TestKit.Databases;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Rosters;
using Xunit;

namespace Tongxin.Modules.Tests.Workforce;

/// <summary>Only a roster without gaps, broken rules and people in two places is published; changes replace it with least disturbance.</summary>
public sealed class PublishTests
{
    [Theory, BothProviders]
    public async Task Publish_GapAtAPostAroundTheClock_IsRefusedToTheMinute(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider);
        var post = await town.PostAsync("北门", "none", f => f with { IsAroundTheClock = true });
        await town.ShiftAsync(post, from: 6 * 60, minutes: 12 * 60);
        await town.ShiftAsync(post, from: 18 * 60 + 20, minutes: 11 * 60 + 40);
        var roster = await town.RosterAsync([post], days: 1);
        var duties = await town.DutiesAsync(roster);
        await town.AssignAsync(roster, duties[0], town.Helpers[0]);

        // 18:00 to 18:20 no shift is planned, and from 18:20 nobody is there.
        var seen = (await town.RosterOf(roster)).Version;
        var refused = (await town.App.CallAsync((PublishRoster p) => p.ExecuteAsync(roster, seen, town.Office, Town.Ct))).Error;
        (refused.Code, refused.Args[0], refused.Args[1], refused.Args[2]).ShouldBe(("rosters.publish.gap", "北门", "2022-04-11 18:00", "2022-04-11 18:20"));
        (await town.GroundAsync(roster)).CoverageGaps.Select(g => (g.Minutes, g.Planned)).ShouldBe([(20, false), (700, true)]);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        (await office.OpenAsync($"/rosters/{roster}")).One("#blocks").TextContent.ShouldContain("没有安排班次（20 分钟）");
        (await town.RosterOf(roster)).State.ShouldBe(RosterState.Draft);
    }

    [Theory, BothProviders]
    public async Task Publish_ByButton_PutsItInForce(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider, helpers: 10);
        var roster = await SolvedAsync(town, "北门");
        using var leader = await town.App.SignInAsAsync(Roles.DutyLeader);

        var page = await (await leader.OpenAsync($"/rosters/{roster}")).SubmitAsync("#publish form");

        page.Text.ShouldContain("已发布");
        (await town.TurnsAsync(roster)).ShouldAllBe(t => t.State == TurnState.Published);
        (await town.PublishAsync(roster)).ShouldBe("rosters.not-draft");
        (await town.AssignAsync(roster, (await town.DutiesAsync(roster))[0], town.Helpers[0])).ShouldBe("rosters.not-draft");
        (await town.PublishAsync(Guid.Empty)).ShouldBe("rosters.not-found");
    }

    [Theory, BothProviders]
    public async Task Publish_SeenBeforeAChangeByHand_IsRefused(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider, helpers: 10);
        var roster = await SolvedAsync(town, "北门");
        var seen = (await town.RosterOf(roster)).Version;
        var turn = (await town.TurnsAsync(roster))[0];
        (await town.CodeAsync((ChangeTurns c) => c.LockAsync(roster, turn.Id, true, town.Office, Town.Ct))).ShouldBeNull();

        (await town.App.CallAsync((PublishRoster p) => p.ExecuteAsync(roster, seen, town.Office, Town.Ct))).Error.Code.ShouldBe("rosters.changed");
    }

    [Theory, BothProviders]
    public async Task Publish_SomebodyOnAnotherRosterAtThatTime_IsFlaggedAndRefused(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider);
        var (gate, clinic) = (await town.PostAsync("北门", "night"), await town.PostAsync("门诊", "night"));
        var (first, second) = (await OneNightAsync(town, gate), await OneNightAsync(town, clinic));
        (await town.PublishAsync(first)).ShouldBeNull();

        using var office = await town.App.SignInAsAsync(Roles.Office);
        (await office.OpenAsync($"/rosters/{second}")).One("#blocks").TextContent.ShouldContain("同时排在“四月值班” 北门");
        (await town.PublishAsync(second)).ShouldBe("rosters.publish.twice");
    }

    [Theory, BothProviders]
    public async Task Publish_TwoRostersWithOnePersonAtOnce_OneIsRefused(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider);
        var (gate, clinic) = (await town.PostAsync("北门", "night"), await town.PostAsync("门诊", "night"));
        var (first, second) = (await OneNightAsync(town, gate), await OneNightAsync(town, clinic));

        var answers = await Task.WhenAll(town.PublishAsync(first), town.PublishAsync(second));

        answers.Count(a => a is null).ShouldBe(1);
        answers.ShouldContain("rosters.publish.twice");
    }

    [Theory, BothProviders]
    public async Task Publish_OneRosterTwiceAtOnce_HappensOnce(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider, helpers: 10);
        var roster = await SolvedAsync(town, "北门");
        var seen = (await town.RosterOf(roster)).Version;

        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => town.App.CallAsync((PublishRoster p) => p.ExecuteAsync(roster, seen, town.Office, Town.Ct))));

        answers.Count(a => !a.IsFailure).ShouldBe(1);
        (await town.App.ReadAsync(db => db.Set<Roster>().CountAsync(r => r.State == RosterState.Published))).ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Change_OfAPublishedRoster_KeepsWhatStaysWithItsState(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider, helpers: 10);
        var roster = await SolvedAsync(town, "北门");
        (await town.PublishAsync(roster)).ShouldBeNull();
        var before = await town.TurnsAsync(roster);
        var confirmed = before[0];
        await town.App.ReadAsync(async db =>
        {
            (await db.Set<Turn>().SingleAsync(t => t.Id == confirmed.Id)).Move(TurnState.Confirmed, town.App.Clock.Now).IsFailure.ShouldBeFalse();
            db.Record(town.Office, "test.confirmed", "turn", confirmed.Id);
            await db.CommitAsync(Town.Ct);
            return 0;
        });
        var leaving = before.First(t => t.PersonId != confirmed.PersonId).PersonId;
        var lost = before.Count(t => t.PersonId == leaving);

        var next = (await town.App.CallAsync((MakeRoster m) => m.NextAsync(roster, town.Office, Town.Ct))).Value;
        (await town.CodeAsync((ChangePool p) => p.RemoveAsync(next, [leaving], town.Office, Town.Ct))).ShouldBeNull();
        (await town.SolveAsync(next)).IsFailure.ShouldBeFalse();
        var ground = await town.GroundAsync(next);
        ground.Gaps.ShouldBeEmpty();
        // Least disturbance: hardly more is new than what the leaving person had.
        ground.Assignments.Except(ground.Problem.Published).Count().ShouldBeInRange(lost, lost + 2);
        (await town.PublishAsync(next)).ShouldBeNull();

        (await town.RosterOf(roster)).State.ShouldBe(RosterState.Replaced);
        var now = await town.TurnsAsync(next);
        now.Single(t => t.Id == confirmed.Id).State.ShouldBe(TurnState.Confirmed);
        now.ShouldAllBe(t => t.PersonId != leaving);
        // The replaced version still says who had what.
        (await town.TurnsAsync(roster)).Select(t => (t.DutyId, t.PersonId)).ShouldBe(before.Select(t => (t.DutyId, t.PersonId)), ignoreOrder: true);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        (await office.OpenAsync($"/rosters/{next}/sheet")).Text.ShouldContain("第 2 版");
    }

    [Theory, BothProviders]
    public async Task Change_WhileHelpersSwap_KeepsTheSwap(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider);
        var roster = await OneNightAsync(town, await town.PostAsync("北门", "night"));
        await town.PublishAsync(roster);
        var next = (await town.App.CallAsync((MakeRoster m) => m.NextAsync(roster, town.Office, Town.Ct))).Value;
        var turn = (await town.TurnsAsync(roster)).Single();

        await town.App.ReadAsync(async db =>
        {
            (await db.Set<Turn>().SingleAsync(t => t.Id == turn.Id)).Reassign(town.Helpers[4].Id);
            db.Raise(new TurnChangedHands(turn.Id, turn.DutyId, turn.PersonId, town.Helpers[4].Id));
            db.Record(town.Office, "test.swapped", "turn", turn.Id);
            await db.CommitAsync(Town.Ct);
            return 0;
        });

        (await town.TurnsAsync(next)).Single().PersonId.ShouldBe(town.Helpers[4].Id);
        (await town.PublishAsync(next)).ShouldBeNull();
        var now = (await town.TurnsAsync(next)).Single();
        (now.Id, now.PersonId).ShouldBe((turn.Id, town.Helpers[4].Id));
    }

    [Theory, BothProviders]
    public async Task Change_MadeFromAnOlderVersion_IsRefused(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider, helpers: 10);
        var roster = await SolvedAsync(town, "北门");
        await town.PublishAsync(roster);
        var second = (await town.App.CallAsync((MakeRoster m) => m.NextAsync(roster, town.Office, Town.Ct))).Value;
        var third = (await town.App.CallAsync((MakeRoster m) => m.NextAsync(roster, town.Office, Town.Ct))).Value;

        (await town.PublishAsync(second)).ShouldBeNull();

        (await town.PublishAsync(third)).ShouldBe("rosters.stale");
    }

    [Theory, BothProviders]
    public async Task Change_OfWhatHasBegun_IsRefused(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider, helpers: 10);
        var roster = await SolvedAsync(town, "北门");
        await town.PublishAsync(roster);
        var next = (await town.App.CallAsync((MakeRoster m) => m.NextAsync(roster, town.Office, Town.Ct))).Value;
        var first = (await town.DutiesAsync(next))[0];
        town.App.Clock.Set(first.Starts.AddMinutes(1));
        var turn = (await town.TurnsAsync(next)).First(t => t.DutyId == first.Id);

        (await town.CodeAsync((ChangeTurns c) => c.RemoveAsync(next, turn.Id, town.Office, Town.Ct))).ShouldBe("rosters.begun");
        // Whoever leaves keeps the turn that runs.
        (await town.CodeAsync((ChangePool p) => p.RemoveAsync(next, [turn.PersonId], town.Office, Town.Ct))).ShouldBeNull();
        (await town.SolveAsync(next)).IsFailure.ShouldBeFalse();
        (await town.TurnsAsync(next)).Where(t => t.PersonId == turn.PersonId).ShouldHaveSingleItem().DutyId.ShouldBe(first.Id);
        (await town.PublishAsync(next)).ShouldBeNull();
    }

    [Theory, BothProviders]
    public async Task Withdraw_NeedsAReason_AndFreesPeople(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider);
        var (gate, clinic) = (await town.PostAsync("北门", "night"), await town.PostAsync("门诊", "night"));
        var (first, second) = (await OneNightAsync(town, gate), await OneNightAsync(town, clinic));
        await town.PublishAsync(first);

        (await town.CodeAsync((EndRoster e) => e.WithdrawAsync(first, " ", town.Office, Town.Ct))).ShouldBe("rosters.why-missing");
        (await town.CodeAsync((EndRoster e) => e.WithdrawAsync(first, "计划有变", town.Office, Town.Ct))).ShouldBeNull();
        (await town.CodeAsync((EndRoster e) => e.WithdrawAsync(first, "再来", town.Office, Town.Ct))).ShouldBe("rosters.not-published");

        (await town.PublishAsync(second)).ShouldBeNull();
    }

    [Theory, BothProviders]
    public async Task Fatigue_BeyondTwelveHours_TakesTwoPeopleAndAReason(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider);
        var post = await town.PostAsync("北门", "none");
        await town.ShiftAsync(post, from: 6 * 60, minutes: 14 * 60);
        var roster = await town.RosterAsync([post], days: 1);
        var duty = (await town.DutiesAsync(roster)).Single();
        var helper = town.Helpers[0];
        await town.AssignAsync(roster, duty, helper, anyway: true);
        (await town.PublishAsync(roster)).ShouldBe("rosters.publish.breaks");
        var asking = town.App.ActorOf(Roles.Office, unitId: town.Town.Physics.Id);
        Task<string?> Ask(string why) => town.CodeAsync((AskOverride a) => a.ExecuteAsync(roster, helper.Id, duty.Day, why, asking, Town.Ct));

        (await Ask("")).ShouldBe("rosters.why-missing");
        (await Ask("只有他会")).ShouldBeNull();
        (await town.PublishAsync(roster)).ShouldBe("rosters.publish.breaks");
        var approval = await town.App.CallAsync(async (IApprovals a) => (await a.ListOpenAsync(asking, Town.Ct)).Single());
        var deciding = town.App.ActorOf(Roles.DutyLeader, unitId: town.Town.History.Id);
        (await town.CodeAsync((IApprovals a) => a.DecideAsync(approval.Id, true, "同意", deciding, Town.Ct))).ShouldBeNull();

        (await town.PublishAsync(roster)).ShouldBeNull();
        (await town.CodeAsync((AskOverride a) => a.ExecuteAsync(roster, town.Helpers[1].Id, duty.Day, "x", asking, Town.Ct))).ShouldBe("rosters.no-override");
    }

    private static async Task<Guid> SolvedAsync(RosterTown town, string post)
    {
        var roster = await town.RosterAsync([await town.PostAsync(post, "three")], days: 4);
        (await town.SolveAsync(roster)).IsFailure.ShouldBeFalse();
        return roster;
    }

    /// <summary>The first helper on Monday night.</summary>
    private static async Task<Guid> OneNightAsync(RosterTown town, Guid post)
    {
        var roster = await town.RosterAsync([post], days: 1);
        (await town.AssignAsync(roster, (await town.DutiesAsync(roster)).Single(), town.Helpers[0])).ShouldBeNull();
        return roster;
    }
}
