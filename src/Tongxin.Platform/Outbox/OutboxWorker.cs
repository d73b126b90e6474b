using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tongxin.Platform.Jobs;

namespace Tongxin.Platform.Outbox;

/// <summary>Claims due messages and does them, several at a time. One instance for a node.</summary>
internal sealed partial class OutboxWorker(IServiceScopeFactory scopes, OutboxSettings settings, TimeProvider clock, ILogger<OutboxWorker> logger)
{
    private readonly ConcurrentDictionary<Guid, (string Kind, Task Work)> _running = new();

    /// <summary>The messages in hand now.</summary>
    public int Running => _running.Count;

    /// <summary>Starts what is due as far as lanes are free; the number started.</summary>
    public async Task<int> StartDueAsync(CancellationToken ct)
    {
        var free = settings.Lanes - _running.Count;
        if (free <= 0) return 0;
        // Long jobs never take all lanes: a notice is not to wait for an import.
        var jobs = _running.Values.Count(r => r.Kind == JobRunner.OutboxKind);
        var longest = Math.Max(settings.Lanes / 2, 1);
        var most = jobs >= longest ? free : Math.Min(free, longest - jobs);
        IReadOnlyCollection<string> notNow = jobs >= longest ? [JobRunner.OutboxKind] : [];
        // Not what this process still has in hand, even if its lease ran out on a machine that stood still.
        IReadOnlyCollection<Guid> inHand = [.. _running.Keys];
        var claimed = await WithStoreAsync(s => s.ClaimAsync(most, notNow, inHand, ct));
        foreach (var message in claimed)
        {
            var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _running[message.Id] = (message.Kind, DoAsync(message, start.Task, ct));
            start.SetResult();
        }
        return claimed.Count;
    }

    /// <summary>Done when one of the messages in hand is finished; at once when there is none.</summary>
    public Task AnyFinishedAsync() => _running.IsEmpty ? Task.CompletedTask : Task.WhenAny(_running.Values.Select(r => r.Work));

    /// <summary>Waits for all that is in hand.</summary>
    public Task AllFinishedAsync() => Task.WhenAll(_running.Values.Select(r => r.Work));

    /// <summary>Does all that is due, and what follows from it: for tests and sub-commands.</summary>
    public async Task RunDueAsync(CancellationToken ct)
    {
        while (await StartDueAsync(ct) > 0 || !_running.IsEmpty) await AnyFinishedAsync();
    }

    private async Task DoAsync(OutboxMessage message, Task start, CancellationToken ct)
    {
        await start;
        using var over = new CancellationTokenSource();
        var renewal = RenewAsync(message, over.Token);
        try
        {
            if (message.Attempts > settings.Tries) throw new AbandonedException();
            await using (var scope = scopes.CreateAsyncScope())
            {
                var handler = scope.ServiceProvider.GetServices<IOutboxHandler>().FirstOrDefault(h => h.Kind == message.Kind)
                    ?? throw new UnknownKindException();
                await handler.HandleAsync(message.Key, message.Payload, ct);
            }
            await SettleAsync(s => s.DoneAsync(message, CancellationToken.None));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await SettleAsync(s => s.ReleaseAsync(message, CancellationToken.None));
        }
        catch (Exception failure)
        {
            var error = failure.GetType().Name;
            Log.Failed(logger, message.Id, message.Kind, message.Attempts, error);
            await SettleAsync(s => s.FailedAsync(message, error, CancellationToken.None));
        }
        finally
        {
            await over.CancelAsync();
            await renewal;
            _running.TryRemove(message.Id, out _);
        }
    }

    private async Task RenewAsync(OutboxMessage message, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                await Task.Delay(settings.Lease / 4, clock, ct);
                await SettleAsync(s => s.RenewAsync(message, ct));
            }
        }
        catch (OperationCanceledException)
        {
            // The message is finished.
        }
    }

    /// <summary>The database may be away just now: then the lease runs out and the message is done again, as promised.</summary>
    private async Task SettleAsync(Func<OutboxStore, Task> act)
    {
        try
        {
            await WithStoreAsync(async s =>
            {
                await act(s);
                return true;
            });
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.NotSettled(logger, failure.GetType().Name);
        }
    }

    private async Task<T> WithStoreAsync<T>(Func<OutboxStore, Task<T>> act)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<OutboxStore>());
    }

    /// <summary>The process died at each try: it is not tried again.</summary>
    private sealed class AbandonedException : Exception;

    /// <summary>No module answers this kind: left by a newer version, perhaps.</summary>
    private sealed class UnknownKindException : Exception;

    private static partial class Log
    {
        [LoggerMessage(1101, LogLevel.Warning, "Outbox message {MessageId} of kind {Kind} failed at try {Attempt}: {Failure}")]
        public static partial void Failed(ILogger logger, Guid messageId, string kind, int attempt, string failure);

        [LoggerMessage(1102, LogLevel.Error, "An outbox message could not be settled: {Failure}")]
        public static partial void NotSettled(ILogger logger, string failure);
    }
}
