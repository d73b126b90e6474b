using System.Net;
using Shouldly;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Architecture.Tests.Running;

/// <summary>
/// Out of scope is 404. Every address of the demo estate that shows one thing (a person, a household, a cell) is found by following
/// links as somebody who may see everything, then asked for by somebody with the same role in a place where nothing lies.
/// </summary>
public sealed class ScopeMatrixTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private static readonly Guid Nowhere = new("0190a000-0000-7000-8000-00000000dead");

    // Things that belong to the installation or to oneself, not to a place: the permission alone decides.
    // What lies under /r is the public address of a season: open to everybody, and the same for everybody.
    private static readonly string[] WithoutPlace = ["/r", "/accounts", "/journal", "/jobs", "/approvals", "/account", "/import"];

    public static TheoryData<string> PlacedRoles => [Roles.Office, Roles.DutyLeader, Roles.Doctor, Roles.Counsellor, Roles.Guard, Roles.Sampler, Roles.Captain, Roles.Helper];

    [Theory, MemberData(nameof(PlacedRoles))]
    public async Task Things_OutOfScope_AreNotThere(string role)
    {
        using var everywhere = await demo.App.SignInAsAsync(role);
        var things = (await SiteMap.CrawlAsync(demo.App, everywhere, "/")).Where(t => IsThing(t.Key)).ToList();

        var violations = new List<string>();
        foreach (var (_, address) in things)
        {
            // Somebody new each time: whoever asks for many things that are not there is told to wait.
            using var nowhere = await demo.App.SignInAsAsync(role, role is Roles.Captain or Roles.Helper ? ScopeKind.Team : ScopeKind.Place, Nowhere);
            using var answer = await nowhere.Http.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
            if (answer.StatusCode != HttpStatusCode.NotFound) violations.Add($"{address} answered {(int)answer.StatusCode} to a {role} of another place");
        }

        violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Things_OfTheDemoEstate_AreFound()
    {
        // Without this the test above could pass by finding nothing.
        using var office = await demo.App.SignInAsAsync(Roles.Office);

        (await SiteMap.CrawlAsync(demo.App, office, "/")).Keys.Count(IsThing).ShouldBeGreaterThan(1);
    }

    [Theory]
    [InlineData("/people/{Id:guid}", true)]
    [InlineData("/people", false)]
    [InlineData("/accounts/{Id:guid}", false)]
    public void Thing_ByItsPattern_IsTold(string pattern, bool expected) => IsThing(pattern).ShouldBe(expected);

    private static bool IsThing(string pattern) =>
        pattern.Contains('{', StringComparison.Ordinal)
        && !WithoutPlace.Any(p => pattern.StartsWith(p + "/", StringComparison.OrdinalIgnoreCase));
}

/// <summary>The demonstration, started once for a class.</summary>
public sealed class DemoFixture : IAsyncLifetime
{
    private TongxinApp? _app;

    public TongxinApp App => _app ?? throw new InvalidOperationException("The fixture has not started.");

    public async ValueTask InitializeAsync() => _app = await TongxinApp.StartDemoAsync(Provider.Sqlite);

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }
}
