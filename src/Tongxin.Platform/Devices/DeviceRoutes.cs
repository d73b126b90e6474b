using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Http;
using Tongxin.Platform.Ui;

namespace Tongxin.Platform.Devices;

/// <summary>What is said of a new device.</summary>
/// <param name="Name">1 to 64 characters, for the list.</param>
/// <param name="Kind">"phone" or "reader".</param>
internal sealed record EnrolRequest(string? Name, string? Kind);

/// <summary>The API of devices, and what the lists post to.</summary>
internal static class DeviceRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/devices", EnrolAsync).SignedIn()
            .WithName("EnrolDevice").WithTags("devices").WithSummary("Makes a device of the account that is signed in.")
            .WithDescription("By cookie, with the header RequestVerificationToken. The token is answered once and kept nowhere; it goes into the header Authorization: Device TOKEN.")
            .Produces<EnrolledDevice>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status429TooManyRequests);
        // Everybody may knock: the token alone decides, and says why when it opens nothing.
        routes.MapPost("/api/v1/devices/lease", RenewAsync).AllowAnonymous()
            .WithName("RenewLease").WithTags("devices").WithSummary("The device's contact: its lease begins anew.")
            .WithDescription("401 with the code platform.device.revoked, .ended or .unknown: the device forgets what it holds.")
            .Produces<LeaseAnswer>().ProducesProblem(StatusCodes.Status401Unauthorized);
        routes.MapPost("/api/v1/devices/end", EndAsync).AllowAnonymous()
            .WithName("EndDevice").WithTags("devices").WithSummary("The device signs itself off.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status401Unauthorized);
        routes.MapPost("/devices/{id:guid}/revoke", RevokeAsync).Needs(PlatformPermissions.ManageDevices);
        routes.MapPost("/account/devices/{id:guid}/revoke", RevokeOwnAsync).SignedIn();
    }

    private static async Task<IResult> EnrolAsync(
        HttpContext http, EnrolRequest request, IAntiforgery antiforgery, EnrolDevice slice, DeviceLimits limits, ICurrentActor current, CancellationToken ct)
    {
        if (!await antiforgery.IsRequestValidAsync(http)) return ((Result)Error.Invalid("platform.device.form")).ToHttp();
        var actor = await current.RequireAsync(ct);
        if (limits.Take(actor.AccountId) is { } wait) return new TooOften(wait);
        // The only answer that ever holds a token: in no cache.
        http.Response.Headers.CacheControl = "no-store";
        return (await slice.ExecuteAsync(request.Name, request.Kind, actor, ct)).ToHttp();
    }

    private static async Task<IResult> RenewAsync(HttpContext http, RenewLease slice, CancellationToken ct) =>
        http.Features.Get<DeviceSession>() is { } session ? TypedResults.Ok(await slice.ExecuteAsync(session, ct)) : new Unopened();

    private static async Task<IResult> EndAsync(HttpContext http, RevokeDevice slice, CancellationToken ct) =>
        http.Features.Get<DeviceSession>() is { } session ? (await slice.OwnAsync(session.DeviceId, null, session.Actor, ct)).ToHttp() : new Unopened();

    private static async Task<RedirectHttpResult> RevokeAsync(
        Guid id, [FromForm] string? reason, RevokeDevice slice, ICurrentActor current, IFlash flash, IStringLocalizer<PlatformText> texts, CancellationToken ct)
    {
        Say(flash, texts, await slice.ExecuteAsync(id, reason, await current.RequireAsync(ct), ct));
        return TypedResults.LocalRedirect("/devices");
    }

    private static async Task<RedirectHttpResult> RevokeOwnAsync(
        Guid id, [FromForm] string? reason, RevokeDevice slice, ICurrentActor current, IFlash flash, IStringLocalizer<PlatformText> texts, CancellationToken ct)
    {
        Say(flash, texts, await slice.OwnAsync(id, reason, await current.RequireAsync(ct), ct));
        return TypedResults.LocalRedirect("/account");
    }

    private static void Say(IFlash flash, IStringLocalizer<PlatformText> texts, Result result) =>
        flash.Say(result.IsFailure ? FlashKind.Refused : FlashKind.Done, result.IsFailure ? texts.Say(result.Error) : texts["device.revoke.done"]);

    /// <summary>401 with the reason why the token opened nothing.</summary>
    private sealed class Unopened : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => ProblemAnswer.WriteAsync(
            httpContext, StatusCodes.Status401Unauthorized, httpContext.Features.Get<DeviceRefusal>()?.Code ?? DeviceRegister.Unknown);
    }

    private sealed class TooOften(TimeSpan wait) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return ProblemAnswer.WriteAsync(httpContext, StatusCodes.Status429TooManyRequests, "platform.http.too-often");
        }
    }
}
