using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.Http;

/// <summary>What an exception that reached the edge means to the caller; and the answer without a page.</summary>
internal static class FailureStatus
{
    /// <summary>
    /// 409 for a row that somebody else changed or made meanwhile, 507 where the database has no room, 503 while it is away, the
    /// server's own for a bad request, else 500.
    /// </summary>
    public static int Of(Exception failure, HttpContext http) => failure switch
    {
        DbUpdateConcurrencyException => StatusCodes.Status409Conflict,
        DbUpdateException update when http.RequestServices.GetRequiredService<Dialect>().IsUniqueViolation(update) => StatusCodes.Status409Conflict,
        _ when http.RequestServices.GetRequiredService<Dialect>().IsDiskFull(failure) => StatusCodes.Status507InsufficientStorage,
        BadHttpRequestException bad => bad.StatusCode,
        _ when IsAway(failure) => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>The database is away for a moment (restart, failover): what was asked may be asked again.</summary>
    private static bool IsAway(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
            if (failure is DbException { IsTransient: true }) return true;
        return false;
    }

    /// <summary>For programs: an empty answer of 400 and above gets a problem+json with a stable code.</summary>
    public static Task WriteAsync(HttpContext http) => ProblemAnswer.WriteAsync(http, http.Response.StatusCode, http.Response.StatusCode switch
    {
        StatusCodes.Status401Unauthorized => "platform.http.sign-in",
        StatusCodes.Status403Forbidden => "platform.http.forbidden",
        StatusCodes.Status404NotFound => "platform.http.not-found",
        StatusCodes.Status409Conflict => "platform.conflict",
        StatusCodes.Status413PayloadTooLarge => "platform.http.too-large",
        StatusCodes.Status429TooManyRequests => "platform.http.too-often",
        StatusCodes.Status507InsufficientStorage => "platform.http.disk-full",
        >= 500 => "platform.error",
        _ => "platform.http.bad-request",
    });
}
