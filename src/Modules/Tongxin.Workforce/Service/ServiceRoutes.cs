using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Ui;

namespace Tongxin.Workforce.Service;

/// <summary>A certificate on request.</summary>
internal static class ServiceRoutes
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/duties/certificates", IssueAsync).SignedIn().ExcludeFromDescription();

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
