using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Grid.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Sheets;
using Tongxin.Screening.Laboratory.Data;
using Tongxin.Screening.Tubes;
using Tongxin.Screening.Tubes.Data;

namespace Tongxin.Screening.Laboratory;

/// <summary>
/// Publishes a file: all of its rows or none, in one transaction. The tubes are held first and every row is held against them once
/// more, so that nothing that changed since the look slips through; then the results become facts, and what follows from them (states,
/// rechecks, notices, passes) is in the same transaction.
/// </summary>
internal sealed class PublishLabFile(TongxinDb db, LabFiles files, MatchRows match, TubeWriter writer, TimeProvider clock)
{
    public async Task<Result<LabCounts>> ExecuteAsync(Guid roundId, Guid id, Actor actor, CancellationToken ct)
    {
        if (await files.RoundAsync(roundId, actor, LaboratoryPermissions.Publish, ct) is not { } round) return LaboratoryErrors.NotFound;
        if (await db.Set<LabFile>().AsNoTracking().SingleOrDefaultAsync(f => f.Id == id && f.RoundId == roundId, ct) is not { } seen) return LaboratoryErrors.NotFound;
        if (seen.State == LabFileState.Published) return LaboratoryErrors.Published;
        if (seen.State != LabFileState.Ready) return LaboratoryErrors.NotReady;
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var now = TubeWriter.Whole(clock.GetUtcNow());
            var rows = await files.RowsAsync(id, ct);
            // As the writer does: the round's turn before its tubes.
            await RoundTurn.ShareAsync(db, [roundId], ct);
            var tubes = (await TubeLocks.TubesAsync(db, MatchRows.Codes(rows), now, ct)).ToDictionary(t => t.Code, StringComparer.Ordinal);
            var file = await db.Set<LabFile>().SingleAsync(f => f.Id == id, ct);
            // Whoever was faster held the tubes until the commit.
            if (file.State != LabFileState.Ready) return Nothing(file.State == LabFileState.Published ? LaboratoryErrors.Published : LaboratoryErrors.NotReady);
            var before = rows.ConvertAll(r => r.Fate);
            await match.JudgeAsync(round, ColumnMap.Read<LabField>(file.Columns), rows, tubes, ct);
            file.Check(rows, now);
            if (file.State == LabFileState.Quarantined)
            {
                // Rows of tubes that are not there were made only to be held: they go with the transaction.
                await transaction.RollbackAsync(ct);
                return await QuarantineAsync(id, rows, actor, ct);
            }

            if (file.Counts.ToPublish == 0) return Nothing(LaboratoryErrors.NothingNew);
            List<TubeItem> items = [.. rows.Where(r => r.Fate is LabFate.New or LabFate.Corrected).OrderBy(r => r.ResultVersion).Select(r => new TubeItem(FactOf(roundId, r, actor, now), IsVouched: true))];
            var written = await writer.EnterAsync(items, actor, ct);
            if (written.Answers.FirstOrDefault(a => a.Verdict != TubeVerdict.Recorded) is { } odd)
                throw new InvalidOperationException($"A row that fits its tube was not recorded: {odd.Error?.Code}.");
            var published = file.Publish(LabFiles.By(actor), now);
            if (published.IsFailure) return Nothing(published.Error);
            await db.BulkUpdateAsync(rows.Where((r, i) => r.Fate != before[i]).ToList(), ct);
            files.Record(actor, "screening.lab-file.published", file);
            await db.CommitAsync(ct);
            await transaction.CommitAsync(ct);
            return file.Counts;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.Forget();
            return LaboratoryErrors.Meanwhile;
        }
    }

    /// <summary>What was looked at is not written by whatever the request does next.</summary>
    private Result<LabCounts> Nothing(Error why)
    {
        db.Forget();
        return why;
    }

    private async Task<Result<LabCounts>> QuarantineAsync(Guid id, List<LabRow> rows, Actor actor, CancellationToken ct)
    {
        db.Forget();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var file = await db.Set<LabFile>().SingleAsync(f => f.Id == id, ct);
        // Somebody else was faster: then it is published or put away.
        if (file.State is LabFileState.Published or LabFileState.Discarded) return LaboratoryErrors.NotReady;
        file.Check(rows, clock.GetUtcNow());
        await db.BulkUpdateAsync(rows, ct);
        files.Record(actor, "screening.lab-file.held-back", file);
        await db.CommitAsync(ct);
        await transaction.CommitAsync(ct);
        return LaboratoryErrors.Quarantined(file.RefusedCount);
    }

    /// <summary>The result is dated when the laboratory reported it: a proof that counts from the report runs from there.</summary>
    private static TubeFact FactOf(Guid round, LabRow row, Actor actor, DateTimeOffset now)
    {
        var at = row.ReportedAt is { } said && said < now ? said : now;
        return new TubeFact(Ids.New(), round, row.TubeCode, TubeFactKind.Resulted, at, now) { By = LabFiles.By(actor), Result = row.Result, Version = row.ResultVersion };
    }
}
