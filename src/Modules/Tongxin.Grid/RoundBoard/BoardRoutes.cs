using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tongxin.Platform.Access;

namespace Tongxin.Grid.RoundBoard;

/// <summary>The part of the board that asks again by itself.</summary>
internal static class BoardRoutes
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/rounds/{id:guid}/live", (Guid id) => new RazorComponentResult<BoardLive>(new { Id = id }) { PreventStreamingRendering = true })
            .Needs(GridPermissions.ReadRounds).ExcludeFromDescription();
}
