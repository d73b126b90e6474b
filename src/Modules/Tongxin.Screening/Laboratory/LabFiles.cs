using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Files;
using Tongxin.Platform.Sheets;
using Tongxin.Screening.Laboratory.Data;
using Tongxin.Screening.Rounds.Data;

namespace Tongxin.Screening.Laboratory;

/// <summary>
/// Files of the laboratory: takes one in and holds every row against the tubes, looks again after something was put right, puts one away.
/// None of this publishes anything. A file is the whole installation's: its tubes come from all sites.
/// </summary>
internal sealed class LabFiles(TongxinDb db, IFiles files, MatchRows match, IOptions<LaboratorySettings> settings, TimeProvider clock)
{
    public const string FilePurpose = "screening.lab-file";
    public const int MostDeclared = LabSheet.MostRows;

    public async Task<TestingRound?> RoundAsync(Guid round, Actor actor, string permission, CancellationToken ct) =>
        actor.ScopeOf(permission).Everything ? await db.Set<TestingRound>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == round, ct) : null;

    /// <summary>Reads a file and keeps it, ready or in quarantine. Commits.</summary>
    /// <param name="declared">Rows that the laboratory says it sent; a file with another number waits.</param>
    public async Task<Result<Guid>> UploadAsync(Guid roundId, Stream content, string fileName, int? declared, Actor actor, CancellationToken ct)
    {
        if (await RoundAsync(roundId, actor, LaboratoryPermissions.Upload, ct) is not { } round) return LaboratoryErrors.NotFound;
        if (declared is not null and not (> 0 and <= MostDeclared)) return LaboratoryErrors.Declared;
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, ct);
        if (copy.Length == 0) return LaboratoryErrors.FileMissing;
        var read = Read(copy.ToArray(), fileName);
        if (read.IsFailure) return read.Error;

        copy.Position = 0;
        var hash = Convert.ToHexString(SHA256.HashData(copy));
        copy.Position = 0;
        for (var turn = 1; ; turn++)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var stored = await files.SaveAsync(copy, fileName, "application/octet-stream", FilePurpose, actor, TimeSpan.FromDays(settings.Value.KeepFileDays), ct);
            var number = (await db.Set<LabFile>().Where(f => f.RoundId == roundId).MaxAsync(f => (int?)f.Number, ct) ?? 0) + 1;
            var file = LabFile.Upload(roundId, number, fileName, stored.Id, hash, ColumnMap.Write(read.Value.Columns), declared, By(actor), clock.GetUtcNow());
            List<LabRow> rows = [.. read.Value.Rows.Select(r => LabRow.Of(file.Id, r))];
            await match.ExecuteAsync(round, read.Value.Columns, rows, ct);
            file.Check(rows, clock.GetUtcNow());
            db.Add(file);
            Record(actor, "screening.lab-file.uploaded", file);
            try
            {
                await db.CommitAsync(ct);
                await db.BulkInsertAsync(rows, ct);
                await transaction.CommitAsync(ct);
                return file.Id;
            }
            catch (DbUpdateException failure) when (turn < 4 && db.Dialect.IsUniqueViolation(failure))
            {
                // Two brought a file at once: the second takes the next number.
                db.Forget();
                copy.Position = 0;
            }
        }
    }

    /// <summary>Holds the rows against the tubes as they are now: phones came in, a count was put right. Commits.</summary>
    public async Task<Result> LookAgainAsync(Guid roundId, Guid id, Actor actor, CancellationToken ct)
    {
        if (await RoundAsync(roundId, actor, LaboratoryPermissions.Upload, ct) is not { } round) return LaboratoryErrors.NotFound;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Set<LabFile>().SingleOrDefaultAsync(f => f.Id == id && f.RoundId == roundId, ct) is not { } file) return LaboratoryErrors.NotFound;
        if (file.State is LabFileState.Published or LabFileState.Discarded) return LaboratoryErrors.NotReady;
        var rows = await RowsAsync(id, ct);
        await match.ExecuteAsync(round, ColumnMap.Read<LabField>(file.Columns), rows, ct);
        file.Check(rows, clock.GetUtcNow());
        await db.BulkUpdateAsync(rows, ct);
        Record(actor, "screening.lab-file.looked-again", file);
        return await CommitAsync(transaction, ct);
    }

    /// <summary>Puts a file away; its rows stay to be seen. Commits.</summary>
    public async Task<Result> DiscardAsync(Guid roundId, Guid id, Actor actor, CancellationToken ct)
    {
        if (await RoundAsync(roundId, actor, LaboratoryPermissions.Upload, ct) is null) return LaboratoryErrors.NotFound;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Set<LabFile>().SingleOrDefaultAsync(f => f.Id == id && f.RoundId == roundId, ct) is not { } file) return LaboratoryErrors.NotFound;
        var result = file.Discard();
        if (result.IsFailure) return result;
        Record(actor, "screening.lab-file.discarded", file);
        return await CommitAsync(transaction, ct);
    }

    public async Task<List<LabRow>> RowsAsync(Guid file, CancellationToken ct) =>
        await db.Set<LabRow>().AsNoTracking().Where(r => r.FileId == file).OrderBy(r => r.RowNumber).ToListAsync(ct);

    public void Record(Actor actor, string action, LabFile file) => db.Record(actor, action, "round", file.RoundId, details: new
    {
        file = file.Id,
        number = file.Number,
        state = file.State.ToString(),
        rows = file.RowsIn,
        fresh = file.NewCount,
        corrected = file.CorrectedCount,
        known = file.KnownCount,
        refused = file.RefusedCount,
    });

    public static Guid By(Actor actor) => actor.PersonId ?? actor.AccountId;

    private async Task<Result> CommitAsync(IDbContextTransaction transaction, CancellationToken ct)
    {
        try
        {
            await db.CommitAsync(ct);
            await transaction.CommitAsync(ct);
            return Result.Ok;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.Forget();
            return LaboratoryErrors.Meanwhile;
        }
    }

    private static Result<LabSheet> Read(byte[] bytes, string fileName)
    {
        // The source closes the stream it reads.
        using var look = new MemoryStream(bytes, writable: false);
        var opened = SheetReader.Open(look, fileName);
        if (opened.IsFailure) return opened.Error;
        using var source = opened.Value;
        return LabSheet.Read(source);
    }
}
