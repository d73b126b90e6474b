using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.Journal;

/// <summary>Runs the sealer after each commit of this node, and each second for entries of nodes that died.</summary>
internal sealed partial class JournalSealerService(
    JournalSealer sealer, CommitSignal commits, IServiceScopeFactory scopes, TimeProvider clock, ILogger<JournalSealerService> logger)
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
            // Once a day, with the anchor: whoever edited a row by hand is found by the next morning.
            if (await sealer.AnchorAsync(ct)) await VerifyAsync(ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // A full disk or a database away: the entries wait, and the next second tries again.
            Log.Failed(logger, failure.GetType().Name);
        }
    }

    private async Task VerifyAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var verdict = await scope.ServiceProvider.GetRequiredService<JournalVerifier>().VerifyAsync(ct);
        if (verdict.Break is { } found) Log.Broken(logger, found.Fault, found.Position, found.Id);
    }

    private static partial class Log
    {
        [LoggerMessage(1002, LogLevel.Critical, "The journal is broken: {Fault} at position {Position}, entry {EntryId}")]
        public static partial void Broken(ILogger logger, JournalFault fault, long? position, Guid? entryId);

        [LoggerMessage(1001, LogLevel.Error, "The journal was not sealed: {Failure}")]
        public static partial void Failed(ILogger logger, string failure);
    }
}
