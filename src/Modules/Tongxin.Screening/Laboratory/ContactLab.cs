using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Laboratory.Data;

namespace Tongxin.Screening.Laboratory;

/// <summary>Notes that the laboratory was asked about a file in quarantine: when, by whom, whom there, and what was said.</summary>
internal sealed class ContactLab(TongxinDb db, LabFiles files, TimeProvider clock)
{
    public const int LongestWhom = 60;
    public const int LongestNote = 200;

    // The button pressed twice is one call.
    private static readonly TimeSpan SameCall = TimeSpan.FromMinutes(1);

    /// <summary>Commits.</summary>
    public async Task<Result> ExecuteAsync(Guid roundId, Guid id, string? whom, string? note, Actor actor, CancellationToken ct)
    {
        if (await files.RoundAsync(roundId, actor, LaboratoryPermissions.Upload, ct) is null) return LaboratoryErrors.NotFound;
        if (await db.Set<LabFile>().AsNoTracking().SingleOrDefaultAsync(f => f.Id == id && f.RoundId == roundId, ct) is not { } file) return LaboratoryErrors.NotFound;
        if (file.State != LabFileState.Quarantined) return LaboratoryErrors.NotQuarantined;
        if (string.IsNullOrWhiteSpace(whom) || whom.Trim().Length > LongestWhom || note?.Trim().Length > LongestNote) return LaboratoryErrors.WhomMissing;
        var (asked, said) = (whom.Trim(), string.IsNullOrWhiteSpace(note) ? null : note.Trim());
        var (now, by) = (clock.GetUtcNow(), LabFiles.By(actor));
        var since = now - SameCall;
        if (await db.Set<LabContact>().AnyAsync(c => c.FileId == id && c.ById == by && c.Whom == asked && c.Note == said && c.At > since, ct)) return Result.Ok;
        db.Add(LabContact.Of(id, asked, said, by, now));
        db.Record(actor, "screening.lab-file.contacted", "round", roundId, details: new { file = id, number = file.Number });
        await db.CommitAsync(ct);
        return Result.Ok;
    }
}
