using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tongxin.Core.Common;
using Tongxin.Host.Commands;
using Tongxin.Samples;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;

namespace Tongxin.Journeys.Harness;

/// <summary>The product on a real port, on an evening on which the samples are true.</summary>
public static class JourneyApp
{
    private const int DaysAfterTheSamples = 20;
    private const int Evening = 19;

    /// <summary>Migrated, and nobody and nothing in it.</summary>
    public static async Task<TongxinApp> StartEmptyAsync(Provider provider)
    {
        var app = await TongxinApp.StartOnPortAsync(provider, AddErrors);
        SetClock(app);
        return app;
    }

    /// <summary>With the demo estate and its accounts, seeded as the program seeds it.</summary>
    public static async Task<TongxinApp> StartDemoAsync(Provider provider)
    {
        var app = await TongxinApp.StartOnPortAsync(provider, AddErrors, "--Tongxin:Demo=true");
        SetClock(app);
        if (!await SeedCommand.TrySeedAsync(app.Services, CancellationToken.None)) throw new InvalidOperationException("Nothing was seeded.");
        return app;
    }

    /// <summary>What the product logged as an error: a journey that fails says it.</summary>
    public static IReadOnlyList<string> ErrorsOf(TongxinApp app) => [.. app.Services.GetServices<ErrorLog>().SelectMany(l => l.Lines)];

    private static void AddErrors(IServiceCollection services)
    {
        var log = new ErrorLog();
        services.AddSingleton(log).AddSingleton<ILoggerProvider>(log);
    }

    private static void SetClock(TongxinApp app) => app.Clock.Set(CampusCalendar.StartOf(DemoPlace.DefaultDay.AddDays(DaysAfterTheSamples)).AddHours(Evening));
}
