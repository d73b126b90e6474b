using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.People.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Http;
using Tongxin.Platform.Sheets;

namespace Tongxin.People.Import;

/// <summary>The refused rows as they stood in the file, the reason beside each: mend it and bring it again.</summary>
internal sealed class RejectedWorkbook(TongxinDb db, ImportFiles imports, ErrorCatalogue errors)
{
    public async Task<Result<SheetDocument>> ExecuteAsync(Guid id, string reasonHeader, string cellHeader, Actor actor, CancellationToken ct)
    {
        var batch = await imports.FindAsync(id, actor, ct);
        if (batch is null) return ImportErrors.NotFound;
        var reasons = await db.Set<ImportFinding>().AsNoTracking()
            .Where(f => f.BatchId == id && f.Kind == FindingKind.Rejected)
            .ToDictionaryAsync(f => f.RowNumber, ct);
        var opened = await imports.OpenAsync(batch, ct);
        if (opened.IsFailure) return opened.Error;
        using var source = opened.Value;
        var layout = ImportHeaders.All.Find(source, batch.SheetIndex);
        if (layout.IsFailure) return layout.Error;

        var headers = layout.Value.Headers;
        var merged = new MergedCells(ImportFileReader.Merged(source, batch.SheetIndex));
        var rows = new List<IReadOnlyList<SheetValue>>(reasons.Count);
        foreach (var read in source.Rows(batch.SheetIndex))
        {
            if (read.IsFailure) return read.Error;
            // Also of rows that are not handed back: a building named once may stand over them all.
            var cells = Enumerable.Range(0, headers.Count).Select(c => (SheetValue)merged.Of(read.Value, c).Text).ToList();
            if (!reasons.TryGetValue(read.Value.Number, out var finding)) continue;
            object?[] args = finding.Arg is null ? [] : [finding.Arg];
            rows.Add([
                errors.Say(finding.Code ?? "", args), finding.Address ?? "",
                .. cells,
            ]);
        }
        return new SheetDocument
        {
            Name = "rejected",
            Columns = [new SheetColumn(reasonHeader, 44, SheetColumnStyle.Warning), new SheetColumn(cellHeader, 8), .. headers.Select(h => new SheetColumn(h))],
            Rows = rows,
        };
    }
}
