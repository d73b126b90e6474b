using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.Grid.Data;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Sheets;
using Tongxin.Platform.Ui;

namespace Tongxin.Grid.Ledger;

/// <summary>The ledger as a workbook: masked for whoever may read it, in the clear with a second person's leave.</summary>
internal static class LedgerRoutes
{
    private const int MostRows = 20_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var ledger = routes.MapGroup("/rounds/{id:guid}").ExcludeFromDescription();
        ledger.MapGet("/ledger.xlsx", (Guid id, Clerk clerk, CancellationToken ct) => clerk.AnswerAsync(id, unmasked: false, ct)).Needs(GridPermissions.ReadLedger);
        ledger.MapGet("/ledger/full.xlsx", (Guid id, Clerk clerk, CancellationToken ct) => clerk.AnswerAsync(id, unmasked: true, ct)).Needs(GridPermissions.ExportLedger);
        ledger.MapPost("/ledger/request", async (Guid id, [FromForm] string? purpose, LedgerExports exports, ICurrentActor current, IFlash flash, IStringLocalizer<GridText> texts, CancellationToken ct) =>
        {
            if (await current.GetAsync(ct) is not { } actor) return Results.NotFound();
            var asked = await exports.RequestAsync(id, purpose, actor, ct);
            if (asked is { IsFailure: true, Error.Kind: ErrorKind.NotFound }) return Results.NotFound();
            if (asked.IsFailure) flash.Say(FlashKind.Refused, actor.UnitId is null ? texts["ledger.no_unit"] : texts.Say(asked.Error));
            else flash.Say(FlashKind.Done, texts["ledger.asked"]);
            return Results.LocalRedirect($"/rounds/{id}/ledger");
        }).Needs(GridPermissions.ExportLedger);
    }

    internal sealed record Clerk(
        Ledger Ledger, LedgerExports Exports, ICurrentActor Current, TongxinDb Db, IStringLocalizer<GridText> Texts, IStringLocalizer<UiText> Ui, TimeProvider Clock)
    {
        public async Task<IResult> AnswerAsync(Guid id, bool unmasked, CancellationToken ct)
        {
            if (await Current.GetAsync(ct) is not { } actor) return Results.NotFound();
            LedgerExport? leave = null;
            if (unmasked && (leave = await Exports.LeaveAsync(id, actor, ct)) is null) return Results.NotFound();
            var read = await Ledger.ReadAsync(id, 0, MostRows, actor, leave, ct);
            if (read.IsFailure) return Results.NotFound();
            Db.Record(actor, unmasked ? "grid.ledger.exported_clear" : "grid.ledger.exported", "round", id, leave?.Purpose, new { rows = read.Value.Lines.Count });
            await Db.CommitAsync(ct);
            var mark = Texts["sheet.watermark", actor.Name, Moments.Full(Clock.GetUtcNow(), Ui)] + (leave is null ? "" : $" · {leave.Purpose}");
            return Results.File(
                SheetWriter.ToBytes(LedgerSheet.Document(read.Value, mark, Texts, Ui)),
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"敲门行动台账-{read.Value.Round.Number}.xlsx");
        }
    }
}
