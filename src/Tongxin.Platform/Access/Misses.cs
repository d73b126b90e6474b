using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tongxin.Platform.Access;

/// <summary>
/// Counts, for each account, the different things that were asked for and not there for it. Somebody who asks for one thing again and again
/// has an old page open; somebody who asks for many tries ids. Kept in each node's memory, for ten minutes from the first.
/// </summary>
internal sealed class Misses(TimeProvider clock)
{
    public const int Most = 20;
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(10);

    // More accounts than this at once: those whose time is over are forgotten first.
    private const int ManyAccounts = 1000;
    private readonly ConcurrentDictionary<Guid, Count> _counts = new();

    /// <summary>How long nothing by its id is looked at for this account; null when it may ask.</summary>
    public TimeSpan? WaitOf(Guid account)
    {
        if (!_counts.TryGetValue(account, out var count)) return null;
        var left = count.Since + Span - clock.GetUtcNow();
        if (left <= TimeSpan.Zero || left > Span)
        {
            _counts.TryRemove(KeyValuePair.Create(account, count));
            return null;
        }
        return count.IsFull ? left : null;
    }

    /// <summary>Counts one; true when it was the last that is looked at.</summary>
    public bool Miss(Guid account, string what)
    {
        WaitOf(account);
        if (_counts.Count > ManyAccounts)
            foreach (var known in _counts.Keys) WaitOf(known);
        return _counts.GetOrAdd(account, _ => new Count(clock.GetUtcNow())).Add(what);
    }

    private sealed class Count(DateTimeOffset since)
    {
        private readonly HashSet<string> _things = new(StringComparer.OrdinalIgnoreCase);
        private readonly Lock _lock = new();

        public DateTimeOffset Since => since;

        public bool IsFull
        {
            get
            {
                lock (_lock) return _things.Count >= Most;
            }
        }

        public bool Add(string what)
        {
            lock (_lock) return _things.Count < Most && _things.Add(what) && _things.Count == Most;
        }
    }
}

/// <summary>Open also to somebody who tries ids: an emergency waits for nothing.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NeverWaitsAttribute : Attribute;

/// <summary>
/// Out of scope is 404, like what never was: whoever tries many ids is told to wait, before it is looked whether they exist. Addresses
/// without an id stay open, and so does the guard's page: nobody at a gate is held up by this.
/// </summary>
internal static partial class MissesGuard
{
    public static IApplicationBuilder UseMissesGuard(this IApplicationBuilder app) => app.Use(GuardAsync);

    private static async Task GuardAsync(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<IAuthorizeData>() is null
            || await http.RequestServices.GetRequiredService<CurrentActor>().GetAsync(http.RequestAborted) is not { } actor)
        {
            await next(http);
            return;
        }

        var misses = http.RequestServices.GetRequiredService<Misses>();
        var thing = ThingOf(http.Request);
        if (thing is not null && endpoint.Metadata.GetMetadata<NeverWaitsAttribute>() is null && misses.WaitOf(actor.AccountId) is { } wait)
        {
            Refuse(http, wait);
            return;
        }
        await next(http);
        if (http.Response.StatusCode != StatusCodes.Status404NotFound) return;
        // A form that names its thing inside is a new try each time.
        var tried = thing ?? (HttpMethods.IsPost(http.Request.Method) ? http.TraceIdentifier : null);
        if (tried is not null) await CountAsync(http, endpoint, actor, tried);
    }

    private static async Task CountAsync(HttpContext http, Endpoint endpoint, Actor actor, string what)
    {
        var services = http.RequestServices;
        Log.Missed(services.GetRequiredService<ILoggerFactory>().CreateLogger<Misses>(), actor.AccountId, actor.DeviceId, endpoint.DisplayName ?? "");
        if (!services.GetRequiredService<Misses>().Miss(actor.AccountId, what)) return;
        foreach (var watch in services.GetServices<IRefusalWatch>()) await watch.ProbedAsync(actor, Misses.Most, CancellationToken.None);
    }

    // Empty: the error pages give it a body.
    private static void Refuse(HttpContext http, TimeSpan wait)
    {
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The ids that the address names, in its path or behind it.</summary>
    private static string? ThingOf(HttpRequest request)
    {
        var ids = request.RouteValues.Values.Select(v => v as string ?? v?.ToString())
            .Concat(request.Query.SelectMany(q => q.Value)).Where(v => Guid.TryParse(v, out _)).ToList();
        return ids.Count == 0 ? null : string.Join('/', ids);
    }

    private static partial class Log
    {
        [LoggerMessage(1102, LogLevel.Warning, "Account {AccountId}, device {DeviceId}: nothing there for it at {Endpoint}")]
        public static partial void Missed(ILogger logger, Guid accountId, Guid? deviceId, string endpoint);
    }
}
