using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Rounds;
using Tongxin.Grid.RecordVisit;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Ui;
using Tongxin.Platform.Ui.Hosting;

namespace Tongxin.Grid.CaptainList;

/// <summary>The taps of the captain's list: plain forms that go back to the card, or one card for htmx.</summary>
internal static class DoorRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var door = routes.MapGroup("/doors/{round:guid}/{target:guid}").Needs(GridPermissions.RecordVisits).ExcludeFromDescription();
        door.MapPost("/outcome", OutcomeAsync);
        door.MapPost("/undo", UndoAsync);
        door.MapPost("/details", DetailsAsync);
    }

    private static Task<IResult> OutcomeAsync(
        Guid round, Guid target, [FromForm] Guid id, [FromForm] OutcomeKind kind, [FromForm] Channel? channel, Tap tap, CancellationToken ct) =>
        tap.AnswerAsync(round, target, new OutcomeItem(id, round, target, kind, channel ?? Channel.Visit), ct);

    private static Task<IResult> UndoAsync(Guid round, Guid target, [FromForm] Guid id, [FromForm] Guid corrects, Tap tap, CancellationToken ct) =>
        tap.AnswerAsync(round, target, new OutcomeItem(id, round, target, OutcomeKind.Withdrawn, Channel.Visit, Corrects: corrects), ct);

    private static async Task<IResult> DetailsAsync(
        Guid round, Guid target, [FromForm] DetailsForm form, Tap tap, RecordDetails slice, CancellationToken ct)
    {
        if (await tap.Current.GetAsync(ct) is not { } actor) return TypedResults.NotFound();
        var answer = await slice.ExecuteAsync(round, target, form, actor, ct);
        return tap.Answer(round, target, answer);
    }
}

/// <summary>What every tap needs to be answered.</summary>
internal sealed record Tap(IHttpContextAccessor Http, RecordOutcomes Slice, ICurrentActor Current, IFlash Flash, IStringLocalizer<GridText> Texts)
{
    public async Task<IResult> AnswerAsync(Guid round, Guid target, OutcomeItem item, CancellationToken ct)
    {
        if (await Current.GetAsync(ct) is not { } actor) return TypedResults.NotFound();
        var answer = (await Slice.ExecuteAsync([item], actor, ct))[0];
        return Answer(round, target, answer.Error is { } error ? error : Core.Common.Result.Ok);
    }

    public IResult Answer(Guid round, Guid target, Core.Common.Result result)
    {
        if (result.IsFailure)
        {
            if (result.Error.Kind == Core.Common.ErrorKind.NotFound) return TypedResults.NotFound();
            Flash.Say(FlashKind.Refused, Texts.Say(result.Error));
        }
        if (Http.HttpContext?.Request.IsHtmx() == true) return new RazorComponentResult<DoorSaved>(new { Round = round, Target = target }) { PreventStreamingRendering = true };
        return TypedResults.LocalRedirect($"/doors?round={round}#d-{target.ToString("N")[20..]}");
    }
}
