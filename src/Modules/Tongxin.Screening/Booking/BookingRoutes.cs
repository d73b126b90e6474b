using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Tongxin.Platform.Access;
using Tongxin.Screening.Rounds;

namespace Tongxin.Screening.Booking;

/// <summary>What the buttons of slots post to.</summary>
internal static class BookingRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/my-tests/{round:guid}/{person:guid}").SignedIn().ExcludeFromDescription();
        own.MapPost("/book", (Guid round, Guid person, [FromForm] Guid? slot, OwnBooking booking, TestingDeed deed, IStringLocalizer<BookingText> t, CancellationToken ct) =>
            deed.DoAsync(actor => booking.BookAsync(round, person, slot ?? Guid.Empty, actor, ct), t["own.booked"], Page(round, person), ct, "/my-tests"));
        own.MapPost("/wait", (Guid round, Guid person, [FromForm] Guid? slot, OwnBooking booking, TestingDeed deed, IStringLocalizer<BookingText> t, CancellationToken ct) =>
            deed.DoAsync(actor => booking.WaitAsync(round, person, slot ?? Guid.Empty, actor, ct), t["own.waits"], Page(round, person), ct, "/my-tests"));
        own.MapPost("/wait/end", (Guid round, Guid person, OwnBooking booking, TestingDeed deed, IStringLocalizer<BookingText> t, CancellationToken ct) =>
            deed.DoAsync(actor => booking.StopWaitingAsync(round, person, actor, ct), t["own.waits-no-more"], "/my-tests", ct));
        own.MapPost("/cancel", (Guid round, Guid person, OwnBooking booking, TestingDeed deed, IStringLocalizer<BookingText> t, CancellationToken ct) =>
            deed.DoAsync(actor => booking.CancelAsync(round, person, actor, ct), t["own.cancelled"], "/my-tests", ct));

        routes.MapPost(
            "/testing/{round:guid}/slots/{slot:guid}/release",
            (Guid round, Guid slot, [FromForm] Guid? person, [FromForm] string? why, StaffBooking booking, TestingDeed deed, IStringLocalizer<BookingText> t, CancellationToken ct) =>
                deed.DoAsync(actor => booking.ReleaseAsync(round, person ?? Guid.Empty, slot, why, actor, ct), t["slot.released"], $"/testing/{round}/slots/{slot}", ct, $"/testing/{round}/slots"))
            .Needs(BookingPermissions.Release).ExcludeFromDescription();
        routes.MapPost(
            "/testing/{round:guid}/slots/{slot:guid}/give",
            (Guid round, Guid slot, [FromForm] Guid? person, StaffBooking booking, TestingDeed deed, IStringLocalizer<BookingText> t, CancellationToken ct) =>
                deed.DoAsync(actor => booking.BookAsync(round, person ?? Guid.Empty, slot, actor, ct), t["slot.given"], $"/testing/{round}/slots/{slot}", ct))
            .Needs(BookingPermissions.Release).ExcludeFromDescription();

        var come = routes.MapGroup("/testing/{round:guid}/slots/{slot:guid}").Needs(BookingPermissions.Arrive).ExcludeFromDescription();
        come.MapPost("/arrived", (Guid round, Guid slot, [FromForm] Guid? person, [FromForm] Guid? site, KeepArrivals keep, TestingDeed deed, IStringLocalizer<BookingText> t, CancellationToken ct) =>
            deed.DoAsync(actor => keep.ArriveAsync(round, slot, person ?? Guid.Empty, actor, ct), t["arrive.done"], Back(round, slot, site), ct));
        come.MapPost("/not-arrived", (Guid round, Guid slot, [FromForm] Guid? person, [FromForm] Guid? site, KeepArrivals keep, TestingDeed deed, IStringLocalizer<BookingText> t, CancellationToken ct) =>
            deed.DoAsync(actor => keep.TakeBackAsync(round, slot, person ?? Guid.Empty, actor, ct), t["arrive.undone"], Back(round, slot, site), ct));
    }

    // Pressed on the page of the site, or on that of the slot.
    private static string Back(Guid round, Guid slot, Guid? site) => site is { } at ? $"/testing/sites/{at}/arrivals?slot={slot}" : $"/testing/{round}/slots/{slot}";

    private static string Page(Guid round, Guid person) => $"/my-tests/{round}/{person}";
}
