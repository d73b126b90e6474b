using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Core.Common;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.Journal;

/// <summary>Chains what was committed and not yet sealed. Of many nodes one seals at a time: it holds the head row.</summary>
internal sealed class JournalSealer(IServiceScopeFactory scopes, SecretBox box, JournalAnchors anchors, TimeProvider clock)
{
    private const int Batch = 500;
    private DateOnly? _anchored;

    /// <summary>Seals all that waits; the number sealed. Zero as well when another node is at it.</summary>
    public async Task<int> SealAsync(CancellationToken ct)
    {
        var total = 0;
        while (true)
        {
            await using var scope = scopes.CreateAsyncScope();
            var sealedNow = await SealBatchAsync(scope.ServiceProvider.GetRequiredService<TongxinDb>(), ct);
            total += sealedNow;
            if (sealedNow < Batch) return total;
        }
    }

    /// <summary>Writes today's anchor line, unless it is there or nothing was ever sealed. True when it was written.</summary>
    public async Task<bool> AnchorAsync(CancellationToken ct)
    {
        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        if (_anchored == today) return false;
        var written = false;
        if (await anchors.ReadAsync(ct) is not [.., { } last] || last.Day != today)
        {
            await using var scope = scopes.CreateAsyncScope();
            var head = await scope.ServiceProvider.GetRequiredService<TongxinDb>().Set<JournalHead>().AsNoTracking().SingleOrDefaultAsync(ct);
            if (head is null or { Count: 0 }) return false;
            await anchors.AppendAsync(new JournalAnchor(today, head.Count, Convert.ToHexStringLower(head.Hash)), ct);
            written = true;
        }
        _anchored = today;
        return written;
    }

    private async Task<int> SealBatchAsync(TongxinDb db, CancellationToken ct)
    {
        // A look without a lock first: most of the time there is nothing to do, and SQLite has one writer only.
        if (!await db.Set<JournalEntry>().AnyAsync(e => e.Position == null, ct)) return 0;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await LockHeadAsync(db, ct) is not { } head) return 0;
        var waiting = await db.Set<JournalEntry>().Where(e => e.Position == null).OrderBy(e => e.At).ThenBy(e => e.Id).Take(Batch).ToListAsync(ct);

        var (position, hash) = (head.Count, head.Hash);
        foreach (var entry in waiting)
        {
            hash = JournalChain.Hash(hash, ++position, entry);
            entry.Seal(position, hash);
        }
        head.Move(position, hash, box, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return waiting.Count;
    }

    private async Task<JournalHead?> LockHeadAsync(TongxinDb db, CancellationToken ct)
    {
        var locked = $"SELECT * FROM platform_journal_head WHERE id = {JournalHead.OnlyId} {db.Dialect.SkipLocked}";
        var head = await db.Set<JournalHead>().FromSqlRaw(locked).ToListAsync(ct);
        if (head.Count == 1) return head[0];

        // No head beside sealed entries is tampering: nothing is sealed on top of it, and verify names it.
        if (await db.Set<JournalHead>().AnyAsync(ct) || await db.Set<JournalEntry>().AnyAsync(e => e.Position != null, ct)) return null;
        var first = JournalHead.Start(box, clock.GetUtcNow());
        var added = await db.Database.ExecuteSqlAsync(
            $"INSERT INTO platform_journal_head (id, count, hash, mac, sealed_at) VALUES ({first.Id}, {first.Count}, {first.Hash}, {first.Mac}, {db.Dialect.Instant(first.SealedAt)}) ON CONFLICT DO NOTHING", ct);
        return added == 1 ? await db.Set<JournalHead>().SingleAsync(ct) : null;
    }
}
