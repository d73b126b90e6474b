using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.Outbox;

/// <summary>Keeps the worker going: at once after a commit of this node, else by polling.</summary>
internal sealed partial class OutboxService(
    OutboxWorker worker, OutboxSettings settings, CommitSignal commits, Dialect dialect, IServiceScopeFactory scopes, WorkerPulse pulse,
    TimeProvider clock, ILogger<OutboxService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (dialect.OneWriter) await TryAsync(s => s.ReleaseAllAsync(stoppingToken));
            var purged = DateTimeOffset.MinValue;
            while (true)
            {
                var next = commits.Next;
                await StartAsync();
                if (clock.GetUtcNow() - purged > TimeSpan.FromHours(1))
                {
                    await TryAsync(s => s.PurgeAsync(stoppingToken));
                    purged = clock.GetUtcNow();
                }
                var wake = worker.Running > 0 ? Task.WhenAny(next, worker.AnyFinishedAsync()) : next;
                await CommitSignal.WaitAsync(wake, settings.Poll, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await worker.AllFinishedAsync();
        }

        async Task StartAsync()
        {
            try
            {
                while (await worker.StartDueAsync(stoppingToken) > 0)
                {
                    // As long as lanes are free and messages are due.
                }
                pulse.Beat(clock.GetUtcNow());
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                Log.Failed(logger, failure.GetType().Name);
            }
        }
    }

    private async Task TryAsync(Func<OutboxStore, Task> act)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await act(scope.ServiceProvider.GetRequiredService<OutboxStore>());
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.Failed(logger, failure.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1103, LogLevel.Error, "The outbox worker could not look for work: {Failure}")]
        public static partial void Failed(ILogger logger, string failure);
    }
}

/// <summary>When the worker of this node last looked for work: what readiness asks.</summary>
internal sealed class WorkerPulse
{
    private long _ticks;

    public void Beat(DateTimeOffset at) => Volatile.Write(ref _ticks, at.UtcTicks);

    /// <summary>Null before its first look.</summary>
    public DateTimeOffset? Last => Volatile.Read(ref _ticks) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
}
