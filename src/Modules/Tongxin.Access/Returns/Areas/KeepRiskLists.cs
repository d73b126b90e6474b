using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Returns.Data;
using Tongxin.Core.Common;
using Tongxin.Core.Protocols;
using Tongxin.Core.Returns;
using Tongxin.Core.Text;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Sheets;

namespace Tongxin.Access.Returns.Areas;

/// <summary>What an upload came to: a list to look at, or the rows because of which nothing was taken.</summary>
internal sealed record AreaUpload(Guid? ListId, int RowsIn, IReadOnlyList<AreaFinding> Findings);

/// <summary>A list with what it says.</summary>
internal sealed record RiskListView(RiskList List, IReadOnlyDictionary<RiskLevel, int> Counts, int New, int Gone, IReadOnlyList<RiskListArea> Areas);

/// <summary>Lists of risk areas: all rows or none, numbered, kept for ever. A list does nothing until somebody has seen whom it touches and puts it in force.</summary>
internal sealed class KeepRiskLists(TongxinDb db, ReturnSight sight, TimeProvider clock)
{
    private const int LongestSource = 100;

    public async Task<IReadOnlyList<RiskList>> ListAsync(Actor actor, CancellationToken ct) =>
        await SeesAsync(actor, ct) ? await db.Set<RiskList>().AsNoTracking().OrderByDescending(l => l.Number).Take(100).ToListAsync(ct) : [];

    public async Task<RiskListView?> FindAsync(Guid id, string? search, int most, Actor actor, CancellationToken ct)
    {
        if (!await SeesAsync(actor, ct)) return null;
        var list = await db.Set<RiskList>().AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, ct);
        if (list is null) return null;
        var all = await db.Set<RiskListArea>().AsNoTracking().Where(a => a.ListId == id).OrderBy(a => a.RowNumber).ToListAsync(ct);
        var before = await db.Set<RiskList>().Where(l => l.InForceAt != null && l.Number < list.Number).OrderByDescending(l => l.Number).Select(l => (Guid?)l.Id).FirstOrDefaultAsync(ct);
        var old = before is null ? [] : (await db.Set<RiskListArea>().AsNoTracking().Where(a => a.ListId == before).ToListAsync(ct)).Select(a => a.Area).ToHashSet();
        var now = all.Select(a => a.Area).ToHashSet();
        var text = TextFold.Clean(search);
        return new RiskListView(
            list, all.GroupBy(a => a.Level).ToDictionary(g => g.Key, g => g.Count()), now.Count(a => !old.Contains(a)), old.Count(a => !now.Contains(a)),
            [.. all.Where(a => text.Length == 0 || a.Name.Contains(text, StringComparison.Ordinal)).Take(most)]);
    }

    public async Task<Result<AreaUpload>> UploadAsync(Stream content, string fileName, string? source, Actor actor, CancellationToken ct)
    {
        if (!await SeesAsync(actor, ct)) return ReturnErrors.ListNotFound;
        var opened = SheetReader.Open(content, fileName);
        if (opened.IsFailure) return opened.Error;
        using var sheet = opened.Value;
        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        var read = AreaSheet.Read(sheet, today);
        if (read.IsFailure) return read.Error;
        var rows = read.Value.Areas.Count + read.Value.Findings.Count;
        if (read.Value.Findings.Count > 0)
        {
            db.Record(actor, "access.risk-list.refused", "risk-list", null, details: new { rows, refused = read.Value.Findings.Count });
            await db.CommitAsync(ct);
            return new AreaUpload(null, rows, read.Value.Findings);
        }
        var list = await AddAsync(fileName, source, today, read.Value.Areas, actor, ct);
        return list.IsFailure ? list.Error : new AreaUpload(list.Value, rows, []);
    }

    /// <summary>Stores a list that was read; commits.</summary>
    public async Task<Result<Guid>> AddAsync(string fileName, string? source, DateOnly asOf, IReadOnlyList<(int Row, RiskArea Area)> areas, Actor actor, CancellationToken ct)
    {
        var from = TextFold.Clean(source);
        if (from.Length > LongestSource) return ReturnErrors.TooLong;
        for (var turn = 1; ; turn++)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var number = (await db.Set<RiskList>().MaxAsync(l => (int?)l.Number, ct) ?? 0) + 1;
            var list = RiskList.Import(number, asOf, fileName.Length > 100 ? fileName[..100] : fileName, from, areas.Count, actor.AccountId, clock.GetUtcNow());
            db.Add(list);
            db.Record(actor, "access.risk-list.imported", "risk-list", list.Id, details: new { number, areas = areas.Count });
            try
            {
                await db.CommitAsync(ct);
                await db.BulkInsertAsync(areas.Select(a => RiskListArea.Of(list.Id, a.Row, a.Area)), ct);
                await transaction.CommitAsync(ct);
                return list.Id;
            }
            catch (DbUpdateException failure) when (turn < 4 && db.Dialect.IsUniqueViolation(failure))
            {
                db.Forget();
            }
        }
    }

    public async Task<Result> DiscardAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var list = await SeesAsync(actor, ct) ? await db.Set<RiskList>().SingleOrDefaultAsync(l => l.Id == id, ct) : null;
        if (list is null) return ReturnErrors.ListNotFound;
        if (!list.IsDraft) return ReturnErrors.ListNotDraft;
        list.Discard(clock.GetUtcNow());
        db.Record(actor, "access.risk-list.discarded", "risk-list", id);
        await db.CommitAsync(ct);
        return Result.Ok;
    }

    /// <summary>The lists are the installation's: whoever works anywhere in it sees them.</summary>
    public async Task<bool> SeesAsync(Actor actor, CancellationToken ct) =>
        await sight.ReachAsync(actor, ReturnPermissions.Areas, ct) is { } reach && (reach.Everything || reach.Places.Count > 0 || reach.Units.Count > 0);
}
