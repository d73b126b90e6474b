using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Tongxin.Platform.Access;

namespace Tongxin.Grid.FieldPack;

/// <summary>GET /api/v1/grid/pack: the own doors of every open round.</summary>
internal static class RoundPackRoute
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/grid/pack", GetAsync).Needs(GridPermissions.RecordVisits)
            .WithName("RoundDevicePack").WithTags("grid")
            .WithSummary("The own doors of every open round, for a phone without a network.")
            .WithDescription("304 when nothing but the clock has changed since the ETag. Accounts with the whole place in their scope get none.")
            .Produces<RoundPack>().Produces(StatusCodes.Status304NotModified);

    private static async Task<Results<ContentHttpResult, StatusCodeHttpResult>> GetAsync(
        HttpContext http, ReadRoundPack slice, ICurrentActor current, IOptions<JsonOptions> json, CancellationToken ct)
    {
        var pack = await slice.ExecuteAsync(await current.RequireAsync(ct), ct);
        var content = JsonSerializer.SerializeToUtf8Bytes(pack with { Now = default }, json.Value.SerializerOptions);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}\"", isWeak: true);
        http.Response.GetTypedHeaders().ETag = tag;
        http.Response.Headers.CacheControl = "no-store";
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(held => held.Compare(tag, useStrongComparison: false))) return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return TypedResults.Content(JsonSerializer.Serialize(pack, json.Value.SerializerOptions), "application/json");
    }
}
