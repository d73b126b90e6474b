using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Scans;

/// <summary>
/// Makes the parts of the coming months ahead, and that of the last one, from which phones still come back; drops those of older months
/// once they are empty. Nothing to do on SQLite.
/// </summary>
internal sealed partial class ScanMonths(IServiceScopeFactory scopes, Dialect dialect, TimeProvider clock, ILogger<ScanMonths> logger) : BackgroundService
{
    private const int Ahead = 3;
    private static readonly TimeSpan Between = TimeSpan.FromHours(12);

    /// <summary>Makes what is missing around now.</summary>
    public async Task MakeAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TongxinDb>();
        var first = FirstOfMonth();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await dialect.HoldAsync(db, "access_scan_months", ct);
        for (var month = -1; month <= Ahead; month++)
        {
            var day = first.AddMonths(month);
            await db.Database.ExecuteSqlAsync($"SELECT access_scan_month({day})", ct);
        }
        await transaction.CommitAsync(ct);
    }

    /// <summary>Detaches and drops the months before the last one in which nothing is left; how many. A scan that comes back later lies in the rest.</summary>
    public async Task<int> DropAsync(CancellationToken ct)
    {
        if (dialect.OneWriter) return 0;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<TongxinDb>();
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await dialect.HoldAsync(db, "access_scan_months", ct);
            // Gates go before tidiness: who cannot have the table at once leaves it for the next night.
            await db.Database.ExecuteSqlAsync($"SET LOCAL lock_timeout = '2s'", ct);
            var dropped = await db.Database.SqlQuery<int>($"SELECT access_scan_drop({FirstOfMonth().AddMonths(-1)}) AS \"Value\"").SingleAsync(ct);
            await transaction.CommitAsync(ct);
            return dropped;
        }
        catch (DbException failure)
        {
            Log.NotDropped(logger, failure.GetType().Name);
            return 0;
        }
    }

    private DateOnly FirstOfMonth()
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return new DateOnly(today.Year, today.Month, 1);
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

        [LoggerMessage(1513, LogLevel.Warning, "Empty months were not dropped: {Failure}")]
        public static partial void NotDropped(ILogger logger, string failure);
    }
}
