using Microsoft.AspNetCore.Http;
using Tongxin.Core.Common;

namespace Tongxin.Platform.Http;

/// <summary>The one place where the answers of rules become answers of HTTP.</summary>
public static class HttpAnswers
{
    /// <summary>204, or the refusal as problem+json with its <c>code</c>.</summary>
    public static IResult ToHttp(this Result result) => result.IsFailure ? new ProblemAnswer(result.Error) : TypedResults.NoContent();

    /// <summary>200 with the value, or the refusal as problem+json with its <c>code</c>.</summary>
    public static IResult ToHttp<T>(this Result<T> result) => result.IsFailure ? new ProblemAnswer(result.Error) : TypedResults.Ok(result.Value);

    /// <summary>201 with the value and where it lies, or the refusal.</summary>
    public static IResult ToHttp<T>(this Result<T> result, Func<T, string> location) =>
        result.IsFailure ? new ProblemAnswer(result.Error) : TypedResults.Created(location(result.Value), result.Value);

    /// <summary>The status of a kind of refusal: 400, 403, 404 or 409.</summary>
    public static int StatusOf(ErrorKind kind) => kind switch
    {
        ErrorKind.Invalid => StatusCodes.Status400BadRequest,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status409Conflict,
    };
}
