using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Gates.Data;
using Tongxin.Access.Gates.Guard;
using Tongxin.Access.Gates.Readings;
using Tongxin.Access.Gates.Tracing;
using Tongxin.Access.Permits.Data;
using Tongxin.Access.Returns.Data;
using Tongxin.Access.Scans;
using Tongxin.Access.Scans.Data;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Gates.Retention;

/// <summary>
/// Each night at three, passages older than fourteen days go, unless a case or open papers hold them. Ended permits and records of returns
/// go with them. Batch by batch, each with its part of the certificate in one transaction: after a stop it goes on where it was, and no id
/// is counted twice or lost from the hash.
/// </summary>
internal sealed class DeletePassages(TongxinDb db, Occupancy occupancy, IEnumerable<INightSweep> sweeps, ScanMonths months, TimeProvider clock) : IGateChime
{
    public static readonly TimeOnly At = new(3, 0);
    private const int BatchSize = 5000;

    public Task RingAsync(CancellationToken ct) => RunAsync(ct);

    /// <summary>The certificate of the night that is due; null when it has been done.</summary>
    public async Task<Deletion?> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = CampusCalendar.DayOf(now);
        var day = now >= CampusCalendar.At(today, At) ? today : today.AddDays(-1);
        if (await db.Set<Deletion>().AsNoTracking().AnyAsync(d => d.Day == day && d.DoneAt != null, ct)) return null;
        // Nothing was ever there that could have passed: no night to prove.
        if (!await db.Set<Gate>().AnyAsync(ct) && !await db.Set<ReturnSeason>().AnyAsync(ct)) return null;
        if (await BeginAsync(day, now, ct) is not { } night) return null;
        try
        {
            foreach (var sweep in sweeps.OrderBy(s => s.Kind))
                while (await SweepAsync(night, sweep, ct)) { }
            while (await BatchAsync(night, ct)) { }
            await months.DropAsync(ct);
            return night;
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another node is at it.
            return null;
        }
    }

    // What stopped in the middle keeps its border; a node that comes second finds the day taken.
    private async Task<Deletion?> BeginAsync(DateOnly day, DateTimeOffset now, CancellationToken ct)
    {
        var open = await db.Set<Deletion>().SingleOrDefaultAsync(d => d.Day == day, ct);
        if (open is not null) return open;
        var before = now - PassageLife.Whole;
        var night = Deletion.Begin(day, CampusCalendar.At(day, At), before, now);
        db.Add(night);
        await CarryAsync(before, ct);
        await db.Set<TracePassage>().Where(t => db.Set<Trace>().Any(x => x.Id == t.TraceId && x.KeptUntil != null && x.KeptUntil <= now)).ExecuteDeleteAsync(ct);
        db.Record(Actor.System, "access.deletion.begun", "deletion", night.Id, details: new { night.Day, night.Before });
        return await db.TryCommitAsync(GateErrors.Changed, GateErrors.Changed, ct) is { IsFailure: true } ? null : night;
    }

    /// <summary>How many were inside at the border stays known when the passages behind it are gone.</summary>
    private async Task CarryAsync(DateTimeOffset before, CancellationToken ct)
    {
        var zones = await db.Set<Gate>().Where(g => g.ZoneId != null).Select(g => g.ZoneId!.Value /* not null by the line's filter */).Distinct().ToListAsync(ct);
        foreach (var zone in zones)
        {
            var then = await occupancy.OfAsync(zone, "", before, ct);
            if (then.In + then.Out > 0) db.Add(ZoneCount.Of(zone, before, then.People, ZoneCountKind.Carried, Guid.Empty, null));
        }
    }

    private async Task<bool> SweepAsync(Deletion night, INightSweep sweep, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Dialect.HoldAsync(db, "access_deletions", ct);
        var ids = await sweep.SweepAsync(night.StartedAt, ct);
        if (ids.Count == 0) return false;
        night.Sweep(sweep.Kind, ids.Count, Chain(night.Hash, ids));
        db.Record(Actor.System, "access.deletion.batch", "deletion", night.Id, details: new { sweep.Kind, gone = ids.Count });
        await db.CommitAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private async Task<bool> BatchAsync(Deletion night, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Dialect.HoldAsync(db, "access_deletions", ct);
        var batch = await Past(night.Before).OrderBy(s => s.Id).Take(BatchSize).Select(s => new { s.Id, s.SeenAt }).ToListAsync(ct);
        if (batch.Count == 0)
        {
            var before = night.Before;
            var (notes, uses) = (await OldNotes(before).ExecuteDeleteAsync(ct), await OldUses(before).ExecuteDeleteAsync(ct));
            var kept = await db.Set<Scan>().CountAsync(s => s.SeenAt < before || s.ReceivedAt < before, ct);
            night.Done(notes, uses, kept, clock.GetUtcNow());
            db.Record(Actor.System, "access.deletion.done", "deletion", night.Id, details: new { night.Passages, night.Notes, night.Uses, night.Kept, hash = Convert.ToHexStringLower(night.Hash) });
        }
        else
        {
            var ids = batch.ConvertAll(b => b.Id);
            var notes = await db.Set<GateNote>().Where(n => ids.Contains(n.Id)).ExecuteDeleteAsync(ct);
            var uses = await db.Set<PermitUse>().Where(u => ids.Contains(u.Id)).ExecuteDeleteAsync(ct);
            var gone = await db.Set<Scan>().Where(s => ids.Contains(s.Id)).ExecuteDeleteAsync(ct);
            night.Batch(gone, notes, uses, batch.Min(b => b.SeenAt), batch.Max(b => b.SeenAt), Chain(night.Hash, ids));
            db.Record(Actor.System, "access.deletion.batch", "deletion", night.Id, details: new { gone });
        }
        await db.CommitAsync(ct);
        await transaction.CommitAsync(ct);
        return batch.Count > 0;
    }

    /// <summary>Past its life by the device's clock or by the server's: a clock gone wild keeps nothing alive.</summary>
    private IQueryable<Scan> Past(DateTimeOffset before) => db.Set<Scan>().Where(s => (s.SeenAt < before || s.ReceivedAt < before)
        && !db.Set<TracePassage>().Any(t => t.ScanId == s.Id)
        && !db.Set<Permit>().Any(p => (p.Id == s.Id || p.Id == s.PermitId) && p.IsEmergency && p.Paperwork == Paperwork.Open));

    private IQueryable<GateNote> OldNotes(DateTimeOffset before) => db.Set<GateNote>().Where(n => n.At < before && !db.Set<Scan>().Any(s => s.Id == n.Id));

    private IQueryable<PermitUse> OldUses(DateTimeOffset before) => db.Set<PermitUse>().Where(u => u.At < before && !db.Set<Scan>().Any(s => s.Id == u.Id));

    internal static byte[] Chain(byte[] last, IReadOnlyList<Guid> ids)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(last);
        Span<byte> bytes = stackalloc byte[16];
        foreach (var id in ids)
        {
            id.TryWriteBytes(bytes, bigEndian: true, out _);
            hash.AppendData(bytes);
        }
        return hash.GetHashAndReset();
    }
}
