using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Platform.Http;

namespace Tongxin.Platform.Ui.Hosting;

/// <summary>
/// Empty answers of 400 and above become a page (browser), one line (htmx) or problem+json (everything else).
/// The error page is always rendered as a GET: a refused POST would look for its form there.
/// </summary>
internal static class ErrorPages
{
    public static IApplicationBuilder UseErrorPages(this IApplicationBuilder app)
    {
        app.UseStatusCodePages(ShowAsync);
        // Inside: a bug becomes an empty 500, which the line above then shows.
        return app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = static http =>
            {
                http.Response.StatusCode = http.Features.Get<IExceptionHandlerFeature>() is { } bug
                    ? FailureStatus.Of(bug.Error, http) : StatusCodes.Status500InternalServerError;
                // Not all at the same moment.
                if (http.Response.StatusCode == StatusCodes.Status503ServiceUnavailable)
                    http.Response.Headers.RetryAfter = RandomNumberGenerator.GetInt32(1, 9).ToString(CultureInfo.InvariantCulture);
                return Task.CompletedTask;
            },
        });
    }

    private static async Task ShowAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        // Rendering is set up once in a scope, and the page that was refused may have done so already.
        var services = http.RequestServices;
        await using var scope = services.CreateAsyncScope();
        http.RequestServices = scope.ServiceProvider;
        try
        {
            await ShowAsync(context, http);
        }
        finally
        {
            http.RequestServices = services;
        }
    }

    private static async Task ShowAsync(StatusCodeContext context, HttpContext http)
    {
        if (http.Request.IsHtmx())
        {
            http.Response.Headers["HX-Retarget"] = "#flash";
            http.Response.Headers["HX-Reswap"] = "innerHTML";
            await new RazorComponentResult<ErrorLine>(new { Code = http.Response.StatusCode }).ExecuteAsync(http);
            return;
        }

        if (!http.Request.GetTypedHeaders().Accept.Any(a => a.MediaType == "text/html"))
        {
            await FailureStatus.WriteAsync(http);
            return;
        }

        var (path, method, query) = (http.Request.Path, http.Request.Method, http.Request.QueryString);
        http.Features.Set<IStatusCodeReExecuteFeature>(new StatusCodeReExecuteFeature
        {
            OriginalPath = path,
            OriginalPathBase = http.Request.PathBase,
            OriginalQueryString = query.Value,
        });
        http.SetEndpoint(null);
        http.Request.RouteValues.Clear();
        http.Request.Method = HttpMethods.Get;
        http.Request.Path = $"/error/{http.Response.StatusCode}";
        http.Request.QueryString = QueryString.Empty;
        try
        {
            await context.Next(http);
        }
        finally
        {
            (http.Request.Path, http.Request.Method, http.Request.QueryString) = (path, method, query);
        }
    }
}
