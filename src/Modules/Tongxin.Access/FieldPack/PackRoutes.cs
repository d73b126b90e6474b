using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Tongxin.Access.Gates;
using Tongxin.Grid;
using Tongxin.Platform.Access;
using Tongxin.Platform.Http;

namespace Tongxin.Access.FieldPack;

/// <summary>What the enrolment page of the phone app must know before it asks for a token.</summary>
/// <param name="Allowed">The account has something to do from a device.</param>
/// <param name="Gates">There may be gates for it.</param>
/// <param name="Rounds">There may be doors for it.</param>
/// <param name="May">The permissions that a device of this account works by; the lease says them again.</param>
/// <param name="Header">Name of the header of the form token.</param>
/// <param name="Token">The form token.</param>
internal sealed record FieldStart(string Account, bool Allowed, bool Gates, bool Rounds, IReadOnlyList<string> May, string? Header, string? Token);

/// <summary>GET /api/v1/access/pack and what the phone app asks before its enrolment.</summary>
internal static class PackRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/access/pack", PackAsync).Needs(GatePermissions.Watch)
            .WithName("GateDevicePack").WithTags("access")
            .WithSummary("What a device needs at the account's own gates without a network.")
            .WithDescription("304 when nothing but the clock has changed since the ETag.")
            .Produces<Pack>().Produces(StatusCodes.Status304NotModified);
        routes.MapGet("/api/v1/access/field/start", StartAsync).SignedIn()
            .WithName("FieldStart").WithTags("access").WithSummary("Who is signed in, and the form token for enrolling this phone.")
            .Produces<FieldStart>();
    }

    private static async Task<Results<ContentHttpResult, StatusCodeHttpResult>> PackAsync(
        HttpContext http, ReadPack slice, ICurrentActor current, IOptions<JsonOptions> json, CancellationToken ct)
    {
        var pack = await slice.ExecuteAsync(await current.RequireAsync(ct), ct);
        return PackAnswer.Of(http, pack, pack with { Now = default, IssuedAt = default }, json.Value.SerializerOptions);
    }

    private static async Task<Ok<FieldStart>> StartAsync(HttpContext http, IAntiforgery antiforgery, PermissionCatalogue catalogue, ICurrentActor current, CancellationToken ct)
    {
        var actor = await current.RequireAsync(ct);
        var tokens = antiforgery.GetAndStoreTokens(http);
        http.Response.Headers.CacheControl = "no-store";
        IReadOnlyList<string> may = [.. actor.Grants.SelectMany(g => g.Permissions).Where(catalogue.IsForDevices).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return TypedResults.Ok(new FieldStart(
            actor.Name, may.Count > 0, actor.Can(GatePermissions.Watch), actor.Can(GridPermissions.RecordVisits), may, tokens.HeaderName, tokens.RequestToken));
    }
}
