using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Access.Data;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Restrictions;

/// <summary>
/// Raises alarms in a transaction of their own: what was tried is on record even where nothing came of it. Every attempt is journaled;
/// attempts of one kind, actor and hour are counted on one alarm.
/// </summary>
internal sealed class Alarms(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <param name="kind">What happened.</param>
    /// <param name="attribute">What several of one hour have in common.</param>
    /// <param name="actor">Who did it.</param>
    /// <param name="details">Ids and counts; no names.</param>
    /// <param name="ct">Stops it.</param>
    public async Task RaiseAsync(AlarmKind kind, string attribute, Actor actor, object details, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var key = $"{kind}:{attribute}:{now.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture)}";
        for (var turn = 0; turn < 3; turn++)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<TongxinDb>();
            Add(db, await db.Set<Alarm>().SingleOrDefaultAsync(a => a.Key == key, ct), kind, key, actor, details, now);
            // Two attempts at the same moment: the other one's alarm is there now.
            if (!(await db.TryCommitAsync(RestrictionErrors.Already, ct)).IsFailure) return;
        }
    }

    /// <summary>Adds an alarm to the caller's transaction, unless one with this key is there.</summary>
    public static async Task RaiseOnceAsync(TongxinDb db, AlarmKind kind, string key, Actor actor, object details, DateTimeOffset now, CancellationToken ct)
    {
        if (!await db.Set<Alarm>().AnyAsync(a => a.Key == key, ct)) Add(db, null, kind, key, actor, details, now);
    }

    private static void Add(TongxinDb db, Alarm? known, AlarmKind kind, string key, Actor actor, object details, DateTimeOffset now)
    {
        var alarm = known ?? db.Add(Alarm.Raise(kind, key, actor.IsSystem ? null : actor.AccountId, details, now)).Entity;
        if (known is not null) alarm.Again(now);
        db.Record(actor, "access.alarm.raised", "alarm", alarm.Id, kind.ToString(), details);
    }
}

/// <summary>Alarms as a page shows them.</summary>
internal sealed record AlarmLine(Alarm Alarm, string? By, string? SeenBy);

/// <summary>Reads alarms and marks them as seen. They belong to nobody's place: whoever may see them sees all.</summary>
internal sealed class AlarmDesk(TongxinDb db, TimeProvider clock)
{
    public const int Most = 200;

    public async Task<IReadOnlyList<AlarmLine>> ListAsync(CancellationToken ct)
    {
        var alarms = await db.Set<Alarm>().AsNoTracking().OrderBy(a => a.SeenAt != null).ThenByDescending(a => a.LastAt).Take(Most).ToListAsync(ct);
        var ids = alarms.SelectMany(a => new[] { a.ByAccount, a.SeenBy }).OfType<Guid>().Distinct().ToList();
        var names = await db.Users.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, ct);
        return alarms.ConvertAll(a => new AlarmLine(a, Name(a.ByAccount), Name(a.SeenBy)));

        string? Name(Guid? id) => id is { } one ? names.GetValueOrDefault(one) : null;
    }

    public Task<int> UnseenAsync(CancellationToken ct) => db.Set<Alarm>().CountAsync(a => a.SeenAt == null, ct);

    public async Task<Result> SeeAsync(Guid id, string? remark, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(RestrictionPermissions.ReadAlarms) || await db.Set<Alarm>().SingleOrDefaultAsync(a => a.Id == id, ct) is not { } alarm) return RestrictionErrors.AlarmNotFound;
        if (remark?.Length > 400) return RestrictionErrors.TooLong;
        alarm.See(actor.AccountId, Whole.Clean(remark), clock.GetUtcNow());
        db.Record(actor, "access.alarm.seen", "alarm", id);
        return await db.TryCommitAsync(RestrictionErrors.AlarmNotFound, ct);
    }
}
