using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tongxin.Core.Rounds;
using Tongxin.Core.Sampling;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Core.Text;
using Tongxin.Grid.CaptainList;
using Tongxin.Grid.Contracts;
using Tongxin.Modules.Tests.Grid;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Contracts;
using Tongxin.Screening.Rounds;
using Tongxin.Screening.Rounds.Data;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Screening;

/// <summary>Testing rounds: a frozen roll, the identity, who sees what, start and close.</summary>
public sealed class RoundTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Open_Everybody_FreezesRollWithLanes(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider, opened: false);
        var aged = await town.MoveInAsync(town.Estate.Homes[0], new PersonFacts { Name = "张老", BirthDate = new DateOnly(1950, 1, 1) });
        var lame = await town.MoveInAsync(town.Estate.Homes[1], new PersonFacts { Name = "李行", BirthDate = new DateOnly(1950, 1, 1) }, CareKind.LimitedMobility);
        var mother = await town.MoveInAsync(town.Estate.Homes[2], new PersonFacts { Name = "孙母", BirthDate = new DateOnly(1995, 1, 1) }, CareKind.Pregnant);

        var round = (await town.OpenAsync()).Value;

        var members = await town.App.ReadAsync(db => db.Set<Member>().Where(m => m.RoundId == round).ToListAsync(Ct));
        members.Count.ShouldBe(19);
        members.ShouldAllBe(m => m.PoolSize == 10);
        Lane(aged).ShouldBe(SamplingLane.Green);
        Lane(lame).ShouldBe(SamplingLane.Home);
        Lane(mother).ShouldBe(SamplingLane.Green);
        members.Count(m => m.Lane == SamplingLane.Normal).ShouldBe(16);
        // Whoever moves in later is not of this round.
        await town.MoveInAsync(town.Estate.Homes[3], new PersonFacts { Name = "后来" });
        (await town.App.CallAsync((IRounds r) => r.FindAsync(round, RoundReach.All, Ct)))?.Balance.Targets.ShouldBe(19);

        SamplingLane Lane(Guid person) => members.Single(m => m.PersonId == person).Lane;
    }

    [Theory, BothProviders]
    public async Task Open_WithAControlledPlace_PutsAtMostTenOfItInATube(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider, opened: false);
        var there = town.Estate.Entrances[0];

        var round = (await town.OpenAsync(r => r with { PoolSize = 20, Controlled = [there.Id] })).Value;

        var members = await town.App.ReadAsync(db => db.Set<Member>().Where(m => m.RoundId == round).ToListAsync(Ct));
        var places = await town.App.ReadAsync(db => db.Set<Place>().Where(p => p.Path.StartsWith(there.Path)).Select(p => p.Id).ToListAsync(Ct));
        members.Count(m => places.Contains(m.PlaceId)).ShouldBeInRange(1, members.Count - 1);
        members.ShouldAllBe(m => places.Contains(m.PlaceId)
            ? m.PoolClass == PersonClass.Controlled && m.PoolSize == 10
            : m.PoolClass == PersonClass.Other && m.PoolSize == 20);
    }

    [Theory, BothProviders]
    public async Task Open_WrongRequests_AreRefused(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider, opened: false);

        (await town.OpenAsync(r => r with { Title = " " })).Error.Code.ShouldBe("testing.title");
        (await town.OpenAsync(r => r with { PoolSize = 30 })).Error.Code.ShouldBe("testing.pool-size");
        (await town.OpenAsync(r => r with { EndsAt = r.StartsAt })).Error.Code.ShouldBe("testing.window");
        (await town.OpenAsync(r => r with { EndsAt = r.StartsAt.AddHours(25) })).Error.Code.ShouldBe("testing.window");
        (await town.OpenAsync(r => r with { Sites = [Ids.New()] })).Error.Code.ShouldBe("testing.sites");
        (await town.OpenAsync(r => r with { Places = [Ids.New()] })).Error.Code.ShouldBe("testing.nobody");
        (await town.OpenAsync(r => r with { Sites = [] }, town.App.ActorOf(Roles.Office, ScopeKind.Place, Ids.New()))).Error.Code.ShouldBe("testing.nobody");
        (await town.App.ReadAsync(db => db.Set<TestingRound>().CountAsync(Ct))).ShouldBe(0);
    }

    [Theory, BothProviders]
    public async Task Record_AnyFacts_KeepTheIdentityInTotalAndByCell(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var people = await town.PeopleAsync();
        var sampled = town.Fact(people[0].Id, OutcomeKind.Done);

        var verdicts = await town.RecordAsync(
            sampled, town.Fact(people[1].Id, OutcomeKind.Excused, reason: "Hospital"), town.Fact(people[2].Id, OutcomeKind.Refused), town.Fact(people[3].Id, OutcomeKind.Excused),
            town.Fact(Ids.New(), OutcomeKind.Done));

        verdicts.Select(v => v.Error?.Code).ShouldBe([null, null, null, "rounds.outcome.reason_required", "rounds.target.unknown"]);
        verdicts[2].Status.ShouldBe(TargetStatus.Outstanding);
        (await town.BalanceAsync()).ShouldBe(new RoundBalance(16, 1, 1));
        (await town.RecordAsync(sampled))[0].IsNew.ShouldBeFalse();
        var figures = await town.App.CallAsync((IRounds r) => r.FiguresAsync(town.Round, RoundReach.All, Ct));
        figures.Sum(f => f.Count).ShouldBe(16);
        figures.Select(f => f.CellId).Distinct().Count().ShouldBe(2);

        // An invalid tube takes the sample back.
        await town.RecordAsync(town.Fact(people[0].Id, OutcomeKind.Withdrawn, corrects: sampled.Id, reason: "invalid"));
        (await town.BalanceAsync()).ShouldBe(new RoundBalance(16, 0, 1));
    }

    [Theory, BothProviders]
    public async Task Excuse_AfterTheSample_DoesNotTakeItsPlace(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var person = (await town.PeopleAsync())[0].Id;

        await town.RecordAsync(town.Fact(person, OutcomeKind.Excused, 50, "Away"), town.Fact(person, OutcomeKind.Done, 60), town.Fact(person, OutcomeKind.Excused, 70, "Away"));

        (await town.BalanceAsync()).ShouldBe(new RoundBalance(16, 1, 0));
        (await town.App.CallAsync((IRoundRebuild r) => r.ExecuteAsync(Actor.System, Ct))).Findings.ShouldBeEmpty();
    }

    [Theory, BothProviders]
    public async Task Doors_WithATestingRoundOpen_ShowNothingOfIt(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var person = (await town.PeopleAsync())[0].Id;

        (await town.App.CallAsync((Doors d) => d.HeadAsync(null, null, town.Estate.Captain(0), Ct))).ShouldBeNull();
        (await town.Estate.RecordAsync(town.Estate.Captain(0), new(Ids.New(), town.Round, person, OutcomeKind.Done, Channel.Visit))).Error?.Code.ShouldBe("rounds.target.unknown");
        using var office = await town.App.SignInAsAsync(Roles.Office);
        foreach (var page in (string[])[$"/rounds/{town.Round}", $"/rounds/{town.Round}/list", $"/rounds/{town.Round}/ledger", $"/rounds/{town.Round}/close", $"/slips/{town.Round}", $"/rounds/{town.Round}/targets/{person}"])
            (await office.Http.GetAsync(new Uri(page, UriKind.Relative), Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound, page);
        using var captain = await town.Estate.SignInCaptainAsync(0);
        (await captain.Http.GetAsync(new Uri("/doors", UriKind.Relative), Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await captain.Http.GetStringAsync(new Uri("/api/v1/grid/pack", UriKind.Relative), Ct)).ShouldNotContain(town.Round.ToString());
        var opened = await town.Estate.OpenAsync();
        (await office.Http.GetStringAsync(new Uri("/rounds", UriKind.Relative), Ct)).ShouldNotContain(town.Round.ToString());
        (await town.App.CallAsync((Doors d) => d.HeadAsync(null, null, town.Estate.Captain(0), Ct)))?.Round.Id.ShouldBe(opened.Id);
    }

    [Theory, BothProviders]
    public async Task Pages_OfARound_ShowACaptainTheOwnCellOnly(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        using var captain = await town.Estate.SignInCaptainAsync(0);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        using var nowhere = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Place, Ids.New());

        (await captain.OpenAsync($"/testing/{town.Round}")).Text.ShouldContain("第1网格");
        (await captain.OpenAsync($"/testing/{town.Round}")).Text.ShouldNotContain("第2网格");
        (await office.OpenAsync($"/testing/{town.Round}")).Text.ShouldContain("第2网格");
        (await office.OpenAsync("/testing")).Text.ShouldContain("第1轮");
        (await office.OpenAsync($"/testing/{town.Round}/list?state=outstanding")).Text.ShouldContain("王小一");
        var rows = await town.App.CallAsync((ReadTesting r) => r.RowsAsync(new TestingQuery(town.Round), town.Estate.Captain(1), Ct));
        (rows?.Total, rows?.Rows.All(r => r.Cell == "第2网格")).ShouldBe((8, true));
        foreach (var page in (string[])[$"/testing/{town.Round}", $"/testing/{town.Round}/list", $"/testing/{Ids.New()}"])
            (await nowhere.Http.GetAsync(new Uri(page, UriKind.Relative), Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound, page);
    }

    [Theory, BothProviders]
    public async Task Start_WithoutPeopleAtTheSites_NeedsAReason(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);

        (await town.App.CallAsync((ITestingDesk d) => d.StartRoundAsync(town.Round, null, town.Office, Ct))).Error.Code.ShouldBe("testing.unstaffed");
        (await town.App.CallAsync((ITestingDesk d) => d.StartRoundAsync(town.Round, "人在路上", town.Estate.Captain(0), Ct))).Error.Code.ShouldBe("testing.not-found");
        (await town.App.CallAsync((ITestingDesk d) => d.StartRoundAsync(town.Round, "人在路上", town.Office, Ct))).IsFailure.ShouldBeFalse();
        (await town.App.CallAsync((ITestingDesk d) => d.StartRoundAsync(town.Round, "再来", town.Office, Ct))).Error.Code.ShouldBe("testing.started");
        (await town.App.ReadAsync(db => db.Set<TestingRound>().SingleAsync(Ct))).StartReason.ShouldBe("人在路上");
    }

    [Theory, BothProviders]
    public async Task Close_WithPeopleMissing_NeedsAReasonAndKeepsIt(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);

        (await town.App.CallAsync((ITestingDesk d) => d.CloseRoundAsync(town.Round, null, town.Office, Ct))).Error.Code.ShouldBe("grid.round.outstanding");
        (await town.App.CallAsync((ITestingDesk d) => d.CloseRoundAsync(Ids.New(), "x", town.Office, Ct))).Error.Code.ShouldBe("testing.not-found");
        (await town.App.CallAsync((ITestingDesk d) => d.CloseRoundAsync(town.Round, "暴雨中止", town.Office, Ct))).IsFailure.ShouldBeFalse();
        (await town.App.CallAsync((ITestingDesk d) => d.CloseRoundAsync(town.Round, "暴雨中止", town.Office, Ct))).Error.Code.ShouldBe("grid.round.closed");

        using var office = await town.App.SignInAsAsync(Roles.Office);
        (await office.OpenAsync($"/testing/{town.Round}")).Text.ShouldContain("暴雨中止");
    }

    [Theory, BothProviders]
    public async Task Merge_OfTwoOnTheRoll_ExcusesTheOneThatIsGone(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var people = await town.PeopleAsync();

        await town.App.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<TongxinDb>();
            db.Raise(new PersonMerged(people[0].Id, people[1].Id));
            db.Record(Actor.System, "test.merged", "person", people[0].Id);
            await db.CommitAsync(Ct);
            return 0;
        });

        (await town.BalanceAsync()).ShouldBe(new RoundBalance(16, 0, 1));
        using var office = await town.App.SignInAsAsync(Roles.Office);
        (await office.OpenAsync($"/testing/{town.Round}/list?state=excused")).Text.ShouldContain("重复登记");
    }

    [Theory, BothProviders]
    public async Task Record_SixtyBatchesAtOnce_CountsEachOnce(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider, entrances: 4);
        var people = await town.PeopleAsync();
        var facts = people.Select(p => town.Fact(p.Id, OutcomeKind.Done)).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() => town.RecordAsync([.. facts.Where((_, at) => (at + i) % 3 != 0)]), Ct)));

        (await town.BalanceAsync()).ShouldBe(new RoundBalance(32, 32, 0));
    }
}
