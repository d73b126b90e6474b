using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tongxin.Workforce.Duties;

/// <summary>Something that the duty clock does each minute; safe to do twice and on several nodes at once.</summary>
internal interface IDutyChime
{
    Task RingAsync(CancellationToken ct);
}

/// <summary>Rings each minute: reminders to be planned, questions that have run out. What it does is in the database, so a restart loses nothing.</summary>
internal sealed partial class DutyClock(IServiceScopeFactory scopes, TimeProvider clock, ILogger<DutyClock> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await RingAsync(scopes, logger, stoppingToken);
    }

    /// <summary>One round of all chimes; a chime that fails does not silence the others.</summary>
    private static async Task RingAsync(IServiceScopeFactory scopes, ILogger logger, CancellationToken ct)
    {
        await using var outer = scopes.CreateAsyncScope();
        foreach (var kind in outer.ServiceProvider.GetServices<IDutyChime>().Select(c => c.GetType()).ToList())
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetServices<IDutyChime>().First(c => c.GetType() == kind).RingAsync(ct);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                Log.Failed(logger, kind.Name, failure.GetType().Name);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3201, LogLevel.Error, "The duty clock's {Chime} failed: {Failure}")]
        public static partial void Failed(ILogger logger, string chime, string failure);
    }
}

/// <summary>Plans reminders.</summary>
internal sealed class RemindChime(DutyReminders reminders) : IDutyChime
{
    public Task RingAsync(CancellationToken ct) => reminders.PlanAsync(ct);
}
