using Tongxin.TestKit;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;

namespace Tongxin.Journeys.Harness;

/// <summary>The product on a real port, on an evening on which the samples are true.</summary>
public static class JourneyApp
{
    /// <summary>Migrated, and nobody and nothing in it.</summary>
    public static async Task<TongxinApp> StartEmptyAsync(Provider provider)
    {
        var app = await TongxinApp.StartOnPortAsync(provider);
        app.Clock.Set(FakeTimeProvider.SamplesEvening);
        return app;
    }

    /// <summary>With the demo estate and its accounts.</summary>
    public static Task<TongxinApp> StartDemoAsync(Provider provider) => TongxinApp.StartDemoOnPortAsync(provider);
}
