using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tongxin.Platform.Access;
using Tongxin.Platform.Ui.Tables;

namespace Tongxin.People.HouseholdList;

internal static class HouseholdListRoutes
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/households/table", IResult (HttpContext http) =>
        {
            http.Response.Headers["HX-Replace-Url"] = TableQuery.From(http.Request.Query, ListHouseholds.Defaults).ToHref("/households");
            return new RazorComponentResult<HouseholdTable> { PreventStreamingRendering = true };
        }).Needs(PeoplePermissions.Read);
}
