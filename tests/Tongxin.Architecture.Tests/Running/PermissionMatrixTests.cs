using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Architecture.Tests.Running;

/// <summary>
/// Every route with every role, generated from the product's own endpoint list and its modules' permissions. What lies behind
/// a route is empty here: the question is only who gets as far as the page. Rows in and out of scope are the next class.
/// </summary>
public sealed class PermissionMatrixTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    public static TheoryData<string> AllRoles => [.. Roles.All];

    [Theory, MemberData(nameof(AllRoles))]
    public async Task Routes_ForARole_OpenExactlyWhatItsPermissionsSay(string role)
    {
        var held = product.App.Services.GetRequiredService<PermissionCatalogue>().Of(role);
        using var visitor = await product.App.SignInAsAsync(role);

        var violations = new List<string>();
        foreach (var route in Closed())
        {
            var may = route.IsSignedIn || (route.Permission is { } permission && held.Contains(permission));
            violations.AddRange(Judge(route.ToString(), may, await AskAsync(visitor, route)));
        }

        violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Routes_ForNobody_AskToSignIn()
    {
        using var visitor = product.App.Anonymous();

        var violations = new List<string>();
        foreach (var route in Closed())
        {
            var answer = await AskAsync(visitor, route);
            if (!AsksToSignIn(answer)) violations.Add($"{route} answered {answer}");
        }

        violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Routes_ForAnAccountWithoutRoles_AreRefused()
    {
        using var visitor = await product.App.SignInAsAsync(null, ScopeKind.Everything, null, null);

        var violations = new List<string>();
        foreach (var route in Closed()) violations.AddRange(Judge(route.ToString(), route.IsSignedIn, await AskAsync(visitor, route)));

        violations.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false, HttpStatusCode.OK, null)]
    [InlineData(false, HttpStatusCode.BadRequest, null)]
    [InlineData(false, HttpStatusCode.Found, "/people")]
    [InlineData(true, HttpStatusCode.Forbidden, null)]
    [InlineData(true, HttpStatusCode.Unauthorized, null)]
    [InlineData(true, HttpStatusCode.Found, "/denied?return=x")]
    [InlineData(true, HttpStatusCode.Found, "/sign-in?return=x")]
    [InlineData(true, HttpStatusCode.InternalServerError, null)]
    public void BadSample_WrongAnswer_IsFound(bool may, HttpStatusCode status, string? location) =>
        Judge("GET /x", may, new Answer(status, location)).ShouldHaveSingleItem();

    [Theory]
    [InlineData(false, HttpStatusCode.Forbidden, null)]
    [InlineData(false, HttpStatusCode.NotFound, null)]
    [InlineData(false, HttpStatusCode.Found, "/denied?return=x")]
    [InlineData(true, HttpStatusCode.OK, null)]
    [InlineData(true, HttpStatusCode.NotFound, null)]
    [InlineData(true, HttpStatusCode.BadRequest, null)]
    public void GoodSample_RightAnswer_Passes(bool may, HttpStatusCode status, string? location) =>
        Judge("GET /x", may, new Answer(status, location)).ShouldBeEmpty();

    private IEnumerable<TestRoute> Closed() => TestRoute.AllOf(product.App).Where(r => !r.IsAnonymous);

    private static IEnumerable<string> Judge(string route, bool may, Answer answer)
    {
        var refused = answer.Status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized || answer.LeadsTo("/denied") || AsksToSignIn(answer);
        if (may && (refused || (int)answer.Status >= 500)) yield return $"{route} should open, answered {answer}";
        if (!may && !refused && answer.Status != HttpStatusCode.NotFound) yield return $"{route} should refuse, answered {answer}";
    }

    private static bool AsksToSignIn(Answer answer) => answer.Status == HttpStatusCode.Unauthorized || answer.LeadsTo("/sign-in");

    private static async Task<Answer> AskAsync(Visitor visitor, TestRoute route)
    {
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.ToPath());
        if (route.Method is not ("GET" or "HEAD" or "DELETE"))
            request.Content = route.Pattern.StartsWith("/api/", StringComparison.Ordinal) ? new StringContent("{}", null, "application/json") : new FormUrlEncodedContent([]);
        using var response = await visitor.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return new Answer(response.StatusCode, response.Headers.Location?.OriginalString);
    }

    private sealed record Answer(HttpStatusCode Status, string? Location)
    {
        public bool LeadsTo(string path) =>
            Location is not null && new Uri(new Uri("http://localhost"), Location).AbsolutePath.Equals(path, StringComparison.Ordinal);

        public override string ToString() => Location is null ? $"{(int)Status}" : $"{(int)Status} {Location}";
    }
}
