using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Tongxin.Platform.Ui.Hosting;

/// <summary>The three lines by which the Host turns the kit on.</summary>
public static class UiSetup
{
    /// <summary>Registers what layouts and kit components need: texts, cultures, manifest, flash, page rendering.</summary>
    public static IServiceCollection AddUi(this IServiceCollection services)
    {
        services.AddOptions<UiOptions>().BindConfiguration("Ui");
        services.AddLocalization();
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ViteManifest>();
        services.AddScoped<RenderOrder>();
        services.AddScoped<FlashBag>();
        services.AddScoped<IFlash>(s => s.GetRequiredService<FlashBag>());
        services.AddScoped<Layouts.MenuReader>();
        services.Configure<RequestLocalizationOptions>(o =>
        {
            o.SetDefaultCulture(UiRoutes.Cultures[0]).AddSupportedCultures([.. UiRoutes.Cultures]).AddSupportedUICultures([.. UiRoutes.Cultures]);
            o.RequestCultureProviders = [new CookieRequestCultureProvider { CookieName = UiRoutes.CultureCookie }];
        });
        return services;
    }

    /// <summary>Headers, culture, error pages and routing: first in the pipeline. An error page is routed anew, so routing stands after it.</summary>
    public static IApplicationBuilder UseUi(this IApplicationBuilder app) => app
        .UseSecurityHeaders()
        .UseRequestLocalization(app.ApplicationServices.GetRequiredService<IOptions<RequestLocalizationOptions>>().Value)
        .UseErrorPages()
        .UseRouting();

    /// <summary>Maps the switches of the top bar, and 404 for every address that nobody answers.</summary>
    public static IEndpointRouteBuilder MapUi(this IEndpointRouteBuilder routes)
    {
        UiRoutes.Map(routes);
        // Without an endpoint the fallback policy would send an unknown address to sign-in or "denied": it is simply not there.
        // A plain delegate: bound by the compiler, a fallback forgets its pattern.
        routes.MapFallback("{**path}", http =>
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }).AllowAnonymous();
        return routes;
    }
}
