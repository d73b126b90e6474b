using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Ui;
using Tongxin.Workforce.Volunteers;

namespace Tongxin.Workforce.Teams;

/// <summary>What the buttons of teams and volunteers post to.</summary>
internal static class TeamRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/teams/{id:guid}/rename", Rename).Needs(WorkforcePermissions.Edit);
        routes.MapPost("/teams/{id:guid}/end", End).Needs(WorkforcePermissions.Edit);
        routes.MapPost("/teams/{id:guid}/captain", Captain).Needs(WorkforcePermissions.Edit);
        routes.MapPost("/teams/{id:guid}/members/{person:guid}/remove", Remove).Needs(WorkforcePermissions.Edit);
        routes.MapPost("/volunteers/{person:guid}/withdraw", Withdraw).Needs(WorkforcePermissions.Edit);
    }

    private static Task<Results<RedirectHttpResult, NotFound>> Rename(Guid id, [FromForm] string? name, KeepTeams keep, Deed deed, CancellationToken ct) =>
        deed.DoAsync(actor => keep.RenameAsync(id, name, actor, ct), "team.renamed", $"/teams/{id}", ct);

    private static Task<Results<RedirectHttpResult, NotFound>> End(Guid id, KeepTeams keep, Deed deed, CancellationToken ct) =>
        deed.DoAsync(actor => keep.EndAsync(id, actor, ct), "team.end.done", "/teams", ct);

    private static Task<Results<RedirectHttpResult, NotFound>> Captain(Guid id, [FromForm] Guid? person, KeepTeams keep, Deed deed, CancellationToken ct) =>
        deed.DoAsync(actor => keep.ChangeCaptainAsync(id, person, actor, ct), "team.captain.done", $"/teams/{id}", ct);

    private static Task<Results<RedirectHttpResult, NotFound>> Remove(Guid id, Guid person, KeepTeams keep, Deed deed, CancellationToken ct) =>
        deed.DoAsync(actor => keep.RemoveAsync(id, person, actor, ct), "team.removed", $"/teams/{id}", ct);

    private static Task<Results<RedirectHttpResult, NotFound>> Withdraw(Guid person, KeepVolunteers keep, Deed deed, CancellationToken ct) =>
        deed.DoAsync(actor => keep.WithdrawAsync(person, actor, ct), "volunteer.withdrawn", "/volunteers", ct);
}

/// <summary>Does what a button asks as the actor, and says so on the page it leads back to, or says why not.</summary>
internal sealed class Deed(ICurrentActor current, IFlash flash, IStringLocalizer<WorkforceText> texts)
{
    public async Task<Results<RedirectHttpResult, NotFound>> DoAsync(Func<Actor, Task<Result>> act, string done, string back, CancellationToken ct)
    {
        var result = await act(await current.RequireAsync(ct));
        if (result.IsFailure && result.Error.Kind == ErrorKind.NotFound) return TypedResults.NotFound();
        flash.Say(result.IsFailure ? FlashKind.Refused : FlashKind.Done, result.IsFailure ? texts.Say(result.Error) : texts[done]);
        return TypedResults.LocalRedirect(back);
    }
}
