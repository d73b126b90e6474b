using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Core.Common;

namespace Tongxin.Platform.Http;

/// <summary>A refusal as RFC 9457 says it: title in the reader's language, <c>code</c> for programs.</summary>
internal sealed class ProblemAnswer(Error error) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => HttpAnswers.StatusOf(error.Kind);

    public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, HttpAnswers.StatusOf(error.Kind), error.Code, error.Args);

    public static Task WriteAsync(HttpContext http, int status, string code, params object?[] args)
    {
        http.Response.StatusCode = status;
        var problem = new ProblemDetails
        {
            Status = status,
            Title = http.RequestServices.GetRequiredService<ErrorCatalogue>().Say(code, args),
            Extensions =
            {
                ["code"] = code,
                ["trace"] = Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier,
            },
        };
        return http.Response.WriteAsJsonAsync(problem, options: null, "application/problem+json", http.RequestAborted);
    }
}
