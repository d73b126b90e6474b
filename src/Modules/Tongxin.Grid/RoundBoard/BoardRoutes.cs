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
        routes.MapGet("/rounds/{id:guid}/live", async Task<IResult> (Guid id, Board board, ICurrentActor current, CancellationToken ct) =>
            await current.GetAsync(ct) is not { } actor || (await board.ExecuteAsync(id, actor, ct)).IsFailure
                ? TypedResults.NotFound()
                : new RazorComponentResult<BoardLive>(new { Id = id }) { PreventStreamingRendering = true })
            .Needs(GridPermissions.ReadRounds).ExcludeFromDescription();
}
