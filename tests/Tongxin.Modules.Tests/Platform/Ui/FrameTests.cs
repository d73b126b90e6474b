using System.Net;
using Shouldly;
using Tongxin.Platform.Access;
using Tongxin.Platform.Ui.Hosting;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Platform.Ui;

/// <summary>What frames every page: headers, error pages, language and theme.</summary>
public sealed class FrameTests
{
    [Theory]
    [InlineData("/people?q=1", "/people?q=1")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    public void ReturnAddress_LeadingElsewhere_BecomesHome(string? address, string expected) =>
        HttpRequestExtensions.LocalOrHome(address).ShouldBe(expected);

    [Fact]
    public async Task Address_NobodyAnswers_IsAPageWith404AndAllHeaders()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var visitor = await app.SignInAsAsync(Roles.Office);

        using var answer = await SendAsync(visitor, "/no-such-page", ("Accept", "text/html"));
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Headers.GetValues("Content-Security-Policy").ShouldBe([SecurityHeaders.ContentSecurityPolicy]);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        html.ShouldContain("没有这一页，或不在您的范围内");
        html.ShouldContain("<h1>");
    }

    [Fact]
    public async Task Address_NobodyAnswersHtmx_IsOneLineForTheMessagePlace()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var visitor = await app.SignInAsAsync(Roles.Office);

        using var answer = await SendAsync(visitor, "/no-such-part", ("HX-Request", "true"));
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Headers.GetValues("HX-Retarget").ShouldBe(["#flash"]);
        html.ShouldNotContain("<html");
    }

    [Fact]
    public async Task Language_Switched_StaysOnThePageAndSpeaksEnglish()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var visitor = app.Anonymous();

        var page = await visitor.OpenAsync("/denied");
        var english = await page.SubmitAsync("form[action='/ui/culture']", ("culture", "en"));

        english.Address.AbsolutePath.ShouldBe("/denied");
        english.One("html").GetAttribute("lang").ShouldBe("en");
        english.Text.ShouldContain("You may not do this now");
    }

    [Fact]
    public async Task Switch_WithoutToken_IsRefused()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var visitor = app.Anonymous();

        using var form = new FormUrlEncodedContent([new("culture", "en")]);
        using var answer = await visitor.Http.PostAsync(new Uri("/ui/culture", UriKind.Relative), form, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static async Task<HttpResponseMessage> SendAsync(Visitor visitor, string path, (string Name, string Value) header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Add(header.Name, header.Value);
        return await visitor.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
