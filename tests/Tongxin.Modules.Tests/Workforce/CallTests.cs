using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Modules.Tests.People;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Tongxin.Workforce.Calls;
using Tongxin.Workforce.Data;
using Xunit;

namespace Tongxin.Modules.Tests.Workforce;

/// <summary>Calls open and close; people apply without an account and learn nothing of each other.</summary>
public sealed class CallTests
{
    [Theory, BothProviders]
    public async Task Pages_CallOpenedAppliedDecided_TheApplicantSeesIt(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        (await office.OpenAsync("/calls")).Text.ShouldContain("还没有招募");
        var form = (await office.OpenAsync("/calls/new")).Form("main form[method=post]");
        var made = await office.SubmitAsync(form.Set("Form.Title", "青年防疫先锋队").Set("Form.Purpose", "引导与登记").Tick("Form.Duties", "Testing").Tick("Form.Duties", "Meals").Tick("Form.Skills", "Sampling").Set("Form.Places", "2"));
        made.Text.ShouldContain("青年防疫先锋队");
        var path = made.One("a[href^='/j/']").GetAttribute("href") ?? "";

        using var student = town.App.Anonymous();
        var asked = await student.OpenAsync(path);
        asked.Text.ShouldContain("引导与登记");
        var wrong = await student.SubmitAsync(asked.Form("main form").Set("Form.Name", "赵敏"));
        wrong.Text.ShouldContain("至少填一项");
        wrong.Text.ShouldContain("请先同意");
        var sent = await student.SubmitAsync(wrong.Form("main form").Set("Form.Number", "2022001").Set("Form.Phone", "13900001111").Set("Form.Unit", "物理学院")
            .Tick("Form.Duties", "Testing").Tick("Form.Skills", "Sampling").Set("proof.Sampling", "CY-1").Set("through.Sampling", "2022-04-20").Tick("Form.PartyMember", "true").Tick("Form.Consent", "true"));
        sent.Text.ShouldContain("已收到");
        var own = sent.One(".code-box").TextContent;
        (await ResultAsync(student, path, own)).Text.ShouldContain("正在审核");

        var list = await office.OpenAsync($"{made.Address.AbsolutePath}?state=Waiting&duty=Testing&skill=Sampling&unit=物理学院");
        list.Texts("#applications tbody .p1").ShouldBe(["赵敏"]);
        var one = await list.FollowAsync("#applications tbody .p1 a");
        one.Text.ShouldContain("已匹配");
        one.Text.ShouldContain("139****1111");
        one.Text.ShouldNotContain("13900001111");
        var confirm = await office.SubmitAsync(list.Form("#pick").Set("who", "all").Set("verdict", "Accepted"));
        confirm.Text.ShouldContain("这次按报名先后录用 1 人");
        (await confirm.SubmitAsync("#confirm form")).Text.ShouldContain("录用 1 人");

        var result = await ResultAsync(student, path, own);
        result.Text.ShouldContain("已录用");
        result.Text.ShouldContain("赵*");
        result.Text.ShouldNotContain("赵敏");
        (await office.OpenAsync("/volunteers")).Text.ShouldContain("赵敏");
        var skills = await office.OpenAsync("/volunteers/skills");
        skills.Text.ShouldContain("CY-1");
        skills.Text.ShouldContain("2022-04-20");
    }

    [Theory, BothProviders]
    public async Task Apply_KnownUnknownAgainAndDecided_TheAnswerIsTheSame(Provider provider)
    {
        await using var appeal = await Appeal.BuildAsync(provider);
        var app = appeal.Town.App;
        var known = await appeal.ApplyAsync(Appeal.Facts("赵敏", "2022001"));
        var stranger = await appeal.ApplyAsync(Appeal.Facts("孙武", "2022999"));
        var again = await appeal.ApplyAsync(Appeal.Facts("赵敏", "2022001", "13900001111") with { Unit = "物理学院" });
        (await appeal.DecideAsync([(await appeal.ApplicationsAsync())[0].Id], Verdict.Accepted)).Value.Accepted.ShouldBe(1);
        var late = await appeal.ApplyAsync(Appeal.Facts("赵敏", "2022001"));

        new[] { known, stranger, again, late }.ShouldAllBe(code => code.Length == 11 && code[5] == '-');
        var all = await appeal.ApplicationsAsync();
        all.Select(a => (a.Name, a.PersonId is not null, a.Times)).ShouldBe([("赵敏", true, 2), ("孙武", false, 1)]);
        all[0].Unit.ShouldBe("物理学院");
        (await LookAsync(known)).ShouldBe("calls.code-unknown");
        (await LookAsync(late)).ShouldBe("calls.code-unknown");
        (await LookAsync(again.ToLowerInvariant())).ShouldBe("Accepted");
        (await LookAsync(stranger)).ShouldBe("Waiting");

        Task<string> LookAsync(string code) => app.CallAsync(async (SubmitApplication s) =>
            await s.ResultAsync(appeal.Call.Code, code, Town.Ct) is { IsFailure: false } found ? found.Value.Verdict.ToString() : (await s.ResultAsync(appeal.Call.Code, code, Town.Ct)).Error.Code);
    }

    [Theory, BothProviders]
    public async Task Apply_SameNumberOtherName_IsNotTheSamePerson(Provider provider)
    {
        await using var appeal = await Appeal.BuildAsync(provider);
        await appeal.ApplyAsync(Appeal.Facts("赵敏", "2022001"));
        await appeal.ApplyAsync(Appeal.Facts("周芷若", "2022001"));

        var all = await appeal.ApplicationsAsync();
        all.Select(a => (a.Name, a.PersonId)).ShouldBe([("赵敏", appeal.Town.Zhao.Id), ("周芷若", null)]);
        // The number is Zhao's: nobody is added beside her, and the office is told.
        var decided = (await appeal.DecideAsync(all.Select(a => a.Id), Verdict.Accepted)).Value;
        (decided.Accepted, decided.NumberTaken).ShouldBe((1, 1));
    }

    [Theory, BothProviders]
    public async Task Apply_ManyAtOnce_IsOneApplication(Provider provider)
    {
        await using var appeal = await Appeal.BuildAsync(provider);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => appeal.ApplyAsync(Appeal.Facts("孙武", "2022999", "13900002222"))));

        (await appeal.ApplicationsAsync()).ShouldHaveSingleItem().Times.ShouldBe(4);
    }

    [Theory, BothProviders]
    public async Task Apply_ClosedOrWrongAddress_IsRefused(Provider provider)
    {
        await using var appeal = await Appeal.BuildAsync(provider);
        var app = appeal.Town.App;
        using var anybody = app.Anonymous();
        (await anybody.OpenAsync("/j/ABCDEFGH")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await app.CallAsync((KeepCalls k) => k.CloseAsync(appeal.Call.Id, appeal.Town.Office, Town.Ct))).IsFailure.ShouldBeFalse();

        (await app.CallAsync((SubmitApplication s) => s.ExecuteAsync(appeal.Call.Code, Appeal.Facts("孙武", "2022999"), Town.Ct))).Error.Code.ShouldBe("calls.closed");
        (await anybody.OpenAsync($"/j/{appeal.Call.Code}")).Text.ShouldContain("报名已截止");
        (await app.CallAsync((KeepCalls k) => k.CloseAsync(appeal.Call.Id, appeal.Town.Office, Town.Ct))).Error.Code.ShouldBe("calls.already-closed");
    }

    [Theory, BothProviders]
    public async Task Call_DraftThatSaysTooLittle_IsRefused(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        var good = Appeal.Draft(town);

        (await OpenAsync(good with { Title = " " })).ShouldBe("calls.title-missing");
        (await OpenAsync(good with { Purpose = null })).ShouldBe("calls.purpose-missing");
        (await OpenAsync(good with { Duties = [] })).ShouldBe("calls.duty-missing");
        (await OpenAsync(good with { Places = 0 })).ShouldBe("calls.places-wrong");
        (await OpenAsync(good with { Closes = town.App.Clock.Now.DateTime.AddDays(-1) })).ShouldBe("calls.closes-wrong");
        (await OpenAsync(good)).ShouldBeNull();

        Task<string?> OpenAsync(CallDraft draft) => town.App.CallAsync(async (KeepCalls k) => await k.OpenAsync(draft, town.Office, Town.Ct) is { IsFailure: true } refused ? refused.Error.Code : null);
    }

    [Theory, BothProviders]
    public async Task Call_OfAnotherUnit_IsNotThere(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        var physics = town.App.ActorOf(Roles.Office, ScopeKind.Unit, town.Physics.Id);
        var made = await town.App.CallAsync((KeepCalls k) => k.OpenAsync(Appeal.Draft(town, unit: town.Physics.Id), physics, Town.Ct));
        using var history = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Unit, town.History.Id);
        using var doctor = await town.App.SignInAsAsync(Roles.Doctor);
        using var leader = await town.App.SignInAsAsync(Roles.DutyLeader);

        (await town.App.CallAsync((KeepCalls k) => k.OpenAsync(Appeal.Draft(town), physics, Town.Ct))).Error.Code.ShouldBe("calls.unit");
        (await history.OpenAsync($"/calls/{made.Value}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await history.OpenAsync($"/calls/{made.Value}/decide?who=all")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await history.OpenAsync("/calls")).Text.ShouldNotContain("物资搬运");
        (await leader.OpenAsync($"/calls/{made.Value}")).Status.ShouldBe(HttpStatusCode.OK);
        (await leader.OpenAsync("/calls/new")).Text.ShouldNotContain("做什么");
        (await doctor.OpenAsync("/calls")).Text.ShouldNotContain("物资搬运");
    }

    private static async Task<HtmlPage> ResultAsync(Visitor visitor, string path, string own) =>
        await (await visitor.OpenAsync($"{path}/result")).SubmitAsync("main form", ("Form.Own", own));
}
