using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.People.Data;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Samples;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Journeys.Harness;

/// <summary>The product with the demo estate on a real port, shared by the journeys of one class.</summary>
public sealed class DemoEstate : IAsyncLifetime
{
    // Error pages have a test of their own; long work is shown to whoever started it; the code of a report is on a paper at the door.
    private static readonly string[] NotByLinks =
        ["/denied", "/error/{Code:int}", "/jobs/{Id:guid}", "/grid/propose/{Id:guid}", "/grid/propose/{Id:guid}/teams/{Number:int}", "/report/{Code}"];

    private TongxinApp? _app;
    private Task<EveryPage>? _pages;

    public TongxinApp App => _app ?? throw new InvalidOperationException("The fixture has not started.");

    public async ValueTask InitializeAsync()
    {
        _app = await TongxinApp.StartDemoOnPortAsync(Provider.Sqlite);
        await WorkForADayAsync();
    }

    /// <summary>Every page with an address and somebody who may see it, found once.</summary>
    public Task<EveryPage> PagesAsync() => _pages ??= FindPagesAsync();

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }

    /// <summary>What the demonstration has not got by itself: a workbook on the import desk, an export to approve, a person entered twice.</summary>
    private async Task WorkForADayAsync()
    {
        using var office = await App.SignInAsAccountAsync("office");
        using var workbook = new MemoryStream();
        MessyWorkbook.Write(workbook, Samples.DemoEstate.Qinyuan(), households: 20);
        await office.SubmitAsync((await office.OpenAsync("/people/import")).Form("form[enctype]").Attach("file", "messy.xlsx", workbook.ToArray()));
        await (await office.OpenAsync("/people/export")).SubmitAsync("main form", ("Form.Purpose", "核对名册"));
        var box = App.Services.GetRequiredService<SecretBox>();
        Person Twice() => Person.Create(Ids.New(), new PersonFacts { Name = "重名一", Phone = "19900009999" }, box, App.Clock.Now);
        await App.AddAsync(Twice(), Twice());
    }

    private async Task<EveryPage> FindPagesAsync()
    {
        var left = TestRoute.AllOf(App).Where(r => r.IsPage && r.Method == "GET").Select(r => r.Pattern)
            .Where(p => !NotByLinks.Contains(p, StringComparer.OrdinalIgnoreCase))
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
