using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Sheets;

namespace Tongxin.People.Import;

/// <summary>An import in one go, for the command line and for demo data; a desk looks first (<see cref="PreviewImport"/>).</summary>
internal sealed class Importer(ImportRun run, TimeProvider clock) : IPopulationImport
{
    public async Task<Result<ImportSummary>> ImportAsync(Stream file, string fileName, bool completeRoll, string? campus, Actor actor, CancellationToken ct)
    {
        var opened = SheetReader.Open(file, fileName);
        if (opened.IsFailure) return opened.Error;
        using var source = opened.Value;
        var layout = ImportHeaders.All.Find(source, 0);
        if (layout.IsFailure) return layout.Error;
        var options = new ImportOptions(CampusCalendar.DayOf(clock.GetUtcNow()), completeRoll, campus, layout.Value.Columns);
        var plan = await run.WriteAsync(source, 0, layout.Value.FirstDataRow, options, actor, expected: null, progress: null, ct);
        if (plan.IsFailure) return plan.Error;
        var counts = plan.Value.Counts;
        return new ImportSummary(counts.RowsIn, counts.New, counts.Changed, counts.Unchanged, counts.MovedOut, counts.Duplicates, counts.Rejected,
            Found(FindingKind.Rejected), Found(FindingKind.Unclear));

        IReadOnlyList<RejectedRow> Found(FindingKind kind) =>
            [.. plan.Value.Findings.Where(f => f.Kind == kind).Select(f => new RejectedRow(f.RowNumber, f.Address, f.Error?.Code ?? ""))];
    }
}
