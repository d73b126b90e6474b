using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Calls;

/// <summary>Which calls an actor sees: all, or those of the own units. What is not among them does not exist for the actor.</summary>
internal sealed class CallSight(TongxinDb db, IUnits units, TimeProvider clock)
{
    public async Task<IQueryable<Call>> CallsAsync(Actor actor, string permission, CancellationToken ct)
    {
        if (actor.ScopeOf(permission).Everything) return db.Set<Call>();
        var own = (await UnitsAsync(actor, permission, ct)).Select(u => u.Id).ToList();
        return db.Set<Call>().Where(c => c.UnitId != null && own.Contains(c.UnitId.Value));
    }

    public async Task<Call?> FindAsync(Guid id, Actor actor, string permission, CancellationToken ct) =>
        await (await CallsAsync(actor, permission, ct)).SingleOrDefaultAsync(c => c.Id == id, ct);

    /// <summary>The units for which the actor may call.</summary>
    public async Task<IReadOnlyList<UnitView>> UnitsAsync(Actor actor, string permission, CancellationToken ct)
    {
        var scope = actor.ScopeOf(permission);
        if (!scope.Everything && scope.Units.Count == 0) return [];
        var tree = await units.ListAsync(CampusCalendar.DayOf(clock.GetUtcNow()), ct);
        if (scope.Everything) return tree;
        var paths = tree.Where(u => scope.Units.Contains(u.Id)).Select(u => u.Path).ToList();
        return [.. tree.Where(u => paths.Exists(p => u.Path.StartsWith(p, StringComparison.Ordinal)))];
    }

#pragma warning disable EF1002 // The text holds the table's name and the dialect's own words; the value is a parameter.
    /// <summary>The call, to this transaction alone: who counts its places waits for the others.</summary>
    public static async Task<Call> AloneAsync(TongxinDb db, Guid id, CancellationToken ct) =>
        (await db.Set<Call>().FromSqlRaw($"SELECT * FROM workforce_calls WHERE id = {{0}} {db.Dialect.ForUpdate}", id).ToListAsync(ct)).Single();
#pragma warning restore EF1002
}
