using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.Devices;

/// <summary>
/// Who stands behind a token. What was read is believed for five seconds, so that a gate's scans need no read each; a right that
/// ended is gone after that on every node, a device revoked on this node at once.
/// </summary>
internal sealed class DeviceRegister(IServiceScopeFactory scopes, PermissionCatalogue catalogue, TimeProvider clock) : IDeviceSessions
{
    public static readonly TimeSpan MostAge = TimeSpan.FromSeconds(5);

    public const string Unknown = "platform.device.unknown", Revoked = "platform.device.revoked", Ended = "platform.device.ended";

    // Devices of one campus are hundreds; whatever is more is old.
    private const int MostKnown = 20_000;
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(5);

    // Read anew beside the requests before it is too old, so that a device that works never waits for it.
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(4);

    private readonly ConcurrentDictionary<Guid, Known> _known = new();
    private readonly ConcurrentDictionary<Guid, Lazy<Task<Answer>>> _reading = new();

    // A device says the same header again and again: no hash is computed for each request. Only headers of devices that were known come in.
    private readonly ConcurrentDictionary<string, KnownToken> _tokens = new(StringComparer.Ordinal);
    private int _changes;

    private sealed record Known(DeviceSession Session, DateTimeOffset ReadAt);

    private sealed record KnownToken(Guid Key, byte[] Hash)
    {
        public static KnownToken? In(string authorization)
        {
            var token = DeviceToken.In(authorization);
            if (token.IsEmpty) return null;
            var hash = DeviceToken.Hash(token);
            return new KnownToken(KeyOf(hash), hash);
        }
    }

    public sealed record Answer(DeviceSession? Session, string? Code);

    public DeviceSession? FindKnown(string? authorization)
    {
        if (authorization is null) return null;
        var isNew = !_tokens.TryGetValue(authorization, out var token);
        if (isNew) token = KnownToken.In(authorization);
        if (token is null || !_known.TryGetValue(token.Key, out var known)) return null;
        var now = clock.GetUtcNow();
        if (!IsFresh(known, now)) return null;
        if (isNew) Remember(authorization, token);
        if (now - known.ReadAt > Ahead && !_reading.ContainsKey(token.Key)) _ = ReadAheadAsync(token.Key, token.Hash);
        return known.Session;
    }

    /// <summary>The session, or the code of the refusal; from memory or read anew, once for all who wait for the same device.</summary>
    public async ValueTask<Answer> ReadAsync(string? authorization)
    {
        if (KnownToken.In(authorization ?? "") is not { } token) return new Answer(null, Unknown);
        return Fresh(token.Key) is { } known ? new Answer(known, null) : await ReadOnceAsync(token.Key, token.Hash);
    }

    private async Task<Answer> ReadOnceAsync(Guid key, byte[] hash)
    {
        var reading = _reading.GetOrAdd(key, k => new Lazy<Task<Answer>>(() => ReadAsync(k, hash)));
        try
        {
            return await reading.Value;
        }
        finally
        {
            _reading.TryRemove(KeyValuePair.Create(key, reading));
        }
    }

    private async Task ReadAheadAsync(Guid key, byte[] hash)
    {
        try
        {
            await ReadOnceAsync(key, hash);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The database is away: what is known grows old, and then the request itself finds out.
        }
    }

    /// <summary>After a change on this node.</summary>
    public void Forget(Guid deviceId)
    {
        Interlocked.Increment(ref _changes);
        foreach (var (key, known) in _known)
            if (known.Session.DeviceId == deviceId) _known.TryRemove(key, out _);
    }

    private void Remember(string authorization, KnownToken token)
    {
        if (_tokens.Count >= MostKnown) _tokens.Clear();
        _tokens[authorization] = token;
    }

    private DeviceSession? Fresh(Guid key) => _known.TryGetValue(key, out var known) && IsFresh(known, clock.GetUtcNow()) ? known.Session : null;

    private static bool IsFresh(Known known, DateTimeOffset now)
    {
        var age = now - known.ReadAt;
        // A clock that jumped back would keep it for ever.
        return age >= TimeSpan.Zero && age < MostAge && now < known.Session.LeaseUntil;
    }

    private async Task<Answer> ReadAsync(Guid key, byte[] hash)
    {
        var answer = await LookAsync(key, hash);
        if (answer.Session is null) _known.TryRemove(key, out _);
        return answer;
    }

    private async Task<Answer> LookAsync(Guid key, byte[] hash)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TongxinDb>();
        var now = clock.GetUtcNow();
        var changes = Volatile.Read(ref _changes);
        if (await db.Set<Device>().AsNoTracking().SingleOrDefaultAsync(d => d.TokenHash == hash) is not { } device) return new Answer(null, Unknown);
        if (device.StateAt(now) is not DeviceState.Live and var state) return new Answer(null, state == DeviceState.Revoked ? Revoked : Ended);

        var account = await db.Users.AsNoTracking().SingleOrDefaultAsync(a => a.Id == device.AccountId);
        if (account is null || account.HasEnded(now) || (device.Stamp is { } stamp && stamp != account.SecurityStamp)) return new Answer(null, Ended);
        var grants = Narrow(await scope.ServiceProvider.GetRequiredService<ActorGrants>().OfAsync(account, now, CancellationToken.None));
        // Nothing left that a device may do: an ex-volunteer's phone, to be emptied at its next contact.
        if (grants.Count == 0) return new Answer(null, Ended);

        var actor = new Actor(account.Id, account.PersonId, account.DisplayName, account.UnitId, grants) { DeviceId = device.Id };
        var session = new DeviceSession(device.Id, actor, device.LeaseUntil);
        if (_known.Count >= MostKnown) _known.Clear();
        _known[key] = new Known(session, now);
        // Something changed while this was read: what was read may be from before.
        if (changes != Volatile.Read(ref _changes)) _known.TryRemove(key, out _);
        if (device.LastSeenAt is null || now - device.LastSeenAt > Between)
            await db.Set<Device>().Where(d => d.Id == device.Id).ExecuteUpdateAsync(s => s.SetProperty(d => d.LastSeenAt, now));
        return new Answer(session, null);
    }

    private List<ActorGrant> Narrow(IReadOnlyList<ActorGrant> grants) =>
        [.. grants.Select(g => g with { Permissions = [.. g.Permissions.Where(catalogue.IsForDevices)] }).Where(g => g.Permissions.Count > 0)];

    // Half of the hash is enough to tell devices apart; the database compares all of it.
    private static Guid KeyOf(ReadOnlySpan<byte> hash) => new(hash[..16]);
}
