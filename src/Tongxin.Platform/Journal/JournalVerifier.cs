using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.Journal;

/// <summary>Walks the chain from its start and names the first entry that is not what was sealed. Reads only.</summary>
internal sealed class JournalVerifier(TongxinDb db, SecretBox box, JournalAnchors anchors, TimeProvider clock)
{
    /// <summary>The sealer needs a second; an entry that still waits after this was put aside, or nobody seals.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    public async Task<JournalVerdict> VerifyAsync(CancellationToken ct)
    {
        var head = await db.Set<JournalHead>().AsNoTracking().SingleOrDefaultAsync(ct);
        var marks = (await anchors.ReadAsync(ct)).ToLookup(a => a.Count);
        if (head is null)
        {
            if (await FirstAfterAsync(0, ct) is { } orphan) return JournalVerdict.Broken(JournalFault.Head, orphan.Position, orphan);
            if (marks.Count > 0) return JournalVerdict.Broken(JournalFault.Missing, 1, null);
            return await UnsealedAsync(ct) ?? new JournalVerdict(0, JournalChain.Start, null);
        }

        var (position, hash) = (0L, JournalChain.Start);
        JournalEntry? odd = null;
        var sealedEntries = db.Set<JournalEntry>().AsNoTracking().Where(e => e.Position != null && e.Position <= head.Count).OrderBy(e => e.Position);
        await foreach (var entry in sealedEntries.AsAsyncEnumerable().WithCancellation(ct))
        {
            position++;
            if (entry.Position != position) return JournalVerdict.Broken(JournalFault.Missing, position, null);
            var expected = JournalChain.Hash(hash, position, entry);
            if (entry.Hash is null || !expected.AsSpan().SequenceEqual(entry.Hash))
            {
                odd = entry;
                break;
            }
            if (marks[position].Any(a => a.Hash != Convert.ToHexStringLower(expected)))
                return JournalVerdict.Broken(JournalFault.Anchor, position, entry);
            hash = expected;
        }

        if (odd is not null)
            return JournalVerdict.Broken(await BelongsElsewhereAsync(hash, position, odd, ct) ? JournalFault.Reordered : JournalFault.Changed, position, odd);
        if (position < head.Count) return JournalVerdict.Broken(JournalFault.Missing, position + 1, null);
        if (!head.IsGenuine(box) || !hash.AsSpan().SequenceEqual(head.Hash)) return JournalVerdict.Broken(JournalFault.Head, null, null);
        if (marks.Where(m => m.Key > head.Count).Select(m => (long?)m.Key).Min() is not null) return JournalVerdict.Broken(JournalFault.Missing, head.Count + 1, null);
        return await BeyondAsync(head, ct) ?? await UnsealedAsync(ct) ?? new JournalVerdict(position, hash, null);
    }

    /// <summary>Entries past the end of the chain, unless the sealer itself went on meanwhile.</summary>
    private async Task<JournalVerdict?> BeyondAsync(JournalHead head, CancellationToken ct)
    {
        // One statement, one moment: head and last entry belong together.
        var now = await db.Set<JournalHead>().AsNoTracking()
            .Select(h => new { h.Count, Last = db.Set<JournalEntry>().Max(e => e.Position) }).SingleAsync(ct);
        return (now.Last ?? 0) > now.Count && await FirstAfterAsync(Math.Max(now.Count, head.Count), ct) is { } added
            ? JournalVerdict.Broken(JournalFault.Head, added.Position, added) : null;
    }

    private async Task<JournalVerdict?> UnsealedAsync(CancellationToken ct)
    {
        var latest = clock.GetUtcNow() - LongestWait;
        var waiting = await db.Set<JournalEntry>().AsNoTracking().Where(e => e.Position == null && e.At < latest).OrderBy(e => e.At).FirstOrDefaultAsync(ct);
        return waiting is null ? null : JournalVerdict.Broken(JournalFault.Unsealed, null, waiting);
    }

    /// <summary>Whether another sealed entry is the one that was sealed at this place.</summary>
    private async Task<bool> BelongsElsewhereAsync(byte[] previous, long position, JournalEntry here, CancellationToken ct)
    {
        await foreach (var other in db.Set<JournalEntry>().AsNoTracking().Where(e => e.Position > position).AsAsyncEnumerable().WithCancellation(ct))
        {
            var hash = JournalChain.Hash(previous, position, other);
            if (hash.AsSpan().SequenceEqual(other.Hash) || hash.AsSpan().SequenceEqual(here.Hash)) return true;
        }
        return false;
    }

    private Task<JournalEntry?> FirstAfterAsync(long position, CancellationToken ct) =>
        db.Set<JournalEntry>().AsNoTracking().Where(e => e.Position > position).OrderBy(e => e.Position).FirstOrDefaultAsync(ct);
}

/// <summary>What is wrong with the first broken entry.</summary>
internal enum JournalFault
{
    /// <summary>A field or the hash differs from what was sealed.</summary>
    Changed,

    /// <summary>The entry of this place is gone.</summary>
    Missing,

    /// <summary>The entry stands in another's place.</summary>
    Reordered,

    /// <summary>It was never sealed, though the sealer had its time.</summary>
    Unsealed,

    /// <summary>The signed head does not fit the chain: the tail was cut, added to, or the key is another.</summary>
    Head,

    /// <summary>The whole chain was rewritten: it does not fit the anchor of a day.</summary>
    Anchor,
}

/// <summary>What the verifier found: all well, or the first broken entry.</summary>
/// <param name="Count">Entries that are well.</param>
/// <param name="Head">Hash of the last of them.</param>
/// <param name="Break">Null when all is well.</param>
internal sealed record JournalVerdict(long Count, byte[] Head, JournalBreak? Break)
{
    public bool IsOk => Break is null;

    public static JournalVerdict Broken(JournalFault fault, long? position, JournalEntry? entry) =>
        new(Math.Max((position ?? 1) - 1, 0), [], new JournalBreak(fault, position, entry?.Id, entry?.At));
}

/// <summary>The first broken entry; id and time are unknown when it is gone.</summary>
internal sealed record JournalBreak(JournalFault Fault, long? Position, Guid? Id, DateTimeOffset? At);
