using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Sheets;
using Tongxin.Platform.Ui;
using Tongxin.Workforce.Duties;

namespace Tongxin.Workforce.Service;

/// <summary>A certificate on request; the service record as a workbook.</summary>
internal static class ServiceRoutes
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/duties/certificates", IssueAsync).SignedIn().ExcludeFromDescription();
        routes.MapGet("/service.xlsx", SheetAsync).Needs(DutyPermissions.ReadService).ExcludeFromDescription();
    }

    private static async Task<IResult> SheetAsync(
        string? from, string? through, string? unit, ServiceQueries queries, ICurrentActor current, TongxinDb db, IStringLocalizer<DutyText> texts, IStringLocalizer<UiText> ui, TimeProvider clock, CancellationToken ct)
    {
        var actor = await current.RequireAsync(ct);
        var asked = await queries.ReadAsync(from, through, unit, ct);
        db.Record(actor, "workforce.service.exported", "service", asked.Unit, details: new { from = asked.First, through = asked.Last, people = asked.View.ByPerson.Count });
        await db.CommitAsync(ct);
        var watermark = texts["log.watermark", actor.Name, Moments.Full(clock.GetUtcNow(), ui)];
        return Results.File(SheetWriter.ToBytes(ServiceSheet.Document(asked.View, asked.Days, watermark, texts)), Workbook, $"{ServiceSheet.Title}-{asked.Days}.xlsx");
    }

    private static async Task<IResult> IssueAsync(
        [FromForm] string? from, [FromForm] string? through, Certificates slice, ICurrentActor current, IFlash flash, IStringLocalizer<DutyText> texts, CancellationToken ct)
    {
        var issued = await slice.IssueAsync(ServicePage.Day(from), ServicePage.Day(through), await current.RequireAsync(ct), ct);
        if (!issued.IsFailure) return TypedResults.LocalRedirect($"/certificates/{issued.Value}");
        if (issued.Error.Kind == ErrorKind.NotFound) return TypedResults.NotFound();
        flash.Say(FlashKind.Refused, texts.Say(issued.Error));
        return TypedResults.LocalRedirect("/duties/service");
    }
}
