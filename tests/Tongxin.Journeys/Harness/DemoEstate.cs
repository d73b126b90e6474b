using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Journeys.Harness;

/// <summary>The product with the demo estate on a real port, shared by the journeys of one class.</summary>
public sealed class DemoEstate : IAsyncLifetime
{
    // Error pages have a test of their own.
    private static readonly string[] NotByLinks = ["/denied", "/error/{Code:int}"];

    private DayOfWork _day = new([], []);
    private TongxinApp? _app;
    private Task<EveryPage>? _pages;

    public TongxinApp App => _app ?? throw new InvalidOperationException("The fixture has not started.");

    public async ValueTask InitializeAsync()
    {
        _app = await TongxinApp.StartDemoOnPortAsync(Provider.Sqlite);
        _day = await DayOfWork.ArrangeAsync(_app);
    }

    /// <summary>Every page with an address and somebody who may see it, found once.</summary>
    public Task<EveryPage> PagesAsync() => _pages ??= FindPagesAsync();

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }

    private async Task<EveryPage> FindPagesAsync()
    {
        var left = TestRoute.AllOf(App).Where(r => r.IsPage && r.Method == "GET").Select(r => r.Pattern)
            .Where(p => !NotByLinks.Contains(p, StringComparer.OrdinalIgnoreCase))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var walks = new List<Walk>();
        using (var nobody = App.Anonymous()) await CrawlAsync(nobody, null, "/sign-in", _day.ForEverybody);
        foreach (var walk in _day.OnDuty)
        {
            if (walk.Visitor is { } helper) await CrawlAsync(helper, helper, "/duties", walk.Addresses);
        }

        // The demonstration's accounts first, who have people and teams behind them; then each role as such.
        foreach (var name in await App.ReadAsync(db => db.Users.Where(a => a.Demo).OrderBy(a => a.CreatedAt).Select(a => a.UserName ?? "").ToListAsync()))
        {
            var visitor = await App.SignInAsAccountAsync(name);
            await CrawlAsync(visitor, visitor, "/", visitor.AccountId == _day.Office ? _day.ForOffice : []);
        }

        foreach (var role in Roles.All)
        {
            if (left.Count == 0) break;
            var visitor = await App.SignInAsAsync(role);
            await CrawlAsync(visitor, visitor, "/", []);
        }

        return new EveryPage(walks, [.. left]);

        async Task CrawlAsync(Visitor crawler, Visitor? visitor, string start, IReadOnlyList<string> own)
        {
            var reached = await SiteMap.CrawlAsync(App, crawler, [start, .. own]);
            List<string> addresses = [.. reached.Where(r => left.Remove(r.Key)).Select(r => r.Value).Union(own)];
            if (addresses.Count > 0) walks.Add(new Walk(visitor, addresses));
        }
    }
}

/// <summary>Addresses for one person, or for somebody who has not signed in.</summary>
public sealed record Walk(Visitor? Visitor, IReadOnlyList<string> Addresses);

/// <summary>Addresses of all pages, each for the first who reaches it; what nobody reaches is listed.</summary>
public sealed record EveryPage(IReadOnlyList<Walk> Walks, IReadOnlyList<string> Unreached)
{
    public int Count => Walks.Sum(w => w.Addresses.Count);
}
