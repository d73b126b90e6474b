using Shouldly;
using Tongxin.Journeys.Harness;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Journeys;

/// <summary>
/// Every page of the endpoint list, on a phone and on a desk, by day and by night: no rule of accessibility broken, nothing
/// refused by the content security policy, no sideways scrolling, no complaint of a script.
/// </summary>
public sealed class EveryPageTests(Chromium chromium, DemoEstate estate) : IClassFixture<DemoEstate>
{
    [Theory, MemberData(nameof(Screen.BothWidths), MemberType = typeof(Screen))]
    public async Task EveryPage_ByDayAndNight_IsFaultless(string screen)
    {
        var pages = await estate.PagesAsync();
        var faults = new List<string>();
        foreach (var (visitor, addresses) in pages.Walks) faults.AddRange(await WalkAsync(screen, visitor, [.. addresses.Select(a => (a, 200))]));

        faults.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Screen.BothWidths), MemberType = typeof(Screen))]
    public async Task ErrorPages_ByDayAndNight_AreFaultless(string screen)
    {
        var faults = await WalkAsync(screen, visitor: null, [("/no-such-page", 404), ("/denied", 403)]);

        // The browser reports the page's own status as a failed request.
        faults.Where(f => !f.Contains("Failed to load resource", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task EveryPage_OfTheProduct_IsMoreThanAFew() => (await estate.PagesAsync()).Count.ShouldBeGreaterThan(40);

    [Fact]
    public async Task EveryPage_ForSomebody_CanBeReached() => (await estate.PagesAsync()).Unreached.ShouldBeEmpty();

    private async Task<IReadOnlyList<string>> WalkAsync(string screen, Visitor? visitor, IReadOnlyList<(string Address, int Status)> addresses)
    {
        var faults = new List<string>();
        await Journey.RunAsync(chromium, estate.App, screen, visitor, async tab =>
        {
            foreach (var (address, expected) in addresses)
            {
                var status = await tab.GoAsync(address);
                if (status == expected) faults.AddRange(await tab.FaultsByDayAndNightAsync());
                else faults.Add($"{address} answered {status}");
            }
        });
        return faults;
    }
}
