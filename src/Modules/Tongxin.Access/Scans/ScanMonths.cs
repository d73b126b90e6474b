using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Scans;

/// <summary>Makes the parts of the coming months ahead, and that of the last one, from which phones still come back. Nothing to do on SQLite.</summary>
internal sealed partial class ScanMonths(IServiceScopeFactory scopes, Dialect dialect, TimeProvider clock, ILogger<ScanMonths> logger) : BackgroundService
{
    private const int Ahead = 3;
    private static readonly TimeSpan Between = TimeSpan.FromHours(12);

    /// <summary>Makes what is missing around now.</summary>
    public async Task MakeAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TongxinDb>();
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var first = new DateOnly(today.Year, today.Month, 1);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await dialect.HoldAsync(db, "access_scan_months", ct);
        for (var month = -1; month <= Ahead; month++)
        {
            var day = first.AddMonths(month);
            await db.Database.ExecuteSqlAsync($"SELECT access_scan_month({day})", ct);
        }
        await transaction.CommitAsync(ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (dialect.OneWriter) return;
        using var timer = new PeriodicTimer(Between, clock);
        do
        {
            try
            {
                await MakeAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // Scans of a month without a part lie in the rest, and move when it is made.
                Log.Failed(logger, failure.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static partial class Log
    {
        [LoggerMessage(1511, LogLevel.Warning, "The parts of the coming months were not made: {Failure}")]
        public static partial void Failed(ILogger logger, string failure);
    }
}
