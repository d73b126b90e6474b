using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Tongxin.Access.Contracts;
using Tongxin.Access.Returns.Areas;
using Tongxin.Access.Returns.Arrivals;
using Tongxin.Access.Returns.Records;
using Tongxin.Access.Returns.Seasons;
using Tongxin.Core.Common;
using Tongxin.Core.Returns;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Http;
using Tongxin.Platform.Sheets;
using Tongxin.Platform.Ui;
using Tongxin.Platform.Ui.Tables;

namespace Tongxin.Access.Returns;

/// <summary>What the buttons of return registration post to.</summary>
internal static class ReturnRoutes
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void Map(IEndpointRouteBuilder routes)
    {
        MapOwn(routes);
        MapRecords(routes);
        MapSeasons(routes);
        routes.MapPost("/returns/areas/{id:guid}/force", (Guid id, Redecide redecide, ReturnDeed deed, CancellationToken ct) =>
            deed.DoAsync(a => redecide.PutInForceAsync(id, a, ct), "areas.in-force", $"/returns/areas/{id}", ct)).Needs(ReturnPermissions.Areas).ExcludeFromDescription();
        routes.MapPost("/returns/areas/{id:guid}/discard", (Guid id, KeepRiskLists keep, ReturnDeed deed, CancellationToken ct) =>
            deed.DoAsync(a => keep.DiscardAsync(id, a, ct), "areas.discarded", "/returns/areas", ct)).Needs(ReturnPermissions.Areas).ExcludeFromDescription();
    }

    /// <summary>The signed address is the right: nobody is signed in.</summary>
    private static void MapOwn(IEndpointRouteBuilder routes)
    {
        Own("book", (change, id, form, ct) => Guid.TryParse(form["slot"], out var slot) ? change.BookAsync(id, slot, ReturnDoer.Self, ct) : Task.FromResult<Result>(ReturnErrors.SlotNotFound), "own.booked");
        Own("wait", (change, id, form, ct) => Guid.TryParse(form["slot"], out var slot) ? change.WaitAsync(id, slot, ReturnDoer.Self, ct) : Task.FromResult<Result>(ReturnErrors.SlotNotFound), "own.waits");
        Own("stop-waiting", (change, id, _, ct) => change.StopWaitingAsync(id, ReturnDoer.Self, ct), "own.waits-no-more");
        Own("release", (change, id, _, ct) => change.ReleaseAsync(id, ReturnDoer.Self, ct), "own.released");
        Own("cancel", (change, id, form, ct) => change.CancelAsync(id, form["why"], ReturnDoer.Self, ct), "own.cancelled");

        void Own(string verb, Func<ChangeReturn, Guid, IFormCollection, CancellationToken, Task<Result>> act, string done) =>
            routes.MapPost($"/my-return/{{token}}/{verb}", async Task<Results<RedirectHttpResult, NotFound>> (
                string token, HttpContext http, [FromForm] IFormCollection form, ReturnLinks links, ChangeReturn change, IFlash flash, IStringLocalizer<ReturnsText> texts, ErrorCatalogue errors, CancellationToken ct) =>
            {
                if (await links.FindAsync(token, ct) is not { } record) return TypedResults.NotFound();
                var result = await act(change, record.Id, form, ct);
                flash.Say(result.IsFailure ? FlashKind.Refused : FlashKind.Done, result.IsFailure ? errors.Say(result.Error) : texts[done]);
                return TypedResults.LocalRedirect($"/my-return/{token}");
            }).AllowAnonymous().RequireRateLimiting("sign-in").ExcludeFromDescription();
    }

    private static void MapRecords(IEndpointRouteBuilder routes)
    {
        On("book", ReturnPermissions.Declare, (change, id, form, actor, ct) => Guid.TryParse(form["slot"], out var slot) ? change.BookAsync(id, slot, ReturnDoer.Of(actor), ct) : Task.FromResult<Result>(ReturnErrors.SlotNotFound), "own.booked");
        On("release", ReturnPermissions.Declare, (change, id, _, actor, ct) => change.ReleaseAsync(id, ReturnDoer.Of(actor), ct), "own.released");
        On("cancel", ReturnPermissions.Declare, (change, id, form, actor, ct) => change.CancelAsync(id, form["why"], ReturnDoer.Of(actor), ct), "own.cancelled");
        routes.MapPost("/returns/records/{id:guid}/end", (Guid id, [FromForm] string? why, ArrivalDesk desk, ReturnDeed deed, CancellationToken ct) =>
            deed.DoAsync(a => desk.EndAsync(id, why, a, ct), "observation.ended", $"/returns/records/{id}", ct)).Needs(ReturnPermissions.Observe).ExcludeFromDescription();
        routes.MapPost("/arrivals/{id:guid}", (Guid id, [FromForm] ReturnTriage? triage, [FromForm] string? note, [FromForm] string? until, [FromForm] string? where, ArrivalDesk desk, ReturnDeed deed, IStringLocalizer<ReturnsText> texts, CancellationToken ct) =>
            deed.SayAsync(a => desk.RecordAsync(new ReturnArrival(id, triage ?? ReturnTriage.TemporaryRoom, note, null, null, ReadDeclaration.Day(until), where), a, ct), s => texts[$"checked.{s}"], $"/arrivals/{id}", ct))
            .Needs(ReturnPermissions.Arrive).ExcludeFromDescription();

        void On(string verb, string permission, Func<ChangeReturn, Guid, IFormCollection, Actor, CancellationToken, Task<Result>> act, string done) =>
            routes.MapPost($"/returns/records/{{id:guid}}/{verb}", (Guid id, [FromForm] IFormCollection form, ReturnSight sight, ChangeReturn change, TongxinDb db, ReturnDeed deed, CancellationToken ct) =>
                deed.DoAsync(async actor =>
                {
                    if (await sight.RecordAsync(id, actor, permission, ct) is null) return ReturnErrors.NotFound;
                    db.Forget();
                    return await act(change, id, form, actor, ct);
                }, done, $"/returns/records/{id}", ct)).Needs(permission).ExcludeFromDescription();
    }

    private static void MapSeasons(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/returns/seasons/{id:guid}/close", (Guid id, KeepSeasons keep, ReturnDeed deed, CancellationToken ct) =>
            deed.DoAsync(a => keep.CloseAsync(id, a, ct), "season.closed", $"/returns/seasons/{id}", ct)).Needs(ReturnPermissions.Edit).ExcludeFromDescription();
        routes.MapPost("/returns/seasons/{id:guid}/plan", (Guid id, PlanArrivals plan, ReturnDeed deed, IStringLocalizer<ReturnsText> texts, CancellationToken ct) =>
            deed.JobAsync(a => plan.StartAsync(new PlanOrder(id, null, null, Everybody: true), texts["plan.job"], a, ct), $"/returns/seasons/{id}/slots", ct)).Needs(ReturnPermissions.Edit).ExcludeFromDescription();
        routes.MapPost("/returns/seasons/{id:guid}/lanes", (Guid id, [FromForm] string? day, [FromForm] int? lanes, PlanArrivals plan, ReturnDeed deed, IStringLocalizer<ReturnsText> texts, CancellationToken ct) =>
            deed.JobAsync(a => ReadDeclaration.Day(day) is { } on && lanes is { } open
                ? plan.StartAsync(new PlanOrder(id, on, open, Everybody: false), texts["lanes.job", day ?? "", open], a, ct)
                : Task.FromResult<Result<Guid>>(ReturnErrors.LanesWrong), $"/returns/seasons/{id}/slots", ct)).Needs(ReturnPermissions.Edit).ExcludeFromDescription();
        routes.MapPost("/returns/seasons/{id:guid}/quotas", (Guid id, [FromForm] Guid unit, [FromForm] IFormCollection form, KeepSeasons keep, ReturnDeed deed, CancellationToken ct) =>
            deed.DoAsync(a => keep.SetQuotaAsync(id, unit, Places(form), a, ct), "quota.set", $"/returns/seasons/{id}/quotas?unit={unit}", ct)).Needs(ReturnPermissions.Edit).ExcludeFromDescription();
        routes.MapPost("/returns/seasons/{id:guid}/edition", (Guid id, [FromForm] string? edition, [FromForm] string? why, Redecide redecide, ReturnDeed deed, CancellationToken ct) =>
            deed.DoAsync(a => redecide.AskEditionAsync(id, string.IsNullOrEmpty(edition) ? null : edition, why, a, ct), "edition.asked", $"/returns/seasons/{id}", ct)).Needs(ReturnPermissions.Edit).ExcludeFromDescription();
        routes.MapGet("/returns/seasons/{id:guid}/list.xlsx", SheetAsync).Needs(ReturnPermissions.Export).ExcludeFromDescription();
    }

    /// <summary>Fields are called after their days; an empty one takes the limit away, an unreadable one is refused as a wrong number.</summary>
    private static Dictionary<DateOnly, int?> Places(IFormCollection form) => form
        .Select(f => (Day: f.Key.StartsWith("d-", StringComparison.Ordinal) ? ReadDeclaration.Day(f.Key[2..]) : null, Typed: f.Value.ToString().Trim())).Where(f => f.Day is not null)
        .ToDictionary(f => f.Day.GetValueOrDefault(), f => f.Typed.Length == 0 ? (int?)null : int.TryParse(f.Typed, NumberStyles.None, CultureInfo.InvariantCulture, out var places) ? places : -1);

    private static async Task<IResult> SheetAsync(
        Guid id, HttpContext http, ReadReturns read, ReturnSight sight, ICurrentActor current, TongxinDb db, IStringLocalizer<ReturnsText> texts, IStringLocalizer<UiText> ui, TimeProvider clock, CancellationToken ct)
    {
        var actor = await current.RequireAsync(ct);
        if (await sight.SeasonAsync(id, actor, ReturnPermissions.Export, ct) is not { } season) return TypedResults.NotFound();
        var lines = await read.AllAsync(id, TableQuery.From(http.Request.Query, ReadReturns.Defaults), actor, ct);
        db.Record(actor, "access.return.exported", "return-season", id, details: new { rows = lines.Count });
        await db.CommitAsync(ct);
        var now = clock.GetUtcNow();
        return Results.File(SheetWriter.ToBytes(ReturnSheet.Document(season.Title, lines, texts["sheet.watermark", actor.Name, Moments.Full(now, ui)], texts)), Workbook, ReturnSheet.FileName(CampusCalendar.DayOf(now)));
    }
}

/// <summary>Does what a button asks as the actor, and says so on the page it leads back to, or says why not.</summary>
internal sealed class ReturnDeed(ICurrentActor current, IFlash flash, IStringLocalizer<ReturnsText> texts, ErrorCatalogue errors)
{
    public async Task<Results<RedirectHttpResult, NotFound>> DoAsync(Func<Actor, Task<Result>> act, string done, string back, CancellationToken ct)
    {
        var result = await act(await current.RequireAsync(ct));
        return Answer(result.IsFailure ? result.Error : null, texts[done], back);
    }

    public async Task<Results<RedirectHttpResult, NotFound>> SayAsync<T>(Func<Actor, Task<Result<T>>> act, Func<T, string> done, string back, CancellationToken ct)
    {
        var result = await act(await current.RequireAsync(ct));
        return Answer(result.IsFailure ? result.Error : null, result.IsFailure ? "" : done(result.Value), back);
    }

    public async Task<Results<RedirectHttpResult, NotFound>> JobAsync(Func<Actor, Task<Result<Guid>>> act, string back, CancellationToken ct)
    {
        var result = await act(await current.RequireAsync(ct));
        return result.IsFailure ? Answer(result.Error, "", back) : TypedResults.LocalRedirect($"/jobs/{result.Value}");
    }

    private Results<RedirectHttpResult, NotFound> Answer(Error? error, string done, string back)
    {
        if (error is { Kind: ErrorKind.NotFound }) return TypedResults.NotFound();
        flash.Say(error is null ? FlashKind.Done : FlashKind.Refused, error is null ? done : errors.Say(error));
        return TypedResults.LocalRedirect(back);
    }
}
