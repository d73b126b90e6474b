using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Core.Text;
using Tongxin.Platform.Data;
using Tongxin.Platform.Sheets;
using Tongxin.Screening.Laboratory.Data;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Screening.Tubes.Data;

namespace Tongxin.Screening.Laboratory;

/// <summary>
/// Holds the rows of a file against the tubes: tube, round, k and member count must all be what the tables recorded. A person's result
/// is never inferred from another tube than the person's own. Changes nothing but the rows' fates.
/// </summary>
internal sealed class MatchRows(TongxinDb db, TimeProvider clock)
{
    private const int Together = 1000;

    /// <summary>Clocks of laboratory and table may be this far apart.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Reads the tubes and judges every row.</summary>
    public async Task ExecuteAsync(TestingRound round, IReadOnlyDictionary<LabField, int> columns, IReadOnlyList<LabRow> rows, CancellationToken ct)
    {
        var codes = Codes(rows);
        var tubes = new Dictionary<string, TubeRow>(StringComparer.Ordinal);
        foreach (var part in codes.Chunk(Together))
            foreach (var tube in await db.Set<TubeRow>().AsNoTracking().Where(t => part.Contains(t.Code)).ToListAsync(ct)) tubes[tube.Code] = tube;
        await JudgeAsync(round, columns, rows, tubes, ct);
    }

    /// <summary>The same against tubes that the caller holds.</summary>
    public async Task JudgeAsync(
        TestingRound round, IReadOnlyDictionary<LabField, int> columns, IReadOnlyList<LabRow> rows, IReadOnlyDictionary<string, TubeRow> tubes, CancellationToken ct)
    {
        var said = new Dictionary<(string, int), TubeResult?>();
        foreach (var part in Codes(rows).Where(c => tubes.TryGetValue(c, out var t) && t.ResultVersion > 0).Chunk(Together))
        {
            var reports = await db.Set<TubeFactRow>().AsNoTracking().Where(f => part.Contains(f.TubeCode) && f.Kind == TubeFactKind.Resulted)
                .Select(f => new { f.TubeCode, f.ResultVersion, f.Result }).ToListAsync(ct);
            foreach (var report in reports) said[(report.TubeCode, report.ResultVersion ?? 0)] = report.Result;
        }

        var others = tubes.Values.Where(t => t.RoundId is not null && t.RoundId != round.Id).Select(t => t.RoundId).Distinct().ToList();
        var numbers = others.Count == 0 ? new Dictionary<Guid, string>() : await db.Set<TestingRound>().Where(r => others.Contains(r.Id)).Select(r => new { r.Id, r.Number }).ToDictionaryAsync(r => r.Id, r => r.Number, ct);
        var latest = clock.GetUtcNow() + Tolerance;
        foreach (var row in rows.Where(r => !r.IsUnreadable))
        {
            var (error, field) = Against(row, round, tubes.GetValueOrDefault(row.TubeCode), numbers, latest);
            if (error is not null) row.Refuse(error, columns.TryGetValue(field, out var column) ? SheetAddress.Of(column, row.RowNumber) : null);
            else Weigh(row, tubes[row.TubeCode], said, columns);
        }
    }

    public static IReadOnlyList<string> Codes(IEnumerable<LabRow> rows) => [.. rows.Where(r => !r.IsUnreadable).Select(r => r.TubeCode).Distinct(StringComparer.Ordinal)];

    /// <summary>What stands against a row, and in which column; null: it is its tube's.</summary>
    private static (Error? Error, LabField Field) Against(LabRow row, TestingRound round, TubeRow? tube, Dictionary<Guid, string> numbers, DateTimeOffset latest)
    {
        if (!SameRound(row.RoundText, round)) return (LaboratoryErrors.RoundDiffers(round.Number), LabField.Round);
        if (row.ReportedAt > latest) return (LaboratoryErrors.RowFuture, LabField.ReportedAt);
        if (tube?.RoundId is not { } of) return (LaboratoryErrors.TubeUnknown, LabField.Tube);
        if (of != round.Id) return (LaboratoryErrors.TubeRound(numbers.GetValueOrDefault(of) ?? ""), LabField.Tube);
        // Two tubes carry this code: their counts are nobody's, and the tubes' rules apply no result.
        if (tube.IsCollided) return default;
        if (tube.ClosedAt is null) return (LaboratoryErrors.TubeOpen, LabField.Tube);
        // A year that was typed wrong would be a proof that ran out, or one before the swab.
        if (row.ReportedAt < tube.OpenedAt - Tolerance) return (LaboratoryErrors.RowBefore, LabField.ReportedAt);
        if (tube.Size != row.Size) return (LaboratoryErrors.SizeDiffers(tube.Size, row.Size ?? 0), LabField.Size);
        return tube.CountAtClosing != row.Members ? (LaboratoryErrors.MembersDiffer(tube.CountAtClosing ?? 0, row.Members ?? 0), LabField.Members) : default;
    }

    /// <summary>First result, correction, or known already; an older or a contradicting version is neither.</summary>
    private static void Weigh(LabRow row, TubeRow tube, Dictionary<(string, int), TubeResult?> said, IReadOnlyDictionary<LabField, int> columns)
    {
        var warning = tube.IsCollided ? LaboratoryErrors.WarnCollided : tube.IsInDoubt ? LaboratoryErrors.WarnDoubt : null;
        if (said.TryGetValue((row.TubeCode, row.ResultVersion), out var before))
        {
            if (before == row.Result) row.Fit(LabFate.Known, warning);
            else row.Refuse(LaboratoryErrors.VersionTaken(row.ResultVersion), At(LabField.Version) ?? At(LabField.Result));
        }
        else if (row.ResultVersion < tube.ResultVersion) row.Refuse(LaboratoryErrors.VersionOld(tube.ResultVersion), At(LabField.Version));
        else if (tube.ResultVersion == 0) row.Fit(LabFate.New, warning);
        else row.Fit(LabFate.Corrected, warning ?? Turned());

        string? At(LabField field) => columns.TryGetValue(field, out var column) ? SheetAddress.Of(column, row.RowNumber) : null;

        Error? Turned() => said.GetValueOrDefault((row.TubeCode, tube.ResultVersion)) is { } was && was != row.Result ? LaboratoryErrors.WarnTurned(was) : null;
    }

    /// <summary>By number or by title, as the laboratory was told it.</summary>
    private static bool SameRound(string text, TestingRound round) =>
        text.Length > 0 && (string.Equals(Fold(text), Fold(round.Number), StringComparison.Ordinal) || string.Equals(Fold(text), Fold(round.Title), StringComparison.Ordinal));

    private static string Fold(string text) => TextFold.ForSearch(text).Replace(" ", "", StringComparison.Ordinal);
}
