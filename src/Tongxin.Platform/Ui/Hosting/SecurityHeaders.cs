using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Tongxin.Platform.Ui.Hosting;

/// <summary>Headers that every answer carries; built files, named by their content, may be kept for a year.</summary>
public static class SecurityHeaders
{
    /// <summary>Nothing from elsewhere, nothing inline. No nonce is needed.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
        "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Adds the headers. First in the pipeline, so that refusals and errors carry them too.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(static state =>
        {
            Write((HttpContext)state);
            return Task.CompletedTask;
        }, http);
        return next(http);
    });

    private static void Write(HttpContext http)
    {
        var headers = http.Response.Headers;
        // A route may set a wider policy for its own page (the scanner asks for 'wasm-unsafe-eval').
        headers.TryAdd("Content-Security-Policy", ContentSecurityPolicy);
        headers["X-Content-Type-Options"] = "nosniff";
        headers["X-Frame-Options"] = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()";

        if (http.Response.StatusCode == StatusCodes.Status200OK && http.Request.Path.StartsWithSegments("/dist/assets"))
            headers.CacheControl = "public, max-age=31536000, immutable";
        else if (http.Request.Path == "/icon.svg")
            // Browsers ask again at each change of the address.
            headers.CacheControl = "public, max-age=86400";
        else if (http.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true)
            // Pages hold personal data: no copy stays in a shared computer's cache.
            headers.CacheControl = "no-store";
    }
}
