using Microsoft.Extensions.DependencyInjection;
using Tongxin.Platform.Modules;
using Tongxin.TestKit.Web;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Benchmarks.Pages;

/// <summary>The demo estate: 1,500 households, 51 cells with teams, a round under way.</summary>
internal static class DemoData
{
    /// <summary>Later than the day of the demo: nobody in it is born tomorrow.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 5, 1, 0, 0, TimeSpan.Zero);

    public static Task SeedAsync(TongxinApp app, CancellationToken ct)
    {
        app.Clock.Set(Now);
        return app.InScopeAsync(async services =>
        {
            foreach (var seeder in services.GetServices<IDemoSeeder>()) await seeder.SeedAsync(ct);
            return 0;
        });
    }

    public static Task<Guid> FirstCaptainAsync(TongxinApp app, CancellationToken ct) => app.CallAsync<ITeams, Guid>(async teams =>
        (await teams.ListAsync(ct)).Select(t => t.Captain?.PersonId).OfType<Guid>().First());
}
