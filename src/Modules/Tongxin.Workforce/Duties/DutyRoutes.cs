using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;

namespace Tongxin.Workforce.Duties;

/// <summary>The taps of a helper. Whoever is signed in may ask: each slice answers for the own turns only.</summary>
internal static class DutyRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/duties").SignedIn().ExcludeFromDescription();
        own.MapPost("/{id:guid}/confirm", (Guid id, ConfirmTurn slice, DutyDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => slice.ExecuteAsync(id, actor, ct), "turn.confirmed", $"/duties#t-{id:N}", ct));
        own.MapPost("/notes/{id:guid}/seen", SeenAsync);
        own.MapPost("/{id:guid}/swap", (Guid id, [FromForm] string? note, Swaps slice, DutyDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => slice.OfferAsync(id, note, actor, ct), "swap.offered", $"/duties/{id}", ct));
        own.MapPost("/{id:guid}/swap/{swap:guid}/withdraw", (Guid id, Guid swap, Swaps slice, DutyDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => slice.WithdrawAsync(swap, actor, ct), "swap.withdrawn", $"/duties/{id}", ct));
        own.MapPost("/swaps/{id:guid}/take", (Guid id, [FromForm] Guid? mine, Swaps slice, DutyDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => slice.TakeAsync(id, mine.GetValueOrDefault(), actor, ct), "swap.taken", "/duties/swaps", ct));
        own.MapPost("/{id:guid}/substitute", (Guid id, [FromForm] string? why, Substitutes slice, DutyDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => slice.OpenAsync(id, why, actor, ct), "substitute.searching", $"/duties/{id}", ct));
        own.MapPost("/{id:guid}/substitute/withdraw", (Guid id, Substitutes slice, DutyDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => slice.WithdrawAsync(id, actor, ct), "substitute.withdrawn", $"/duties/{id}", ct));
        own.MapPost("/asks/{id:guid}", (Guid id, [FromForm] string? answer, Substitutes slice, DutyDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => slice.AnswerAsync(id, answer == "yes", actor, ct), answer == "yes" ? "ask.accepted" : "ask.declined", "/duties", ct));
        own.MapPost("/calendar/renew", (DutyFeeds feeds, DutyDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => feeds.RenewAsync(actor, ct), "feed.renewed", "/duties/calendar", ct));
        routes.MapPost("/desk/swaps/{id:guid}", (Guid id, [FromForm] string? answer, [FromForm] string? why, Swaps slice, DutyDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => slice.DecideAsync(id, answer == "yes", why, actor, ct), answer == "yes" ? "swap.approved" : "swap.refused", "/desk/swaps", ct))
            .Needs(DutyPermissions.ApproveSwaps).ExcludeFromDescription();
        // Calendars cannot sign in: the address is the right, 192 bits that its holder can renew.
        routes.MapGet("/calendar/{secret}.ics", FeedAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<RedirectHttpResult> SeenAsync(Guid id, MyDuties duties, ICurrentActor current, CancellationToken ct)
    {
        await duties.SeenAsync(id, await current.RequireAsync(ct), ct);
        return TypedResults.LocalRedirect("/duties");
    }

    private static async Task<Results<ContentHttpResult, NotFound>> FeedAsync(string secret, DutyFeeds feeds, HttpContext http, CancellationToken ct)
    {
        if (await feeds.ReadAsync(secret, ct) is not { } file) return TypedResults.NotFound();
        http.Response.Headers.CacheControl = "private, max-age=600";
        return TypedResults.Text(file, DutyCalendar.ContentType);
    }
}
