using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tongxin.Access.Data;
using Tongxin.Access.Restrictions;
using Tongxin.Core.Common;
using Tongxin.Core.Passes;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Passes;

/// <summary>
/// The signing keys. The next key is in the trust list three days before it signs, so that a device that syncs once in that time has it;
/// the last one stays until everything it signed has run out.
/// </summary>
internal sealed class KeyRing(TongxinDb db, SecretBox box, IOptions<AccessSettings> settings, TimeProvider clock) : IAccessChime
{
    public static readonly TimeSpan Overlap = TimeSpan.FromDays(3);

    // One row that all who make keys hold.
    private static readonly Guid Gate = new("0190a000-0000-7000-8000-0000000acce6");

    /// <summary>The key that signs now: the oldest that still may. Makes the first one.</summary>
    public async Task<PassKey> SigningAsync(KeyUse use, CancellationToken ct)
    {
        var now = clock.NowInSeconds();
        if (await FindAsync(use, now, ct) is { } key) return key;
        await EnsureAsync(now, ct);
        return await FindAsync(use, now, ct) ?? throw new InvalidOperationException("No key after one was made.");
    }

    /// <summary>Keys whose word still counts, the oldest first.</summary>
    public Task<List<PassKey>> TrustedAsync(DateTimeOffset now, CancellationToken ct) =>
        db.Set<PassKey>().AsNoTracking().Where(k => now < k.Until).OrderBy(k => k.From).ThenBy(k => k.Id).ToListAsync(ct);

    /// <summary>All keys, for the administrator.</summary>
    public Task<List<PassKey>> ListAsync(CancellationToken ct) => db.Set<PassKey>().AsNoTracking().OrderByDescending(k => k.From).Take(64).ToListAsync(ct);

    public Task RingAsync(CancellationToken ct) => EnsureAsync(clock.NowInSeconds(), ct);

    /// <summary>A new key now; it signs from tomorrow, when devices have heard of it.</summary>
    public async Task<Result> RotateAsync(KeyUse use, Actor actor, CancellationToken ct)
    {
        var now = clock.NowInSeconds();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.HoldAsync(Gate, now, ct);
        foreach (var key in await db.Set<PassKey>().Where(k => k.Use == use && now < k.SignsUntil).ToListAsync(ct)) key.StopSigning(now.AddDays(1));
        Add(use, now, now.AddDays(1), actor);
        await db.CommitAsync(ct);
        await transaction.CommitAsync(ct);
        return Result.Ok;
    }

    /// <summary>Nothing the key signed counts any more, from the devices' next sync on; a new one signs at once.</summary>
    public async Task<Result> WithdrawAsync(Guid id, string? why, Actor actor, CancellationToken ct)
    {
        if (Whole.Clean(why) is not { Length: <= 200 } reason) return PassErrors.WhyMissing;
        var now = clock.NowInSeconds();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.HoldAsync(Gate, now, ct);
        if (await db.Set<PassKey>().SingleOrDefaultAsync(k => k.Id == id && now < k.Until, ct) is not { } key) return PassErrors.KeyNotFound;
        key.Withdraw(now, reason);
        db.Record(actor, "access.pass-key.withdrawn", "pass-key", id, reason, new { key.KeyId });
        // Passes of it are worth nothing: the next look at one makes a new one.
        await db.Set<IssuedPass>().Where(p => p.KeyId == key.KeyId && now < p.ExpiresAt).ExecuteUpdateAsync(s => s.SetProperty(p => p.ExpiresAt, now), ct);
        await db.CommitAsync(ct);
        await transaction.CommitAsync(ct);
        await EnsureAsync(now, ct);
        return Result.Ok;
    }

    private async Task EnsureAsync(DateTimeOffset now, CancellationToken ct)
    {
        var wanting = await WantingAsync(now, ct);
        if (wanting.Count == 0) return;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.HoldAsync(Gate, now, ct);
        // Another node may have made it meanwhile; and a use may want two.
        while (await WantingAsync(now, ct) is { Count: > 0 } still)
        {
            foreach (var (use, signs) in still) Add(use, now, signs, Actor.System);
            await db.CommitAsync(ct);
        }
        await transaction.CommitAsync(ct);
    }

    // From when a key of this use is missing: nobody signs beyond the overlap. Lists have one in reserve at any time: when the one that
    // signs must be withdrawn, devices know the next already, or they could believe no list any more.
    private async Task<List<(KeyUse Use, DateTimeOffset Signs)>> WantingAsync(DateTimeOffset now, CancellationToken ct)
    {
        var ends = await db.Set<PassKey>().Where(k => now < k.SignsUntil).Select(k => new { k.Use, k.SignsUntil }).ToListAsync(ct);
        return
        [
            .. Enum.GetValues<KeyUse>()
                .Select(use => (Use: use, Ends: ends.Where(e => e.Use == use).Select(e => e.SignsUntil).DefaultIfEmpty(now).ToList(), Count: ends.Count(e => e.Use == use)))
                .Where(x => x.Ends.Max() <= now + Overlap || (x.Use == KeyUse.Lists && x.Count < 2))
                .Select(x => (x.Use, x.Ends.Max())),
        ];
    }

    private void Add(KeyUse use, DateTimeOffset now, DateTimeOffset signs, Actor actor)
    {
        var key = db.Add(PassKey.Make(use, box, now, (signs > now ? signs - now : TimeSpan.Zero) + TimeSpan.FromDays(settings.Value.KeyDays))).Entity;
        db.Record(actor, "access.pass-key.made", "pass-key", key.Id, details: new { key.KeyId, key.Use, key.SignsUntil });
    }

    private Task<PassKey?> FindAsync(KeyUse use, DateTimeOffset now, CancellationToken ct) =>
        db.Set<PassKey>().AsNoTracking().Where(k => k.Use == use && k.From <= now && now < k.SignsUntil).OrderBy(k => k.SignsUntil).ThenBy(k => k.Id).FirstOrDefaultAsync(ct);
}
