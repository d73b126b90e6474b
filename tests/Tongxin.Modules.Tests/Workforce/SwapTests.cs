using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Common;
using Tongxin.People.Data;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Duties;
using Xunit;

namespace Tongxin.Modules.Tests.Workforce;

/// <summary>换班: legal swaps only, the first to take one has it, the roster's owner agrees.</summary>
public sealed class SwapTests
{
    private const string Free = """{"swapsNeedApproval":false}""";

    [Theory, BothProviders]
    public async Task Swap_OfferedTakenAndAgreed_ExchangesBothTurns(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        var one = await town.TurnAsync(town.Town.Wang, 1, 8, 6);
        var other = await town.TurnAsync(town.Town.Li, 2, 8, 6);
        using var wang = await town.SignInAsync(town.Town.Wang);
        using var li = await town.SignInAsync(town.Town.Li);
        using var office = await town.App.SignInAsAsync(Roles.Office);

        (await (await wang.OpenAsync($"/duties/{one.Id}")).SubmitAsync($"form[action='/duties/{one.Id}/swap']", ("note", "周末不行"))).Text.ShouldContain("正在换班");
        var taken = await (await li.OpenAsync("/duties/swaps")).SubmitAsync("form[action$='/take']", ("mine", other.Id.ToString()));
        taken.Text.ShouldContain("等排班负责人同意");
        (await town.ReadAsync(one)).PersonId.ShouldBe(town.Town.Wang.Id);
        (await (await office.OpenAsync("/desk/swaps")).SubmitAsync("#cases form")).Text.ShouldContain("已同意");

        (await town.ReadAsync(one)).PersonId.ShouldBe(town.Town.Li.Id);
        (await town.ReadAsync(other)).PersonId.ShouldBe(town.Town.Wang.Id);
        (await town.ReadAsync(one)).State.ShouldBe(TurnState.Confirmed);
        (await wang.OpenAsync("/duties")).Text.ShouldContain("换班已生效");
    }

    [Theory, BothProviders]
    public async Task Swap_TwoTakeItAtOnce_ExactlyOneHasItAndTheOtherIsTold(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider, settings: Free);
        var one = await town.TurnAsync(town.Town.Wang, 1, 8, 6);
        var others = new (Person Person, Turn Turn)[]
        {
            (town.Town.Li, await town.TurnAsync(town.Town.Li, 2, 8, 6)),
            (town.Town.Zhao, await town.TurnAsync(town.Town.Zhao, 3, 8, 6)),
            (town.Town.Qian, await town.TurnAsync(town.Town.Qian, 4, 8, 6)),
        };
        var swap = await OfferAsync(town, one);

        var results = await Task.WhenAll(others.Select(o => Task.Run(() => TakeAsync(town, swap, o.Turn, o.Person))));

        results.Count(r => r is null).ShouldBe(1);
        results.Where(r => r is not null).ShouldAllBe(r => r == "duties.swap.gone");
        var winner = others[Array.FindIndex(results, r => r is null)];
        (await town.ReadAsync(one)).PersonId.ShouldBe(winner.Person.Id);
        (await town.ReadAsync(winner.Turn)).PersonId.ShouldBe(town.Town.Wang.Id);
        (await town.App.ReadAsync(db => db.Set<Turn>().Where(t => t.PersonId == town.Town.Wang.Id).CountAsync())).ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Swap_ThatBreaksRest_IsNeitherOfferedNorTaken(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        // Golden: 22:00-04:00 belongs to its evening; the next duty not before 14:00. Li comes off at 04:00 and cannot start at 13:00.
        var one = await town.TurnAsync(town.Town.Wang, 2, 13, 4);
        await town.TurnAsync(town.Town.Li, 1, 22, 6);
        var late = await town.TurnAsync(town.Town.Li, 4, 8, 6);
        var swap = await OfferAsync(town, one);

        (await town.App.CallAsync((Swaps s) => s.ForAsync(town.ActorOf(town.Town.Li), DutyTown.Ct))).SelectMany(o => o.Mine).ShouldAllBe(m => m.Turn.Id != late.Id);
        (await TakeAsync(town, swap, late, town.Town.Li)).ShouldBe("duties.not-legal");
    }

    [Theory, BothProviders]
    public async Task Swap_AtFourteenAfterTheNight_IsLegal(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider, settings: Free);
        var one = await town.TurnAsync(town.Town.Wang, 2, 14, 4);
        await town.TurnAsync(town.Town.Li, 1, 22, 6);
        var late = await town.TurnAsync(town.Town.Li, 4, 8, 6);

        (await TakeAsync(town, await OfferAsync(town, one), late, town.Town.Li)).ShouldBeNull();
    }

    [Theory, BothProviders]
    public async Task Swap_WithdrawnOrRefused_LeavesBothTurns(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        var one = await town.TurnAsync(town.Town.Wang, 1, 8, 6);
        var other = await town.TurnAsync(town.Town.Li, 2, 8, 6);
        var first = await OfferAsync(town, one);
        (await DoAsync(town, s => s.OfferAsync(one.Id, null, town.ActorOf(town.Town.Wang), DutyTown.Ct))).ShouldBe("duties.swap.twice");
        (await DoAsync(town, s => s.WithdrawAsync(first, town.ActorOf(town.Town.Li), DutyTown.Ct))).ShouldBe("duties.swap.not-found");
        (await DoAsync(town, s => s.WithdrawAsync(first, town.ActorOf(town.Town.Wang), DutyTown.Ct))).ShouldBeNull();
        (await TakeAsync(town, first, other, town.Town.Li)).ShouldBe("duties.swap.gone");

        var second = await OfferAsync(town, one);
        (await TakeAsync(town, second, other, town.Town.Li)).ShouldBeNull();
        (await DoAsync(town, s => s.DecideAsync(second, true, null, town.App.ActorOf(Roles.Office, personId: town.Town.Li.Id), DutyTown.Ct))).ShouldBe("duties.swap.party");
        (await DoAsync(town, s => s.DecideAsync(second, true, null, town.App.ActorOf(Roles.Office, ScopeKind.Place, town.Town.West.Id), DutyTown.Ct))).ShouldBe("duties.swap.not-found");
        (await DoAsync(town, s => s.DecideAsync(second, false, " ", town.Town.Office, DutyTown.Ct))).ShouldBe("duties.why-missing");
        (await DoAsync(town, s => s.DecideAsync(second, false, "人手不够", town.Town.Office, DutyTown.Ct))).ShouldBeNull();
        (await DoAsync(town, s => s.DecideAsync(second, true, null, town.Town.Office, DutyTown.Ct))).ShouldBe("duties.swap.gone");

        (await town.ReadAsync(one)).PersonId.ShouldBe(town.Town.Wang.Id);
        (await town.ReadAsync(other)).PersonId.ShouldBe(town.Town.Li.Id);
    }

    [Theory, BothProviders]
    public async Task Substitute_LeastRecentlyAskedFirst_ExpiresAndGoesOn(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        var turn = await town.TurnAsync(town.Town.Wang, 1, 8, 6);
        // Li and Zhao have the same hours: they could not.
        var own = await town.TurnAsync(town.Town.Li, 1, 8, 7);
        (await FindAsync(town, s => s.OpenAsync(turn.Id, "发烧", town.ActorOf(town.Town.Wang), DutyTown.Ct))).ShouldBeNull();
        (await FindAsync(town, s => s.OpenAsync(turn.Id, "发烧", town.ActorOf(town.Town.Wang), DutyTown.Ct))).ShouldBe("duties.substitute.twice");
        var first = (await AsksAsync(town)).ShouldHaveSingleItem();
        first.PersonId.ShouldNotBe(own.PersonId);

        town.App.Clock.Advance(TimeSpan.FromHours(1));
        (await town.App.CallAsync((Substitutes s) => s.ExpireAsync(DutyTown.Ct))).ShouldBe(1);
        (await town.App.CallAsync((Substitutes s) => s.ExpireAsync(DutyTown.Ct))).ShouldBe(0);

        var asks = await AsksAsync(town);
        asks.Select(a => a.State).ShouldBe([AskState.Expired, AskState.Waiting]);
        asks.Select(a => a.PersonId).ShouldBe([town.Town.Zhao.Id, town.Town.Qian.Id], ignoreOrder: true);
        var second = asks[1];
        (await FindAsync(town, s => s.AnswerAsync(second.Id, true, town.ActorOf(town.Town.Wang), DutyTown.Ct))).ShouldBe("duties.ask.not-found");
        var stand = asks[1].PersonId == town.Town.Zhao.Id ? town.Town.Zhao : town.Town.Qian;
        using var helper = await town.SignInAsync(stand);
        var answered = await (await helper.OpenAsync("/duties")).SubmitAsync($"form[action='/duties/asks/{second.Id}']", ("answer", "yes"));
        answered.Text.ShouldContain("这一班现在是您的");
        (await town.ReadAsync(turn)).PersonId.ShouldBe(stand.Id);

        // Asked next time: whoever was asked longest ago, which is the first one.
        var again = await town.TurnAsync(town.Town.Wang, 6, 8, 6);
        await town.TurnAsync(town.Town.Li, 6, 8, 7);
        await FindAsync(town, s => s.OpenAsync(again.Id, "出差", town.ActorOf(town.Town.Wang), DutyTown.Ct));
        (await AsksAsync(town))[^1].PersonId.ShouldBe(first.PersonId);
    }

    [Theory, BothProviders]
    public async Task Substitute_EverybodyDeclines_TellsThePerson(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        var turn = await town.TurnAsync(town.Town.Wang, 1, 8, 6);
        await FindAsync(town, s => s.OpenAsync(turn.Id, "发烧", town.ActorOf(town.Town.Wang), DutyTown.Ct));
        for (var i = 0; i < 3; i++)
        {
            var ask = (await AsksAsync(town)).Single(a => a.State == AskState.Waiting);
            var asked = new[] { town.Town.Li, town.Town.Zhao, town.Town.Qian }.Single(p => p.Id == ask.PersonId);
            (await FindAsync(town, s => s.AnswerAsync(ask.Id, false, town.ActorOf(asked), DutyTown.Ct))).ShouldBeNull();
        }

        (await town.App.ReadAsync(db => db.Set<SubstituteSearch>().SingleAsync())).State.ShouldBe(SearchState.NobodyLeft);
        (await town.ReadAsync(turn)).PersonId.ShouldBe(town.Town.Wang.Id);
        using var wang = await town.SignInAsync(town.Town.Wang);
        (await wang.OpenAsync("/duties")).Text.ShouldContain("没有找到替班的人");
    }

    private static async Task<Guid> OfferAsync(DutyTown town, Turn turn)
    {
        var holder = new[] { town.Town.Wang, town.Town.Li }.Single(p => p.Id == turn.PersonId);
        (await DoAsync(town, s => s.OfferAsync(turn.Id, null, town.ActorOf(holder), DutyTown.Ct))).ShouldBeNull();
        return await town.App.ReadAsync(db => db.Set<Swap>().OrderByDescending(s => s.Id).Select(s => s.Id).FirstAsync());
    }

    private static Task<string?> TakeAsync(DutyTown town, Guid swap, Turn own, Person person) =>
        DoAsync(town, s => s.TakeAsync(swap, own.Id, town.ActorOf(person), DutyTown.Ct));

    private static async Task<string?> DoAsync(DutyTown town, Func<Swaps, Task<Result>> act) => CodeOf(await town.App.CallAsync(act));

    private static async Task<string?> FindAsync(DutyTown town, Func<Substitutes, Task<Result>> act) => CodeOf(await town.App.CallAsync(act));

    private static string? CodeOf(Result result) => result.IsFailure ? result.Error.Code : null;

    private static Task<List<SubstituteAsk>> AsksAsync(DutyTown town) => town.App.ReadAsync(db => db.Set<SubstituteAsk>().AsNoTracking().OrderBy(a => a.Id).ToListAsync());
}
