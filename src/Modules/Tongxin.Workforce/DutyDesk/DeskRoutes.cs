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
using Tongxin.Workforce.Duties;

namespace Tongxin.Workforce.DutyDesk;

/// <summary>The night at a post: code, check-in, sheet, second signature, and what the desk does about those who are missing.</summary>
internal static class DeskRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/duties/{id:guid}").SignedIn().ExcludeFromDescription();
        own.MapPost("/check-in", CheckInAsync);
        own.MapPost("/handover", (Guid id, [FromForm] HandoverForm form, Handovers slice, DutyDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => slice.WriteAsync(id, form, actor, ct), form.Sign == "yes" ? "handover.given" : "handover.saved", $"/duties/{id}/handover", ct));
        own.MapPost("/handover/{sheet:guid}/take", (Guid id, Guid sheet, Handovers slice, DutyDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => slice.TakeAsync(sheet, actor, ct), "handover.taken", $"/duties/{id}/handover", ct));
        own.MapPost("/reports", (Guid id, [FromForm] ReportForm form, Handovers slice, DutyDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => slice.ReportAsync(id, form, actor, ct), "report.added", $"/duties/{id}/handover", ct));

        // What the picture on the screen leads to: the own turn at that post, with the code filled in.
        routes.MapGet("/duties/here/{post:guid}", HereAsync).SignedIn().ExcludeFromDescription();

        var desk = routes.MapGroup("/desk").Needs(DutyPermissions.RunDesk).ExcludeFromDescription();
        desk.MapPost("/posts/{id:guid}/screen/renew", (Guid id, PostScreens screens, DutyDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => screens.RenewAsync(id, actor, ct), "screen.renewed", $"/desk/posts/{id}/screen", ct));
        desk.MapPost("/turns/{id:guid}/check-in", (Guid id, [FromForm] Guid? fact, [FromForm] string? why, CheckIn slice, DutyDeed deed, CancellationToken ct) =>
            deed.DoAsync(async actor => await slice.ByDeskAsync(fact.GetValueOrDefault(), id, why, actor, ct) is { IsFailure: true, Error: var error } ? error : Result.Ok, "desk.checked-in", "/desk", ct));
        desk.MapPost("/turns/{id:guid}/leave", (Guid id, [FromForm] Guid? fact, [FromForm] string? why, DeskDeeds slice, DutyDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => slice.LeaveAsync(fact.GetValueOrDefault(), id, why, actor, ct), "desk.left", "/desk", ct));
        desk.MapPost("/turns/{id:guid}/absent", (Guid id, DeskDeeds slice, DutyDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => slice.MarkAbsentAsync(id, actor, ct), "desk.absent", "/desk", ct));
        desk.MapPost("/turns/{id:guid}/reserve", (Guid id, [FromForm] Guid? reserve, DeskDeeds slice, DutyDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => slice.CallReserveAsync(id, reserve.GetValueOrDefault(), actor, ct), "desk.reserve-called", "/desk", ct));
        desk.MapPost("/turns/{id:guid}/substitute", (Guid id, [FromForm] string? why, Substitutes slice, DutyDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => slice.OpenAtDeskAsync(id, why, actor, ct), "substitute.searching", "/desk", ct));
        desk.MapPost("/handovers/{id:guid}/take", (Guid id, Handovers slice, DutyDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => slice.TakeAsync(id, actor, ct), "handover.taken", "/desk", ct));
        desk.MapPost("/turns/{id:guid}/long-day", (Guid id, [FromForm] string? why, LongDays slice, DutyDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => slice.RequestAsync(id, why, actor, ct), "long-day.asked", "/desk", ct));
        routes.MapGet("/desk/live", IResult () => Part<DeskLive>()).Needs(DutyPermissions.ReadDesk).ExcludeFromDescription();
        routes.MapGet("/desk/wall/live", IResult () => Part<WallLive>()).Needs(DutyPermissions.ReadDesk).ExcludeFromDescription();
        // The screen at a post has no account: its address is the right, 192 bits that the desk can renew. It shows no person.
        routes.MapGet("/post-screen/{secret}/live", async Task<IResult> (string secret, PostScreens screens, CancellationToken ct) =>
            await screens.ReadAsync(secret, ct) is null ? Results.NotFound() : new RazorComponentResult<PostScreenLive>(new { Secret = secret }) { PreventStreamingRendering = true })
            .AllowAnonymous().ExcludeFromDescription();
        DutyLogRoutes.Map(routes);
    }

    private static RazorComponentResult<T> Part<T>() where T : Microsoft.AspNetCore.Components.IComponent => new() { PreventStreamingRendering = true };

    private static async Task<RedirectHttpResult> HereAsync(
        Guid post, string? code, MyDuties duties, ICurrentActor current, IFlash flash, IStringLocalizer<DutyText> texts, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var own = (await duties.NextAsync((await current.RequireAsync(ct)).PersonId, ct)).FirstOrDefault(d => d.Post.Id == post && d.IsToCheckIn(now));
        if (own is not null) return TypedResults.LocalRedirect($"/duties/{own.Turn.Id}/check-in?code={Uri.EscapeDataString(code ?? "")}");
        flash.Say(FlashKind.Refused, texts["check-in.nothing-here"]);
        return TypedResults.LocalRedirect("/duties");
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> CheckInAsync(
        Guid id, [FromForm] Guid? fact, [FromForm] string? code, CheckIn slice, ICurrentActor current, IFlash flash, IStringLocalizer<DutyText> texts, CancellationToken ct)
    {
        var done = await slice.ByCodeAsync(fact.GetValueOrDefault(), id, code, await current.RequireAsync(ct), ct);
        if (done.IsFailure)
        {
            if (done.Error.Kind == ErrorKind.NotFound) return TypedResults.NotFound();
            flash.Say(FlashKind.Refused, texts.Say(done.Error));
            return TypedResults.LocalRedirect($"/duties/{id}/check-in");
        }
        if (done.Value.DayMinutes > Fatigue.Long) flash.Say(FlashKind.Warn, texts["check-in.long", texts.Length(done.Value.DayMinutes)]);
        else flash.Say(FlashKind.Done, done.Value.LateMinutes > 0 ? texts["check-in.done.late", texts.Length(done.Value.LateMinutes)] : texts["check-in.done"]);
        return TypedResults.LocalRedirect("/duties");
    }
}
