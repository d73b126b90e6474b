using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Tongxin.People.Register;
using Tongxin.Platform.Access;

namespace Tongxin.People.CareTags;

internal static class CareRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/people/{id:guid}/care/{tag:guid}/prolong", Prolong).Needs(PeoplePermissions.EditCare);
        routes.MapPost("/people/{id:guid}/care/{tag:guid}/end", End).Needs(PeoplePermissions.ExpireCare);
    }

    private static Task<Results<RedirectHttpResult, NotFound>> Prolong(Guid id, Guid tag, [FromForm] DateOnly? expiresOn, KeepCare keep, Deed deed, CancellationToken ct) =>
        deed.DoAsync(actor => keep.ProlongAsync(id, tag, expiresOn, actor, ct), "care.prolonged", $"/people/{id}", ct);

    private static Task<Results<RedirectHttpResult, NotFound>> End(Guid id, Guid tag, KeepCare keep, Deed deed, CancellationToken ct) =>
        deed.DoAsync(actor => keep.EndAsync(id, tag, actor, ct), "care.ended", $"/people/{id}", ct);
}
