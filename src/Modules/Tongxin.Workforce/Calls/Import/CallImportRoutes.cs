using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Http;
using Tongxin.Platform.Sheets;
using Tongxin.Platform.Ui;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Calls.Import;

/// <summary>The posts and downloads of files of applications.</summary>
internal static class CallImportRoutes
{
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var desk = routes.MapGroup("/calls/{id:guid}/import").Needs(CallPermissions.Import);
        desk.MapPost("", UploadAsync).WithMetadata(new UploadAttribute());
        desk.MapPost("/{import:guid}/columns", async (Guid id, Guid import, HttpRequest request, CallImports imports, CallDeed deed, CancellationToken ct) =>
        {
            var columns = new Dictionary<CallField, int>();
            foreach (var (key, value) in await request.ReadFormAsync(ct))
                if (key.StartsWith('c') && int.TryParse(key.AsSpan(1), out var column) && Enum.TryParse<CallField>(value, out var field)) columns.TryAdd(field, column);
            return await deed.DoAsync(actor => imports.MapAsync(id, import, columns, actor, ct), "import.mapped", $"/calls/{id}/import/{import}", ct);
        });
        desk.MapPost("/{import:guid}/commit", (Guid id, Guid import, CommitCallImport commit, CallDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => commit.ExecuteAsync(id, import, actor, ct), "import.started", $"/calls/{id}/import/{import}", ct));
        desk.MapPost("/{import:guid}/discard", (Guid id, Guid import, CallImports imports, CallDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => imports.DiscardAsync(id, import, actor, ct), "import.discarded", $"/calls/{id}/import", ct));
        desk.MapGet("/{import:guid}/progress", IResult (Guid id, Guid import) => new RazorComponentResult<CallImportProgress>(new { CallId = id, ImportId = import }));
        desk.MapGet("/{import:guid}/refused.xlsx", RefusedAsync);
        desk.MapGet("/template.xlsx", (Guid id, IStringLocalizer<CallText> t) => Workbook(new SheetDocument
        {
            Name = t["import.title"],
            Columns = [.. Enum.GetValues<CallField>().Where(f => f != CallField.Document).Select(f => new SheetColumn(t[$"column.{f}"], 14))],
            Rows = [],
        }, $"{t["import.title"]}.xlsx"));
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> UploadAsync(
        Guid id, [FromForm] IFormFile? file, CallImports imports, ICurrentActor current, IFlash flash, ErrorCatalogue errors, CancellationToken ct)
    {
        Result<Guid> uploaded = CallErrors.FileMissing;
        if (file is not null)
        {
            await using var content = file.OpenReadStream();
            uploaded = await imports.UploadAsync(id, content, file.FileName, await current.RequireAsync(ct), ct);
        }
        if (!uploaded.IsFailure) return TypedResults.LocalRedirect($"/calls/{id}/import/{uploaded.Value}");
        if (uploaded.Error.Kind == ErrorKind.NotFound) return TypedResults.NotFound();
        flash.Say(FlashKind.Refused, errors.Say(uploaded.Error));
        return TypedResults.LocalRedirect($"/calls/{id}/import");
    }

    /// <summary>The refused rows as they stood in the file, the reason beside each: mend it and bring it again.</summary>
    private static async Task<IResult> RefusedAsync(
        Guid id, Guid import, CallImports imports, TongxinDb db, ICurrentActor current, ErrorCatalogue errors, IStringLocalizer<CallText> t, CancellationToken ct)
    {
        var found = await imports.FindAsync(id, import, await current.RequireAsync(ct), ct);
        if (found is null) return Results.NotFound();
        var reasons = await db.Set<CallImportRow>().AsNoTracking().Where(r => r.ImportId == import && r.Fate == RowFate.Refused).ToDictionaryAsync(r => r.RowNumber, ct);
        var opened = await imports.OpenAsync(found, ct);
        if (opened.IsFailure) return Results.NotFound();
        using var source = opened.Value;
        var layout = CallColumns.Header.Find(source);
        if (layout.IsFailure) return Results.NotFound();
        var rows = new List<IReadOnlyList<SheetValue>>(reasons.Count);
        foreach (var read in source.Rows().Where(r => !r.IsFailure).Select(r => r.Value))
        {
            if (!reasons.TryGetValue(read.Number, out var row)) continue;
            object?[] args = row.Arg is null ? [] : [row.Arg];
            rows.Add([errors.Say(row.Code ?? "", args), row.Address ?? "", .. Enumerable.Range(0, layout.Value.Headers.Count).Select(c => (SheetValue)read[c].Text)]);
        }
        return Workbook(new SheetDocument
        {
            Name = "refused",
            Columns = [new SheetColumn(t["import.reason"], 44, SheetColumnStyle.Warning), new SheetColumn(t["import.cell"], 8), .. layout.Value.Headers.Select(h => new SheetColumn(h))],
            Rows = rows,
        }, $"{t["fate.Refused"]}.xlsx");
    }

    private static FileContentHttpResult Workbook(SheetDocument document, string name)
    {
        using var stream = new MemoryStream();
        SheetWriter.Write(stream, document);
        return TypedResults.File(stream.ToArray(), Xlsx, name);
    }
}
