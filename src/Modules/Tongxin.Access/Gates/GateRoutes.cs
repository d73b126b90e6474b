using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Tongxin.Access.Gates.Data;
using Tongxin.Access.Gates.Readings;
using Tongxin.Platform.Access;

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
}
