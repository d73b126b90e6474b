using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Contracts;
using Tongxin.Access.Data;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Files;

namespace Tongxin.Access.Restrictions;

/// <summary>A document that waits for, or stands behind, a measure.</summary>
internal sealed record EvidenceLine(Guid Id, Guid PersonId, EvidenceKind Kind, string Reference, DateTimeOffset RecordedAt);

/// <summary>The doctor enters an evidence about one person, with its document. Without one there is nothing to ask with.</summary>
internal sealed class RecordEvidence(TongxinDb db, PersonSight sight, IFiles files, SecretBox box, TimeProvider clock) : IEvidence
{
    public const string ModuleName = "access";
    public const string FilePurpose = "access.evidence";
    public const int MostBytes = 10 * 1024 * 1024;

    // Two weeks of measure and the ninety days of a closed case; then the document is gone, the fact stays.
    private static readonly TimeSpan Keep = TimeSpan.FromDays(120);
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(14);

    public string Module => ModuleName;

    public async Task<Result<Guid>> ExecuteAsync(Guid person, EvidenceKind? kind, string? reference, Stream? document, string fileName, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(RestrictionPermissions.Impose) || !await sight.ReachesAsync(person, actor, RestrictionPermissions.Impose, ct)) return RestrictionErrors.PersonNotFound;
        if (kind is not { } known || !Enum.IsDefined(known)) return RestrictionErrors.DocumentKind;
        if (Whole.Clean(reference) is not { Length: <= 60 } number) return RestrictionErrors.ReferenceMissing;
        if (document is null) return RestrictionErrors.DocumentMissing;
        using var copy = new MemoryStream();
        await document.CopyToAsync(copy, ct);
        if (copy.Length is 0 or > MostBytes || MediaTypeOf(copy) is not { } media) return RestrictionErrors.DocumentMissing;
        var hash = Convert.ToHexString(box.Index("access.evidence", Convert.ToBase64String(copy.GetBuffer(), 0, (int)copy.Length)) ?? []);
        copy.Position = 0;
        var file = await files.SaveAsync(copy, fileName, media, FilePurpose, actor, Keep, ct);
        var evidence = Evidence.Record(person, known, number, file.Id, hash, actor.AccountId, clock.NowInSeconds());
        db.Add(evidence);
        db.Record(actor, "access.evidence.recorded", "person", person, details: new { evidence = evidence.Id });
        await db.CommitAsync(ct);
        return evidence.Id;
    }

    public async Task<IReadOnlyList<EvidenceFact>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        await db.Set<Evidence>().AsNoTracking().Where(e => ids.Contains(e.Id))
            .Select(e => new EvidenceFact(e.Id, e.PersonId, e.Kind, e.Reference, e.RecordedAt, e.ContentHash)).ToListAsync(ct);

    /// <summary>Fresh evidence within reach on which no measure stands yet, newest first.</summary>
    public async Task<IReadOnlyList<EvidenceLine>> UnusedAsync(Actor actor, CancellationToken ct)
    {
        var since = clock.GetUtcNow() - Fresh;
        var open = await db.Set<Evidence>().AsNoTracking()
            .Where(e => e.RecordedAt > since && !db.Set<Measure>().Any(m => m.EvidenceId == e.Id && m.State != MeasureState.Withdrawn)).OrderByDescending(e => e.RecordedAt)
            .Select(e => new EvidenceLine(e.Id, e.PersonId, e.Kind, e.Reference, e.RecordedAt)).Take(AskRestrictions.MostInBatch).ToListAsync(ct);
        var within = await sight.WithinAsync([.. open.Select(e => e.PersonId).Distinct()], actor, RestrictionPermissions.Impose, ct);
        return [.. open.Where(e => within.Contains(e.PersonId))];
    }

    /// <summary>The document, for those who may see it; the look is journaled.</summary>
    public async Task<(StoredFile File, Stream Content)?> OpenAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var evidence = await db.Set<Evidence>().AsNoTracking().SingleOrDefaultAsync(e => e.Id == id, ct);
        if (evidence is null || !await sight.ReachesAsync(evidence.PersonId, actor, RestrictionPermissions.ReadEvidence, ct)) return null;
        if (await files.FindAsync(evidence.FileId, FilePurpose, ct) is not { } file) return null;
        if (Open(file) is not { } content) return null;
        db.Record(actor, "access.evidence.opened", "person", evidence.PersonId, details: new { evidence = id });
        await db.CommitAsync(ct);
        return (file, content);
    }

    // A restored database may be without its files.
    private Stream? Open(StoredFile file)
    {
        try
        {
            return files.Open(file);
        }
        catch (IOException)
        {
            return null;
        }
    }

    // By what it is, not by what it says it is.
    private static string? MediaTypeOf(MemoryStream content)
    {
        ReadOnlySpan<byte> head = content.GetBuffer().AsSpan(0, (int)Math.Min(content.Length, 8));
        return head.StartsWith("%PDF"u8) ? "application/pdf"
            : head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
            : head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) ? "image/png"
            : null;
    }
}
