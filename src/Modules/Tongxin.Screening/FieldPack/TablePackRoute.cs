using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Tongxin.Platform.Access;
using Tongxin.Platform.Http;
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
        return PackAnswer.Of(http, pack, pack with { Now = default }, json.Value.SerializerOptions);
    }
}
