using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Common;
using Tongxin.Core.Rostering;
using Tongxin.Modules.Tests.People;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Rosters;
using Xunit;

namespace Tongxin.Modules.Tests.Workforce;

/// <summary>A roster is made, solved, changed by hand and compared.</summary>
public sealed class RosterTests
{
    [Theory, BothProviders]
    public async Task Pages_RosterMade_WaitsToBeSolved(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        (await office.OpenAsync("/rosters")).Text.ShouldContain("先建岗位和班次");
        var post = await town.PostAsync("北门", "three");

        var made = await (await office.OpenAsync("/rosters/new")).SubmitAsync("main form[method=post]", ("Form.First", "2022-04-11"), ("Form.Days", "3"));

        made.Text.ShouldContain("9 个班次、6 人等着排");
        (await office.OpenAsync("/rosters")).Text.ShouldContain("草稿");
        (await town.App.ReadAsync(db => db.Set<RosterDuty>().CountAsync(d => d.PostId == post))).ShouldBe(9);
        using var leader = await town.App.SignInAsAsync(Roles.DutyLeader);
        (await leader.OpenAsync(made.Address.AbsolutePath)).Status.ShouldBe(HttpStatusCode.OK);
        (await leader.OpenAsync("/rosters/new")).Status.ShouldNotBe(HttpStatusCode.OK);
    }

    [Theory, BothProviders]
    public async Task Roster_WithoutPostsPeopleOrDays_IsRefused(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider);
        var post = await town.PostAsync("北门", "three");
        var empty = await town.PostAsync("空岗", "none");
        async Task<string> Make(string name, int days, Guid[] posts, Guid[] people) => (await town.App.CallAsync((MakeRoster m) =>
            m.CreateAsync(new NewRoster(name, RosterTown.Monday, days, posts, new PoolSource { People = people }, new RosterSettings()), town.Office, Town.Ct))).Error.Code;
        Guid[] someone = [town.Helpers[0].Id];

        (await Make("", 2, [post], someone)).ShouldBe("rosters.name-missing");
        (await Make("四月", 0, [post], someone)).ShouldBe("rosters.days");
        (await Make("四月", 63, [post], someone)).ShouldBe("rosters.days");
        (await Make("四月", 2, [], someone)).ShouldBe("rosters.posts-missing");
        (await Make("四月", 2, [empty], someone)).ShouldBe("rosters.no-duties");
        (await Make("四月", 2, [post], [])).ShouldBe("rosters.people-missing");
    }

    [Theory, BothProviders]
    public async Task Solve_EnoughPeople_FillsEveryDutyLegally(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider, helpers: 10);
        var roster = await town.RosterAsync([await town.PostAsync("北门", "three")], days: 7);

        (await town.SolveAsync(roster)).IsFailure.ShouldBeFalse();

        var ground = await town.GroundAsync(roster);
        ground.Gaps.ShouldBeEmpty();
        ground.Breaks.ShouldBeEmpty();
        ground.Turns.Count.ShouldBe(42);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        var page = await office.OpenAsync($"/rosters/{roster}");
        page.Text.ShouldContain("可以发布");
        page.Text.ShouldContain("42 / 42");
        // The same seed and steps: the same roster again.
        var before = ground.Turns.Select(t => t.Id).ToHashSet();
        (await town.SolveAsync(roster)).IsFailure.ShouldBeFalse();
        (await town.TurnsAsync(roster)).Select(t => t.Id).ToHashSet().SetEquals(before).ShouldBeTrue();
    }

    [Theory, BothProviders]
    public async Task Solve_TooFewPeople_SaysWhyEachGapIsThere(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider, helpers: 2);
        var post = await town.PostAsync("采样点", "three", f => f with { Skills = [Skill.Sampling] });
        await town.App.AddAsync(HeldSkill.Of(town.Helpers[0].Id, Skill.Sampling, null), HeldSkill.Of(town.Helpers[1].Id, Skill.Sampling, RosterTown.Monday.AddDays(-1)));
        var roster = await town.RosterAsync([post]);

        (await town.SolveAsync(roster)).IsFailure.ShouldBeFalse();

        var ground = await town.GroundAsync(roster);
        // The certificate of the second has expired: only the first can come.
        ground.Turns.ShouldAllBe(t => t.PersonId == town.Helpers[0].Id);
        ground.Gaps.ShouldNotBeEmpty();
        using var office = await town.App.SignInAsAsync(Roles.Office);
        var page = await office.OpenAsync($"/rosters/{roster}");
        page.One("#gaps").TextContent.ShouldContain("没有资格");
        page.One("#collisions").TextContent.ShouldContain("能来的只有");
    }

    [Theory, BothProviders]
    public async Task Solve_LockedTurn_Stays(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider, helpers: 8);
        var roster = await town.RosterAsync([await town.PostAsync("北门", "three")], days: 5);
        var duty = (await town.DutiesAsync(roster))[4];
        (await town.AssignAsync(roster, duty, town.Helpers[7])).ShouldBeNull();

        (await town.SolveAsync(roster)).IsFailure.ShouldBeFalse();

        (await town.TurnsAsync(roster)).ShouldContain(t => t.DutyId == duty.Id && t.PersonId == town.Helpers[7].Id && t.IsLocked);
    }

    [Theory, BothProviders]
    public async Task Solve_Stopped_KeepsTheBestSoFar(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider, helpers: 8);
        var roster = await town.RosterAsync([await town.PostAsync("北门", "three")], days: 7, settings: s => s with { Steps = null, Seconds = 300 });
        using var stop = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(() => town.SolveAsync(roster, stop));

        (await town.RosterOf(roster)).ResultText.ShouldNotBeNull();
        (await town.GroundAsync(roster)).Breaks.ShouldBeEmpty();
    }

    [Theory, BothProviders]
    public async Task Hand_RuleWouldBreak_IsSaidAndDoneOnlyIfWanted(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider);
        var post = await town.PostAsync("北门", "none");
        await town.ShiftAsync(post, from: 22 * 60, minutes: 360, night: true);
        await town.ShiftAsync(post, from: 8 * 60, minutes: 480);
        await town.ShiftAsync(post, from: 9 * 60, minutes: 60);
        var roster = await town.RosterAsync([post]);
        var duties = await town.DutiesAsync(roster);
        var helper = town.Helpers[0];
        // Monday 22:00 to Tuesday 04:00, then Tuesday 08:00: four hours of rest.
        var (night, morning, clash) = (duties.First(d => d.IsNight), duties.Last(d => d.Minutes == 480), duties.Last(d => d.Minutes == 60));
        (await town.AssignAsync(roster, night, helper)).ShouldBeNull();

        var refused = await town.TryAsync((ChangeTurns c) => c.AssignAsync(roster, morning.Id, helper.Id, false, false, town.Office, Town.Ct));

        refused!.Code.ShouldBe("rosters.would-break");
        refused.Args.ShouldBe([helper.Name, "两班之间只休息 4 小时，应不少于 10 小时"]);
        (await town.AssignAsync(roster, morning, helper, anyway: true)).ShouldBeNull();
        (await town.AssignAsync(roster, morning, helper, anyway: true)).ShouldBe("rosters.already-there");
        // Two places at one time never pass.
        (await town.AssignAsync(roster, clash, helper, anyway: true)).ShouldBe("rosters.would-break");
        (await town.PublishAsync(roster)).ShouldBe("rosters.publish.breaks");
    }

    [Theory, BothProviders]
    public async Task Night_AtTheEndOfAMonth_BelongsToItsEvening(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider);
        var post = await town.PostAsync("北门", "night");
        await town.ShiftAsync(post, from: 13 * 60 + 59, minutes: 60);
        await town.ShiftAsync(post, from: 14 * 60, minutes: 60);
        var roster = await town.RosterAsync([post], first: new DateOnly(2026, 2, 28));

        var duties = await town.DutiesAsync(roster);
        var night = duties.First(d => d.IsNight);
        (night.Day, night.Minutes, CampusCalendar.DayOf(night.Ends)).ShouldBe((new DateOnly(2026, 2, 28), 360, new DateOnly(2026, 3, 1)));
        // It ends at 04:00: with ten hours of rest the next begins at 14:00, and not a minute before.
        var next = duties.Where(d => d.Day == new DateOnly(2026, 3, 1) && !d.IsNight).ToList();
        (await town.AssignAsync(roster, night, town.Helpers[0])).ShouldBeNull();
        (await town.AssignAsync(roster, next[0], town.Helpers[0])).ShouldBe("rosters.would-break");
        (await town.AssignAsync(roster, next[1], town.Helpers[0])).ShouldBeNull();
    }

    [Theory, BothProviders]
    public async Task Hand_MoveLockAndRemove_DoWhatTheySay(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider);
        var roster = await town.RosterAsync([await town.PostAsync("北门", "three")]);
        var duties = await town.DutiesAsync(roster);
        await town.AssignAsync(roster, duties[0], town.Helpers[0]);
        var turn = (await town.TurnsAsync(roster)).Single();
        Task<string?> Move() => town.CodeAsync((ChangeTurns c) => c.MoveAsync(roster, turn.Id, town.Helpers[1].Id, duties[1].Id, false, town.Office, Town.Ct));

        (await Move()).ShouldBe("rosters.locked");
        (await town.CodeAsync((ChangeTurns c) => c.RemoveAsync(roster, turn.Id, town.Office, Town.Ct))).ShouldBe("rosters.locked");
        (await town.CodeAsync((ChangeTurns c) => c.LockAsync(roster, turn.Id, false, town.Office, Town.Ct))).ShouldBeNull();
        (await Move()).ShouldBeNull();

        var moved = (await town.TurnsAsync(roster)).Single();
        (moved.PersonId, moved.DutyId, moved.IsLocked).ShouldBe((town.Helpers[1].Id, duties[1].Id, true));
        (await Move()).ShouldBe("rosters.not-found");
        (await town.CodeAsync((ChangeTurns c) => c.AssignAsync(roster, duties[0].Id, town.Town.Wang.Id, false, false, town.Office, Town.Ct))).ShouldBe("rosters.person-missing");
        (await town.CodeAsync((ChangeTurns c) => c.AssignAsync(roster, Guid.Empty, town.Helpers[0].Id, false, false, town.Office, Town.Ct))).ShouldBe("rosters.duty-missing");
    }

    [Theory, BothProviders]
    public async Task Drafts_OfOneSeries_AreComparedLineByLine(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider);
        var roster = await town.RosterAsync([await town.PostAsync("北门", "three")]);
        var duties = await town.DutiesAsync(roster);
        await town.AssignAsync(roster, duties[0], town.Helpers[0]);
        var other = (await town.App.CallAsync((MakeRoster m) => m.NextAsync(roster, town.Office, Town.Ct))).Value;
        await town.AssignAsync(other, duties[0], town.Helpers[1]);
        using var office = await town.App.SignInAsAsync(Roles.Office);

        var page = await office.OpenAsync($"/rosters/{roster}/compare/{other}");

        page.Texts("#differences li").ShouldHaveSingleItem().ShouldContain("+ 4月11日");
        page.Texts("#differences li").Single().ShouldContain("队员02");
        page.Text.ShouldContain("第 1 版与第 2 版");
        var stranger = await town.RosterAsync([await town.PostAsync("西门", "three")]);
        (await office.OpenAsync($"/rosters/{roster}/compare/{stranger}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, BothProviders]
    public async Task Roster_OfAnotherPlace_IsNotThere(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider);
        var (east, west) = (town.Town.East.Id, town.Town.West.Id);
        var eastern = await town.PostAsync("东门", "three", f => f with { PlaceId = east });
        var western = await town.PostAsync("西门", "three", f => f with { PlaceId = west });
        var both = await town.RosterAsync([eastern, western]);
        var only = await town.RosterAsync([eastern]);
        using var office = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Place, west);
        var actor = town.App.ActorOf(Roles.Office, ScopeKind.Place, west);

        // Of a roster of both it sees its own post, and changes nothing.
        (await office.OpenAsync($"/rosters/{both}/board?view=posts")).Text.ShouldNotContain("东门");
        (await office.OpenAsync($"/rosters/{both}/people")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await office.OpenAsync($"/rosters/{only}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await office.OpenAsync($"/rosters/{only}/sheet.xlsx")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await office.OpenAsync("/rosters")).All(".rows li").Count.ShouldBe(1);
        (await town.PublishAsync(both, actor)).ShouldBe("rosters.not-found");
        (await town.CodeAsync((EndRoster e) => e.WithdrawAsync(only, "x", actor, Town.Ct))).ShouldBe("rosters.not-found");
        (await town.App.CallAsync((SolveRoster s) => s.ExecuteAsync(both, "t", actor, Town.Ct))).Error.Code.ShouldBe("rosters.not-found");
    }

    [Theory, BothProviders]
    public async Task Person_Merged_TakesTurnsAlong(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider);
        var roster = await town.RosterAsync([await town.PostAsync("北门", "three")]);
        var duties = await town.DutiesAsync(roster);
        var (kept, gone) = (town.Helpers[0], town.Helpers[1]);
        await town.AssignAsync(roster, duties[0], kept);
        await town.AssignAsync(roster, duties[0], gone);
        await town.AssignAsync(roster, duties[3], gone);

        await town.App.ReadAsync(async db =>
        {
            db.Raise(new Tongxin.People.Contracts.PersonMerged(kept.Id, gone.Id));
            db.Record(town.Office, "test.merged", "person", kept.Id);
            await db.CommitAsync(Town.Ct);
            return 0;
        });

        (await town.TurnsAsync(roster)).Select(t => (t.PersonId, t.DutyId)).ShouldBe([(kept.Id, duties[0].Id), (kept.Id, duties[3].Id)], ignoreOrder: true);
    }

    [Theory]
    [InlineData(TurnState.Draft, TurnState.Published, true)]
    [InlineData(TurnState.Published, TurnState.Confirmed, true)]
    [InlineData(TurnState.Confirmed, TurnState.OnPost, true)]
    [InlineData(TurnState.OnPost, TurnState.HandingOver, true)]
    [InlineData(TurnState.HandingOver, TurnState.Done, true)]
    [InlineData(TurnState.Confirmed, TurnState.Absent, true)]
    [InlineData(TurnState.Absent, TurnState.Covered, true)]
    [InlineData(TurnState.Draft, TurnState.Confirmed, false)]
    [InlineData(TurnState.Done, TurnState.OnPost, false)]
    [InlineData(TurnState.Covered, TurnState.OnPost, false)]
    [InlineData(TurnState.Published, TurnState.Done, false)]
    public void Turn_Steps_AreThoseOfTheTable(TurnState from, TurnState to, bool may) => Turn.IsStep(from, to).ShouldBe(may);
}
