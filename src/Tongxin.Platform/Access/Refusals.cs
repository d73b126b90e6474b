using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tongxin.Platform.Devices;
using Tongxin.Platform.Http;
using Tongxin.Platform.Ui.Hosting;

namespace Tongxin.Platform.Access;

/// <summary>Marks the few pages that open before a given password has been changed.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class OpenBeforePasswordChangeAttribute : Attribute;

/// <summary>Hears of refusals at the door: some attempts are worth an alarm.</summary>
public interface IRefusalWatch
{
    /// <summary>The actor lacks the permission that the page or route asks for.</summary>
    Task RefusedAsync(Actor actor, string? permission, string method, CancellationToken ct);

    /// <summary>The actor asked for so many different things that are not there, or not within reach, that ids are probably being tried.</summary>
    Task ProbedAsync(Actor actor, int things, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>
/// What a refusal looks like: a page says it with 403 at its own address or leads to the sign-in page; an API answers with
/// problem+json; htmx is told to leave the page. A cookie whose account ended counts as nobody.
/// </summary>
internal sealed partial class Refusals(ILogger<Refusals> logger) : IAuthorizationMiddlewareResultHandler
{
    public const string SignInPage = "/sign-in";
    public const string PasswordPage = "/account/password";

    public async Task HandleAsync(RequestDelegate next, HttpContext http, AuthorizationPolicy policy, PolicyAuthorizationResult result)
    {
        // Nothing is mapped here: that is a 404 for everybody, not a door.
        if (http.GetEndpoint() is not { } endpoint)
        {
            await next(http);
            return;
        }

        var current = http.RequestServices.GetRequiredService<CurrentActor>();
        var actor = await current.GetAsync(http.RequestAborted);
        if (result.Succeeded && current.MustChangePassword && endpoint.Metadata.GetMetadata<OpenBeforePasswordChangeAttribute>() is null)
            await SendToAsync(http, PasswordPage, StatusCodes.Status403Forbidden, "platform.password.change-first");
        else if (result.Succeeded)
            await next(http);
        else if (actor is null)
            await AskToSignInAsync(http);
        else
            await ForbidAsync(http, actor);
    }

    private static async Task AskToSignInAsync(HttpContext http)
    {
        if (http.Features.Get<DeviceRefusal>() is { } refused)
        {
            await ProblemAnswer.WriteAsync(http, StatusCodes.Status401Unauthorized, refused.Code);
            return;
        }
        if (http.User.Identity?.IsAuthenticated == true) await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        await SendToAsync(http, SignInPage + ReturnQuery(http), StatusCodes.Status401Unauthorized, "platform.sign-in.needed");
    }

    private async Task ForbidAsync(HttpContext http, Actor actor)
    {
        Log.Refused(logger, actor.AccountId, http.GetEndpoint()?.DisplayName ?? "");
        foreach (var watch in http.RequestServices.GetServices<IRefusalWatch>())
            await watch.RefusedAsync(actor, http.GetEndpoint()?.Metadata.GetMetadata<NeedsAttribute>()?.Permission, http.Request.Method, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        if (IsApi(http)) await ProblemAsync(http, "platform.denied");
        // Empty otherwise: the error pages give it a body.
    }

    private static async Task SendToAsync(HttpContext http, string address, int status, string code)
    {
        if (IsApi(http))
        {
            http.Response.StatusCode = status;
            await ProblemAsync(http, code);
        }
        else if (http.Request.IsHtmx())
        {
            // A redirect would put the whole page into the part that was asked for.
            http.Response.Headers["HX-Redirect"] = address;
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        else
        {
            http.Response.Redirect(address);
        }
    }

    private static Task ProblemAsync(HttpContext http, string code) =>
        TypedResults.Problem(statusCode: http.Response.StatusCode, extensions: [KeyValuePair.Create("code", (object?)code)]).ExecuteAsync(http);

    // What was posted is lost, so there is nothing to come back to.
    private static string ReturnQuery(HttpContext http)
    {
        var page = http.Request.IsHtmx()
            ? Uri.TryCreate(http.Request.Headers["HX-Current-URL"], UriKind.Absolute, out var current) ? current.PathAndQuery : "/"
            : HttpMethods.IsGet(http.Request.Method) ? http.Request.PathBase + http.Request.Path + http.Request.QueryString : "/";
        return page is "/" or "" ? "" : QueryString.Create("return", page).Value ?? "";
    }

    private static bool IsApi(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/api") || http.Request.Path.StartsWithSegments("/openapi");

    private static partial class Log
    {
        [LoggerMessage(1101, LogLevel.Warning, "Account {AccountId} may not use {Endpoint}")]
        public static partial void Refused(ILogger logger, Guid accountId, string endpoint);
    }
}
