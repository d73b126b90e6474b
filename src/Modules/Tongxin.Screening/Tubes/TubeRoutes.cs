using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Platform.Access;
using Tongxin.Platform.Http;
using Tongxin.Platform.Ui;

namespace Tongxin.Screening.Tubes;

/// <summary>What the forms of a tube's page post to.</summary>
internal static class TubeRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/testing/tubes/{code}/correct", CorrectAsync).Needs(TubePermissions.Correct).ExcludeFromDescription();
        routes.MapPost("/testing/{round:guid}/boxes", StepAsync).Needs(TubePermissions.Receive).ExcludeFromDescription();
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> StepAsync(
        Guid round, [FromForm] string? box, [FromForm] string? step, ReceiveBoxes boxes, ICurrentActor current, IFlash flash, ErrorCatalogue errors, IStringLocalizer<TubesText> t, CancellationToken ct)
    {
        var kind = step == nameof(TubeFactKind.Testing) ? TubeFactKind.Testing : TubeFactKind.Received;
        var result = await boxes.StepAsync(round, box, kind, await current.RequireAsync(ct), ct);
        if (result.IsFailure && result.Error == TubeErrors.NotFound) return TypedResults.NotFound();
        flash.Say(result.IsFailure ? FlashKind.Refused : FlashKind.Done, result.IsFailure ? errors.Say(result.Error) : t["boxes.done." + kind, TubeCode.Read(box), result.Value]);
        return TypedResults.LocalRedirect($"/testing/{round}/boxes");
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> CorrectAsync(
        string code, [FromForm] string? kind, [FromForm] string? fact, [FromForm] string? who, [FromForm] int? members, [FromForm] string? why,
        CorrectTube correct, ICurrentActor current, IFlash flash, ErrorCatalogue errors, IStringLocalizer<TubesText> t, CancellationToken ct)
    {
        var result = Enum.TryParse<TubeCorrection>(kind, out var read) && Enum.IsDefined(read)
            ? await correct.AskAsync(code, read, Guid.TryParse(fact, out var id) ? id : null, who, members, why, await current.RequireAsync(ct), ct)
            : TubeErrors.Field("kind");
        if (result.IsFailure && result.Error == TubeErrors.NotFound) return TypedResults.NotFound();
        flash.Say(result.IsFailure ? FlashKind.Refused : FlashKind.Done, result.IsFailure ? errors.Say(result.Error) : t["correct.asked"]);
        return TypedResults.LocalRedirect($"/testing/tubes/{Uri.EscapeDataString(code)}");
    }
}
