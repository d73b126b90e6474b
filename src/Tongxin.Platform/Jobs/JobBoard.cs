using System.Collections.Concurrent;

namespace Tongxin.Platform.Jobs;

/// <summary>The jobs in hand on this node: their progress and the way to stop them. Lost with the process, as it should be.</summary>
internal sealed class JobBoard
{
    private readonly ConcurrentDictionary<Guid, Entry> _entries = new();

    public int Running => _entries.Count;

    public JobProgress? ProgressOf(Guid id) => _entries.TryGetValue(id, out var entry) ? entry.Progress : null;

    public void Open(Guid id, CancellationTokenSource cancel) => _entries[id] = new Entry(cancel);

    public void Close(Guid id) => _entries.TryRemove(id, out _);

    public void Report(Guid id, JobProgress progress)
    {
        if (_entries.TryGetValue(id, out var entry)) entry.Progress = progress;
    }

    public void Cancel(Guid id)
    {
        if (!_entries.TryGetValue(id, out var entry)) return;
        try
        {
            entry.Cancel.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended in this very moment.
        }
    }

    private sealed class Entry(CancellationTokenSource cancel)
    {
        public CancellationTokenSource Cancel { get; } = cancel;

        public JobProgress? Progress { get; set; }
    }
}
