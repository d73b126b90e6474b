using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tongxin.Platform.Access;
using Tongxin.Platform.Ui.Tables;

namespace Tongxin.People.PersonList;

internal static class PersonListRoutes
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/people/table", IResult (HttpContext http) =>
        {
            http.Response.Headers["HX-Replace-Url"] = TableQuery.From(http.Request.Query, PersonFilter.Defaults).ToHref("/people");
            return new RazorComponentResult<PersonTable> { PreventStreamingRendering = true };
        }).Needs(PeoplePermissions.Read);
}
