using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Tongxin.Platform.Ui.Hosting;

/// <summary>The two switches of the top bar. Open to everybody, protected by antiforgery, back to where one was.</summary>
public static class UiRoutes
{
    internal const string CultureCookie = "tx-culture";

    /// <summary>zh-CN first, English second.</summary>
    public static readonly IReadOnlyList<string> Cultures = ["zh-CN", "en"];

    /// <summary>Maps POST /ui/culture and POST /ui/theme.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/ui/culture", SetCulture).AllowAnonymous();
        routes.MapPost("/ui/theme", SetTheme).AllowAnonymous();
    }

    private static RedirectHttpResult SetCulture([FromForm] string culture, [FromForm] string? returnUrl, HttpContext http)
    {
        if (Cultures.Contains(culture))
        {
            var value = CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(CultureInfo.GetCultureInfo(culture)));
            http.Response.Cookies.Append(CultureCookie, value, Kept(http));
        }
        return TypedResults.LocalRedirect(HttpRequestExtensions.LocalOrHome(returnUrl));
    }

    private static RedirectHttpResult SetTheme([FromForm] string theme, [FromForm] string? returnUrl, HttpContext http)
    {
        if (theme is "light" or "dark") http.Response.Cookies.Append(Theme.Cookie, theme, Kept(http));
        else http.Response.Cookies.Delete(Theme.Cookie);
        return TypedResults.LocalRedirect(HttpRequestExtensions.LocalOrHome(returnUrl));
    }

    private static CookieOptions Kept(HttpContext http) => new()
    {
        MaxAge = TimeSpan.FromDays(365),
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        IsEssential = true,
    };
}
