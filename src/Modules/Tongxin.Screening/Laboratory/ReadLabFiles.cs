using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Laboratory.Data;
using Tongxin.Screening.Rounds;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Screening.Tubes.Data;

namespace Tongxin.Screening.Laboratory;

/// <summary>The files of a round, and how many tubes have no result yet.</summary>
/// <param name="Contacted">When the laboratory was last asked about a file; who was never asked about is not in it.</param>
internal sealed record LabDeskView(TestingRound Round, IReadOnlyList<LabFile> Files, int WithResult, int Waiting, IReadOnlyDictionary<Guid, DateTimeOffset> Contacted);

/// <summary>The laboratory was asked about a file.</summary>
internal sealed record LabContactLine(DateTimeOffset At, string? By, string Whom, string? Note);

/// <summary>One file with the rows of one fate.</summary>
/// <param name="Again">An earlier file of the round with the very same bytes.</param>
/// <param name="Absent">Closed tubes of the round without a result that this file does not name, the first some.</param>
internal sealed record LabFileView(
    TestingRound Round, LabFile File, IReadOnlyList<LabRow> Rows, int Total, LabFate Fate, LabFile? Again, IReadOnlyList<string> Absent, int AbsentTotal, int Warnings,
    IReadOnlyList<LabContactLine> Contacts);

/// <summary>Files of the laboratory for those who may see them.</summary>
internal sealed class ReadLabFiles(TongxinDb db, LabFiles files, ReadWho who)
{
    public const int Most = 200;

    private static readonly TubeStage[] Waiting = [TubeStage.Closed, TubeStage.Boxed, TubeStage.Received, TubeStage.Testing];

    public async Task<LabDeskView?> DeskAsync(Guid roundId, Actor actor, CancellationToken ct)
    {
        if (await files.RoundAsync(roundId, actor, LaboratoryPermissions.Read, ct) is not { } round) return null;
        var list = await db.Set<LabFile>().AsNoTracking().Where(f => f.RoundId == roundId).OrderByDescending(f => f.Number).Take(100).ToListAsync(ct);
        var tubes = db.Set<TubeRow>().Where(t => t.RoundId == roundId);
        var ids = list.ConvertAll(f => f.Id);
        // Dates are compared here: not every database compares the greatest of them.
        var contacted = (await db.Set<LabContact>().AsNoTracking().Where(c => ids.Contains(c.FileId)).Select(c => new { c.FileId, c.At }).ToListAsync(ct)).GroupBy(c => c.FileId).ToDictionary(g => g.Key, g => g.Max(c => c.At));
        return new LabDeskView(
            round, list, await tubes.CountAsync(t => t.ResultVersion > 0, ct), await tubes.CountAsync(t => t.ResultVersion == 0 && Waiting.Contains(t.Stage), ct), contacted);
    }

    public async Task<LabFileView?> FindAsync(Guid roundId, Guid id, LabFate? asked, Actor actor, CancellationToken ct)
    {
        if (await files.RoundAsync(roundId, actor, LaboratoryPermissions.Read, ct) is not { } round) return null;
        if (await db.Set<LabFile>().AsNoTracking().SingleOrDefaultAsync(f => f.Id == id && f.RoundId == roundId, ct) is not { } file) return null;
        var fate = asked ?? (file.RefusedCount > 0 ? LabFate.Refused : file.CorrectedCount > 0 ? LabFate.Corrected : LabFate.New);
        var rows = db.Set<LabRow>().AsNoTracking().Where(r => r.FileId == id);
        var ofFate = rows.Where(r => r.Fate == fate);
        var again = await db.Set<LabFile>().AsNoTracking().Where(f => f.RoundId == roundId && f.ContentHash == file.ContentHash && f.Number < file.Number).OrderBy(f => f.Number).FirstOrDefaultAsync(ct);
        var absent = db.Set<TubeRow>().Where(t => t.RoundId == roundId && t.ResultVersion == 0 && Waiting.Contains(t.Stage) && !rows.Any(r => r.TubeCode == t.Code)).Select(t => t.Code);
        var contacts = await db.Set<LabContact>().AsNoTracking().Where(c => c.FileId == id).OrderByDescending(c => c.At).ThenByDescending(c => c.Id).ToListAsync(ct);
        var names = await who.NamesAsync(contacts.Select(c => (Guid?)c.ById), ct);
        return new LabFileView(
            round, file, await ofFate.OrderBy(r => r.RowNumber).Take(Most).ToListAsync(ct), await ofFate.CountAsync(ct), fate, again,
            await absent.OrderBy(c => c).Take(Most).ToListAsync(ct), await absent.CountAsync(ct), await rows.CountAsync(r => r.Fate != LabFate.Refused && r.Code != null, ct),
            contacts.ConvertAll(c => new LabContactLine(c.At, names.GetValueOrDefault(c.ById), c.Whom, c.Note)));
    }
}
