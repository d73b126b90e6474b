using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Rounds;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Screening.Absentees;
using Tongxin.Screening.Absentees.Data;
using Tongxin.Screening.HomeVisits;
using Tongxin.Screening.HomeVisits.Data;
using Tongxin.Screening.Rounds.Data;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Screening.Lists;

/// <summary>Home sampling: everybody who cannot walk has a time or a documented refusal.</summary>
public sealed class HomeVisitsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task List_TheLaneAndWhomSomebodyArranged_InWalkingOrder(Provider provider)
    {
        await using var town = await BuildAsync(provider);
        var walker = (await town.PeopleAsync()).First(p => p.Label == "1-1-102").Id;
        await NoteAsync(town, new AbsentEntry(Ids.New(), town.Round, walker, Channel.Phone) { Arrangement = AbsentArrangement.Home });

        var list = await ListAsync(town, town.Office);

        list.People.Select(p => p.State).Distinct().ShouldBe([HomeState.Forgotten]);
        list.People.Count.ShouldBe(4);
        // The entrance's upper floor first, then down to the first; then the second entrance.
        list.People.Select(p => p.Target.Label).ShouldBe(["1-1-201", "1-1-101", "1-1-102", "1-2-201"]);
        (await ListAsync(town, town.Estate.Captain(1))).People.Count.ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Plan_ForAll_LeavesNobodyForgotten(Provider provider)
    {
        await using var town = await BuildAsync(provider);

        (await PlanAsync(town, Plan(town))).ShouldBeNull();

        var list = await ListAsync(town, town.Office);
        (list.Of(HomeState.Forgotten), list.Of(HomeState.Planned)).ShouldBe((0, 3));
        list.People.Select(p => (p.Visit?.Team, p.Visit?.Stop)).ShouldBe([(1, 1), (1, 2), (1, 3)]);
        list.People.ShouldAllBe(p => p.Visit!.Until - p.Visit.From == HomeVisit.Window);
        // Again with other teams: nobody gets a second time.
        (await PlanAsync(town, Plan(town) with { Teams = 3 })).ShouldBeNull();
        (await town.App.ReadAsync(db => db.Set<HomeVisit>().CountAsync(Ct))).ShouldBe(3);
        (await ListAsync(town, town.Office)).People.Select(p => p.Visit?.Team).ShouldBe([1, 2, 3]);
    }

    [Theory, BothProviders]
    public async Task State_RefusedExcusedOrSampled_NeedsNoTime(Provider provider)
    {
        await using var town = await BuildAsync(provider);
        var people = (await ListAsync(town, town.Office)).People;

        await NoteAsync(town, new AbsentEntry(Ids.New(), town.Round, people[0].PersonId, Channel.Visit) { Contact = AbsentContact.Refused, Reason = ExcuseReason.Refused, Words = "不开门" });
        await NoteAsync(town, new AbsentEntry(Ids.New(), town.Round, people[1].PersonId, Channel.Paper) { Arrangement = AbsentArrangement.Excused, Reason = ExcuseReason.Hospital });
        await town.RecordAsync(town.Fact(people[2].PersonId, OutcomeKind.Done));

        var list = await ListAsync(town, town.Office);
        list.People.Select(p => p.State).ShouldBe([HomeState.Refused, HomeState.Excused, HomeState.Done]);
        list.People[0].Reason.ShouldBe("Refused:不开门");
        (await PlanAsync(town, Plan(town))).ShouldBe("home.nobody");
        // She may come after all.
        town.App.Clock.Advance(TimeSpan.FromMinutes(1));
        await NoteAsync(town, new AbsentEntry(Ids.New(), town.Round, people[0].PersonId, Channel.Phone) { Arrangement = AbsentArrangement.Home });
        (await ListAsync(town, town.Office)).People[0].State.ShouldBe(HomeState.Forgotten);
    }

    [Theory, BothProviders]
    public async Task State_RefusedWithoutAWord_IsNotDocumented(Provider provider)
    {
        await using var town = await BuildAsync(provider);
        var person = (await ListAsync(town, town.Office)).People[0].PersonId;

        await NoteAsync(town, new AbsentEntry(Ids.New(), town.Round, person, Channel.Visit) { Contact = AbsentContact.Refused });

        (await ListAsync(town, town.Office)).People[0].State.ShouldBe(HomeState.Forgotten);
    }

    [Theory, BothProviders]
    public async Task Plan_WrongRequests_AreRefused(Provider provider)
    {
        await using var town = await BuildAsync(provider);
        var plan = Plan(town);

        (await PlanAsync(town, plan with { Teams = 0 })).ShouldBe("home.teams");
        (await PlanAsync(town, plan with { MinutesADoor = 1 })).ShouldBe("home.minutes");
        (await PlanAsync(town, plan with { StartsAt = plan.StartsAt.AddHours(-2) })).ShouldBe("home.window");
        (await PlanAsync(town, plan with { StartsAt = plan.StartsAt.AddMinutes(450), MinutesADoor = 15 })).ShouldBe("home.too-long");
        (await PlanAsync(town, plan, round: Ids.New())).ShouldBe("home.not-found");
        (await PlanAsync(town, plan, town.Estate.Captain(0))).ShouldBe("home.not-found");
        (await PlanAsync(town, plan, town.App.ActorOf(Roles.Office, ScopeKind.Place, town.Estate.Entrances[0].Id))).ShouldBe("home.not-found", "a part of the round");
        (await town.App.ReadAsync(db => db.Set<HomeVisit>().CountAsync(Ct))).ShouldBe(0);
    }

    [Theory, BothProviders]
    public async Task Plan_TenAtOnce_GivesEachOneTime(Provider provider)
    {
        await using var town = await BuildAsync(provider);

        var answers = await Task.WhenAll(Enumerable.Range(1, 10).Select(i => Task.Run(() => PlanAsync(town, Plan(town) with { Teams = i }), Ct)));

        answers.ShouldContain(a => a == null);
        answers.ShouldAllBe(a => a == null || a == "home.changed");
        (await town.App.ReadAsync(db => db.Set<HomeVisit>().CountAsync(Ct))).ShouldBe(3);
    }

    [Theory, BothProviders]
    public async Task Page_SaysWhoIsForgottenAndPlans(Provider provider)
    {
        await using var town = await BuildAsync(provider);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        using var nowhere = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Place, Ids.New());
        using var leader = await town.App.SignInAsAsync(Roles.DutyLeader);
        var from = Tongxin.Core.Common.CampusCalendar.Local(Plan(town).StartsAt.AddMinutes(1)).ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture);

        var page = await office.OpenAsync($"/testing/{town.Round}/home");
        page.Text.ShouldContain("还有 3 人没有上门时间");
        (await page.SubmitAsync("#plan form", ("from", from), ("teams", "1"))).Text.ShouldNotContain("没有上门时间");
        (await nowhere.Http.GetAsync(new Uri($"/testing/{town.Round}/home", UriKind.Relative), Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await leader.Http.GetAsync(new Uri($"/testing/{town.Round}/home", UriKind.Relative), Ct)).StatusCode.ShouldNotBe(HttpStatusCode.OK);
    }

    [Theory, BothProviders]
    public async Task Today_ForASampler_LeadsToTheListOfTheDay(Provider provider)
    {
        await using var town = await BuildAsync(provider);
        using var sampler = await town.App.SignInAsAsync(Roles.Sampler, ScopeKind.Place, town.Estate.Buildings[0].Id);
        using var elsewhere = await town.App.SignInAsAsync(Roles.Sampler, ScopeKind.Place, Ids.New());
        using var leader = await town.App.SignInAsAsync(Roles.DutyLeader);

        (await sampler.OpenAsync("/testing/home")).Address.AbsolutePath.ShouldBe($"/testing/{town.Round}/home");
        (await elsewhere.OpenAsync("/testing/home")).Text.ShouldContain("今天没有检测轮次");
        (await leader.Http.GetAsync(new Uri("/testing/home", UriKind.Relative), Ct)).StatusCode.ShouldNotBe(HttpStatusCode.OK);
        town.App.Clock.Advance(TimeSpan.FromDays(2));
        using var later = await town.App.SignInAsAsync(Roles.Sampler, ScopeKind.Place, town.Estate.Buildings[0].Id);
        (await later.OpenAsync("/testing/home")).Text.ShouldContain("今天没有检测轮次");
    }

    /// <summary>Three people who cannot walk: on the second floor and the first of one entrance, on the second of the other.</summary>
    private static async Task<TestingTown> BuildAsync(Provider provider)
    {
        var town = await TestingTown.BuildAsync(provider, opened: false);
        foreach (var (label, name) in ((string, string)[])[("1-1-201", "甲老"), ("1-1-101", "乙老"), ("1-2-201", "丙老")])
            await town.MoveInAsync(town.Estate.Homes.Single(h => h.Label == label), new PersonFacts { Name = name, BirthDate = new DateOnly(1940, 1, 1) }, CareKind.LimitedMobility);
        await town.OpenHereAsync();
        return town;
    }

    private static HomePlan Plan(TestingTown town) => new(town.App.Clock.GetUtcNow().AddHours(1), 1, 10);

    private static Task<int> NoteAsync(TestingTown town, AbsentEntry entry) => town.App.CallAsync(async (ChaseAbsentee chase) =>
    {
        (await chase.ExecuteAsync(entry, town.Office, Ct)).IsFailure.ShouldBeFalse();
        return 0;
    });

    private static async Task<string?> PlanAsync(TestingTown town, HomePlan plan, Actor? actor = null, Guid? round = null) =>
        await town.App.CallAsync((PlanHomes homes) => homes.ExecuteAsync(round ?? town.Round, plan, actor ?? town.Office, Ct)) is { IsFailure: true } refused ? refused.Error.Code : null;

    private static async Task<HomeList> ListAsync(TestingTown town, Actor actor) =>
        await town.App.CallAsync((ReadHomes homes) => homes.ListAsync(town.Round, actor, Ct)) ?? throw new InvalidOperationException("The round is gone.");
}
