using Microsoft.EntityFrameworkCore;
using Tongxin.People.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.People.Import;

/// <summary>Past imports and what became of their rows.</summary>
internal sealed class ImportHistory(TongxinDb db, SecretBox box)
{
    private const int BatchesShown = 50;

    public async Task<IReadOnlyList<ImportBatch>> ListAsync(Actor actor, CancellationToken ct) =>
        actor.ScopeOf(PeoplePermissions.Import).Everything
            ? await db.Set<ImportBatch>().AsNoTracking().OrderByDescending(b => b.UploadedAt).Take(BatchesShown).ToListAsync(ct)
            : [];

    /// <summary>The rows of one kind, in file order, at most <paramref name="limit"/>.</summary>
    public async Task<IReadOnlyList<FindingLine>> FindingsAsync(Guid batch, FindingKind kind, int limit, CancellationToken ct)
    {
        var rows = await db.Set<ImportFinding>().AsNoTracking()
            .Where(f => f.BatchId == batch && f.Kind == kind).OrderBy(f => f.RowNumber).Take(limit).ToListAsync(ct);
        return [.. rows.Select(f => new FindingLine(f.RowNumber, f.Address, f.Code, f.Arg, f.Fields, box.Unseal(f.ShownSealed) ?? "", f.PersonId))];
    }
}

/// <summary>One line of the preview.</summary>
internal sealed record FindingLine(int RowNumber, string? Address, string? Code, string? Arg, string? Fields, string Shown, Guid? PersonId);
