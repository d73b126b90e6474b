using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Journeys.Harness;
using Tongxin.Journeys.Import;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Journeys;

/// <summary>
/// SQLite answers before it is waited for, PostgreSQL does not: parts of a page that read at the same time are noticed only here.
/// </summary>
public sealed class PostgresPagesTests
{
    [Fact]
    public async Task EveryPage_OnPostgres_IsReadWithoutAFailure()
    {
        await using var app = await JourneyApp.StartDemoAsync(Provider.Postgres);
        var names = await app.ReadAsync(db => db.Users.Where(a => a.Demo).OrderBy(a => a.CreatedAt).Select(a => a.UserName ?? "").ToListAsync());
        var reached = 0;
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in names)
        {
            using var visitor = await app.SignInAsAccountAsync(name);
            string[] starts = name == "office" ? ["/", .. (await ImportStates.ArrangeAsync(app, visitor)).Values] : ["/"];
            reached += (await SiteMap.CrawlAsync(app, visitor, known, starts)).Count;
        }

        reached.ShouldBeGreaterThan(30);
        app.Errors.Entries.ShouldBeEmpty();
    }
}
