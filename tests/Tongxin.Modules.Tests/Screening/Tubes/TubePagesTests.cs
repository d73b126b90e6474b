using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Screening.Tubes;
using Tongxin.Screening.Tubes.Data;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Screening.Tubes;

/// <summary>The office's view of tubes, and corrections that two people make.</summary>
public sealed class TubePagesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tubes_OfARound_AreListedFilteredAndFound()
    {
        await using var town = await TubeTown.BuildAsync(Provider.Sqlite);
        await town.WriteAsync(town.Full("T1", [0, 1]).Concat(town.Full("T2", [2])).Append(town.Open("T3")));
        using var office = await town.App.SignInAsAsync(Roles.Office);

        var all = await office.OpenAsync($"/testing/{town.Round}/tubes");
        var open = await office.OpenAsync($"/testing/{town.Round}/tubes?stage=Open");
        var found = await office.OpenAsync($"/testing/{town.Round}/tubes?q=t2");

        all.All("#tubes tbody tr").Count.ShouldBe(3);
        open.All("#tubes tbody tr").ShouldHaveSingleItem().TextContent.ShouldContain("T3");
        found.All("#tubes tbody tr").ShouldHaveSingleItem().TextContent.ShouldContain("操场 1 号台");
    }

    [Fact]
    public async Task Tube_ShowsItsPeopleAndItsHistory()
    {
        await using var town = await TubeTown.BuildAsync(Provider.Sqlite);
        await town.WriteAsync(town.Full("T1", [0, 1]).Append(town.Report("T1", TubeResult.Neg)));
        await town.WriteAsync(town.Report("T1", TubeResult.Pos, 2));
        using var office = await town.App.SignInAsAsync(Roles.Office);

        var page = await office.OpenAsync("/testing/tubes/t1");

        page.All("#people li").Count.ShouldBe(2);
        page.One("#people").TextContent.ShouldContain("待复核");
        page.All("#results li").Count.ShouldBe(2);
        page.All("#history li").Count.ShouldBe(6);
    }

    [Fact]
    public async Task Tubes_OutOfReach_AreNotThere()
    {
        await using var town = await TubeTown.BuildAsync(Provider.Sqlite);
        await town.WriteAsync(town.Full("T1", [0, 1]));
        using var elsewhere = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Place, Ids.New());
        using var guard = await town.App.SignInAsAsync(Roles.Guard);

        foreach (var path in (string[])["/testing/tubes/T1", $"/testing/{town.Round}/tubes", "/testing/tubes/T9"])
        {
            using var answer = await elsewhere.Http.GetAsync(new Uri(path, UriKind.Relative), Ct);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }
        using var denied = await guard.Http.GetAsync(new Uri("/testing/tubes/T1", UriKind.Relative), Ct);
        denied.StatusCode.ShouldNotBe(HttpStatusCode.OK);
    }

    [Theory, BothProviders]
    public async Task Correct_TakenOutByTwo_CarriesBothNamesAndOpensTheTarget(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        var facts = town.Full("T1", [0, 1]);
        await town.WriteAsync(facts);
        var (asker, other) = (Of(town, Roles.Office), Of(town, Roles.DutyLeader));

        (await AskAsync(town, asker, TubeCorrection.TakeOut, facts[1].Id)).ShouldBeNull();
        (await town.BalanceAsync()).Done.ShouldBe(2, "one name is not enough");
        var self = await DecideAsync(town, asker);
        self.IsFailure.ShouldBeTrue("nobody agrees with oneself");
        (await DecideAsync(town, other)).IsFailure.ShouldBeFalse();

        await town.CheckAsync();
        (await town.BalanceAsync()).Done.ShouldBe(1);
        var withdrawn = await town.App.ReadAsync(db => db.Set<TubeFactRow>().AsNoTracking().SingleAsync(f => f.Kind == TubeFactKind.Withdrawn, Ct));
        (withdrawn.ById, withdrawn.WitnessId, withdrawn.Corrects).ShouldBe((asker.AccountId, other.AccountId, facts[1].Id));
        (await town.TubeAsync("T1")).IsInDoubt.ShouldBeFalse();
    }

    [Theory, BothProviders]
    public async Task Correct_PutInAndRestated_CountsAndEndsTheDoubt(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.EnrolAsync("独一无二");
        await town.WriteAsync(town.Full("T1", [0, 1]).SkipLast(1).Append(town.Close("T1", 3)).Append(town.Report("T1", TubeResult.Neg)));
        (await town.TubeAsync("T1")).IsInDoubt.ShouldBeTrue();
        (await town.StatusAsync(0)).ShouldBe(TestStatus.Sampled, "a negative is withheld while the count differs");
        var (asker, other) = (Of(town, Roles.Office), Of(town, Roles.DutyLeader));

        (await AskAsync(town, asker, TubeCorrection.Restate, members: 2)).ShouldBeNull();
        await DecideAsync(town, other);
        (await town.StatusAsync(0)).ShouldBe(TestStatus.Neg);

        (await AskAsync(town, asker, TubeCorrection.PutIn, who: "独一无二")).ShouldBeNull();
        await DecideAsync(town, other);
        (await town.TubeAsync("T1")).Members.ShouldBe(3);
        await town.CheckAsync();
    }

    [Theory, BothProviders]
    public async Task Correct_AnOpeningThatDidNotHappen_EndsTheCollision(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.WriteAsync(town.Full("T1", [0, 1]));
        var slip = town.Elsewhere([town.Open("T1")])[0];
        await town.WriteAsync(slip);
        (await town.TubeAsync("T1")).IsCollided.ShouldBeTrue();
        using var office = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Everything, null, null, Ids.New());

        var page = await office.OpenAsync("/testing/tubes/T1");
        page.All("#openings li").Count.ShouldBe(2);
        page.One($"#openings a[href='#open-{slip.Id:N}']").TextContent.ShouldContain("撤回这次开管");
        (await office.SubmitAsync(page.Form($"#open-{slip.Id:N} form").Set("why", "扫错码"))).Text.ShouldContain("另一单位");
        (await DecideAsync(town, Of(town, Roles.DutyLeader))).IsFailure.ShouldBeFalse();

        (await town.TubeAsync("T1")).IsCollided.ShouldBeFalse();
        (await office.OpenAsync("/testing/tubes/T1")).All("#openings").Count.ShouldBe(0);
        await town.CheckAsync();
    }

    [Theory, BothProviders]
    public async Task Correct_PutInLater_IsOfTheClosingAndARecheckThatAnsweredStillAnswers(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        var forgotten = await town.EnrolAsync("欧阳小敏");
        await town.WriteAsync(town.Full("T1", [0, 1]));
        var closed = (await town.TubeAsync("T1")).ClosedAt;
        await town.WriteAsync(town.Report("T1", TubeResult.Pos));
        town.App.Clock.Advance(TimeSpan.FromHours(2));
        await town.WriteAsync(town.Full("S1", [forgotten], 1, TubePurpose.Recheck).Append(town.Report("S1", TubeResult.Neg)));
        town.App.Clock.Advance(TimeSpan.FromHours(2));
        var (asker, other) = (Of(town, Roles.Office), Of(town, Roles.DutyLeader));

        (await AskAsync(town, asker, TubeCorrection.PutIn, who: "欧阳小敏")).ShouldBeNull();
        var title = (await town.App.CallAsync((IApprovals approvals) => approvals.ListOpenAsync(other, Ct))).ShouldHaveSingleItem().Title;
        (await DecideAsync(town, other)).IsFailure.ShouldBeFalse();

        title.Args[1].ShouldStartWith("欧阳** 居民");
        var put = await town.TestAsync(forgotten);
        (put!.SampledAt - closed)!.Value.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        put.Status.ShouldBe(TestStatus.Neg, "the recheck came after the pool");
        await town.CheckAsync();
    }

    [Theory, BothProviders]
    public async Task Correct_ThatWouldChangeNothing_IsNotApproved(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.EnrolAsync("独一无二");
        await town.WriteAsync(town.Full("T1", Enumerable.Range(0, 10)));
        var (asker, other) = (Of(town, Roles.Office), Of(town, Roles.DutyLeader));
        (await AskAsync(town, asker, TubeCorrection.PutIn, who: "独一无二")).ShouldBeNull();

        var decided = await DecideAsync(town, other);

        decided.Error.Code.ShouldBe("tubes.flag.OverFull");
        (await town.App.CallAsync((IApprovals approvals) => approvals.ListOpenAsync(other, Ct))).ShouldHaveSingleItem();
        (await town.App.ReadAsync(db => db.Set<TubeFactRow>().CountAsync(f => f.WitnessId != null, Ct))).ShouldBe(0);
        await town.CheckAsync();
    }

    [Theory, BothProviders]
    public async Task Correct_PutIn_FindsOnTheRollByNameAndRoomAlone(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.EnrolAsync("张三");
        var second = await town.EnrolAsync("张三");
        await town.GuestAsync("李四");
        await town.WriteAsync(town.Full("T1", [0, 1]));
        var asker = Of(town, Roles.Office);

        (await AskAsync(town, asker, TubeCorrection.PutIn, who: "张三")).ShouldBe("tubes.several");
        (await AskAsync(town, asker, TubeCorrection.PutIn, who: "李四")).ShouldBe("tubes.not-on-roll");
        (await AskAsync(town, asker, TubeCorrection.PutIn, who: $"居民{second} 张三")).ShouldBeNull();
    }

    [Fact]
    public async Task Correct_WrongRequests_AreRefused()
    {
        await using var town = await TubeTown.BuildAsync(Provider.Sqlite);
        await town.WriteAsync(town.Full("T1", [0, 1]));
        var asker = Of(town, Roles.Office);

        (await AskAsync(town, asker, TubeCorrection.TakeOut, Ids.New())).ShouldBe("tubes.not-in-tube");
        (await AskAsync(town, asker, TubeCorrection.PutIn, who: "没有这人")).ShouldBe("tubes.not-on-roll");
        (await AskAsync(town, asker, TubeCorrection.Restate, members: 99)).ShouldBe("tubes.field");
        (await AskAsync(town, asker, TubeCorrection.Void, why: " ")).ShouldBe("tubes.why-missing");
        (await AskAsync(town, asker, TubeCorrection.Void, code: "T9")).ShouldBe("tubes.not-found");
    }

    private static Actor Of(TubeTown town, string role) => town.App.ActorOf(role, unitId: Ids.New());

    private static async Task<string?> AskAsync(
        TubeTown town, Actor actor, TubeCorrection kind, Guid? fact = null, string? who = null, int? members = null, string why = "登记有误", string code = "T1") =>
        await town.App.CallAsync((CorrectTube correct) => correct.AskAsync(code, kind, fact, who, members, why, actor, Ct)) is { IsFailure: true } refused ? refused.Error.Code : null;

    private static async Task<Core.Common.Result> DecideAsync(TubeTown town, Actor actor)
    {
        var open = await town.App.CallAsync((IApprovals approvals) => approvals.ListOpenAsync(actor, Ct));
        return await town.App.CallAsync((IApprovals approvals) => approvals.DecideAsync(open[^1].Id, approve: true, "核对属实", actor, Ct));
    }
}
