using Microsoft.Extensions.DependencyInjection;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Screening.Tubes;

/// <summary>
/// Where senders wait while others are being written: whatever waits is then written together in one transaction, so a rush makes larger
/// transactions and not a longer queue. Each answer leaves after the commit. Who comes when the room is full is told to come again.
/// </summary>
internal sealed class TubeDoor(Dialect dialect, IServiceScopeFactory scopes)
{
    /// <summary>While one waits for the disk, the next is put together.</summary>
    private const int Writers = 2;

    private const int MostWaiting = 256;

    /// <summary>Facts of one transaction; what one sender brings is never divided.</summary>
    private const int MostTogether = TubeLocks.Together;

    private readonly Lock _gate = new();
    private readonly Queue<Waiting> _queue = new();
    private int _inside, _working;

    /// <summary>Writes when it is its turn; null: the room is full. Who gives up waiting may have been written all the same.</summary>
    public async Task<TubesWritten?> WriteAsync(IReadOnlyList<TubeItem> items, Actor actor, CancellationToken ct)
    {
        var waiting = new Waiting(new TubePost(items, actor));
        lock (_gate)
        {
            if (_inside >= MostWaiting) return null;
            _inside++;
            _queue.Enqueue(waiting);
            if (_working < (dialect.OneWriter ? 1 : Writers))
            {
                _working++;
                // It works for everybody: nothing of this request goes with it.
                using (ExecutionContext.SuppressFlow()) _ = Task.Run(WorkAsync, CancellationToken.None);
            }
        }

        return await waiting.Done.WaitAsync(ct);
    }

    private async Task WorkAsync()
    {
        while (Next() is { Count: > 0 } group)
        {
            await WriteAsync(group);
            lock (_gate) _inside -= group.Count;
        }
    }

    /// <summary>Who is written next; nobody: the work is over.</summary>
    private List<Waiting> Next()
    {
        lock (_gate)
        {
            var group = new List<Waiting>();
            var facts = 0;
            while (_queue.TryPeek(out var next) && (group.Count == 0 || facts + next.Post.Items.Count <= MostTogether))
            {
                group.Add(_queue.Dequeue());
                facts += next.Post.Items.Count;
            }
            if (group.Count == 0) _working--;
            return group;
        }
    }

    private async Task WriteAsync(List<Waiting> group)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var written = await scope.ServiceProvider.GetRequiredService<TubeWriter>().WriteAsync([.. group.Select(w => w.Post)], CancellationToken.None);
            for (var i = 0; i < group.Count; i++) group[i].Answer(written[i]);
        }
        catch (Exception failure) when (group.Count == 1 && failure is not OutOfMemoryException)
        {
            group[0].Fail(failure);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // One of them may be the reason, or the database was away for a moment: each by itself is told its own.
            foreach (var one in group) await WriteAsync([one]);
        }
    }

    private sealed class Waiting(TubePost post)
    {
        // What waits for it goes on elsewhere, never where the next are written.
        private readonly TaskCompletionSource<TubesWritten> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TubePost Post { get; } = post;

        public Task<TubesWritten> Done => _done.Task;

        public void Answer(TubesWritten written) => _done.TrySetResult(written);

        public void Fail(Exception failure) => _done.TrySetException(failure);
    }
}
