using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Ui;
using Tongxin.Platform.Ui.Hosting;

namespace Tongxin.Grid.ReviewVisits;

/// <summary>The decisions about one target: confirm, withdraw a fact, excuse.</summary>
internal static class ReviewRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var target = routes.MapGroup("/rounds/{round:guid}/targets/{target:guid}").ExcludeFromDescription();
        target.MapPost("/confirm", async (Guid round, Guid target, [FromForm] Guid outcome, [FromForm] string? note, [FromForm] string? back, ReviewVisits slice, Desk desk, CancellationToken ct) =>
            await desk.AnswerAsync(round, target, back, "review.confirmed", actor => slice.ConfirmAsync(round, target, outcome, note, actor, ct), ct)).Needs(GridPermissions.ReviewVisits);
        target.MapPost("/withdraw", async (Guid round, Guid target, [FromForm] Guid id, [FromForm] Guid outcome, [FromForm] string? reason, ReviewVisits slice, Desk desk, CancellationToken ct) =>
            await desk.AnswerAsync(round, target, null, "review.withdrawn", actor => slice.WithdrawAsync(id, round, target, outcome, reason, actor, ct), ct)).Needs(GridPermissions.ReviewVisits);
        target.MapPost("/excuse", async (Guid round, Guid target, [FromForm] Guid id, [FromForm] string? reason, ExcuseTarget.ExcuseTarget slice, Desk desk, CancellationToken ct) =>
            await desk.AnswerAsync(round, target, null, "excuse.done", actor => slice.ExecuteAsync(id, round, target, reason, actor, ct), ct)).Needs(GridPermissions.OpenRounds);
    }
}

/// <summary>What every decision needs to be answered.</summary>
internal sealed record Desk(ICurrentActor Current, IFlash Flash, IStringLocalizer<GridText> Texts)
{
    public async Task<IResult> AnswerAsync(Guid round, Guid target, string? back, string done, Func<Actor, Task<Result>> act, CancellationToken ct)
    {
        if (await Current.GetAsync(ct) is not { } actor) return TypedResults.NotFound();
        var result = await act(actor);
        if (result is { IsFailure: true, Error.Kind: ErrorKind.NotFound }) return TypedResults.NotFound();
        if (result.IsFailure) Flash.Say(FlashKind.Refused, Texts.Say(result.Error));
        else Flash.Say(FlashKind.Done, Texts[done]);
        return TypedResults.LocalRedirect(back is null ? $"/rounds/{round}/targets/{target}" : HttpRequestExtensions.LocalOrHome(back));
    }
}
