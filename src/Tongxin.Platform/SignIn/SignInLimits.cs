using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace Tongxin.Platform.SignIn;

/// <summary>
/// How often one may try: per address generously (a whole campus can stand behind one), per user name tightly. Names that do not
/// exist are limited the same way, so that the limit tells nothing. Kept in each node's memory; the lock-out of an account is in
/// the database.
/// </summary>
internal sealed class SignInLimits : IDisposable
{
    public const string Policy = "sign-in";
    public const int PerAddress = 100;
    public const int PerName = 20;

    private readonly PartitionedRateLimiter<string> _names = PartitionedRateLimiter.Create<string, string>(name =>
        RateLimitPartition.GetTokenBucketLimiter(name, _ => Bucket(PerName, perMinute: 5)));

    /// <summary>Null when the name may be tried; else how long to wait.</summary>
    public TimeSpan? Take(string normalizedName)
    {
        using var lease = _names.AttemptAcquire(normalizedName);
        return lease.IsAcquired ? null : WaitOf(lease);
    }

    public void Dispose() => _names.Dispose();

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<SignInLimits>();
        services.AddRateLimiter(o =>
        {
            o.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            o.OnRejected = (context, _) =>
            {
                SayWhen(context.HttpContext, WaitOf(context.Lease));
                return ValueTask.CompletedTask;
            };
            o.AddPolicy(Policy, http => HttpMethods.IsPost(http.Request.Method)
                ? RateLimitPartition.GetTokenBucketLimiter(http.Connection.RemoteIpAddress?.ToString() ?? "", _ => Bucket(PerAddress, perMinute: 60))
                : RateLimitPartition.GetNoLimiter(""));
        });
    }

    private static void SayWhen(HttpContext http, TimeSpan wait) =>
        http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static TimeSpan WaitOf(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1);

    private static TokenBucketRateLimiterOptions Bucket(int size, int perMinute) => new()
    {
        TokenLimit = size,
        TokensPerPeriod = perMinute,
        ReplenishmentPeriod = TimeSpan.FromMinutes(1),
        QueueLimit = 0,
    };
}
