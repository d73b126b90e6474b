using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.Journal;

/// <summary>Runs the sealer after each commit of this node, and each second for entries of nodes that died.</summary>
internal sealed partial class JournalSealerService(JournalSealer sealer, CommitSignal commits, TimeProvider clock, ILogger<JournalSealerService> logger)
    : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>Commits of this long are sealed together: each sealing is one more transaction.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var next = commits.Next;
                await SealAsync(stoppingToken);
                await CommitSignal.WaitAsync(next, Poll, clock, stoppingToken);
                await Task.Delay(Gather, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was committed in the last moment is sealed before the process goes.
            using var last = new CancellationTokenSource(TimeSpan.FromSeconds(5), clock);
            await SealAsync(last.Token);
        }
    }

    private async Task SealAsync(CancellationToken ct)
    {
        try
        {
            await sealer.SealAsync(ct);
            await sealer.AnchorAsync(ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // A full disk or a database away: the entries wait, and the next second tries again.
            Log.Failed(logger, failure.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Error, "The journal was not sealed: {Failure}")]
        public static partial void Failed(ILogger logger, string failure);
    }
}
