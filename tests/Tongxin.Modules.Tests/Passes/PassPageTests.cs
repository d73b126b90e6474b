using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Access.Data;
using Tongxin.Access.Passes;
using Tongxin.Core.Protocols;
using Tongxin.Modules.Tests.Grid;
using Tongxin.Modules.Tests.People;
using Tongxin.Modules.Tests.Restrictions;
using Tongxin.People.Data;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Passes;

/// <summary>The one page of a resident: signed in, by link, or carried by a helper.</summary>
public sealed class PassPageTests
{
    [Theory, BothProviders]
    public async Task Link_OfARedPass_SaysWhyAndTakesAnAppeal(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        var wang = clinic.Town.Wang.Id;
        await clinic.ImposeAsync(wang);
        await clinic.WorkAsync();
        var secret = (await clinic.Town.App.CallAsync((CarryPasses c) => c.MakeLinkAsync(wang, clinic.Town.Office, Town.Ct))).ShouldNotBeNull();
        using var phone = clinic.Town.App.Anonymous();

        var page = await phone.OpenAsync($"/pass/{secret}");
        page.Status.ShouldBe(HttpStatusCode.OK);
        foreach (var said in new[] { "红码", "王＊明", "居家医学观察", "密接判定", "传染病防治法第三十九条", "同住有高龄老人", "申诉" }) page.Text.ShouldContain(said);
        page.Text.ShouldNotContain("王小明");
        var sent = await page.SubmitAsync("details.appeal form", ("text", "我不在场 <script>alert(1)</script>"));
        sent.Text.ShouldContain("申诉已提交");
        var appeal = await clinic.Town.App.ReadAsync(db => db.Set<Appeal>().AsNoTracking().SingleAsync(Town.Ct));
        using var privacy = await clinic.Town.App.SignInAsAsync(Roles.PrivacyOfficer, ScopeKind.Everything, null, null, Tongxin.Platform.Ids.New());
        (await privacy.OpenAsync("/access/appeals")).Texts("tbody .p1").ShouldBe(["王小明"]);
        (await privacy.OpenAsync("/access/appeals?show=answered")).Text.ShouldNotContain("王小明");
        var desk = await privacy.OpenAsync($"/access/appeals/{appeal.Id}");
        desk.Html.ShouldNotContain("<script>alert");
        desk.Text.ShouldContain("我不在场");
        (await clinic.Town.App.ReadAsync(db => db.Set<PassLink>().AsNoTracking().SingleAsync(Town.Ct))).SecretIndex.Length.ShouldBe(16);
    }

    [Theory, BothProviders]
    public async Task Link_WrongOrLost_IsNotThereAndGuessingIsNoticed(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        var secret = (await clinic.Town.App.CallAsync((CarryPasses c) => c.MakeLinkAsync(clinic.Town.Wang.Id, clinic.Town.Office, Town.Ct))).ShouldNotBeNull();
        using var phone = clinic.Town.App.Anonymous();
        var page = await phone.OpenAsync($"/pass/{secret}");
        (await phone.Http.GetAsync(new Uri($"/pass/{secret}/pass.png", UriKind.Relative), Town.Ct)).Content.Headers.ContentType?.MediaType.ShouldBe("image/png");
        await page.SubmitAsync("form.pass-lost");
        (await phone.OpenAsync($"/pass/{secret}")).Status.ShouldBe(HttpStatusCode.NotFound);
        for (var i = 0; i < PassGuessing.Most; i++) (await phone.OpenAsync($"/pass/guess{i}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await clinic.AlarmsAsync()).ShouldContain(a => a.Kind == AlarmKind.Guessing);
    }

    [Theory, BothProviders]
    public async Task Own_SignedInWithOrWithoutAPerson_ShowsThePassOrSaysWhatToDo(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        using var wang = await clinic.Town.App.SignInAsAsync(null, ScopeKind.Everything, null, clinic.Town.Wang.Id);
        using var post = await clinic.Town.App.SignInAsAsync(Roles.Office);

        var own = await wang.OpenAsync("/my-pass");
        own.Text.ShouldContain("绿码");
        own.One(".pass svg.qr").ShouldNotBeNull();
        (await post.OpenAsync("/my-pass")).Text.ShouldContain("没有对应的人员");
    }

    [Theory, BothProviders]
    public async Task Carried_WithinTheOwnCellsOnly_AndJournaled(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app);
        var (own, foreign) = (await HeadAsync(estate.Homes[0].Id), await HeadAsync(estate.Homes[^1].Id));
        using var captain = await estate.SignInCaptainAsync(0);

        var page = await captain.OpenAsync($"/access/passes/{own}");
        page.Status.ShouldBe(HttpStatusCode.OK);
        var slip = await page.SubmitAsync("#link form");
        slip.Text.ShouldContain("/pass/");
        (await captain.OpenAsync($"/access/passes/{foreign}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await captain.OpenAsync($"/access/passes/{foreign}/pass.png")).Status.ShouldBe(HttpStatusCode.NotFound);
        var found = await captain.OpenAsync("/access/passes?q=王小");
        found.Html.ShouldContain(own.ToString());
        found.Html.ShouldNotContain(foreign.ToString());
        var journal = await app.ReadAsync(db => db.Set<Tongxin.Platform.Journal.JournalEntry>().CountAsync(j => j.Action == "access.pass.carried", Town.Ct));
        journal.ShouldBeGreaterThan(0);

        Task<Guid> HeadAsync(Guid home) => app.ReadAsync(db => db.Set<Residency>().Where(r => r.HouseholdId == home).Select(r => r.PersonId).FirstAsync(Town.Ct));
    }

    [Theory, BothProviders]
    public async Task Doctor_FromEvidenceToLift_ThroughThePages(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        using var doctor = await clinic.Town.App.SignInAsAsync(Roles.Doctor, ScopeKind.Everything, null, null, clinic.Town.Physics.Id);
        using var leader = await clinic.Town.App.SignInAsAsync(Roles.DutyLeader, ScopeKind.Everything, null, null, clinic.Town.History.Id);
        var wang = clinic.Town.Wang.Id;

        (await doctor.OpenAsync("/access/evidence/new?q=王小明")).Text.ShouldContain("王小明");
        var form = (await doctor.OpenAsync($"/access/evidence/new?person={wang}")).Form("#evidence form").Set("kind", "IsolationOrder").Set("reference", "隔-1");
        form.Attach("file", "order.pdf", Clinic.Paper);
        var ask = await doctor.SubmitAsync(form);
        ask.Text.ShouldContain("隔-1");
        var until = Tongxin.Core.Common.CampusCalendar.Local(clinic.Clock.Now.AddDays(2)).ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture);
        var asked = await ask.SubmitAsync("main form", ("Form.Kind", "HomeObservation"), ("Form.Until", until), ("Form.Basis", "传染病防治法第三十九条"), ("Form.Least", "无单间"));
        asked.Text.ShouldContain("等待另一单位批准");
        (await clinic.ColourAsync(wang)).ShouldBe(Colour.Green);

        var approvals = await leader.OpenAsync("/approvals");
        approvals.Text.ShouldContain("居家医学观察 1 人");
        var one = await approvals.FollowAsync("main a[href^='/approvals/']");
        var decide = one.Form("#decide form").Set("Form.Why", "材料齐全").Tick("Form.Verdict", "approve");
        await leader.SubmitAsync(decide);
        (await clinic.ColourAsync(wang)).ShouldBe(Colour.Red);

        var list = await doctor.OpenAsync("/access/measures");
        var measure = await list.FollowAsync("tbody .p1 a");
        measure.Text.ShouldContain("隔-1");
        (await measure.SubmitAsync("#lift form", ("reason", "复核后排除"))).Text.ShouldContain("已解除");
        (await clinic.ColourAsync(wang)).ShouldBe(Colour.Green);
        (await leader.OpenAsync("/access/protocols")).Text.ShouldContain("其他传染病");
        (await leader.OpenAsync("/access/appeals")).Status.ShouldBe(HttpStatusCode.OK);
    }
}
