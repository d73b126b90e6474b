using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Ui;

namespace Tongxin.Platform.Accounts;

/// <summary>What the questions on an account's page post to.</summary>
internal static class AccountRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/accounts/{id:guid}/end", EndAccountAsync).Needs(PlatformPermissions.ManageAccounts);
        routes.MapPost("/accounts/{id:guid}/person", LinkAsync).Needs(PlatformPermissions.ManageAccounts);
        routes.MapPost("/accounts/{id:guid}/grants/{grant:guid}/end", EndGrantAsync).Needs(PlatformPermissions.ManageAccounts);
    }

    private static Task<RedirectHttpResult> EndAccountAsync(Guid id, [FromForm] string? reason, Desk desk, CancellationToken ct) =>
        desk.DoAsync(id, (accounts, actor) => accounts.EndAsync(id, reason ?? "", actor, ct), "account.end.done", ct);

    private static Task<RedirectHttpResult> LinkAsync(
        Guid id, [FromForm] string? key, [FromForm] string? reason, IPersonDirectory persons, Desk desk, CancellationToken ct) =>
        desk.DoAsync(id, async (accounts, actor) => await persons.FindAsync(key ?? "", ct) is { } person
            ? await accounts.LinkAsync(id, person, reason ?? "", actor, ct)
            : Error.NotFound("platform.account.person-unknown"), "account.link.done", ct);

    private static Task<RedirectHttpResult> EndGrantAsync(Guid id, Guid grant, [FromForm] string? reason, Desk desk, CancellationToken ct) =>
        desk.DoAsync(id, (accounts, actor) => accounts.EndGrantAsync(grant, reason ?? "", actor, ct), "grant.end.done", ct);

    /// <summary>Does it, commits, says so on the account's page; or says why not.</summary>
    internal sealed class Desk(IAccounts accounts, ICurrentActor current, TongxinDb db, IFlash flash, IStringLocalizer<PlatformText> texts)
    {
        public async Task<RedirectHttpResult> DoAsync(Guid id, Func<IAccounts, Actor, Task<Result>> act, string done, CancellationToken ct)
        {
            var actor = await current.GetAsync(ct) ?? throw new InvalidOperationException("The route has no policy.");
            var result = await act(accounts, actor);
            if (!result.IsFailure) await db.CommitAsync(ct);
            flash.Say(result.IsFailure ? FlashKind.Refused : FlashKind.Done, result.IsFailure ? texts.Say(result.Error) : texts[done]);
            return TypedResults.LocalRedirect($"/accounts/{id}");
        }
    }
}
