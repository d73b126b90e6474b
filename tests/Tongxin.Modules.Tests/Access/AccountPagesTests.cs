using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tongxin.People.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;
using Tongxin.Platform.Journal;
using Tongxin.TestKit;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Access;

public sealed class AccountPagesTests
{
    [Theory, BothProviders]
    public async Task CreateAccount_ThenSignIn_AsksForAnOwnPasswordFirst(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        using var admin = await app.SignInAsAsync(Roles.Administrator);
        using var visitor = app.Anonymous();

        var created = await (await admin.OpenAsync("/accounts/new")).SubmitAsync("main form", ("Form.UserName", "li.si"), ("Form.DisplayName", "李四"), ("Form.Why", "new nurse"));
        var first = await visitor.TryAsync("LI.SI", created.One(".once-password").TextContent.Trim());

        first.Address.AbsolutePath.ShouldBe("/account/password");
        (await admin.OpenAsync("/accounts?q=李")).Texts("tbody tr").ShouldHaveSingleItem().ShouldContain("li.si");
        (await app.ReadAsync(db => db.Set<JournalEntry>().SingleAsync(e => e.Action == "platform.account.created"))).AccountId.ShouldBe(admin.AccountId);
    }

    [Theory, BothProviders]
    public async Task CreateAccount_NameTakenInAnotherCase_IsRefused(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        await app.AddAccountAsync("li.si");
        using var admin = await app.SignInAsAsync(Roles.Administrator);

        var page = await (await admin.OpenAsync("/accounts/new")).SubmitAsync("main form", ("Form.UserName", "ＬＩ.SI"), ("Form.DisplayName", "李四"), ("Form.Why", "why"));

        page.One("main [role=alert]").TextContent.ShouldContain("已被使用");
    }

    [Fact]
    public async Task EndAccount_WithReason_EndsSessionsAndGrants()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        var account = await app.AddAccountAsync("wang");
        using var admin = await app.SignInAsAsync(Roles.Administrator);
        using var holder = await app.SignInAsync(account);

        await (await admin.OpenAsync($"/accounts/{account.Id}")).SubmitAsync("#end-account form", ("reason", "left"));

        (await holder.OpenAsync("/account")).Address.AbsolutePath.ShouldBe("/sign-in");
        (await app.ReadAsync(db => db.Set<Grant>().SingleAsync(g => g.AccountId == account.Id))).InForce(app.Clock.Now).ShouldBeFalse();
    }

    [Fact]
    public async Task ResetPassword_OfAFarReachingAccount_EndsWhatNeededASecondPerson()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        var leader = await app.AddAccountAsync("leader", Roles.DutyLeader);
        using var admin = await app.SignInAsAsync(Roles.Administrator);

        var page = await (await admin.OpenAsync($"/accounts/{leader.Id}/password")).SubmitAsync("main form", ("Form.Reason", "came with the card"));

        page.All(".once-password").ShouldHaveSingleItem();
        (await app.ReadAsync(db => db.Set<Grant>().SingleAsync(g => g.AccountId == leader.Id))).InForce(app.Clock.Now).ShouldBeFalse();
    }

    [Theory, BothProviders]
    public async Task LinkAccount_ToAPersonOfTheRegister_OnceAndForAll(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var account = await app.AddAccountAsync("wang");
        var person = await app.InScopeAsync(async services =>
        {
            var added = await services.GetRequiredService<IPersons>().AddAsync([new PersonToAdd("王小明", PersonCategory.Staff, null, "13900000017")], Actor.System, CancellationToken.None);
            await services.GetRequiredService<TongxinDb>().CommitAsync(CancellationToken.None);
            return added[0];
        });
        using var admin = await app.SignInAsAsync(Roles.Administrator);
        var page = await admin.OpenAsync($"/accounts/{account.Id}");

        var unknown = await page.SubmitAsync("#link form", ("key", "13000000000"), ("reason", "captain"));
        var linked = await page.SubmitAsync("#link form", ("key", "13900000017"), ("reason", "captain"));
        var again = await page.SubmitAsync("#link form", ("key", "13900000017"), ("reason", "captain"));

        unknown.One(".flash").TextContent.ShouldContain("没有唯一对应");
        linked.All("#link").ShouldBeEmpty();
        again.One(".flash").TextContent.ShouldContain("已归一个人");
        (await app.ReadAsync(db => db.Users.SingleAsync(a => a.Id == account.Id))).PersonId.ShouldBe(person);
        (await app.ReadAsync(db => db.Set<JournalEntry>().SingleAsync(e => e.Action == "platform.account.linked"))).Why.ShouldBe("captain");
    }

    [Fact]
    public async Task Account_Own_OffersNothingToChange()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var admin = await app.SignInAsAsync(Roles.Administrator);

        var page = await admin.OpenAsync($"/accounts/{admin.AccountId}");
        using var forged = await admin.SendAsync((await admin.OpenAsync("/account")).Form("#sessions form"));

        page.All("#end-account").ShouldBeEmpty();
        page.All("a[href$='/grant']").ShouldBeEmpty();
        forged.StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Theory]
    [InlineData("/accounts/0190a000-0000-7000-8000-000000000000")]
    [InlineData("/accounts/0190a000-0000-7000-8000-000000000000/grant")]
    [InlineData("/accounts/0190a000-0000-7000-8000-000000000000/password")]
    [InlineData("/approvals/0190a000-0000-7000-8000-000000000000")]
    public async Task Page_OfNothing_Is404(string address)
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var admin = await app.SignInAsAsync(Roles.Administrator);

        (await admin.OpenAsync(address)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("short", "platform")]
    [InlineData("password2022", "platform")]
    [InlineData("tongxin-demo-2026", "platform")]
    [InlineData("aaaaaaaaaaaa", "platform")]
    [InlineData("13579246801", "platform")]
    [InlineData("i am wang today", "wang")]
    public void Password_ShortCommonOrNamed_IsRefused(string password, string user) => Passwords.Check(password, user).IsFailure.ShouldBeTrue();

    [Theory]
    [InlineData("four green chairs")]
    [InlineData("每天早上七点量体温")]
    [InlineData("二〇二二年四月敲门行动")]
    public void Password_LongAndOwn_IsTaken(string password) =>
        Passwords.Check(password, "wang").IsFailure.ShouldBe(password.Length < Passwords.Shortest);

    [Fact]
    public void Password_Made_PassesItsOwnRules() => Passwords.Check(Passwords.Make(), "wang").IsFailure.ShouldBeFalse();

    [Fact]
    public async Task Approvals_OfTheOwnUnit_AreShownWithTheReasonWhyNot()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        var unit = Ids.New();
        var wang = await app.AddAccountAsync("wang");
        var asked = await RequestAsync(app, wang.Id, unit);
        using var sameUnit = await app.SignInAsAsync(Roles.DutyLeader, ScopeKind.Everything, null, null, unit);
        using var other = await app.SignInAsAsync(Roles.DutyLeader, ScopeKind.Everything, null, null, Ids.New());
        using var stranger = await app.SignInAsAsync(Roles.Doctor);

        var blocked = await sameUnit.OpenAsync($"/approvals/{asked}");
        var open = await other.OpenAsync($"/approvals/{asked}");

        blocked.Text.ShouldContain("同属一个单位");
        blocked.All("#decide").ShouldBeEmpty();
        open.All("#decide").ShouldHaveSingleItem();
        (await stranger.OpenAsync($"/approvals/{asked}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Approvals_Approved_LetTheRoleBegin()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        var wang = await app.AddAccountAsync("wang", Roles.Doctor);
        var asked = await RequestAsync(app, wang.Id, Ids.New());
        using var leader = await app.SignInAsAsync(Roles.DutyLeader, ScopeKind.Everything, null, null, Ids.New());

        var form = (await leader.OpenAsync($"/approvals/{asked}")).Form("#decide form").Set("Form.Why", "agreed").Tick("Form.Verdict", "approve");
        var after = await leader.SubmitAsync(form);

        after.Address.AbsolutePath.ShouldBe("/approvals");
        after.One("#done").TextContent.ShouldContain("已批准");
        (await app.ReadAsync(db => db.Set<Grant>().AnyAsync(g => g.AccountId == wang.Id && g.Role == Roles.Auditor))).ShouldBeTrue();
    }

    [Theory, BothProviders]
    public async Task Journal_ByAction_ShowsIdsAndNoNames(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        await app.AddAccountAsync("wang");
        using var auditor = await app.SignInAsAsync(Roles.Auditor);
        using var visitor = app.Anonymous();
        await visitor.TryAsync("wang", Door.Password);

        var page = await auditor.OpenAsync("/journal?action=platform.sign-in");

        page.Texts("tbody tr").ShouldHaveSingleItem().ShouldContain("platform.sign-in.done");
        page.One("#journal").TextContent.ShouldNotContain("wang");
        (await auditor.OpenAsync("/journal?day=2022-04-05")).All("tbody tr").ShouldBeEmpty();
    }

    [Fact]
    public async Task Journal_EntryChangedInTheDatabase_IsFoundByVerify()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var auditor = await app.SignInAsAsync(Roles.Auditor);
        await app.Services.GetRequiredService<JournalSealer>().SealAsync(TestContext.Current.CancellationToken);
        var whole = await (await auditor.OpenAsync("/journal")).SubmitAsync("#verify form");
        await app.ReadAsync(db => db.Set<JournalEntry>().ExecuteUpdateAsync(s => s.SetProperty(e => e.Why, "another")));

        var broken = await (await auditor.OpenAsync("/journal")).SubmitAsync("#verify form");

        whole.One("#verify [role=status]").TextContent.ShouldContain("完好");
        broken.One("#verify [role=alert]").TextContent.ShouldContain("内容被改动");
    }

    [Theory, BothProviders]
    public async Task AccessReview_EndingSoon_ListsWhatEndsInFourteenDays(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var wang = await app.AddAccountAsync("wang");
        await app.AddAsync(Grant.Give(wang.Id, Roles.Doctor, ScopeKind.Everything, null, app.Clock.Now, app.Clock.Now.AddDays(13), "clinic"));
        using var auditor = await app.SignInAsAsync(Roles.Auditor);

        (await auditor.OpenAsync("/access-review?end=soon")).Texts("#review tbody tr").ShouldHaveSingleItem().ShouldContain("clinic");
        (await auditor.OpenAsync("/access-review?role=office")).Texts("#review tbody tr").ShouldHaveSingleItem().ShouldContain("test wang");
    }

    [Fact]
    public async Task DemoAccounts_InADemonstration_AreOfferedAndFilledIn()
    {
        await using var app = await Door.DemoAsync(Provider.Sqlite);
        await EnsureDemoAsync(app);
        await EnsureDemoAsync(app);
        using var visitor = app.Anonymous();

        var filled = await (await visitor.OpenAsync("/sign-in")).FollowAsync("#demo li a");
        var inside = await visitor.SubmitAsync(filled.Form());

        (await visitor.OpenAsync("/account")).Text.ShouldContain("演示审计");
        inside.Address.AbsolutePath.ShouldNotBe("/sign-in");
        (await app.ReadAsync(db => db.Users.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task DemoAccounts_WhenTheDemonstrationIsOver_CannotSignIn()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        await app.AddAccountAsync("demo", change: a => a.Demo = true);
        using var visitor = app.Anonymous();

        var page = await visitor.TryAsync("demo", Door.Password);

        page.All("#demo").ShouldBeEmpty();
        page.One("main [role=alert]").TextContent.ShouldContain("用户名或密码不正确");
    }

    private static Task<Guid> RequestAsync(TongxinApp app, Guid account, Guid unit) => app.InScopeAsync(async services =>
    {
        var answer = await services.GetRequiredService<IAccounts>().GrantAsync(
            new NewGrant(account, Roles.Auditor, ScopeKind.Everything, null, null, "yearly audit"), app.ActorOf(Roles.Administrator, unitId: unit), CancellationToken.None);
        await services.GetRequiredService<TongxinDb>().CommitAsync(CancellationToken.None);
        return answer.Value.ApprovalId ?? Guid.Empty;
    });

    private static Task<int> EnsureDemoAsync(TongxinApp app) => app.InScopeAsync(async services =>
    {
        await services.GetRequiredService<IAccounts>().EnsureDemoAsync([new DemoAccount("demo-auditor", "演示审计", Roles.Auditor)], CancellationToken.None);
        await services.GetRequiredService<TongxinDb>().CommitAsync(CancellationToken.None);
        return 0;
    });
}
