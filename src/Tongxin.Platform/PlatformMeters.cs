using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tongxin.Platform.Data;
using Tongxin.Platform.Jobs;
using Tongxin.Platform.Journal;
using Tongxin.Platform.Outbox;

namespace Tongxin.Platform;

/// <summary>What an operator watches: how far the workers are behind. Counts only.</summary>
internal sealed partial class PlatformMeters : BackgroundService
{
    public const string Name = "Tongxin.Platform";
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(15);

    private readonly IServiceScopeFactory _scopes;
    private readonly TimeProvider _clock;
    private readonly ILogger<PlatformMeters> _logger;
    private OutboxState _outbox = new(0, 0, TimeSpan.Zero);
    private double _journalLag;

    public PlatformMeters(IMeterFactory meters, JobBoard jobs, IServiceScopeFactory scopes, TimeProvider clock, ILogger<PlatformMeters> logger)
    {
        (_scopes, _clock, _logger) = (scopes, clock, logger);
        var meter = meters.Create(Name);
        meter.CreateObservableGauge("tongxin.outbox.lag", () => _outbox.Lag.TotalSeconds, "s", "Age of the oldest due message");
        meter.CreateObservableGauge("tongxin.outbox.waiting", () => _outbox.Waiting, "{message}", "Messages not done");
        meter.CreateObservableGauge("tongxin.outbox.parked", () => _outbox.Parked, "{message}", "Messages that failed too often");
        meter.CreateObservableGauge("tongxin.journal.lag", () => _journalLag, "s", "Age of the oldest entry not sealed");
        meter.CreateObservableGauge("tongxin.jobs.running", () => jobs.Running, "{job}", "Jobs in hand on this node");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Between, _clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                Log.Failed(_logger, failure.GetType().Name);
            }
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        await using var scope = _scopes.CreateAsyncScope();
        _outbox = await scope.ServiceProvider.GetRequiredService<OutboxStore>().StateAsync(ct);
        var oldest = await scope.ServiceProvider.GetRequiredService<TongxinDb>().Set<JournalEntry>()
            .Where(e => e.Position == null).MinAsync(e => (DateTimeOffset?)e.At, ct);
        _journalLag = oldest is { } at ? (_clock.GetUtcNow() - at).TotalSeconds : 0;
    }

    private static partial class Log
    {
        [LoggerMessage(1401, LogLevel.Warning, "The workers' state could not be read: {Failure}")]
        public static partial void Failed(ILogger logger, string failure);
    }
}
