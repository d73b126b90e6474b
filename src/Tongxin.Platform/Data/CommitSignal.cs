using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Tongxin.Platform.Data;

/// <summary>
/// Wakes the workers of this node as soon as something was committed, so that polling is only for what other nodes leave.
/// Take <see cref="Next"/> before looking for work: a commit in between then wakes at once.
/// </summary>
internal sealed class CommitSignal : DbTransactionInterceptor
{
    private TaskCompletionSource _next = New();

    /// <summary>Done after the next commit of this process.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Pulse() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Pulse();

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Pulse();
        return Task.CompletedTask;
    }

    /// <summary>Waits for the next commit, at most <paramref name="longest"/>.</summary>
    public static async Task WaitAsync(Task next, TimeSpan longest, TimeProvider clock, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(next, Task.Delay(longest, clock, stop.Token));
        await stop.CancelAsync();
        ct.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
