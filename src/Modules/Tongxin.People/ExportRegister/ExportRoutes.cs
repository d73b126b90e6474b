using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tongxin.Platform.Access;

namespace Tongxin.People.ExportRegister;

internal static class ExportRoutes
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/people/exports/{id:guid}/file", TakeAsync).Needs(PeoplePermissions.Export);

    private static async Task<Results<FileContentHttpResult, NotFound>> TakeAsync(Guid id, ExportDesk desk, ICurrentActor current, CancellationToken ct)
    {
        var taken = await desk.TakeAsync(id, await current.RequireAsync(ct), ct);
        return taken.IsFailure ? TypedResults.NotFound() : TypedResults.File(taken.Value.Content, Workbook, taken.Value.Name);
    }
}
