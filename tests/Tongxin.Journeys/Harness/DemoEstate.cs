using Microsoft.EntityFrameworkCore;
using Tongxin.Journeys.Harness;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

[assembly: AssemblyFixture(typeof(DemoEstate))]

namespace Tongxin.Journeys.Harness;

/// <summary>The product with the demo estate on a real port, shared by the classes that walk over all pages. Started when it is first asked for.</summary>
public sealed class DemoEstate : IAsyncDisposable
{
    // Error pages have a test of their own.
    private static readonly string[] NotByLinks = ["/denied", "/error/{Code:int}"];

    private readonly Lazy<Task<EveryPage>> _pages = new(FindPagesAsync);

    /// <summary>Every page with an address and somebody who may see it, found once.</summary>
    public Task<EveryPage> PagesAsync() => _pages.Value;

    public async ValueTask DisposeAsync()
    {
        if (_pages is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }) await (await _pages.Value).App.DisposeAsync();
    }

    private static async Task<EveryPage> FindPagesAsync()
    {
        var app = await TongxinApp.StartDemoOnPortAsync(Provider.Sqlite);
        var day = await DayOfWork.ArrangeAsync(app);
        var left = TestRoute.AllOf(app).Where(r => r.IsPage && r.Method == "GET").Select(r => r.Pattern)
            .Where(p => !NotByLinks.Contains(p, StringComparer.OrdinalIgnoreCase))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var walks = new List<Walk>();
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        using (var nobody = app.Anonymous()) await CrawlAsync(nobody, null, "/sign-in", day.ForEverybody);
        foreach (var walk in day.OnDuty)
        {
            if (walk.Visitor is { } helper) await CrawlAsync(helper, helper, "/duties", walk.Addresses);
        }

        // The demonstration's accounts first, who have people and teams behind them; then each role as such.
        foreach (var name in await app.ReadAsync(db => db.Users.Where(a => a.Demo).OrderBy(a => a.CreatedAt).Select(a => a.UserName ?? "").ToListAsync()))
        {
            var visitor = await app.SignInAsAccountAsync(name);
            await CrawlAsync(visitor, visitor, "/", visitor.AccountId == day.Office ? day.ForOffice : []);
        }

        foreach (var role in Roles.All)
        {
            if (left.Count == 0) break;
            var visitor = await app.SignInAsAsync(role);
            await CrawlAsync(visitor, visitor, "/", []);
        }

        return new EveryPage(app, walks, [.. left]);

        async Task CrawlAsync(Visitor crawler, Visitor? visitor, string start, IReadOnlyList<string> own)
        {
            var reached = await SiteMap.CrawlAsync(app, crawler, known, [start, .. own]);
            List<string> addresses = [.. reached.Where(r => left.Remove(r.Key)).Select(r => r.Value).Union(own)];
            if (addresses.Count > 0) walks.Add(new Walk(visitor, addresses));
        }
    }
}

/// <summary>Addresses for one person, or for somebody who has not signed in.</summary>
public sealed record Walk(Visitor? Visitor, IReadOnlyList<string> Addresses);

/// <summary>Addresses of all pages, each for the first who reaches it; what nobody reaches is listed.</summary>
public sealed record EveryPage(TongxinApp App, IReadOnlyList<Walk> Walks, IReadOnlyList<string> Unreached)
{
    public int Count => Walks.Sum(w => w.Addresses.Count);
}
