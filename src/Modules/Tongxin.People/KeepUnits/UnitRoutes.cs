using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Tongxin.Core.Common;
using Tongxin.People.Register;
using Tongxin.Platform.Access;

namespace Tongxin.People.KeepUnits;

internal static class UnitRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/units/{id:guid}/rename", Rename).Needs(PeoplePermissions.EditUnits);
        routes.MapPost("/units/{id:guid}/close", Close).Needs(PeoplePermissions.EditUnits);
        routes.MapPost("/units/{id:guid}/six-groups", SixGroups).Needs(PeoplePermissions.EditUnits);
        routes.MapPost("/people/{id:guid}/affiliations/{affiliation:guid}/end", EndAffiliation).Needs(PeoplePermissions.EditUnits);
    }

    private static Task<Results<RedirectHttpResult, NotFound>> Rename(Guid id, [FromForm] string? name, [FromForm] int? version, UnitTree units, Deed deed, CancellationToken ct) =>
        deed.DoAsync(actor => units.RenameAsync(id, name, version ?? -1, actor, ct), "unit.renamed", $"/units/{id}", ct);

    private static Task<Results<RedirectHttpResult, NotFound>> Close(Guid id, [FromForm] DateOnly? day, UnitTree units, Deed deed, CancellationToken ct) =>
        deed.DoAsync(actor => units.CloseAsync(id, day, actor, ct), "unit.closed", $"/units/{id}", ct);

    private static Task<Results<RedirectHttpResult, NotFound>> SixGroups(Guid id, UnitTree units, Deed deed, CancellationToken ct) =>
        deed.DoAsync(async actor => await units.AddSixGroupsAsync(id, actor, ct) is { IsFailure: true } refused ? refused.Error : Result.Ok, "unit.six-groups.done", $"/units/{id}", ct);

    private static Task<Results<RedirectHttpResult, NotFound>> EndAffiliation(Guid id, Guid affiliation, UnitTree units, Deed deed, CancellationToken ct) =>
        deed.DoAsync(actor => units.EndAffiliationAsync(id, affiliation, actor, ct), "affiliate.ended", $"/people/{id}", ct);
}
