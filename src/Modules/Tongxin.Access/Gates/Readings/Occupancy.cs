using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Gates.Data;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Gates.Readings;

/// <summary>How many are in a zone, and since when it is counted.</summary>
/// <param name="People">Never below zero, whatever gates missed.</param>
/// <param name="In">People who came in since the last count.</param>
/// <param name="Out">People who left since.</param>
/// <param name="Since">The last count; null when nobody ever counted.</param>
internal sealed record ZoneNow(Guid Id, string Name, int People, int In, int Out, DateTimeOffset? Since, DateTimeOffset AsOf);

/// <summary>Occupancy by zone: the last count, plus who came in, minus who left. A count is a fact beside the passages; none is ever changed.</summary>
internal sealed class Occupancy(TongxinDb db, IPassages passages, GateSight sight, IPlaces places, TimeProvider clock)
{
    public const int MostPeople = 1_000_000;

    public async Task<IReadOnlyList<ZoneNow>> ReadAsync(Actor actor, CancellationToken ct)
    {
        var inside = await sight.InsideAsync(actor, GatePermissions.Read, ct);
        var now = clock.GetUtcNow();
        var gates = (await db.Set<Gate>().AsNoTracking().Where(g => g.ZoneId != null && g.ClosedAt == null).ToListAsync(ct)).Where(g => inside(g.ZoneId.GetValueOrDefault())).ToList();
        var names = (await places.ListAsync(ct)).ToDictionary(p => p.Id, p => p.Name);
        var zones = new List<ZoneNow>();
        foreach (var zone in gates.Select(g => g.ZoneId.GetValueOrDefault()).Distinct())
            zones.Add(await OfAsync(zone, names.GetValueOrDefault(zone) ?? "", now, ct));
        return [.. zones.OrderBy(z => z.Name, StringComparer.Ordinal)];
    }

    /// <summary>Sets how many are inside now.</summary>
    public async Task<Result> CorrectAsync(Guid zone, int people, string? why, Actor actor, CancellationToken ct)
    {
        if (!(await sight.InsideAsync(actor, GatePermissions.Edit, ct))(zone) || !await db.Set<Gate>().AnyAsync(g => g.ZoneId == zone && g.ClosedAt == null, ct)) return GateErrors.ZoneNotFound;
        if (people is < 0 or > MostPeople) return GateErrors.ZonePeople;
        if (string.IsNullOrWhiteSpace(why) || why.Trim().Length > KeepGates.LongestWhy) return GateErrors.WhyMissing;
        db.Add(ZoneCount.Of(zone, clock.GetUtcNow(), people, ZoneCountKind.Corrected, actor.AccountId, why.Trim()));
        db.Record(actor, "access.zone.corrected", "place", zone, why.Trim(), new { people });
        await db.CommitAsync(ct);
        return Result.Ok;
    }

    /// <summary>The count at an instant, from the last fact before it.</summary>
    public async Task<ZoneNow> OfAsync(Guid zone, string name, DateTimeOffset at, CancellationToken ct)
    {
        var last = await db.Set<ZoneCount>().AsNoTracking().Where(z => z.ZoneId == zone && z.At <= at).OrderByDescending(z => z.At).ThenByDescending(z => z.Id).FirstOrDefaultAsync(ct);
        // Closed gates saw people too.
        var gates = await db.Set<Gate>().Where(g => g.ZoneId == zone).Select(g => g.Id).ToListAsync(ct);
        var sums = await passages.SumAsync(gates, last?.At ?? DateTimeOffset.UnixEpoch, at, ct);
        var into = sums.Where(s => s.Kind == PassageKind.In).Sum(s => s.People);
        var left = sums.Where(s => s.Kind is PassageKind.Out or PassageKind.Emergency).Sum(s => s.People);
        return new ZoneNow(zone, name, Math.Max(0, (last?.People ?? 0) + into - left), into, left, last?.At, at);
    }
}
