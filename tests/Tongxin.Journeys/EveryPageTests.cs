using Shouldly;
using Tongxin.Journeys.Harness;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Journeys;

/// <summary>
/// Every page of the endpoint list, on a phone and on a desk, by day and by night: no rule of accessibility broken, nothing
/// refused by the content security policy, no sideways scrolling, no complaint of a script. One class for each width: they walk side by side,
/// and where the phone sees a page by day the desk sees it by night.
/// </summary>
public sealed class EveryPageTests(DemoEstate estate)
{
    [Fact]
    public async Task EveryPage_OfTheProduct_IsMoreThanAFew() => (await estate.PagesAsync()).Count.ShouldBeGreaterThan(40);

    [Fact]
    public async Task EveryPage_ForSomebody_CanBeReached() => (await estate.PagesAsync()).Unreached.ShouldBeEmpty();
}

/// <summary>Every page on a phone, the first by day, the next by night.</summary>
public sealed class EveryPageOnAPhoneTests(Chromium chromium, DemoEstate estate) : EveryPageOn("390-light", chromium, estate);

/// <summary>Every page on a desk, the first by night, the next by day.</summary>
public sealed class EveryPageOnADeskTests(Chromium chromium, DemoEstate estate) : EveryPageOn("1280-dark", chromium, estate);

/// <summary>The walk over all pages at one width.</summary>
public abstract class EveryPageOn(string screen, Chromium chromium, DemoEstate estate)
{
    [Fact]
    public async Task EveryPage_ByDayAndNight_IsFaultless()
    {
        var pages = await estate.PagesAsync();
        var faults = new List<string>();
        foreach (var (visitor, addresses) in pages.Walks) faults.AddRange(await WalkAsync(pages.App, visitor, [.. addresses.Select(a => (a, 200))]));

        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task ErrorPages_ByDayAndNight_AreFaultless()
    {
        var pages = await estate.PagesAsync();
        var faults = await WalkAsync(pages.App, visitor: null, [("/no-such-page", 404), ("/denied", 403)]);

        // The browser reports the page's own status as a failed request.
        faults.Where(f => !f.Contains("Failed to load resource", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private async Task<IReadOnlyList<string>> WalkAsync(TongxinApp app, Visitor? visitor, IReadOnlyList<(string Address, int Status)> addresses)
    {
        var faults = new List<string>();
        await Journey.RunAsync(chromium, app, screen, visitor, async tab =>
        {
            foreach (var (address, expected) in addresses)
            {
                var status = await tab.GoAsync(address);
                if (status == expected) faults.AddRange(await tab.FaultsInTurnAsync());
                else faults.Add($"{address} answered {status}");
            }
        }, judges: true);
        return faults;
    }
}
