using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Data;
using Tongxin.Platform.Jobs;

namespace Tongxin.Platform.Outbox;

/// <summary>The statements of the worker. Each is one statement and so one short transaction.</summary>
internal sealed class OutboxStore(TongxinDb db, OutboxSettings settings, TimeProvider clock)
{
    /// <summary>
    /// Takes up to <paramref name="most"/> due messages for the length of a lease. On PostgreSQL the locked rows of other
    /// nodes are skipped; on SQLite the statement holds the only write lock.
    /// </summary>
    public async Task<IReadOnlyList<OutboxMessage>> ClaimAsync(int most, IReadOnlyCollection<string> notKinds, IReadOnlyCollection<Guid> notIds, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        // A look without a lock first, as nearly always nothing is due.
        if (!await Due(now).AnyAsync(m => !notKinds.Contains(m.Kind) && !notIds.Contains(m.Id), ct)) return [];

        object[] values = [db.Dialect.Instant(now + settings.Lease), db.Dialect.Instant(now), most, .. notKinds, .. notIds.Cast<object>()];
        var others = Except("kind", 3, notKinds.Count) + Except("id", 3 + notKinds.Count, notIds.Count);
        var claim = $$"""
            UPDATE platform_outbox SET claimed_until = {0}, attempts = attempts + 1
            WHERE id IN (
                SELECT id FROM platform_outbox
                WHERE done_at IS NULL AND parked_at IS NULL AND due_at <= {1} AND (claimed_until IS NULL OR claimed_until < {1}) {{others}}
                ORDER BY due_at LIMIT {2} {{db.Dialect.SkipLocked}})
            RETURNING *
            """;
        return await db.Set<OutboxMessage>().FromSqlRaw(claim, values).AsNoTracking().ToListAsync(ct);
    }

    public Task RenewAsync(OutboxMessage message, CancellationToken ct)
    {
        var until = clock.GetUtcNow() + settings.Lease;
        return Own(message).ExecuteUpdateAsync(s => s.SetProperty(m => m.ClaimedUntil, until), ct);
    }

    public Task DoneAsync(OutboxMessage message, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return Own(message).ExecuteUpdateAsync(s => s
            .SetProperty(m => m.DoneAt, now).SetProperty(m => m.ClaimedUntil, (DateTimeOffset?)null).SetProperty(m => m.LastError, (string?)null), ct);
    }

    /// <summary>Back into the queue with a growing delay, or parked after the last try.</summary>
    public Task FailedAsync(OutboxMessage message, string error, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        DateTimeOffset? parked = message.Attempts >= settings.Tries ? now : null;
        var due = now + settings.DelayAfter(message.Attempts, message.Id);
        return Own(message).ExecuteUpdateAsync(s => s
            .SetProperty(m => m.DueAt, due).SetProperty(m => m.ParkedAt, parked)
            .SetProperty(m => m.ClaimedUntil, (DateTimeOffset?)null).SetProperty(m => m.LastError, error), ct);
    }

    /// <summary>The node goes down before the message was done: another may take it at once, and it is not a failure.</summary>
    public Task ReleaseAsync(OutboxMessage message, CancellationToken ct) =>
        Own(message).ExecuteUpdateAsync(s => s
            .SetProperty(m => m.ClaimedUntil, (DateTimeOffset?)null).SetProperty(m => m.Attempts, m => m.Attempts - 1), ct);

    /// <summary>At the start of the only node: whoever held a claim is dead.</summary>
    public Task ReleaseAllAsync(CancellationToken ct) =>
        db.Set<OutboxMessage>().Where(m => m.DoneAt == null && m.ClaimedUntil != null)
            .ExecuteUpdateAsync(s => s.SetProperty(m => m.ClaimedUntil, (DateTimeOffset?)null), ct);

    /// <summary>Deletes what was done long ago, jobs with it; the number of messages.</summary>
    public async Task<int> PurgeAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow() - settings.KeepDone;
        await db.Set<Job>().Where(j => j.FinishedAt != null && j.FinishedAt < before).ExecuteDeleteAsync(ct);
        return await db.Set<OutboxMessage>().Where(m => m.DoneAt != null && m.DoneAt < before).ExecuteDeleteAsync(ct);
    }

    /// <summary>How far behind the worker is, for the metrics, the system page and readiness.</summary>
    public async Task<OutboxState> StateAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var oldest = await Due(now).MinAsync(m => (DateTimeOffset?)m.DueAt, ct);
        var parked = await db.Set<OutboxMessage>().CountAsync(m => m.ParkedAt != null, ct);
        var waiting = await db.Set<OutboxMessage>().CountAsync(m => m.DoneAt == null && m.ParkedAt == null, ct);
        return new OutboxState(waiting, parked, oldest is { } due ? now - due : TimeSpan.Zero);
    }

    private static string Except(string column, int first, int count) =>
        count == 0 ? "" : $"AND {column} NOT IN ({string.Join(", ", Enumerable.Range(first, count).Select(i => $"{{{i}}}"))}) ";

    private IQueryable<OutboxMessage> Due(DateTimeOffset now) => db.Set<OutboxMessage>()
        .Where(m => m.DoneAt == null && m.ParkedAt == null && m.DueAt <= now && (m.ClaimedUntil == null || m.ClaimedUntil < now));

    // The number of the try is the fence: who lost the lease no longer owns the row.
    private IQueryable<OutboxMessage> Own(OutboxMessage message) =>
        db.Set<OutboxMessage>().Where(m => m.Id == message.Id && m.Attempts == message.Attempts && m.DoneAt == null);
}

/// <summary>How far behind the worker is.</summary>
/// <param name="Waiting">Not done and not parked, due or not.</param>
/// <param name="Parked">Failed too often: a person must look.</param>
/// <param name="Lag">How long the oldest due message waits.</param>
internal sealed record OutboxState(int Waiting, int Parked, TimeSpan Lag);
