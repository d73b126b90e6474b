using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Architecture.Tests.Running;

/// <summary>Deny by default: every page and every endpoint says who may use it, and the list of what everybody may see is short.</summary>
public sealed class PolicyTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    private static readonly string[] ForEverybody =
        ["/health/live", "/health/ready", "/sign-in", "/sign-out", "/denied", "/error/{Code:int}", "/ui/culture", "/ui/theme", "/{**path}",
            // A resident without an account, by the code on the note at the door: rate-limited, and nothing said before the phone tail.
            "/report/{Code}", "/report/{code}/send",
            // Calendars cannot sign in: 192 bits that the person can renew, and nothing but the own turns behind them.
            "/calendar/{secret}.ics",
            // An applicant without an account, by the address of a call: rate-limited, and the answer is the same for everybody.
            "/j/{Code}", "/j/{Code}/result",
            // One person's answer to one poll, by a signed link that ends with the poll.
            "/p/{Token}",
            // The screen at a post: 192 bits that the desk can renew, and a code without any person.
            "/post-screen/{Secret}", "/post-screen/{secret}/live",
            // A device proves itself by 256 bits, and is told why they open nothing.
            "/api/v1/devices/lease", "/api/v1/devices/end",
            // The phone app's shell: nothing in it is about anybody; what it shows comes by the API.
            "/field", "/field/{file}",
            // A visitor without an account, by the link of an invitation: 192 bits that end with the visit, and nothing said of the host.
            "/visit/{Secret}",
            // Somebody who comes back, without an account: declares by the season's address, the answer is the same for everybody; then by a code, or by
            // a signed address that ends with the next code. Rate-limited.
            "/r/{Code}", "/r/{Code}/own", "/my-return/{Token}", "/my-return/{Token}/edit",
            "/my-return/{token}/book", "/my-return/{token}/wait", "/my-return/{token}/stop-waiting", "/my-return/{token}/release", "/my-return/{token}/cancel",
            // Whoever holds a certificate: rate-limited, and nothing said without its check code.
            "/certificate-check",
            // What everybody may know of measures: figures by rule and day, small ones hidden.
            "/access/counts",
            // A pass without an account: 192 bits that the holder or the office can end; wrong ones are counted.
            "/pass/{Secret}", "/pass/{secret}/appeal", "/pass/{secret}/review", "/pass/{secret}/lost", "/pass/{secret}/pass.png",
            // What devices need to believe a pass: keys are public, and what was withdrawn names nobody.
            "/api/v1/access/trust", "/api/v1/access/revocations"];

    [Fact]
    public void Endpoints_Policies_AreNamed() =>
        TestRoute.AllOf(product.App).SelectMany(r => Violations(r, KnownPermissions())).ShouldBeEmpty();

    [Fact]
    public void Pages_InTheAssemblies_AreAllMapped()
    {
        // A page that is not in the endpoint list would escape every generated test.
        var mapped = TestRoute.AllOf(product.App).Select(r => r.Pattern).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var pages = Support.Product.AllTypes
            .SelectMany(t => t.CustomAttributes.Where(a => a.AttributeType.FullName == typeof(RouteAttribute).FullName))
            .Select(a => (string)a.ConstructorArguments[0].Value);
        pages.Where(p => !mapped.Contains(p)).ShouldBeEmpty();
    }

    [Fact]
    public void BadSample_EndpointWithoutPolicy_IsFound() => Violations(Route("/people"), []).ShouldHaveSingleItem();

    [Fact]
    public void BadSample_AnonymousOutsideTheList_IsFound() => Violations(Route("/people", new AllowAnonymousAttribute()), []).ShouldHaveSingleItem();

    [Fact]
    public void BadSample_PermissionNobodyDeclares_IsFound() => Violations(Route("/people", new NeedsAttribute("people.persons.raed")), ["people.persons.read"]).ShouldHaveSingleItem();

    [Fact]
    public void GoodSample_DeclaredPermission_Passes() => Violations(Route("/people", new NeedsAttribute("people.persons.read")), ["people.persons.read"]).ShouldBeEmpty();

    private static IEnumerable<string> Violations(TestRoute route, IReadOnlyCollection<string> known)
    {
        if (route.IsAnonymous)
        {
            if (!ForEverybody.Contains(route.Pattern)) yield return $"{route} is open to everybody";
        }
        else if (route.Permission is { } permission)
        {
            if (!known.Contains(permission)) yield return $"{route} asks for {permission}, which no module declares";
        }
        else if (!route.IsSignedIn)
        {
            yield return $"{route} names no policy";
        }
    }

    private List<string> KnownPermissions() => [.. product.App.Services.GetRequiredService<PermissionCatalogue>().All.Select(p => p.Code)];

    private static TestRoute Route(string pattern, params object[] metadata) =>
        new(new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse(pattern), 0, new EndpointMetadataCollection(metadata), pattern), "GET");
}
