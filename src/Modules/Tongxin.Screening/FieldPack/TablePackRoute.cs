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
using Tongxin.Screening.Tubes;

namespace Tongxin.Screening.FieldPack;

/// <summary>GET /api/v1/screening/pack: what a table needs for a day without a network.</summary>
internal static class TablePackRoute
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/screening/pack", GetAsync).Needs(TubePermissions.Take)
            .WithName("TableDevicePack").WithTags("screening")
            .WithSummary("Own sites and tables, the rounds they work for, who is called there, and where their tubes stand.")
            .WithDescription("304 when nothing but the clock has changed since the ETag. Accounts with the whole installation in their scope get none.")
            .Produces<TablePack>().Produces(StatusCodes.Status304NotModified);

    private static async Task<Results<ContentHttpResult, StatusCodeHttpResult>> GetAsync(
        HttpContext http, ReadTablePack slice, ICurrentActor current, IOptions<JsonOptions> json, CancellationToken ct)
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
