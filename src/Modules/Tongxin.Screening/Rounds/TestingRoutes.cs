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

namespace Tongxin.Screening.Rounds;

/// <summary>What the buttons of rounds post to.</summary>
internal static class TestingRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var one = routes.MapGroup("/testing/{id:guid}").Needs(TestingPermissions.Open).ExcludeFromDescription();
        one.MapPost("/start", (Guid id, [FromForm] string? reason, KeepTesting keep, TestingDeed deed, IStringLocalizer<TestingText> t, CancellationToken ct) =>
            deed.DoAsync(actor => keep.StartAsync(id, reason, actor, ct), t["start.done"], $"/testing/{id}", ct));
        one.MapPost("/close", (Guid id, [FromForm] string? reason, KeepTesting keep, TestingDeed deed, IStringLocalizer<TestingText> t, CancellationToken ct) =>
            deed.DoAsync(actor => keep.CloseAsync(id, reason, actor, ct), t["close.done"], $"/testing/{id}", ct));
    }
}

/// <summary>Does what a button asks as the actor, and says so on the page it leads back to, or says why not.</summary>
internal sealed class TestingDeed(ICurrentActor current, IFlash flash, ErrorCatalogue errors)
{
    public async Task<Results<RedirectHttpResult, NotFound>> DoAsync(Func<Actor, Task<Result>> act, string done, string back, CancellationToken ct, string? next = null)
    {
        var result = await act(await current.RequireAsync(ct));
        if (result.IsFailure && result.Error.Kind == ErrorKind.NotFound) return TypedResults.NotFound();
        flash.Say(result.IsFailure ? FlashKind.Refused : FlashKind.Done, result.IsFailure ? errors.Say(result.Error) : done);
        return TypedResults.LocalRedirect(result.IsFailure ? back : next ?? back);
    }
}
