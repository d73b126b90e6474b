using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tongxin.Platform.Access;
using Tongxin.TestKit;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Access;

/// <summary>Rights that ended are gone with the next request (B2 case 32); what a refusal looks like.</summary>
public sealed class RefusalTests
{
    [Theory, BothProviders]
    public async Task Account_EndedWithAValidCookie_IsNobodyAtTheNextRequest(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var account = await app.AddAccountAsync("wang", change: a => a.EndsAt = app.Clock.Now.AddHours(1));
        using var visitor = await app.SignInAsync(account);
        var before = await visitor.OpenAsync("/account");

        app.Clock.Advance(TimeSpan.FromHours(1));
        var after = await visitor.OpenAsync("/account");

        before.Address.AbsolutePath.ShouldBe("/account");
        after.Address.PathAndQuery.ShouldBe("/sign-in?return=%2Faccount");
        visitor.Cookies.ShouldNotContain(c => c.Name == "tongxin" && c.Value.Length > 0);
    }

    [Theory, BothProviders]
    public async Task Grant_Ended_IsGoneAtTheNextRequest(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var account = await app.AddAccountAsync("wang");
        await app.AddAsync(Grant.Give(account.Id, Roles.Administrator, ScopeKind.Everything, null, app.Clock.Now, app.Clock.Now.AddHours(1), "test"));
        using var visitor = await app.SignInAsync(account);
        var before = await visitor.OpenAsync("/accounts");

        app.Clock.Advance(TimeSpan.FromHours(1));
        var after = await visitor.OpenAsync("/accounts");

        before.Status.ShouldBe(HttpStatusCode.OK);
        after.Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Password_ChangedElsewhere_EndsOlderCookies()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        var account = await app.AddAccountAsync("wang");
        using var visitor = await app.SignInAsync(account);

        await app.ChangeAsync(account.Id, a => a.SecurityStamp = "another");

        (await visitor.OpenAsync("/account")).Address.AbsolutePath.ShouldBe("/sign-in");
    }

    [Fact]
    public async Task Page_BeyondTheOwnRights_SaysSoWith403AndNothingElse()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var visitor = await app.SignInAsAsync(Roles.Doctor);

        var page = await visitor.OpenAsync("/accounts");

        page.Status.ShouldBe(HttpStatusCode.Forbidden);
        page.Address.AbsolutePath.ShouldBe("/accounts");
        page.All(".error-page").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Post_BeyondTheOwnRights_Is403()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var visitor = await app.SignInAsAsync(Roles.Doctor);
        using var content = new FormUrlEncodedContent([]);

        using var answer = await visitor.Http.PostAsync(new Uri($"/accounts/{Guid.Empty}/end", UriKind.Relative), content, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Address_Unknown_Is404ForEverybody()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var anonymous = app.Anonymous();
        using var doctor = await app.SignInAsAsync(Roles.Doctor);

        (await anonymous.OpenAsync("/no-such-page")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await doctor.OpenAsync("/no-such-page")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Htmx_NotSignedIn_IsToldToLeaveThePage()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var visitor = app.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/accounts");
        request.Headers.Add("HX-Request", "true");
        request.Headers.Add("HX-Current-URL", "http://localhost/accounts?q=a");

        using var answer = await visitor.Http.SendAsync(request, TestContext.Current.CancellationToken);

        answer.Headers.GetValues("HX-Redirect").ShouldHaveSingleItem().ShouldBe("/sign-in?return=%2Faccounts%3Fq%3Da");
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false, HttpStatusCode.Unauthorized, "platform.sign-in.needed")]
    [InlineData(true, HttpStatusCode.Forbidden, "platform.denied")]
    public async Task Api_Refused_AnswersProblemJson(bool signedIn, HttpStatusCode expected, string code)
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite, services => services.AddSingleton<IStartupFilter, ApiRoute>());
        using var visitor = signedIn ? await app.SignInAsAsync(Roles.Doctor) : app.Anonymous();

        using var answer = await visitor.Http.GetAsync(new Uri("/api/test", UriKind.Relative), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(expected);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        problem.RootElement.GetProperty("code").GetString().ShouldBe(code);
    }

    [Fact]
    public async Task Account_WithAGivenPassword_OpensNothingBeforeItIsChanged()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        var account = await app.AddAccountAsync("wang", Roles.Administrator, a => a.MustChangePassword = true);
        using var visitor = await app.SignInAsync(account);

        var page = await visitor.OpenAsync("/accounts");
        await page.SubmitAsync("main form", ("Form.Old", Door.Password), ("Form.New", "four green chairs"), ("Form.Again", "four green chairs"));

        page.Address.AbsolutePath.ShouldBe("/account/password");
        (await visitor.OpenAsync("/accounts")).Address.AbsolutePath.ShouldBe("/accounts");
    }

    // The product has no API route yet whose permission nobody holds.
    private sealed class ApiRoute : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            var endpoint = new Endpoint(http => http.Response.WriteAsync("secret"), new EndpointMetadataCollection(new NeedsAttribute("no.such.permission")), "test");
            app.Use((http, go) =>
            {
                if (http.Request.Path == "/api/test") http.SetEndpoint(endpoint);
                return go(http);
            });
            next(app);
        };
    }
}
