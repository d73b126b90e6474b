using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Platform.Access;

namespace Tongxin.Access.Scans;

/// <summary>At which gates an account may scan now, and which gates there are.</summary>
internal sealed record ScanReach(IReadOnlySet<Guid> Own, IReadOnlySet<Guid> All);

/// <summary>Where the reach of an actor comes from.</summary>
internal interface IScanGates
{
    Task<ScanReach> ReachAsync(Actor actor, CancellationToken ct);
}

/// <summary>Keeps the reach of each account for five seconds: as long as its rights are believed.</summary>
internal sealed class ScanGates(IServiceScopeFactory scopes, TimeProvider clock)
{
    private const int MostKnown = 20_000;
    private static readonly TimeSpan MostAge = TimeSpan.FromSeconds(5), Ahead = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<Guid, (ScanReach Reach, DateTimeOffset At)> _known = new();
    private readonly ConcurrentDictionary<Guid, Lazy<Task<ScanReach>>> _reading = new();

    public ValueTask<ScanReach> ReachAsync(Actor actor)
    {
        if (_known.TryGetValue(actor.AccountId, out var known))
        {
            var age = clock.GetUtcNow() - known.At;
            if (age >= TimeSpan.Zero && age < MostAge)
            {
                // Before it is too old, beside the requests: none of them waits.
                if (age > Ahead && !_reading.ContainsKey(actor.AccountId)) _ = ReadAheadAsync(actor);
                return new ValueTask<ScanReach>(known.Reach);
            }
        }
        return new ValueTask<ScanReach>(ReadOnceAsync(actor));
    }

    private async Task<ScanReach> ReadOnceAsync(Actor actor)
    {
        var reading = _reading.GetOrAdd(actor.AccountId, _ => new Lazy<Task<ScanReach>>(() => ReadAsync(actor)));
        try
        {
            return await reading.Value;
        }
        finally
        {
            _reading.TryRemove(KeyValuePair.Create(actor.AccountId, reading));
        }
    }

    private async Task ReadAheadAsync(Actor actor)
    {
        try
        {
            await ReadOnceAsync(actor);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The database is away: the next request that finds it too old says so.
        }
    }

    private async Task<ScanReach> ReadAsync(Actor actor)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = clock.GetUtcNow();
        var reach = await scope.ServiceProvider.GetRequiredService<IScanGates>().ReachAsync(actor, CancellationToken.None);
        if (_known.Count >= MostKnown) _known.Clear();
        _known[actor.AccountId] = (reach, now);
        return reach;
    }
}
