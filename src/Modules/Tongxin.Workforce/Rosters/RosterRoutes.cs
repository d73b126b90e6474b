using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Ui.Hosting;
using Tongxin.Workforce.Posts;

namespace Tongxin.Workforce.Rosters;

/// <summary>What the buttons of rosters post to.</summary>
internal static class RosterRoutes
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var one = routes.MapGroup("/rosters/{id:guid}").ExcludeFromDescription();
        Life(one);
        Pool(one);
        Turns(one);
        one.MapGet("/targets", TargetsAsync).Needs(RosterPermissions.EditRosters);
        one.MapGet("/sheet.xlsx", SheetAsync).Needs(RosterPermissions.ReadRosters);
    }

    private static void Life(RouteGroupBuilder one)
    {
        one.MapPost("/solve", (Guid id, SolveRoster slice, RosterReply reply, CancellationToken ct) =>
            reply.ToAsync($"/rosters/{id}", actor => slice.ExecuteAsync(id, reply.Texts["job.solve"], actor, ct), "roster.solve.started", job => $"/jobs/{job}", ct)).Needs(RosterPermissions.EditRosters);
        one.MapPost("/next", (Guid id, MakeRoster slice, RosterReply reply, CancellationToken ct) =>
            reply.ToAsync($"/rosters/{id}", actor => slice.NextAsync(id, actor, ct), "roster.next.made", next => $"/rosters/{next}", ct)).Needs(RosterPermissions.EditRosters);
        one.MapPost("/publish", (Guid id, [FromForm] int? seen, PublishRoster slice, RosterReply reply, CancellationToken ct) =>
            reply.ToAsync($"/rosters/{id}", actor => slice.ExecuteAsync(id, seen ?? -1, actor, ct), "roster.published", ct)).Needs(RosterPermissions.PublishRosters);
        one.MapPost("/withdraw", (Guid id, [FromForm] string? why, EndRoster slice, RosterReply reply, CancellationToken ct) =>
            reply.ToAsync($"/rosters/{id}", actor => slice.WithdrawAsync(id, why, actor, ct), "roster.withdrawn", ct)).Needs(RosterPermissions.PublishRosters);
        one.MapPost("/override", (Guid id, [FromForm] Guid? person, [FromForm] DateOnly? day, [FromForm] string? why, AskOverride slice, RosterReply reply, CancellationToken ct) =>
            reply.ToAsync($"/rosters/{id}", actor => slice.ExecuteAsync(id, person ?? default, day ?? default, why, actor, ct), "roster.override.asked", ct)).Needs(RosterPermissions.EditRosters);
    }

    private static void Pool(RouteGroupBuilder one)
    {
        one.MapPost("/people", (Guid id, IFormCollection form, ChangePool slice, RosterReply reply, CancellationToken ct) =>
            reply.ToAsync($"/rosters/{id}/people", actor => slice.AddAsync(id, Source(form), actor, ct), "roster.people.added", ct)).Needs(RosterPermissions.EditRosters);
        one.MapPost("/people/remove", (Guid id, [FromForm] Guid[]? person, ChangePool slice, RosterReply reply, CancellationToken ct) =>
            reply.ToAsync($"/rosters/{id}/people", actor => slice.RemoveAsync(id, person ?? [], actor, ct), "roster.people.removed", ct)).Needs(RosterPermissions.EditRosters);
    }

    private static void Turns(RouteGroupBuilder one)
    {
        one.MapPost("/drop", (Guid id, [FromForm] Guid? turn, [FromForm] int? p, [FromForm] int? d, [FromForm] int? seen, [FromForm] int? page, BoardTargets slice, RosterReply reply, CancellationToken ct) =>
            reply.ToAsync($"/rosters/{id}/board?page={page ?? 1}", actor => slice.DropAsync(id, turn ?? default, p ?? -1, d ?? 0, seen ?? -1, actor, ct), "turn.moved", ct)).Needs(RosterPermissions.EditRosters);
        one.MapPost("/assign", (Guid id, [FromForm] Guid? duty, [FromForm] Guid? person, [FromForm] bool? reserve, [FromForm] bool? anyway, [FromForm] string? back, ChangeTurns slice, RosterReply reply, CancellationToken ct) =>
            reply.ToAsync(Back(id, back), actor => slice.AssignAsync(id, duty ?? default, person ?? default, reserve ?? false, anyway ?? false, actor, ct), "turn.assigned", ct)).Needs(RosterPermissions.EditRosters);
        one.MapPost("/remove", (Guid id, [FromForm] Guid? turn, [FromForm] string? back, ChangeTurns slice, RosterReply reply, CancellationToken ct) =>
            reply.ToAsync(Back(id, back), actor => slice.RemoveAsync(id, turn ?? default, actor, ct), "turn.removed", ct)).Needs(RosterPermissions.EditRosters);
        one.MapPost("/move", (Guid id, [FromForm] Guid? turn, [FromForm] Guid? person, [FromForm] Guid? duty, [FromForm] bool? anyway, [FromForm] string? back, ChangeTurns slice, RosterReply reply, CancellationToken ct) =>
            reply.ToAsync(Back(id, back), actor => slice.MoveAsync(id, turn ?? default, person ?? default, duty ?? default, anyway ?? false, actor, ct), "turn.moved", ct)).Needs(RosterPermissions.EditRosters);
        one.MapPost("/lock", (Guid id, [FromForm] Guid? turn, [FromForm] bool? locked, [FromForm] string? back, ChangeTurns slice, RosterReply reply, CancellationToken ct) =>
            reply.ToAsync(Back(id, back), actor => slice.LockAsync(id, turn ?? default, locked ?? false, actor, ct), locked == true ? "turn.locked" : "turn.unlocked", ct)).Needs(RosterPermissions.EditRosters);
    }

    private static async Task<IResult> TargetsAsync(Guid id, int? p, int? d, int? page, BoardTargets slice, ICurrentActor current, IStringLocalizer<RosterText> texts, CancellationToken ct)
    {
        var found = await slice.FindAsync(id, p ?? 0, d ?? 0, page ?? 0, await current.RequireAsync(ct), ct);
        if (!found.IsFailure) return TypedResults.Ok(found.Value);
        return found.Error.Kind == ErrorKind.NotFound ? TypedResults.NotFound() : TypedResults.Conflict(new { text = texts.Say(found.Error) });
    }

    private static async Task<IResult> SheetAsync(Guid id, ReadGround read, ICurrentActor current, TongxinDb db, TimeProvider clock, CancellationToken ct)
    {
        var actor = await current.RequireAsync(ct);
        if (await read.LookAsync(id, actor, RosterPermissions.ReadRosters, ct) is not { } ground) return TypedResults.NotFound();
        db.Record(actor, "workforce.roster.exported", "roster", id, details: new { ground.Roster.Number });
        await db.CommitAsync(ct);
        return TypedResults.File(DutySheet.Of(ground).ToWorkbook(actor, clock.GetUtcNow()), Workbook, $"{ground.Roster.Name} {DutySheet.Title}.xlsx");
    }

    private static string Back(Guid id, string? back) => HttpRequestExtensions.LocalOrHome(back ?? $"/rosters/{id}/board");

    internal static PoolSource Source(IFormCollection form) => new()
    {
        Teams = Ids(form["team"]),
        Units = Ids(form["unit"]),
        Volunteers = form["volunteers"] == "true",
        People = Ids(form["person"]),
    };

    internal static IReadOnlyList<Guid> Ids(Microsoft.Extensions.Primitives.StringValues values) =>
        [.. values.Select(v => Guid.TryParse(v, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty)];
}
