using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using QRCoder;
using Tongxin.Access.Data;
using Tongxin.Access.Restrictions;
using Tongxin.Core.Common;
using Tongxin.Core.Passes;
using Tongxin.Platform.Access;
using Tongxin.Platform.Http;
using Tongxin.Platform.Ui;

namespace Tongxin.Access.Passes;

/// <summary>What the buttons below a pass post to, the same for its holder, for whoever has the link, and for whoever carries it.</summary>
internal static class PassRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        SignedListRoutes.Map(routes);
        foreach (var route in MapHolder(routes, "/my-pass", AppealWay.Own, async (http, ct) => (await ActorAsync(http, ct))?.PersonId)) route.SignedIn();
        foreach (var route in MapHolder(routes, "/access/passes/{id:guid}", AppealWay.Helper, CarriedAsync)) route.Needs(PassPermissions.Carry);
        // "sign-in" is the host's limit for whoever may be guessing.
        foreach (var route in MapHolder(routes, "/pass/{secret}", AppealWay.Link, LinkedAsync)) route.AllowAnonymous().RequireRateLimiting("sign-in").ExcludeFromDescription();
        routes.MapPost("/access/keys/rotate", async ([FromForm] KeyUse? use, KeyRing ring, SignedLists lists, ICurrentActor current, PassDeed deed, CancellationToken ct) =>
            deed.Answer(await RotateAsync(use, ring, lists, await current.RequireAsync(ct), ct), "keys.rotated", "/access/keys")).Needs(PassPermissions.Keys);
        routes.MapPost("/access/keys/{id:guid}/withdraw", async (Guid id, [FromForm] string? why, KeyRing ring, SignedLists lists, ICurrentActor current, PassDeed deed, CancellationToken ct) =>
        {
            var result = await ring.WithdrawAsync(id, why, await current.RequireAsync(ct), ct);
            lists.Forget();
            return deed.Answer(result, "keys.withdrawn", "/access/keys");
        }).Needs(PassPermissions.Keys);
    }

    private static List<RouteHandlerBuilder> MapHolder(IEndpointRouteBuilder routes, string address, AppealWay way, Func<HttpContext, CancellationToken, Task<Guid?>> whose) =>
    [
        routes.MapPost($"{address}/appeal", async (HttpContext http, [FromForm] Guid? measure, [FromForm] string? text, SubmitAppeal submit, PassDeed deed, CancellationToken ct) =>
            await whose(http, ct) is { } person
                ? deed.Answer(ToResult(await submit.ExecuteAsync(person, measure ?? Guid.Empty, text, way, await ActorAsync(http, ct), ct)), "appeal.sent", Back(http))
                : TypedResults.NotFound()),
        routes.MapPost($"{address}/review", async (HttpContext http, [FromForm] Guid? appeal, [FromForm] string? text, SubmitAppeal submit, PassDeed deed, CancellationToken ct) =>
            await whose(http, ct) is { } person
                ? deed.Answer(await submit.AskReviewAsync(person, appeal ?? Guid.Empty, text, await ActorAsync(http, ct), ct), "review.sent", Back(http))
                : TypedResults.NotFound()),
        routes.MapPost($"{address}/lost", async (HttpContext http, WithdrawPasses withdraw, SignedLists lists, PassDeed deed, CancellationToken ct) =>
        {
            if (await whose(http, ct) is not { } person) return TypedResults.NotFound();
            var result = await withdraw.LostAsync(person, await ActorAsync(http, ct), ct);
            lists.Forget();
            // The link is dead with the passes: there is nothing to come back to.
            return deed.Answer(result, "lost.done", way == AppealWay.Link ? "/" : Back(http));
        }),
        routes.MapGet($"{address}/pass.png", async (HttpContext http, IssuePass issue, CancellationToken ct) =>
            await whose(http, ct) is { } person && await issue.ExecuteAsync(person, await ActorAsync(http, ct), ct) is { } current
                ? Picture(http, current.Pass.Text)
                : (IResult)TypedResults.NotFound()),
    ];

    private static async Task<Result> RotateAsync(KeyUse? use, KeyRing ring, SignedLists lists, Actor actor, CancellationToken ct)
    {
        if (use is not { } known || !Enum.IsDefined(known)) return PassErrors.KeyNotFound;
        var result = await ring.RotateAsync(known, actor, ct);
        lists.Forget();
        return result;
    }

    private static async Task<Guid?> CarriedAsync(HttpContext http, CancellationToken ct)
    {
        var actor = await ActorAsync(http, ct);
        return actor is not null && Guid.TryParse(http.GetRouteValue("id") as string, out var id) && await http.RequestServices.GetRequired<CarryPasses>().ReachesAsync(id, actor, ct) ? id : null;
    }

    private static Task<Guid?> LinkedAsync(HttpContext http, CancellationToken ct) =>
        http.RequestServices.GetRequired<PassLinks>().PersonAsync(http.GetRouteValue("secret") as string ?? "", http.Connection.RemoteIpAddress?.ToString() ?? "", ct);

    private static ValueTask<Actor?> ActorAsync(HttpContext http, CancellationToken ct) => http.RequestServices.GetRequired<ICurrentActor>().GetAsync(ct);

    private static T GetRequired<T>(this IServiceProvider services) where T : notnull => (T)(services.GetService(typeof(T)) ?? throw new InvalidOperationException(typeof(T).Name));

    private static string Back(HttpContext http) => http.Request.Path.Value is { } path ? path[..path.LastIndexOf('/')] : "/";

    private static Result ToResult<T>(Result<T> result) => result.IsFailure ? result.Error : Result.Ok;

    private static FileContentHttpResult Picture(HttpContext http, string text)
    {
        http.Response.Headers.CacheControl = "no-store";
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var picture = new PngByteQRCode(data);
        return TypedResults.Bytes(picture.GetGraphic(8), "image/png", "pass.png");
    }
}

/// <summary>Says what became of a button on the page it leads back to.</summary>
internal sealed class PassDeed(IFlash flash, IStringLocalizer<PassesText> texts, ErrorCatalogue errors)
{
    public IResult Answer(Result result, string done, string back)
    {
        if (result is { IsFailure: true, Error.Kind: ErrorKind.NotFound }) return TypedResults.NotFound();
        flash.Say(result.IsFailure ? FlashKind.Refused : FlashKind.Done, result.IsFailure ? errors.Say(result.Error) : texts[done]);
        return TypedResults.LocalRedirect(back);
    }
}
