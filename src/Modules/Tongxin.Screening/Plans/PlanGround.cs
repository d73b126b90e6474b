using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Protocols;
using Tongxin.Core.Rounds;
using Tongxin.Core.Sampling;
using Tongxin.Core.Teams;
using Tongxin.Grid.Contracts;
using Tongxin.People.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Plans.Data;
using Tongxin.Screening.Rounds;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Screening.Sites.Data;

namespace Tongxin.Screening.Plans;

/// <summary>Somebody who is to be planned for.</summary>
/// <param name="Door">The household, or the person without a room.</param>
internal sealed record Planned(Guid Person, Guid Door, Guid Place, SamplingLane Lane);

/// <summary>When whom not to call, and buildings of higher risk.</summary>
internal sealed record PlanRules(IReadOnlyList<(Guid? Building, SamplingWindow Window)> Breaks, IReadOnlyList<Guid> Middle, IReadOnlyList<Guid> High);

/// <summary>Makes of a round's frozen roll, its sites and its tables what the planner takes.</summary>
internal sealed class PlanGround(TongxinDb db, IRounds rounds, IPlaces places, IHouseholds households)
{
    /// <summary>Doors called together at most: three or four floors of a dormitory.</summary>
    public const int MostDoors = 40;

    /// <summary>The round, when all of it lies within the actor's reach: nobody plans for others.</summary>
    public async Task<TestingRound?> FindAsync(Guid id, Actor actor, CancellationToken ct)
    {
        if (await rounds.WholeAsync(id, TestingPermissions.Open, actor, ct) is null) return null;
        return await db.Set<TestingRound>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct);
    }

    /// <summary>Everybody but those who are excused.</summary>
    public async Task<IReadOnlyList<Planned>> PeopleAsync(Guid round, CancellationToken ct)
    {
        var excused = (await rounds.TargetsAsync(new TargetQuery(round, TargetStatus.Excused, Take: int.MaxValue), RoundReach.All, ct)).Rows.Select(t => t.Id).ToHashSet();
        var members = await db.Set<Member>().AsNoTracking().Where(m => m.RoundId == round).Select(m => new { m.PersonId, m.HouseholdId, m.PlaceId, m.Lane }).ToListAsync(ct);
        return [.. members.Where(m => !excused.Contains(m.PersonId)).Select(m => new Planned(m.PersonId, m.HouseholdId ?? m.PersonId, m.PlaceId, m.Lane))];
    }

    /// <summary>What the office wrote, or why it cannot be read.</summary>
    public async Task<Result<PlanRules>> RulesAsync(TestingRound round, PlanOptions options, CancellationToken ct)
    {
        var lines = new PlanLines(new BuildingNames(await places.ListAsync(ct)), round.StartsAt, round.EndsAt);
        var (breaks, middle, high) = (lines.Breaks(options.Breaks), lines.Buildings(options.Middle), lines.Buildings(options.High));
        if (breaks.IsFailure) return breaks.Error;
        if (middle.IsFailure) return middle.Error;
        return high.IsFailure ? high.Error : new PlanRules(breaks.Value, middle.Value, high.Value);
    }

    /// <summary>Entrances in natural order, doors in walking order; large ones in blocks of even size.</summary>
    public async Task<List<PlanUnit>> UnitsAsync(PlanRules rules, IReadOnlyList<Planned> people, CancellationToken ct)
    {
        var byId = (await places.ListAsync(ct)).ToDictionary(p => p.Id);
        var doors = (await households.DoorsAsync([.. people.Select(p => p.Place).Distinct()], ct)).Select((d, i) => (d.Id, d.Label, Order: i)).ToDictionary(d => d.Id);
        var units = new List<PlanUnit>();
        foreach (var place in people.GroupBy(p => p.Place).OrderBy(g => byId.GetValueOrDefault(g.Key)?.SortKey ?? "~", StringComparer.Ordinal))
        {
            var at = byId.GetValueOrDefault(place.Key);
            var building = byId.BuildingOf(place.Key);
            var id = building?.Id ?? Guid.Empty;
            var risk = rules.High.Contains(id) ? RiskLevel.High : rules.Middle.Contains(id) ? RiskLevel.Middle : RiskLevel.Low;
            List<SamplingWindow> forbidden = [.. rules.Breaks.Where(b => b.Building is null || b.Building == id).Select(b => b.Window)];
            var own = place.Select(p => p.Door).Distinct().OrderBy(d => doors.TryGetValue(d, out var known) ? known.Order : int.MaxValue).ThenBy(d => d).ToList();
            var blocks = (own.Count + MostDoors - 1) / MostDoors;
            foreach (var block in own.Chunk((own.Count + blocks - 1) / blocks))
            {
                var name = at is { Kind: PlaceKind.Entrance } ? at.Name : "";
                if (blocks > 1) name = $"{name} {doors.GetValueOrDefault(block[0]).Label}–{doors.GetValueOrDefault(block[^1]).Label}".Trim();
                units.Add(new PlanUnit(Ids.New(), place.Key, id, building?.Name ?? "", name, risk, forbidden, block));
            }
        }
        return units;
    }

    /// <summary>The planner's request; sites and tables as they are now, and as the options say.</summary>
    public async Task<SamplingRequest> RequestAsync(TestingRound round, PlanOptions options, IReadOnlyList<PlanUnit> units, IReadOnlyList<Planned> people, CancellationToken ct)
    {
        var byId = (await places.ListAsync(ct)).ToDictionary(p => p.Id);
        var counts = people.GroupBy(p => p.Door).ToDictionary(g => g.Key, g => new LaneCounts(
            g.Count(p => p.Lane == SamplingLane.Normal), g.Count(p => p.Lane == SamplingLane.Green), g.Count(p => p.Lane == SamplingLane.Apart), g.Count(p => p.Lane == SamplingLane.Home)));
        return new SamplingRequest
        {
            Start = round.StartsAt,
            Slots = Slots(round),
            PeoplePerTube = round.PoolSize,
            Staff = new SamplingStaff(options.Samplers, options.Clerks),
            Units = [.. units.Select(u => new SamplingUnit(u.Id, u.BuildingId, [.. u.Doors.Select(d => counts.GetValueOrDefault(d))])
            {
                At = At(byId, u.PlaceId), Risk = u.Risk, Forbidden = u.Forbidden,
            })],
            Sites = await SitesAsync(round, options, byId, ct),
        };
    }

    public static int Slots(TestingRound round) =>
        Math.Min(SamplingRequest.MostSlots, (int)Math.Floor((round.EndsAt - round.StartsAt).TotalMinutes / SamplingSize.SlotMinutes));

    private async Task<List<SamplingSite>> SitesAsync(TestingRound round, PlanOptions options, Dictionary<Guid, PlaceView> byId, CancellationToken ct)
    {
        var ids = db.Set<TestingRoundSite>().Where(s => s.RoundId == round.Id).Select(s => s.SiteId);
        var sites = await db.Set<TestingSite>().AsNoTracking().Where(s => ids.Contains(s.Id) && s.ClosedAt == null).OrderBy(s => s.Name).ToListAsync(ct);
        var tables = (await db.Set<SiteTable>().AsNoTracking().Where(t => ids.Contains(t.SiteId) && t.ClosedAt == null).OrderBy(t => t.Number).ToListAsync(ct)).ToLookup(t => t.SiteId);
        var rates = options.Slow.GroupBy(s => s.TableId).ToDictionary(g => g.Key, g => g.Last().Rate);
        return sites.ConvertAll(s => new SamplingSite(s.Id, [.. tables[s.Id].Select(t => new SamplingTable(t.Id, t.Lane, rates.GetValueOrDefault(t.Id, t.RatePerHour)))])
        {
            At = At(byId, s.PlaceId),
            QueueRoom = s.QueueRoom,
            // A site of a higher level serves that level alone; one of low risk serves the others in slots of their own.
            Only = s.Risk == RiskLevel.Low ? null : s.Risk,
            Open = options.Closed.FirstOrDefault(c => c.SiteId == s.Id) is { } closed ? [new SamplingWindow(round.StartsAt, closed.From)] : null,
        });
    }

    private static Position? At(Dictionary<Guid, PlaceView> byId, Guid place)
    {
        for (var at = byId.GetValueOrDefault(place); at is not null; at = at.ParentId is { } up ? byId.GetValueOrDefault(up) : null)
            if (at is { X: { } x, Y: { } y }) return new Position(x + ((at.Width ?? 0) / 2), y + ((at.Height ?? 0) / 2));
        return null;
    }
}
