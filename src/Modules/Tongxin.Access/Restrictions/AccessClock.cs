using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tongxin.Access.Restrictions;

/// <summary>Something that the clock of this module does each minute; safe to do twice and on several nodes at once.</summary>
internal interface IAccessChime
{
    Task RingAsync(CancellationToken ct);
}

/// <summary>Rings each minute. Everything it does is in the database: a restart loses nothing, and only writes it down later.</summary>
internal sealed partial class AccessClock(IServiceScopeFactory scopes, TimeProvider clock, ILogger<AccessClock> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await RingAsync(stoppingToken);
    }

    private async Task RingAsync(CancellationToken ct)
    {
        await using var outer = scopes.CreateAsyncScope();
        foreach (var kind in outer.ServiceProvider.GetServices<IAccessChime>().Select(c => c.GetType()).ToList())
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetServices<IAccessChime>().First(c => c.GetType() == kind).RingAsync(ct);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                Log.Failed(logger, kind.Name, failure.GetType().Name);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(5001, LogLevel.Error, "The clock of passes and measures failed at {Chime}: {Failure}")]
        public static partial void Failed(ILogger logger, string chime, string failure);
    }
}
