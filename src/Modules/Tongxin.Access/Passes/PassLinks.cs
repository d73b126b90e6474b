using System.Buffers.Text;
using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Data;
using Tongxin.Access.Restrictions;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Passes;

/// <summary>Personal addresses for those without an account: 192 random bits, of which only a keyed hash is kept.</summary>
internal sealed class PassLinks(TongxinDb db, SecretBox box, PassGuessing guessing, Alarms alarms, TimeProvider clock)
{
    private const int SecretBytes = 24;

    /// <summary>A new address; the secret is in the answer, once. Earlier ones go on until they are reported lost. The caller has checked the scope.</summary>
    public async Task<string> MakeAsync(Guid person, Actor actor, CancellationToken ct)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        db.Add(PassLink.Make(person, IndexOf(secret), actor.AccountId, clock.NowInSeconds()));
        db.Record(actor, "access.pass-link.made", "person", person);
        await db.CommitAsync(ct);
        return secret;
    }

    /// <summary>Whose address it is; null for a wrong or ended one. Many wrong ones of one origin are no longer looked at, and raise an alarm.</summary>
    public async Task<Guid?> PersonAsync(string secret, string origin, CancellationToken ct)
    {
        if (guessing.IsSpent(origin)) return null;
        var index = IndexOf(secret);
        var person = secret.Length > 64 ? null : await db.Set<PassLink>().AsNoTracking().Where(l => l.SecretIndex == index && l.RevokedAt == null).Select(l => (Guid?)l.PersonId).SingleOrDefaultAsync(ct);
        if (person is null && guessing.Miss(origin)) await alarms.RaiseAsync(AlarmKind.Guessing, "links", Actor.System, new { tries = PassGuessing.Most }, ct);
        return person;
    }

    private byte[] IndexOf(string secret) => box.Index("access.pass-link", secret) ?? [];
}

/// <summary>Wrong addresses by origin: thirty, and ten more each minute. In each node's memory.</summary>
internal sealed class PassGuessing : IDisposable
{
    public const int Most = 30;

    private readonly PartitionedRateLimiter<string> _misses = PartitionedRateLimiter.Create<string, string>(origin => RateLimitPartition.GetTokenBucketLimiter(origin, _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = Most,
        TokensPerPeriod = 10,
        ReplenishmentPeriod = TimeSpan.FromMinutes(1),
        QueueLimit = 0,
    }));

    /// <summary>Nothing of this origin is looked at for now.</summary>
    public bool IsSpent(string origin) => _misses.GetStatistics(origin) is { CurrentAvailablePermits: 0 };

    /// <summary>Counts a wrong one; true when it was the last that is looked at.</summary>
    public bool Miss(string origin)
    {
        using var lease = _misses.AttemptAcquire(origin);
        return !lease.IsAcquired || IsSpent(origin);
    }

    public void Dispose() => _misses.Dispose();
}
