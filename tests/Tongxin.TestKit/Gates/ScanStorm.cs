using System.Collections.Concurrent;

namespace Tongxin.TestKit.Gates;

/// <summary>Devices that send without a pause, singles and batches, until told to stop; what was answered with yes is remembered.</summary>
public sealed class ScanStorm : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Guid> _yes = [];
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> _clients;
    private int _accepted, _refused, _silent, _wrong;

    public ScanStorm(Uri address, GateCrew crew, int clients, Func<int, int> batchOf) =>
        _clients = [.. Enumerable.Range(0, clients).Select(i => Task.Run(() => SendAsync(address, crew, i, batchOf(i))))];

    /// <summary>Ends with the first yes.</summary>
    public Task FirstYes => _first.Task;

    public int Accepted => _accepted;
    public int Refused => _refused;

    /// <summary>Requests without an answer.</summary>
    public int Silent => _silent;

    /// <summary>Answers that no device may get: a refusal without Retry-After, a yes to something that was not sent.</summary>
    public int Wrong => _wrong;

    /// <summary>Ends the sending; all ids that were answered with yes.</summary>
    public async Task<IReadOnlyCollection<Guid>> StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_clients);
        return [.. _yes];
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task SendAsync(Uri address, GateCrew crew, int number, int batch)
    {
        using var client = new ScanClient(address, crew.Gate, crew.Tokens[number % crew.Tokens.Count]);
        while (!_stop.IsCancellationRequested)
        {
            var ids = ScanClient.NewIds(batch);
            // Not cancelled: an answer under way is an answer.
            var reply = await client.SendAsync(ids, CancellationToken.None);
            Count(reply, ids);
            // A refused device waits; here not for as long as it was told, so that the storm stays one.
            if (reply.Status != 200) await Task.Delay(reply.Status == 0 ? 20 : 5);
        }
    }

    private void Count(ScanReply reply, IReadOnlyList<Guid> ids)
    {
        foreach (var id in reply.Yes) _yes.Add(id);
        if (reply.Status == 200)
        {
            Interlocked.Add(ref _accepted, reply.Yes.Count);
            if (!reply.Yes.SequenceEqual(ids)) Interlocked.Increment(ref _wrong);
            _first.TrySetResult();
        }
        else if (reply.Status == 0)
        {
            Interlocked.Increment(ref _silent);
        }
        else
        {
            Interlocked.Add(ref _refused, ids.Count);
            if (reply.Status is not (503 or 429) || !reply.SaysWhen) Interlocked.Increment(ref _wrong);
        }
    }
}
