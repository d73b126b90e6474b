using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.SignIn;

/// <summary>The door: "/" and the way out.</summary>
internal static class SignInRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", GoHomeAsync).SignedIn();
        routes.MapPost("/sign-out", SignOutAsync).AllowAnonymous();
    }

    private static async Task<RedirectHttpResult> GoHomeAsync(ICurrentActor current, FirstPage first, CancellationToken ct) =>
        TypedResults.LocalRedirect(await current.GetAsync(ct) is { } actor ? first.Of(actor) : Refusals.SignInPage);

    // The empty [FromForm] makes the framework check the antiforgery token: nobody is signed out by a picture on another site.
    private static async Task<RedirectHttpResult> SignOutAsync(
        [FromForm] string? everywhere, ICurrentActor current, SignInManager<Account> cookies, UserManager<Account> accounts, TongxinDb db, CancellationToken ct)
    {
        if (await current.GetAsync(ct) is { } actor)
        {
            if (everywhere is not null && await accounts.FindByIdAsync(actor.AccountId.ToString()) is { } account)
                account.SecurityStamp = Ids.New().ToString("N");
            db.Record(actor, everywhere is null ? "platform.sign-out.done" : "platform.sign-out.everywhere", "account", actor.AccountId);
            await db.CommitAsync(ct);
        }
        await cookies.SignOutAsync();
        return TypedResults.LocalRedirect(Refusals.SignInPage);
    }
}
