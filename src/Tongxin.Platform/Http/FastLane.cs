using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Tongxin.Platform.Http;

/// <summary>
/// A POST that comes thousands of times a second. It is tried before everything else in the pipeline (compression, culture, error pages,
/// sign-in, forms); whatever it does not take goes the ordinary way, to the route of the same address with its policy and its refusals.
/// </summary>
public interface IFastLane
{
    /// <summary>The exact path.</summary>
    string Path { get; }

    /// <summary>
    /// False when this request must go the ordinary way; nothing of its body was read then. Decides by headers and memory alone.
    /// </summary>
    bool TryAnswer(HttpContext http, [NotNullWhen(true)] out Task? answer);
}

/// <summary>Puts the lanes before the pipeline.</summary>
public static class FastLanes
{
    /// <summary>First of all.</summary>
    public static IApplicationBuilder UseFastLanes(this IApplicationBuilder app)
    {
        var lanes = app.ApplicationServices.GetServices<IFastLane>().ToDictionary(l => l.Path, StringComparer.Ordinal);
        return app.Use(next => http =>
            HttpMethods.IsPost(http.Request.Method) && lanes.TryGetValue(http.Request.Path.Value ?? "", out var lane) && lane.TryAnswer(http, out var answer)
                ? answer : next(http));
    }
}
