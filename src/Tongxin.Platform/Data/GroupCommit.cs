using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tongxin.Platform.Data;

/// <summary>How much is taken at once and how much may wait.</summary>
public sealed record GroupSettings
{
    /// <summary>Facts of one transaction; one request is never divided.</summary>
    public int MostTogether { get; init; } = 1024;

    /// <summary>Facts that wait or are being written. Whoever comes then is asked to come again.</summary>
    public int MostWaiting { get; init; } = 16384;

    /// <summary>Transactions under way at a time where the database takes several: while one waits for the disk, the next is put together.</summary>
    public int Writers { get; init; } = 2;
}

/// <summary>What became of one request's facts.</summary>
public enum GroupOutcome
{
    /// <summary>On the disk. <see cref="GroupTicket{T}.New"/> tells which were known before.</summary>
    Written,

    /// <summary>The transaction failed: no yes. The same facts may come again.</summary>
    Failed,
}

/// <summary>A request's facts on their way; its task ends after the commit of their group.</summary>
public sealed class GroupTicket<T>(IReadOnlyList<T> facts)
{
    // What waits for it goes on where the group is ended, and that is never the writer's own thread.
    private readonly TaskCompletionSource<GroupOutcome> _done = new();

    /// <summary>The facts, in the order they came.</summary>
    public IReadOnlyList<T> Facts { get; } = facts;

    /// <summary>For each fact whether it was stored now; null when all were.</summary>
    public IReadOnlyList<bool>? New { get; internal set; }

    /// <summary>Ends after the commit, or when there will be none.</summary>
    public Task<GroupOutcome> Done => _done.Task;

    internal void End(GroupOutcome outcome) => _done.TrySetResult(outcome);
}

/// <summary>
/// Many requests, one transaction: whatever waits is written together, and each answer leaves after the commit. Full: refused at once, never
/// kept waiting for ever. After a failure nothing is accepted until the database has answered; when its storage is broken, until a restart.
/// </summary>
public sealed partial class GroupCommit<T>(
    Dialect dialect, FactTable<T> table, Func<IReadOnlyList<T>, GroupJournal> journal, GroupSettings settings, TimeProvider clock, ILogger<GroupCommit<T>> logger)
    : BackgroundService, IIntakeHealth
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(200);

    private readonly Channel<GroupTicket<T>> _queue = Channel.CreateUnbounded<GroupTicket<T>>();
    private int _waiting;
    private volatile bool _failing;
    private volatile bool _broken;
    private volatile int _failures;

    /// <summary>Whether facts are accepted.</summary>
    public bool IsWell => !_failing && !_broken;

    /// <summary>Facts that wait or are being written.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Whether there is no room for one more: worth asking before a request is read at all.</summary>
    public bool IsFull => Waiting >= settings.MostWaiting;

    /// <summary>Null when there is no room, or the database has just failed: ask to come again.</summary>
    public GroupTicket<T>? TryAdd(IReadOnlyList<T> facts)
    {
        if (!IsWell) return null;
        if (Interlocked.Add(ref _waiting, facts.Count) <= settings.MostWaiting)
        {
            var ticket = new GroupTicket<T>(facts);
            if (_queue.Writer.TryWrite(ticket)) return ticket;
        }
        Interlocked.Add(ref _waiting, -facts.Count);
        return null;
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // What was taken is written; nothing more is taken.
        _queue.Writer.TryComplete();
        if (ExecuteTask is { } running) await Task.WhenAny(running, Task.Delay(Timeout.Infinite, cancellationToken));
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, dialect.OneWriter ? 1 : settings.Writers).Select(_ => RunAsync(stoppingToken)));

    private async Task RunAsync(CancellationToken ct)
    {
        var group = new List<GroupTicket<T>>();
        var facts = new List<T>();
        FactWriter<T>? writer = null;
        var failures = _failures;
        try
        {
            while (await _queue.Reader.WaitToReadAsync(CancellationToken.None))
            {
                Take(group, facts);
                if (group.Count == 0) continue;
                if (failures != _failures && writer is not null)
                {
                    // What broke another's connection has most likely broken this one, too: nobody is to find out by it.
                    await DropAsync(writer);
                    writer = null;
                }
                var used = await WriteAsync(writer, group, facts, ct);
                if (used != writer) (writer, failures) = (used, _failures);
                Interlocked.Add(ref _waiting, -facts.Count);
                group.Clear();
                facts.Clear();
            }
        }
        finally
        {
            if (writer is not null) await writer.DisposeAsync();
        }
    }

    private void Take(List<GroupTicket<T>> group, List<T> facts)
    {
        while (facts.Count < settings.MostTogether && _queue.Reader.TryRead(out var ticket))
        {
            group.Add(ticket);
            facts.AddRange(ticket.Facts);
        }
    }

    private async Task<FactWriter<T>?> WriteAsync(FactWriter<T>? writer, List<GroupTicket<T>> group, List<T> facts, CancellationToken ct)
    {
        try
        {
            if (_broken) throw new InvalidOperationException("The storage is broken.");
            writer ??= await dialect.OpenFactsAsync(table, ct);
            var said = journal(facts);
            var added = await writer.WriteAsync(facts, said.ToNote(clock.GetUtcNow()), ct);
            if (added is not null) Tell(group, new HashSet<Guid>(added));
            _failing = false;
            End(group, GroupOutcome.Written);
            return writer;
        }
        catch (Exception failure)
        {
            // No wrong yes: whatever the database did with it, each of them is told to come again.
            _failing = true;
            Interlocked.Increment(ref _failures);
            _broken |= dialect.IsStorageBroken(failure);
            Log.Failed(logger, table.Name, failure.GetBaseException().GetType().Name, _broken);
            End(group, GroupOutcome.Failed);
            if (writer is not null) await DropAsync(writer);
            return await WaitUntilWellAsync(ct);
        }
    }

    /// <summary>All answers of a group by one item of the pool: hundreds of items cost more than what they do. The writer goes on meanwhile.</summary>
    private static void End(List<GroupTicket<T>> group, GroupOutcome outcome)
    {
        GroupTicket<T>[] tickets = [.. group];
        ThreadPool.UnsafeQueueUserWorkItem(_ =>
        {
            foreach (var ticket in tickets) ticket.End(outcome);
        }, null);
    }

    /// <summary>A fact that came twice within the group is new once.</summary>
    private void Tell(List<GroupTicket<T>> group, HashSet<Guid> added)
    {
        foreach (var ticket in group) ticket.New = [.. ticket.Facts.Select(f => added.Remove(table.Id(f)))];
    }

    /// <summary>A writer with an open connection, as soon as there is one; null when the product stops or the storage is broken.</summary>
    private async Task<FactWriter<T>?> WaitUntilWellAsync(CancellationToken ct)
    {
        while (!_broken && !ct.IsCancellationRequested && !_queue.Reader.Completion.IsCompleted)
        {
            try
            {
                var writer = await dialect.OpenFactsAsync(table, ct);
                _failing = false;
                return writer;
            }
            catch (Exception failure)
            {
                _broken |= dialect.IsStorageBroken(failure);
                End([.. Rest()], GroupOutcome.Failed);
                try
                {
                    await Task.Delay(BetweenTries, ct);
                }
                catch (OperationCanceledException)
                {
                    break;
                }
            }
        }
        return null;
    }

    // Those that slipped in before the failure was known do not wait until the database is back.
    private IEnumerable<GroupTicket<T>> Rest()
    {
        while (_queue.Reader.TryRead(out var ticket))
        {
            Interlocked.Add(ref _waiting, -ticket.Facts.Count);
            yield return ticket;
        }
    }

    private static async Task DropAsync(FactWriter<T> writer)
    {
        try
        {
            await writer.DisposeAsync();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Its connection was what failed.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1501, LogLevel.Error, "A group of {Table} was not written: {Failure}; storage broken: {Broken}")]
        public static partial void Failed(ILogger logger, string table, string failure, bool broken);
    }
}

/// <summary>Whether an intake of facts works; asked by readiness.</summary>
public interface IIntakeHealth
{
    /// <summary>False after a failed commit, until the database has answered again.</summary>
    bool IsWell { get; }
}
