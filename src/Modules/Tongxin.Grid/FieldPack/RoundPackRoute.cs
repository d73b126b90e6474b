using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Tongxin.Platform.Access;
using Tongxin.Platform.Http;

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
        return PackAnswer.Of(http, pack, pack with { Now = default }, json.Value.SerializerOptions);
    }
}
