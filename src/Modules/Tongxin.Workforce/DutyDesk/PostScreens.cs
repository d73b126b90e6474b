using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Duties;

namespace Tongxin.Workforce.DutyDesk;

/// <summary>The code that a post's screen shows now.</summary>
internal sealed record ShownCode(Guid PostId, string Post, string? Spot, string Code, int SecondsLeft);

/// <summary>
/// The rotating code at a post: six digits out of the post's own key and the half minute. It counts at this post alone, and for this
/// half minute and the next, so that a code passed on is of no use a minute later or elsewhere.
/// </summary>
internal sealed class PostScreens(TongxinDb db, SecretBox box, DeskSight sight, TimeProvider clock)
{
    public const int WindowSeconds = 30;
    private const string Purpose = "workforce.post-screen";

    /// <summary>A new address and a new key for the post's screen; what was there before is dead.</summary>
    public async Task<Result> RenewAsync(Guid postId, Actor actor, CancellationToken ct)
    {
        if (!await IsSeenAsync(postId, actor, ct)) return DutyErrors.PostNotFound;
        var screen = await db.Set<PostScreen>().SingleOrDefaultAsync(s => s.PostId == postId, ct) ?? db.Add(PostScreen.For(postId)).Entity;
        var address = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        var key = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        screen.Renew(box.Seal(key) ?? [], IndexOf(address), box.Seal(address) ?? [], clock.GetUtcNow());
        db.Record(actor, "workforce.post-screen.renewed", "post", postId);
        return await db.TryCommitAsync(ct);
    }

    /// <summary>The secret of the screen's address, for the desk; null before there is one.</summary>
    public async Task<string?> AddressAsync(Guid postId, CancellationToken ct) =>
        box.Unseal(await db.Set<PostScreen>().AsNoTracking().Where(s => s.PostId == postId).Select(s => s.AddressSealed).SingleOrDefaultAsync(ct));

    /// <summary>A post within the actor's sight; null otherwise.</summary>
    public async Task<Post?> FindAsync(Guid postId, Actor actor, CancellationToken ct) =>
        await IsSeenAsync(postId, actor, ct) ? await db.Set<Post>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == postId && p.ArchivedAt == null, ct) : null;

    /// <summary>What the screen at this address shows; null when the address is not (any more) one.</summary>
    public async Task<ShownCode?> ReadAsync(string address, CancellationToken ct)
    {
        var index = IndexOf(address);
        var screen = await (
            from s in db.Set<PostScreen>().AsNoTracking()
            join p in db.Set<Post>() on s.PostId equals p.Id
            where s.AddressIndex == index && p.ArchivedAt == null
            select new { s.PostId, s.KeySealed, p.Name, p.Spot }).SingleOrDefaultAsync(ct);
        if (screen is null) return null;
        var seconds = clock.GetUtcNow().ToUnixTimeSeconds();
        return new ShownCode(screen.PostId, screen.Name, screen.Spot, Code(Open(screen.KeySealed), screen.PostId, seconds / WindowSeconds), WindowSeconds - (int)(seconds % WindowSeconds));
    }

    /// <summary>Whether this is the post's code of this half minute or the one before.</summary>
    public async Task<bool> AcceptsAsync(Guid postId, string code, CancellationToken ct)
    {
        var sealedKey = await db.Set<PostScreen>().AsNoTracking().Where(s => s.PostId == postId).Select(s => s.KeySealed).SingleOrDefaultAsync(ct);
        if (sealedKey is null) return false;
        var (key, window) = (Open(sealedKey), clock.GetUtcNow().ToUnixTimeSeconds() / WindowSeconds);
        return code == Code(key, postId, window) || code == Code(key, postId, window - 1);
    }

    internal static string Code(byte[] key, Guid post, long window)
    {
        Span<byte> asked = stackalloc byte[24];
        post.TryWriteBytes(asked);
        BinaryPrimitives.WriteInt64BigEndian(asked[16..], window);
        var hash = HMACSHA256.HashData(key, asked);
        return (BinaryPrimitives.ReadUInt32BigEndian(hash) % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private async Task<bool> IsSeenAsync(Guid postId, Actor actor, CancellationToken ct) =>
        (await sight.PostsAsync(actor, DutyPermissions.RunDesk, ct)).Reach(postId) && await db.Set<Post>().AnyAsync(p => p.Id == postId && p.ArchivedAt == null, ct);

    private byte[] Open(byte[] key) => Convert.FromHexString(box.Unseal(key) ?? "");

    private byte[] IndexOf(string address) => box.Index(Purpose, address) ?? [];
}
