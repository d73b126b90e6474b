using System.Threading.RateLimiting;

namespace Tongxin.Platform.Devices;

/// <summary>How often one account may enrol a device: whoever has stolen a session cannot make a fleet of it. Kept in each node's memory.</summary>
internal sealed class DeviceLimits : IDisposable
{
    public const int AtOnce = 8;

    private readonly PartitionedRateLimiter<Guid> _accounts = PartitionedRateLimiter.Create<Guid, Guid>(account =>
        RateLimitPartition.GetTokenBucketLimiter(account, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = AtOnce,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1),
            QueueLimit = 0,
        }));

    /// <summary>Null when it may; else how long to wait.</summary>
    public TimeSpan? Take(Guid account)
    {
        using var lease = _accounts.AttemptAcquire(account);
        if (lease.IsAcquired) return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1);
    }

    public void Dispose() => _accounts.Dispose();
}
