using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Returns.Data;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Returns;

/// <summary>What an actor reaches: everything, what happens at the own places, who belongs to the own units. The rest does not exist.</summary>
internal sealed record ReturnReach(bool Everything, IReadOnlyList<Guid> Places, IReadOnlyList<Guid> Units)
{
    public static readonly ReturnReach All = new(true, [], []);

    public IQueryable<ReturnRecord> Of(IQueryable<ReturnRecord> records, IQueryable<ReturnSeason> seasons) => Everything
        ? records
        : records.Where(r => (r.UnitId != null && Units.Contains(r.UnitId.Value))
            || seasons.Any(s => s.Id == r.SeasonId && s.PlaceId != null && Places.Contains(s.PlaceId.Value)));
}

/// <summary>Finds the reach of an actor, and rows within it.</summary>
internal sealed class ReturnSight(TongxinDb db, IPlaces places, IUnits units, TimeProvider clock)
{
    public async Task<ReturnReach> ReachAsync(Actor actor, string permission, CancellationToken ct)
    {
        var scope = actor.ScopeOf(permission);
        if (scope.Everything) return ReturnReach.All;
        return new ReturnReach(false, scope.Places.Count == 0 ? [] : await PlacesAsync(scope.Places, ct), scope.Units.Count == 0 ? [] : await UnitsAsync(scope.Units, ct));
    }

    /// <summary>Whoever belongs to a unit sees that there are seasons, and in them the own people alone.</summary>
    public async Task<IQueryable<ReturnSeason>> SeasonsAsync(Actor actor, string permission, CancellationToken ct)
    {
        var reach = await ReachAsync(actor, permission, ct);
        return reach.Everything || reach.Units.Count > 0 ? db.Set<ReturnSeason>() : db.Set<ReturnSeason>().Where(s => s.PlaceId != null && reach.Places.Contains(s.PlaceId.Value));
    }

    public async Task<ReturnSeason?> SeasonAsync(Guid id, Actor actor, string permission, CancellationToken ct) =>
        await (await SeasonsAsync(actor, permission, ct)).SingleOrDefaultAsync(s => s.Id == id, ct);

    public async Task<IQueryable<ReturnRecord>> RecordsAsync(Actor actor, string permission, CancellationToken ct) =>
        (await ReachAsync(actor, permission, ct)).Of(db.Set<ReturnRecord>(), db.Set<ReturnSeason>());

    public async Task<ReturnRecord?> RecordAsync(Guid id, Actor actor, string permission, CancellationToken ct) =>
        await (await RecordsAsync(actor, permission, ct)).SingleOrDefaultAsync(r => r.Id == id, ct);

    public async Task<IReadOnlyList<UnitView>> TreeAsync(CancellationToken ct) => await units.ListAsync(CampusCalendar.DayOf(clock.GetUtcNow()), ct);

    private async Task<IReadOnlyList<Guid>> UnitsAsync(IReadOnlyList<Guid> own, CancellationToken ct)
    {
        var tree = await TreeAsync(ct);
        var paths = tree.Where(u => own.Contains(u.Id)).Select(u => u.Path).ToList();
        return [.. tree.Where(u => paths.Exists(p => u.Path.StartsWith(p, StringComparison.Ordinal))).Select(u => u.Id)];
    }

    // A guard of one gate works for the campus the gate lies in: places below the own ones and above them.
    private async Task<IReadOnlyList<Guid>> PlacesAsync(IReadOnlyList<Guid> own, CancellationToken ct)
    {
        var tree = await places.ListAsync(ct);
        var paths = tree.Where(p => own.Contains(p.Id)).Select(p => p.Path).ToList();
        return [.. tree.Where(p => paths.Exists(o => p.Path.StartsWith(o, StringComparison.Ordinal) || o.StartsWith(p.Path, StringComparison.Ordinal))).Select(p => p.Id)];
    }
}
