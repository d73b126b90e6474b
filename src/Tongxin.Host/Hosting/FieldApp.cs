using Tongxin.Platform.Ui.Hosting;

namespace Tongxin.Host.Hosting;

/// <summary>
/// The installable phone app under /field/: page, manifest, icons and service worker keep their addresses, everything else they name lies under
/// /dist/assets by its content. It holds nothing about anybody, so it is open to everybody; what it shows comes by the API.
/// </summary>
internal static class FieldApp
{
    // Compiling the scanner's WebAssembly counts as eval to a browser; no other page needs it.
    private static readonly string Policy = SecurityHeaders.ContentSecurityPolicy.Replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'", StringComparison.Ordinal);

    private static readonly Dictionary<string, string> Files = new(StringComparer.Ordinal)
    {
        ["worker.js"] = "text/javascript; charset=utf-8",
        ["app.webmanifest"] = "application/manifest+json",
        ["icon-192.png"] = "image/png",
        ["icon-512.png"] = "image/png",
        ["icon-mask.png"] = "image/png",
    };

    public static void MapFieldApp(this IEndpointRouteBuilder routes)
    {
        // HEAD too: proxies and monitors ask so.
        routes.MapMethods("/field", [HttpMethods.Get, HttpMethods.Head], Page).AllowAnonymous().ExcludeFromDescription();
        routes.MapMethods("/field/{file}", [HttpMethods.Get, HttpMethods.Head], File).AllowAnonymous().ExcludeFromDescription();
    }

    private static IResult Page(HttpContext http, IWebHostEnvironment environment)
    {
        // The worker's scope ends with a slash, and so must the page's address.
        if (http.Request.Path.Value is ['/', .., not '/']) return TypedResults.LocalRedirect("/field/");
        http.Response.Headers.ContentSecurityPolicy = Policy;
        return Answer(environment, "index.html", "text/html; charset=utf-8");
    }

    private static IResult File(string file, HttpContext http, IWebHostEnvironment environment)
    {
        if (!Files.TryGetValue(file, out var type)) return TypedResults.NotFound();
        // A worker that is an hour old would keep an app that is an hour old.
        http.Response.Headers.CacheControl = type == "image/png" ? "public, max-age=86400" : "no-cache";
        return Answer(environment, file, type);
    }

    private static IResult Answer(IWebHostEnvironment environment, string file, string type) =>
        environment.WebRootFileProvider.GetFileInfo($"dist/field/{file}") is { Exists: true } found
            ? TypedResults.Stream(found.CreateReadStream(), type)
            : TypedResults.NotFound();
}
