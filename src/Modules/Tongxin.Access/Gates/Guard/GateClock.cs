using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tongxin.Access.Gates.Guard;

/// <summary>Something the gate clock does each minute; safe to do twice and on several nodes at once.</summary>
internal interface IGateChime
{
    Task RingAsync(CancellationToken ct);
}

/// <summary>Rings each minute. What it has done is in the database, so that a stop loses nothing and nothing is done twice.</summary>
internal sealed partial class GateClock(IServiceScopeFactory scopes, TimeProvider clock, ILogger<GateClock> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await RingAsync(stoppingToken);
    }

    private async Task RingAsync(CancellationToken ct)
    {
        await using var outer = scopes.CreateAsyncScope();
        foreach (var kind in outer.ServiceProvider.GetServices<IGateChime>().Select(c => c.GetType()).ToList())
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetServices<IGateChime>().First(c => c.GetType() == kind).RingAsync(ct);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                Log.Failed(logger, kind.Name, failure.GetType().Name);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1521, LogLevel.Error, "The gate clock's {Chime} failed: {Failure}")]
        public static partial void Failed(ILogger logger, string chime, string failure);
    }
}

/// <summary>Follows what phones have sent.</summary>
internal sealed class FollowChime(FollowPassages follow) : IGateChime
{
    public async Task RingAsync(CancellationToken ct) => await follow.RunAsync(ct);
}
