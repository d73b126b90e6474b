using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Platform.Access;
using Tongxin.TestKit;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Access;

public sealed class SignInTests
{
    [Theory, BothProviders]
    public async Task SignIn_RightPassword_OpensTheOwnPages(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var account = await app.AddAccountAsync("wang");
        using var visitor = app.Anonymous();

        await visitor.TryAsync(" Ｗang ", Door.Password);

        var page = await visitor.OpenAsync("/account");
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Text.ShouldContain("test wang");
        (await app.JournalAsync("platform.sign-in.done")).ShouldHaveSingleItem().SubjectId.ShouldBe(account.Id);
    }

    [Theory, BothProviders]
    public async Task SignIn_WrongPassword_IsRefusedAndJournaledWithoutName(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var account = await app.AddAccountAsync("wang");
        using var visitor = app.Anonymous();

        var page = await visitor.TryAsync("wang", "three red tables");

        page.One("main [role=alert]").TextContent.ShouldContain("用户名或密码不正确");
        page.One("#f-Form-Password").GetAttribute("value").ShouldBeNull();
        (await visitor.OpenAsync("/account")).Address.AbsolutePath.ShouldBe("/sign-in");
        var entry = (await app.JournalAsync("platform.sign-in.refused")).ShouldHaveSingleItem();
        entry.SubjectId.ShouldBe(account.Id);
        (entry.Details ?? "").ShouldNotContain("wang");
    }

    [Theory, BothProviders]
    public async Task SignIn_UnknownName_AnswersAsAWrongPasswordDoes(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        await app.AddAccountAsync("wang");
        using var visitor = app.Anonymous();

        var known = await visitor.TryAsync("wang", "three red tables");
        var unknown = await visitor.TryAsync("nobody", "three red tables");

        unknown.Status.ShouldBe(known.Status);
        unknown.One("main [role=alert]").TextContent.ShouldBe(known.One("main [role=alert]").TextContent);
        var entry = (await app.JournalAsync("platform.sign-in.refused"))[^1];
        entry.SubjectId.ShouldBeNull();
        (entry.Details ?? "").ShouldNotContain("nobody", Case.Insensitive);
    }

    [Theory, BothProviders]
    public async Task SignIn_SixWrongPasswords_LockTheAccountForTenMinutes(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        await app.AddAccountAsync("wang");
        using var visitor = app.Anonymous();
        for (var i = 0; i < 6; i++) await visitor.TryAsync("wang", "three red tables");

        var locked = await visitor.TryAsync("wang", Door.Password);
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        await visitor.TryAsync("wang", Door.Password);

        locked.One("main [role=alert]").TextContent.ShouldContain("用户名或密码不正确");
        (await visitor.OpenAsync("/account")).Text.ShouldContain("test wang");
    }

    [Fact]
    public async Task SignIn_WrongPasswordsOfOthers_DoNotEndASession()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        var account = await app.AddAccountAsync("wang");
        using var holder = await app.SignInAsync(account);
        using var attacker = app.Anonymous();

        for (var i = 0; i < 7; i++) await attacker.TryAsync("wang", "three red tables");

        (await holder.OpenAsync("/account")).Text.ShouldContain("test wang");
    }

    [Theory, InlineData("wang"), InlineData("nobody")]
    public async Task SignIn_TwentyOneTriesOfAName_AreToldToWait(string name)
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        await app.AddAccountAsync("wang");
        using var visitor = app.Anonymous();
        var form = (await visitor.OpenAsync("/sign-in")).Form().Set("Form.UserName", name).Set("Form.Password", "three red tables");
        for (var i = 0; i < 20; i++) (await visitor.SendAsync(form)).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var answer = await visitor.SendAsync(form);

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter?.Delta.ShouldNotBeNull();
    }

    [Fact]
    public async Task SignIn_HundredAndOneTriesFromAnAddress_AreToldToWaitThereOnly()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        for (var i = 0; i < 100; i++) (await PostFromAsync(app, "203.0.113.7")).ShouldBe(HttpStatusCode.BadRequest);

        var same = await PostFromAsync(app, "203.0.113.7");
        var other = await PostFromAsync(app, "203.0.113.8");

        same.ShouldBe(HttpStatusCode.TooManyRequests);
        other.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task SignIn_WithoutAntiforgeryToken_IsRefused()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        await app.AddAccountAsync("wang");
        using var visitor = app.Anonymous();
        var form = (await visitor.OpenAsync("/sign-in")).Form().Set("Form.UserName", "wang").Set("Form.Password", Door.Password);

        using var answer = await visitor.SendAsync(form.Without("__RequestVerificationToken"));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("/account", "/account")]
    [InlineData("/account?x=1", "/account?x=1")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    public async Task SignIn_ReturnAddress_StaysOnThisSite(string asked, string expected)
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        await app.AddAccountAsync("wang");
        using var visitor = app.Anonymous();
        var form = (await visitor.OpenAsync($"/sign-in?return={Uri.EscapeDataString(asked)}")).Form();

        using var answer = await visitor.SendAsync(form.Set("Form.UserName", "wang").Set("Form.Password", Door.Password));

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        var location = answer.Headers.Location.ShouldNotBeNull();
        (location.IsAbsoluteUri ? location.PathAndQuery : location.OriginalString).ShouldBe(expected);
        if (location.IsAbsoluteUri) location.Host.ShouldBe("localhost");
    }

    [Fact]
    public async Task SignIn_EndedAccount_SaysSoOnlyToItsHolder()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        await app.AddAccountAsync("wang", change: a => a.EndsAt = app.Clock.Now);
        using var visitor = app.Anonymous();

        var guess = await visitor.TryAsync("wang", "three red tables");
        var holder = await visitor.TryAsync("wang", Door.Password);

        guess.One("main [role=alert]").TextContent.ShouldContain("用户名或密码不正确");
        holder.One("main [role=alert]").TextContent.ShouldContain("已停用");
    }

    [Fact]
    public async Task SignOut_WithoutAntiforgeryToken_IsRefused()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var visitor = await app.SignInAsAsync(Roles.Office);
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("everywhere", "true")]);

        using var answer = await visitor.Http.PostAsync(new Uri("/sign-out", UriKind.Relative), content, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await visitor.OpenAsync("/account")).Address.AbsolutePath.ShouldBe("/account");
    }

    [Fact]
    public async Task SignOut_Everywhere_EndsOtherSessions()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        var account = await app.AddAccountAsync("wang");
        using var here = await app.SignInAsync(account);
        using var there = await app.SignInAsync(account);

        await here.SubmitAsync((await here.OpenAsync("/account")).Form("#sessions form"));

        (await here.OpenAsync("/account")).Address.AbsolutePath.ShouldBe("/sign-in");
        (await there.OpenAsync("/account")).Address.AbsolutePath.ShouldBe("/sign-in");
    }

    private static async Task<HttpStatusCode> PostFromAsync(TongxinApp app, string address)
    {
        using var visitor = app.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = new FormUrlEncodedContent([]) };
        request.Headers.Add("X-Forwarded-For", address);
        using var answer = await visitor.Http.SendAsync(request);
        return answer.StatusCode;
    }
}
