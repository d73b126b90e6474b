using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Journeys.Harness;

/// <summary>The product with the demo estate on a real port, shared by the journeys of one class.</summary>
public sealed class DemoEstate : IAsyncLifetime
{
    private TongxinApp? _app;
    private Task<EveryPage>? _pages;

    public TongxinApp App => _app ?? throw new InvalidOperationException("The fixture has not started.");

    public async ValueTask InitializeAsync() => _app = await TongxinApp.StartDemoOnPortAsync(Provider.Sqlite);

    /// <summary>Every page with an address and somebody who may see it, found once.</summary>
    public Task<EveryPage> PagesAsync() => _pages ??= FindPagesAsync();

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }

    private async Task<EveryPage> FindPagesAsync()
    {
        // Nothing leads to the error pages; they have a test of their own.
        var left = TestRoute.AllOf(App).Where(r => r.IsPage && r.Method == "GET").Select(r => r.Pattern)
            .Where(p => p != "/denied" && !p.StartsWith("/error/", StringComparison.Ordinal))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var anonymous = new List<string>();
        using (var nobody = App.Anonymous())
        {
            foreach (var (pattern, address) in await SiteMap.CrawlAsync(App, nobody, "/sign-in"))
            {
                if (left.Remove(pattern)) anonymous.Add(address);
            }
        }

        var byRole = new List<(Visitor, IReadOnlyList<string>)>();
        // The demonstration's accounts first, who have people and teams behind them; then each role as such.
        var visitors = new List<Visitor>();
        foreach (var name in await App.ReadAsync(db => db.Users.Where(a => a.Demo).OrderBy(a => a.CreatedAt).Select(a => a.UserName ?? "").ToListAsync()))
            visitors.Add(await App.SignInAsAccountAsync(name));
        foreach (var role in Roles.All) visitors.Add(await App.SignInAsAsync(role));

        foreach (var visitor in visitors)
        {
            var reached = await SiteMap.CrawlAsync(App, visitor, "/");
            byRole.Add((visitor, [.. reached.Where(r => left.Remove(r.Key)).Select(r => r.Value)]));
        }

        return new EveryPage(anonymous, byRole, [.. left]);
    }
}

/// <summary>Addresses of all pages, each visited by the first role that reaches it; what nobody reaches is listed.</summary>
public sealed record EveryPage(
    IReadOnlyList<string> ForEverybody, IReadOnlyList<(Visitor Visitor, IReadOnlyList<string> Addresses)> ForRoles, IReadOnlyList<string> Unreached);
