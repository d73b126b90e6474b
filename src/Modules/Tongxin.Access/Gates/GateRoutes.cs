using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Tongxin.Access.Gates.Data;
using Tongxin.Access.Gates.Readings;
using Tongxin.Access.Gates.Tracing;
using Tongxin.Access.Permits;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Sheets;
using Tongxin.Platform.Ui;

namespace Tongxin.Access.Gates;

/// <summary>What the buttons of gates post to.</summary>
internal static class GateRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var one = routes.MapGroup("/gates/{id:guid}").ExcludeFromDescription();
        one.MapPost("/keep", KeepAsync).Needs(GatePermissions.Seal);
        one.MapPost("/close", (Guid id, KeepGates keep, GateDeed deed, IStringLocalizer<GatesText> t, CancellationToken ct) =>
            deed.DoAsync(actor => keep.CloseAsync(id, actor, ct), t["gate.closed"], $"/gates/{id}", ct, "/gates")).Needs(GatePermissions.Edit);
        one.MapPost("/lanes", AddLaneAsync).Needs(GatePermissions.Edit);
        one.MapPost("/lanes/remove", (Guid id, [FromForm] string? name, KeepGates keep, GateDeed deed, IStringLocalizer<GatesText> t, CancellationToken ct) =>
            deed.DoAsync(actor => keep.RemoveLaneAsync(id, name ?? "", actor, ct), t["lane.removed"], $"/gates/{id}#lanes", ct)).Needs(GatePermissions.Edit);
        routes.MapPost("/gates/tracing/{id:guid}/release", (Guid id, AskTrace ask, GateDeed deed, IStringLocalizer<GatesText> t, CancellationToken ct) =>
            deed.DoAsync(actor => ask.ReleaseAsync(id, actor, ct), t["trace.released"], $"/gates/tracing/{id}", ct)).Needs(GatePermissions.Trace).ExcludeFromDescription();
        routes.MapGet("/gates/ledger.xlsx", LedgerAsync).Needs(GatePermissions.Ledger).ExcludeFromDescription();
        routes.MapPost("/gates/zones/{id:guid}/correct", (Guid id, [FromForm] int? people, [FromForm] string? why, Occupancy zones, GateDeed deed, IStringLocalizer<GatesText> t, CancellationToken ct) =>
            deed.DoAsync(actor => zones.CorrectAsync(id, people ?? -1, why, actor, ct), t["zone.corrected"], "/gates#zones", ct)).Needs(GatePermissions.Edit).ExcludeFromDescription();
    }

    private static Task<Results<RedirectHttpResult, NotFound>> KeepAsync(
        Guid id, [FromForm] string? state, [FromForm] string? why, KeepGates keep, GateDeed deed, IStringLocalizer<GatesText> t, CancellationToken ct) =>
        deed.DoAsync(
            actor => keep.KeepAsync(id, Enum.TryParse<GateState>(state, out var read) ? read : (GateState)(-1), why, actor, ct), t["gate.kept"], $"/gates/{id}", ct);

    private static Task<Results<RedirectHttpResult, NotFound>> AddLaneAsync(
        Guid id, [FromForm] string? name, [FromForm] int? rate, [FromForm] string? direction, KeepGates keep, GateDeed deed, IStringLocalizer<GatesText> t, CancellationToken ct) =>
        deed.DoAsync(
            actor => keep.AddLaneAsync(id, new Lane(name ?? "", rate ?? 0, Enum.TryParse<LaneDirection>(direction, out var read) ? read : LaneDirection.Both), actor, ct),
            t["lane.added"], $"/gates/{id}#lanes", ct);

    private static async Task<IResult> LedgerAsync(
        string? day, string? gate, GateLedger ledger, ICurrentActor current, TongxinDb db, IStringLocalizer<GatesText> texts, IStringLocalizer<UiText> ui, TimeProvider clock, CancellationToken ct)
    {
        var actor = await current.RequireAsync(ct);
        var asked = LedgerSpan.Read(null, day, clock.GetUtcNow()).Through;
        if (await ledger.ReadAsync(asked, Guid.TryParse(gate, out var id) ? id : null, 0, GateLedger.MostRows, actor, ct) is not { } view) return Results.NotFound();
        db.Record(actor, "access.ledger.exported", "gate", gate is null ? null : id == Guid.Empty ? null : id, details: new { rows = view.Rows.Count, day = asked });
        await db.CommitAsync(ct);
        var mark = texts["sheet.watermark", actor.Name, Moments.Full(clock.GetUtcNow(), ui)];
        return Results.File(SheetWriter.ToBytes(ledger.Document(view, mark)), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"进出登记-{LedgerSpan.Text(asked)}.xlsx");
    }
}
