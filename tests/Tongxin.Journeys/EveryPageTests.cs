using Shouldly;
using Tongxin.Journeys.Harness;
using Xunit;

namespace Tongxin.Journeys;

/// <summary>
/// Every page of the endpoint list, on a phone and on a desk, by day and by night: no rule of accessibility broken, nothing
/// refused by the content security policy, no sideways scrolling, no complaint of a script.
/// </summary>
public sealed class EveryPageTests(Chromium chromium, DemoEstate estate) : IClassFixture<DemoEstate>
{
    [Theory, MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task EveryPage_OnAScreen_IsFaultless(string screen)
    {
        var pages = await estate.PagesAsync();
        var faults = new List<string>();
        await Journey.RunAsync(chromium, estate.App, screen, visitor: null, async anonymous =>
        {
            foreach (var address in pages.ForEverybody) faults.AddRange(await VisitAsync(anonymous, address));
        });
        foreach (var (visitor, addresses) in pages.ForRoles)
        {
            if (addresses.Count == 0) continue;
            await Journey.RunAsync(chromium, estate.App, screen, visitor, async tab =>
            {
                foreach (var address in addresses) faults.AddRange(await VisitAsync(tab, address));
            });
        }

        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task EveryPage_OfTheProduct_IsMoreThanAFew() => (await estate.PagesAsync()).ForRoles.Sum(r => r.Addresses.Count).ShouldBeGreaterThan(5);

    [Fact]
    public async Task EveryPage_ForSomebody_CanBeReachedByLinks() => (await estate.PagesAsync()).Unreached.ShouldBeEmpty();

    [Theory, MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task ErrorPages_OnAScreen_AreFaultless(string screen)
    {
        var faults = new List<string>();
        foreach (var (address, status) in new[] { ("/no-such-page", 404), ("/denied", 403) })
        {
            await Journey.RunAsync(chromium, estate.App, screen, visitor: null, async tab =>
            {
                var found = await VisitAsync(tab, address, status);
                // The browser reports the page's own status as a failed request.
                faults.AddRange(found.Where(f => !f.Contains("Failed to load resource", StringComparison.Ordinal)));
            });
        }

        faults.ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<string>> VisitAsync(Tab tab, string address, int expected = 200)
    {
        var status = await tab.GoAsync(address);
        return status == expected ? await tab.FaultsAsync() : [$"{address} answered {status}"];
    }
}
