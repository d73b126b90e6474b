using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.Grid.Responsibilities;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Ui;
using Tongxin.Platform.Ui.Hosting;

namespace Tongxin.Grid.Cells;

/// <summary>The forms of the cell pages: do it, say so, go back.</summary>
internal static class CellRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var cells = routes.MapGroup("/grid/cells/{id:guid}").Needs(GridPermissions.EditCells).ExcludeFromDescription();
        cells.MapPost("/rename", (Guid id, [FromForm] int seen, [FromForm] string? number, [FromForm] string? name, ChangeCell slice, Reply reply, CancellationToken ct) =>
            reply.AsCellAsync(id, actor => slice.RenameAsync(id, seen, number, name, actor, ct), "cell.renamed", ct));
        cells.MapPost("/team", (Guid id, [FromForm] int? seen, [FromForm] string? team, [FromForm] string? back, ChangeCell slice, Reply reply, CancellationToken ct) =>
            reply.ToAsync(back ?? $"/grid/cells/{id}", actor => slice.GiveAsync(id, seen, Guid.TryParse(team, out var chosen) ? chosen : null, actor, ct), "cell.given", ct));
        cells.MapPost("/merge", (Guid id, [FromForm] int seen, [FromForm] Guid into, ChangeCell slice, Reply reply, CancellationToken ct) =>
            reply.ToAsync($"/grid/cells/{id}", actor => slice.MergeAsync(id, seen, into, actor, ct), "cell.merged", ct, $"/grid/cells/{into}"));
        cells.MapPost("/dissolve", (Guid id, [FromForm] int seen, ChangeCell slice, Reply reply, CancellationToken ct) =>
            reply.ToAsync($"/grid/cells/{id}", actor => slice.DissolveAsync(id, seen, actor, ct), "cell.dissolved", ct, "/grid/cells"));
        cells.MapPost("/households", (Guid id, [FromForm] Guid to, [FromForm] Guid[]? household, [FromForm] string? why, [FromForm] string? back, MoveHouseholds slice, Reply reply, CancellationToken ct) =>
            reply.ToAsync(back ?? $"/grid/cells/{id}/households", actor => slice.ExecuteAsync(new(id, to, household ?? [], why), actor, ct), "households.moved", ct));
        cells.MapPost("/responsible", (Guid id, [FromForm] string? target, [FromForm] Guid member, [FromForm] string? back, AssignResponsibility slice, Reply reply, CancellationToken ct) =>
            reply.ToAsync(back ?? $"/grid/cells/{id}", actor => slice.ExecuteAsync(AssignRequest.From(id, target, member), actor, ct), "responsible.taken", ct));
        routes.MapPost("/grid/responsibilities/{id:guid}/end", (Guid id, [FromForm] string? back, AssignResponsibility slice, Reply reply, CancellationToken ct) =>
            reply.ToAsync(back ?? "/grid/cells", actor => slice.EndAsync(id, actor, ct), "responsible.ended", ct)).Needs(GridPermissions.EditCells).ExcludeFromDescription();
        routes.MapPost("/grid/conflicts/{id:guid}", (Guid id, [FromForm] bool? back, SettleConflict slice, Reply reply, CancellationToken ct) =>
            reply.ToAsync("/grid/cells", actor => slice.ExecuteAsync(id, back ?? false, actor, ct), "conflict.settled", ct)).Needs(GridPermissions.EditCells).ExcludeFromDescription();
    }
}

/// <summary>How every form of the grid is answered.</summary>
internal sealed record Reply(ICurrentActor Current, IFlash Flash, IStringLocalizer<CellsText> Texts)
{
    public Task<IResult> AsCellAsync<T>(Guid cell, Func<Actor, Task<Result<T>>> act, string done, CancellationToken ct) =>
        ToAsync($"/grid/cells/{cell}", act, done, ct);

    /// <param name="back">Where the form was: refusals are shown there.</param>
    /// <param name="act">The deed.</param>
    /// <param name="done">Key of what is said when it is done; the answer fills its place.</param>
    /// <param name="next">Where to go when it is done; null: back.</param>
    public async Task<IResult> ToAsync<T>(string back, Func<Actor, Task<Result<T>>> act, string done, CancellationToken ct, string? next = null)
    {
        if (await Current.GetAsync(ct) is not { } actor) return TypedResults.NotFound();
        var result = await act(actor);
        if (result.IsFailure && result.Error.Kind == ErrorKind.NotFound) return TypedResults.NotFound();
        if (result.IsFailure) Flash.Say(FlashKind.Refused, Texts.Say(result.Error));
        else Flash.Say(FlashKind.Done, Texts[done, result.Value is { } value ? value : ""]);
        return TypedResults.LocalRedirect(HttpRequestExtensions.LocalOrHome(result.IsFailure ? back : next ?? back));
    }
}
