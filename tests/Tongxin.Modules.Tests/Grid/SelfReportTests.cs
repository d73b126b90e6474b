using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Data;
using Tongxin.Grid.SelfReport;
using Tongxin.Platform;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Grid;

/// <summary>The second channel: a household without an account, and whoever guesses.</summary>
public sealed class SelfReportTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Report_CodeAndTailFit_ClosesTheHousehold(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (app, estate, round) = evening;
        var target = await estate.TargetAsync(round.Id, estate.Homes[0].Id);
        using var resident = app.Anonymous();

        var asked = await resident.OpenAsync($"/report/{target.Code}");
        asked.Text.ShouldNotContain("1-1-101");
        var open = await asked.SubmitAsync("main form", ("Key.Tail", "0101"));
        open.Text.ShouldContain("1-1-101");
        open.Text.ShouldContain("队长1");
        open.Text.ShouldNotContain("王小");
        var done = await resident.SubmitAsync(open.Form("main form").Set("residents", "4").Tick("needs", "Groceries"));

        done.Text.ShouldContain("已收到");
        var after = await estate.TargetAsync(round.Id, target.TargetId);
        after.Status.ShouldBe(TargetStatus.Done);
        after.Attempts.ShouldBe(0);
        (await app.ReadAsync(db => db.Set<OutcomeFact>().SingleAsync(Ct))).Channel.ShouldBe(Channel.Online);
    }

    [Theory, BothProviders]
    public async Task Unlock_WrongTailOrWrongCode_SaysTheSame_AndTriesEnd(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (app, estate, round) = evening;
        var target = await estate.TargetAsync(round.Id, estate.Homes[0].Id);
        using var guesser = app.Anonymous();

        var wrongTail = await TryAsync(guesser, target.Code, "9999");
        var wrongCode = await TryAsync(guesser, "ABCDEFGHJK", "0101");
        for (var i = 0; i < ReportLimits.PerCode; i++) await TryAsync(guesser, target.Code, $"{1000 + i}");
        var rightTooLate = await TryAsync(guesser, target.Code, "0101");
        app.Clock.Advance(TimeSpan.FromMinutes(61));
        var later = await TryAsync(guesser, target.Code, "0101");

        wrongTail.Text.ShouldContain("核对不上");
        wrongCode.Text.ShouldBe(wrongTail.Text);
        wrongCode.Status.ShouldBe(wrongTail.Status);
        rightTooLate.Text.ShouldBe(wrongTail.Text);
        later.Text.ShouldContain("1-1-101");
    }

    [Theory, BothProviders]
    public async Task Unlock_ManyGuessesAtOnce_AreAllCounted(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);

        var allowed = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() =>
            app.CallAsync<ReportLimits, bool>(l => l.TakeAsync("SOMECODE22", "10.0.0.1", Ct)), Ct)));

        allowed.Count(a => a).ShouldBe(ReportLimits.PerCode);
    }

    [Theory, BothProviders]
    public async Task Send_ForgedTicket_StoresNothing(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (app, estate, round) = evening;
        var target = await estate.TargetAsync(round.Id, estate.Homes[0].Id);
        using var resident = app.Anonymous();
        var open = await TryAsync(resident, target.Code, "0101");

        var forged = await resident.SubmitAsync(open.Form("main form").Set("ticket", "CfDJ8forged"));
        app.Clock.Advance(TimeSpan.FromMinutes(25));
        var stale = await resident.SubmitAsync(open.Form("main form"));

        forged.Text.ShouldContain("请重新输入");
        stale.Text.ShouldContain("请重新输入");
        (await app.ReadAsync(db => db.Set<OutcomeFact>().CountAsync(Ct))).ShouldBe(0);
    }

    [Theory, BothProviders]
    public async Task Report_AgainstAnOlderVisit_IsNewerState_AndTheContradictionIsListed(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (app, estate, round) = evening;
        var target = await estate.TargetAsync(round.Id, estate.Homes[0].Id);
        await estate.RecordAsync(estate.Captain(0), new(Ids.New(), round.Id, target.TargetId, OutcomeKind.Vacant, Channel.Visit));
        app.Clock.Advance(TimeSpan.FromHours(1));
        using var resident = app.Anonymous();

        await resident.SubmitAsync((await TryAsync(resident, target.Code, "0101")).Form("main form"));

        var after = await estate.TargetAsync(round.Id, target.TargetId);
        after.Status.ShouldBe(TargetStatus.Done);
        after.Conflicts.ShouldNotBeNull();
        using var captain = await estate.SignInCaptainAsync(0);
        var reviews = await captain.OpenAsync("/reviews");
        reviews.Status.ShouldBe(HttpStatusCode.OK);
        reviews.Text.ShouldContain("说法不一");

        // A paper list typed later speaks of an earlier moment: it does not overwrite the report.
        await estate.RecordAsync(estate.Captain(0), new(Ids.New(), round.Id, target.TargetId, OutcomeKind.NotReached, Channel.Paper, SeenAt: app.Clock.Now.AddMinutes(-50)));
        (await estate.TargetAsync(round.Id, target.TargetId)).Status.ShouldBe(TargetStatus.Done);
    }

    private static async Task<HtmlPage> TryAsync(Visitor visitor, string code, string tail) =>
        await (await visitor.OpenAsync($"/report/{code}")).SubmitAsync("main form", ("Key.Tail", tail));
}
