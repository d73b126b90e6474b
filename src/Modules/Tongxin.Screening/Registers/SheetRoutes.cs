using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Sheets;
using Tongxin.Platform.Ui;
using Tongxin.Screening.Registers.Data;
using Tongxin.Screening.Rounds;

namespace Tongxin.Screening.Registers;

/// <summary>The sheets as workbooks: masked for whoever may read them, in the clear with a second person's leave.</summary>
internal static class SheetRoutes
{
    private const int MostUnits = 200_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var sheet = routes.MapGroup("/testing/{id:guid}/sheets/{sheet}").ExcludeFromDescription();
        sheet.MapGet("/masked.xlsx", (Guid id, string sheet, Clerk clerk, CancellationToken ct) => clerk.AnswerAsync(id, sheet, isUnmasked: false, ct)).Needs(SheetPermissions.Read);
        sheet.MapGet("/full.xlsx", (Guid id, string sheet, Clerk clerk, CancellationToken ct) => clerk.AnswerAsync(id, sheet, isUnmasked: true, ct)).Needs(SheetPermissions.Export);
        sheet.MapPost("/request", (Guid id, string sheet, [FromForm] string? purpose, AllSheets sheets, SheetLeaves leaves, TestingDeed deed, IStringLocalizer<SheetText> t, CancellationToken ct) =>
            deed.DoAsync(
                actor => sheets.Find(sheet) is { } known ? leaves.RequestAsync(id, known, purpose, actor, ct) : Task.FromResult<Result>(SheetErrors.NotFound),
                t["asked"], $"/testing/{id}/sheets/{sheet}", ct)).Needs(SheetPermissions.Export);
    }

    internal sealed record Clerk(
        AllSheets Sheets, SheetLeaves Leaves, ICurrentActor Current, TongxinDb Db, IStringLocalizer<SheetText> Texts, IStringLocalizer<UiText> Ui, TimeProvider Clock)
    {
        public async Task<IResult> AnswerAsync(Guid id, string key, bool isUnmasked, CancellationToken ct)
        {
            if (Sheets.Find(key) is not { } sheet || await Current.GetAsync(ct) is not { } actor) return Results.NotFound();
            SheetLeave? leave = null;
            if (isUnmasked && (leave = await Leaves.LeaveAsync(id, sheet, actor, ct)) is null) return Results.NotFound();
            if (await sheet.ReadAsync(id, 0, MostUnits, actor, leave, ct) is not { } view) return Results.NotFound();
            Db.Record(actor, isUnmasked ? "screening.sheet.exported-clear" : "screening.sheet.exported", "round", id, leave?.Purpose, new { sheet = sheet.Key, rows = view.Lines.Count });
            await Db.CommitAsync(ct);
            var mark = Texts["watermark", actor.Name, Moments.Full(Clock.GetUtcNow(), Ui)] + (leave is null ? "" : $" · {leave.Purpose}");
            var document = new SheetDocument
            {
                Name = sheet.Title,
                Titles = [sheet.Title, $"{view.Round.Round.Number} {view.Round.Round.Title}"],
                Watermark = mark,
                Columns = [.. sheet.Headers.Zip(sheet.Widths, (header, width) => new SheetColumn(header, width, SheetColumnStyle.Wrapped))],
                Rows = view.Lines.Select(l => (IReadOnlyList<SheetValue>)[.. l.Select(v => v is int number ? number : (SheetValue)(v as string))]),
            };
            return Results.File(SheetWriter.ToBytes(document), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"{sheet.Title}-{view.Round.Round.Number}.xlsx");
        }
    }
}

/// <summary>The sheets there are.</summary>
internal sealed class AllSheets(IEnumerable<ITestingSheet> sheets)
{
    public ITestingSheet? Find(string key) => sheets.FirstOrDefault(s => s.Key == key);
}
