using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Tongxin.Core.Teams;
using Tongxin.Grid.Cells;
using Tongxin.Platform.Access;

namespace Tongxin.Grid.ProposeTeams;

internal static class ProposalRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var one = routes.MapGroup("/grid/propose/{id:guid}").Needs(GridPermissions.EditCells).ExcludeFromDescription();
        one.MapPost("/accept", (Guid id, [FromForm] int seen, DecideProposal slice, Reply reply, CancellationToken ct) =>
            reply.ToAsync($"/grid/propose/{id}", actor => slice.AcceptAsync(id, seen, actor, ct), "proposal.accepted", ct, "/grid/coverage"));
        one.MapPost("/discard", (Guid id, DecideProposal slice, Reply reply, CancellationToken ct) =>
            reply.ToAsync($"/grid/propose/{id}", actor => slice.DiscardAsync(id, actor, ct), "proposal.discarded", ct, "/grid/propose"));
        one.MapPost("/parts", (Guid id, [FromForm] int seen, [FromForm] int team, [FromForm] int to, IFormCollection form, AdjustProposal slice, Reply reply, CancellationToken ct) =>
            reply.ToAsync($"/grid/propose/{id}/teams/{team}", actor => slice.MovePartsAsync(id, seen, new(team, [.. form["part"].OfType<string>()], to), actor, ct), "proposal.adjusted", ct));
        one.MapPost("/people", (Guid id, [FromForm] int seen, [FromForm] int team, [FromForm] int to, [FromForm] SeatRole role, [FromForm] Guid[]? person, AdjustProposal slice, Reply reply, CancellationToken ct) =>
            reply.ToAsync($"/grid/propose/{id}/teams/{team}", actor => slice.MovePeopleAsync(id, seen, new(person ?? [], to, role), actor, ct), "proposal.adjusted", ct));
    }
}
