using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Data;
using Tongxin.People.Data;
using Tongxin.Platform;
using Tongxin.Platform.Data;
using Tongxin.Platform.Journal;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Grid;

/// <summary>The captain's phone, through pages and forms as a browser without script sends them.</summary>
public sealed class CaptainListTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task List_OwnTeam_ShowsOwnDoorsOnly(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app);
        await estate.OpenAsync();
        using var captain = await estate.SignInCaptainAsync(0);

        var page = await captain.OpenAsync("/doors");

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.All("article.door").Count.ShouldBe(8);
        page.All("article.door .outcomes button").Count.ShouldBe(32);
        page.Text.ShouldContain("1-1-101");
        page.Text.ShouldNotContain("1-2-101");
        page.Text.ShouldNotContain("王小一");
    }

    [Theory, BothProviders]
    public async Task Tap_Met_ShrinksTheCard_AndUndoBringsItBack(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (_, estate, round) = evening;
        using var captain = await estate.SignInCaptainAsync(0);
        var list = await captain.OpenAsync("/doors");

        var after = await captain.SubmitAsync(list.Form("article.door form.outcomes").Tick("kind", "Done"));

        after.Status.ShouldBe(HttpStatusCode.OK);
        after.All("article.door-done").Count.ShouldBe(1);
        after.One("#helper-head").TextContent.ShouldContain("1/8");
        (await estate.BalanceAsync(round.Id)).Done.ShouldBe(1);

        var undone = await captain.SubmitAsync(after.Form("article.door-done form[action$='/undo']"));
        undone.All("article.door-done").Count.ShouldBe(0);
        (await estate.BalanceAsync(round.Id)).Done.ShouldBe(0);
    }

    [Theory, BothProviders]
    public async Task Tap_SentTwice_CountsOnce(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app);
        await estate.OpenAsync();
        using var captain = await estate.SignInCaptainAsync(0);
        var list = await captain.OpenAsync("/doors");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => captain.SendAsync(list.Form("article.door form.outcomes").Tick("kind", "NotReached"))));

        foreach (var answer in answers) answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        (await app.ReadAsync(db => db.Set<OutcomeFact>().CountAsync(Ct))).ShouldBe(1);
        (await app.ReadAsync(db => db.Set<Target>().SumAsync(t => t.Attempts, Ct))).ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Tap_ByHtmx_AnswersWithTheCardAndTheHead(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app);
        await estate.OpenAsync();
        using var captain = await estate.SignInCaptainAsync(0);
        var list = await captain.OpenAsync("/doors");
        captain.Http.DefaultRequestHeaders.Add("HX-Request", "true");

        var answer = await captain.SubmitAsync(list.Form("article.door form.outcomes").Tick("kind", "Refused"));

        answer.All("article.door").Count.ShouldBe(1);
        answer.One("#helper-head").GetAttribute("hx-swap-oob").ShouldBe("outerHTML");
        answer.All("html head title").Count.ShouldBe(0);
    }

    [Theory, BothProviders]
    public async Task OtherTeamsDoor_ByAddress_IsNotFound(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (_, estate, round) = evening;
        using var captain = await estate.SignInCaptainAsync(0);
        var list = await captain.OpenAsync("/doors");
        var other = $"/doors/{round.Id}/{estate.Homes[^1].Id}";
        using var forged = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["id"] = Ids.New().ToString(),
            ["kind"] = "Done",
            ["__RequestVerificationToken"] = list.One("input[name=__RequestVerificationToken]").GetAttribute("value") ?? "",
        });

        var post = await captain.Http.PostAsync(new Uri($"{other}/outcome", UriKind.Relative), forged, Ct);
        var phone = await captain.OpenAsync($"{other}/phone");

        post.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        phone.Status.ShouldBe(HttpStatusCode.NotFound);
        phone.Text.ShouldNotContain(estate.Homes[^1].Label);
        (await estate.BalanceAsync(round.Id)).Done.ShouldBe(0);
    }

    [Theory, BothProviders]
    public async Task Details_ChangesOnly_ReplaceTheTapAndReachTheRegister(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (app, estate, round) = evening;
        using var captain = await estate.SignInCaptainAsync(0);
        var met = await captain.SubmitAsync((await captain.OpenAsync("/doors")).Form("article.door form.outcomes").Tick("kind", "Done"));
        var form = met.Form("form[action$='/details']");

        var saved = await captain.SubmitAsync(form.Set("residents", "3").Set("use", "Rented").Tick("needs", "Medicine").Without("here"));

        saved.Status.ShouldBe(HttpStatusCode.OK);
        saved.One("article.door-done").TextContent.ShouldContain("送药");
        (await estate.BalanceAsync(round.Id)).Done.ShouldBe(1);
        var home = await app.ReadAsync(db => db.Set<Household>().AsNoTracking().SingleAsync(h => h.Id == estate.Homes[0].Id, Ct));
        home.Use.ShouldBe(Core.Text.HousingUse.Rented);
        var target = await estate.TargetAsync(round.Id, estate.Homes[0].Id);
        target.Attempts.ShouldBe(1);
        var fact = await app.ReadAsync(db => db.Set<OutcomeFact>().AsNoTracking().SingleAsync(o => o.Id == target.DecidedBy, Ct));
        var detail = await app.CallAsync<SecretBox, VisitDetail?>(box => Task.FromResult(VisitDetail.Unseal(fact.Detail, box)));
        detail?.MovedOut?.Count.ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Phone_Revealed_IsJournaledWithThePurpose(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (app, estate, round) = evening;
        using var captain = await estate.SignInCaptainAsync(0);
        var page = await captain.OpenAsync($"/doors/{round.Id}/{estate.Homes[0].Id}/phone");
        page.Text.ShouldNotContain("19900010101");
        var person = page.One("button[name='Form.Person']").GetAttribute("value") ?? "";

        var shown = await captain.SubmitAsync(page.Form("main form").Tick("Form.Person", person));

        shown.One("a[href='tel:19900010101']").ShouldNotBeNull();
        (await app.ReadAsync(db => db.Set<JournalEntry>().CountAsync(j => j.Action == "people.person.phone-revealed" && j.Why!.StartsWith("door-knock"), Ct))).ShouldBe(1);
        var met = await captain.SubmitAsync(shown.Form("form.outcomes").Tick("kind", "Done"));
        met.One("article.door-done").TextContent.ShouldContain("电话");
    }

    [Theory, BothProviders]
    public async Task Membership_Ended_ClosesTheListWithTheNextRequest(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app);
        await estate.OpenAsync();
        using var captain = await estate.SignInCaptainAsync(0);
        (await captain.OpenAsync("/doors")).All("article.door").Count.ShouldBe(8);

        await app.ReadAsync(db => db.Set<Tongxin.Workforce.Data.Membership>().Where(m => m.PersonId == estate.Captains[0].Id)
            .ExecuteUpdateAsync(s => s.SetProperty(m => m.Until, app.Clock.Now), Ct));

        (await captain.OpenAsync("/doors")).All("article.door").Count.ShouldBe(0);
    }
}
