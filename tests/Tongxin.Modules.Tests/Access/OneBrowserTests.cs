using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Access;

/// <summary>Two accounts in one browser are not two people (B2 case 29).</summary>
public sealed class OneBrowserTests
{
    [Theory, BothProviders]
    public async Task Decide_InTheBrowserThatAsked_IsRefusedAndElsewhereHolds(Provider provider)
    {
        await using var app = await StartAsync(provider);
        using var shared = app.Anonymous();
        using var other = app.Anonymous();
        var id = await AskAsync(app, shared);

        await SignOutAsync(shared);
        await shared.TryAsync("leader", Door.Password);
        var here = await shared.OpenAsync($"/approvals/{id}");
        await other.TryAsync("leader", Door.Password);
        var decided = await other.SubmitAsync((await other.OpenAsync($"/approvals/{id}")).Form("#decide form").Set("Form.Why", "seen").Tick("Form.Verdict", "approve"));

        here.All("#decide").ShouldBeEmpty();
        here.One("[role=note]").TextContent.ShouldContain("同一台设备");
        decided.Address.AbsolutePath.ShouldBe("/approvals");
        var approval = await app.ReadAsync(db => db.Set<Approval>().AsNoTracking().SingleAsync());
        approval.State.ShouldBe(ApprovalState.Approved);
        // What lies in the row is not what lies in the browser.
        approval.RequestedFrom.ShouldNotBeNull().Length.ShouldBe(32);
        shared.Cookies.Single(c => c.Name == BrowserMark.Cookie).Value.ShouldNotContain(approval.RequestedFrom);
    }

    [Theory, BothProviders]
    public async Task Decide_FromASessionOfAnUnknownBrowser_IsRefused(Provider provider)
    {
        await using var app = await StartAsync(provider);
        using var asking = app.Anonymous();
        var id = await AskAsync(app, asking);
        // A session from before there were marks.
        using var old = await app.SignInAsAccountAsync("leader");

        (await old.OpenAsync($"/approvals/{id}")).One("[role=note]").TextContent.ShouldContain("重新登录");
    }

    [Fact]
    public async Task Cookie_ErasedWithinTheSession_TheSessionStillKnowsItsBrowser()
    {
        await using var app = await StartAsync(Provider.Sqlite);
        using var visitor = app.Anonymous();
        await AskAsync(app, visitor);
        visitor.Cookies.Single(c => c.Name == BrowserMark.Cookie).Expired = true;
        await AskAsync(app, visitor, Roles.PrivacyOfficer);

        var marks = await app.ReadAsync(db => db.Set<Approval>().Select(a => a.RequestedFrom).ToListAsync(TestContext.Current.CancellationToken));

        marks.Count.ShouldBe(2);
        marks.Distinct().ShouldHaveSingleItem().ShouldNotBeNull();
    }

    [Fact]
    public async Task Cookie_MadeUp_IsReplaced()
    {
        await using var app = await StartAsync(Provider.Sqlite);
        using var visitor = app.Anonymous();
        visitor.Http.DefaultRequestHeaders.Add("Cookie", $"{BrowserMark.Cookie}=me");

        await visitor.TryAsync("leader", Door.Password);

        visitor.Cookies.Single(c => c.Name == BrowserMark.Cookie).Value.Length.ShouldBe(43);
    }

    private static async Task<TongxinApp> StartAsync(Provider provider)
    {
        var app = await TongxinApp.StartAsync(provider);
        await app.AddAccountAsync("admin", Roles.Administrator, a => a.UnitId = Ids.New());
        await app.AddAccountAsync("leader", Roles.DutyLeader, a => a.UnitId = Ids.New());
        await app.AddAccountAsync("wang", Roles.Counsellor);
        return app;
    }

    /// <summary>Asks for a role that needs a second person, after signing in where nobody is.</summary>
    private static async Task<Guid> AskAsync(TongxinApp app, Visitor visitor, string role = Roles.Auditor)
    {
        if (visitor.Cookies.All(c => c.Name != "tongxin")) await visitor.TryAsync("admin", Door.Password);
        var wang = await app.ReadAsync(db => db.Users.SingleAsync(a => a.UserName == "wang"));
        await (await visitor.OpenAsync($"/accounts/{wang.Id}/grant")).SubmitAsync("main form", ("Form.Role", role), ("Form.Scope", "Everything"), ("Form.Reason", "audit"));
        return await app.ReadAsync(db => db.Set<Approval>().OrderByDescending(a => a.Id).Select(a => a.Id).FirstAsync());
    }

    private static async Task SignOutAsync(Visitor visitor) => await visitor.SubmitAsync((await visitor.OpenAsync("/account")).Form("form[action='/sign-out']"));
}
