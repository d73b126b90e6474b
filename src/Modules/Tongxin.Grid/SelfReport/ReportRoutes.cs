using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Text;
using Tongxin.Grid.Data;
using Tongxin.Platform;
using Tongxin.Platform.Ui;

namespace Tongxin.Grid.SelfReport;

/// <summary>What the second form of the self-report page sends. The ticket is the right: nobody is signed in.</summary>
internal sealed class OwnReportForm
{
    public string? Ticket { get; set; }
    public Guid Id { get; set; }
    public string? Here { get; set; }
    public int? Residents { get; set; }
    public HousingUse? Use { get; set; }
    public VisitNeed[]? Needs { get; set; }
    public LastTest? LastTest { get; set; }
    public string? LastTestReason { get; set; }
    public string? Note { get; set; }
}

internal static class ReportRoutes
{
    public static void Map(IEndpointRouteBuilder routes) =>
        // "sign-in" is the host's limit for whoever may be guessing.
        routes.MapPost("/report/{code}/send", SendAsync).AllowAnonymous().RequireRateLimiting("sign-in").ExcludeFromDescription();

    private static async Task<IResult> SendAsync(string code, [FromForm] OwnReportForm form, SelfReport slice, IFlash flash, IStringLocalizer<GridText> texts, CancellationToken ct)
    {
        var sent = await slice.ReportAsync(form.Ticket ?? "", form.Id, new OwnReport(
            form.Here != "no", form.Residents, form.Use, form.Needs ?? [], form.LastTest, form.LastTestReason, form.Note), ct);
        if (sent.IsFailure) flash.Say(FlashKind.Refused, texts.Say(sent.Error));
        return TypedResults.LocalRedirect($"/report/{Uri.EscapeDataString(code)}{(sent.IsFailure ? "" : "?done=1")}");
    }
}
