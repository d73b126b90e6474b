using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Platform.Data;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Screening.Tubes.Data;

namespace Tongxin.Screening.Tubes;

/// <summary>
/// Households in household tubes as they stand now: which would fit into one tube and are in several. Read from the projections each time, so
/// that two tables which took the two halves at the same moment are seen as well, and what was withdrawn or voided since is not.
/// </summary>
internal sealed class SplitHouseholds(TongxinDb db)
{
    /// <summary>The tubes of a round that share a household with another.</summary>
    public async Task<IReadOnlySet<string>> CodesAsync(Guid round, CancellationToken ct)
    {
        var seats = Seats(round);
        var several = seats.GroupBy(s => s.Home).Where(g => g.Select(s => s.Code).Distinct().Count() > 1).Select(g => g.Key);
        var homes = await HomesAsync(round, seats.Where(s => several.Contains(s.Home)), ct);
        return homes.SelectMany(h => h.Codes).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The other household tubes that hold people of this tube's household.</summary>
    public async Task<IReadOnlyList<string>> BesideAsync(TubeRow tube, CancellationToken ct)
    {
        if (tube is not { Purpose: TubePurpose.Household, RoundId: { } round }) return [];
        var seats = Seats(round);
        var own = seats.Where(s => s.Code == tube.Code).Select(s => s.Home);
        var homes = await HomesAsync(round, seats.Where(s => own.Contains(s.Home)), ct);
        return [.. homes.SelectMany(h => h.Codes).Where(c => c != tube.Code).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The first tube of each household that has one and fits into it.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> FirstAsync(Guid round, CancellationToken ct) =>
        (await HomesAsync(round, Seats(round), ct)).ToDictionary(h => h.Id, h => h.Codes[0]);

    private async Task<IReadOnlyList<Home>> HomesAsync(Guid round, IQueryable<Seat> which, CancellationToken ct)
    {
        var seats = await which.ToListAsync(ct);
        if (seats.Count == 0) return [];
        var ids = seats.Select(s => (Guid?)s.Home).Distinct().ToList();
        var roll = await db.Set<Member>().Where(m => m.RoundId == round && ids.Contains(m.HouseholdId))
            .GroupBy(m => m.HouseholdId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key.GetValueOrDefault(), g => g.Count, ct);
        return [.. seats.GroupBy(s => s.Home)
            .Where(g => HouseholdTubes.IsOneTube(Math.Max(roll.GetValueOrDefault(g.Key), g.Select(s => s.Person).Distinct().Count()), g.Max(s => s.Size)))
            .Select(g => new Home(g.Key, [.. g.OrderBy(s => s.OpenedAt).ThenBy(s => s.Code, StringComparer.Ordinal).Select(s => s.Code).Distinct(StringComparer.Ordinal)]))];
    }

    /// <summary>Who is counted in which household tube.</summary>
    private IQueryable<Seat> Seats(Guid round) =>
        from tube in db.Set<TubeRow>().AsNoTracking()
        where tube.RoundId == round && tube.Purpose == TubePurpose.Household && !tube.IsCollided
        join fact in db.Set<TubeFactRow>() on tube.Code equals fact.TubeCode
        where fact.RoundId == round && fact.Kind == TubeFactKind.Sampled && fact.PersonId != null && fact.HouseholdId != null
        join test in db.Set<TestRow>() on new { fact.RoundId, PersonId = fact.PersonId!.Value } equals new { test.RoundId, test.PersonId }
        where test.CountedIn == tube.Code
        select new Seat { Home = fact.HouseholdId!.Value, Code = tube.Code, Size = tube.Size, OpenedAt = tube.OpenedAt, Person = test.PersonId };

    private sealed record Home(Guid Id, IReadOnlyList<string> Codes);

    private sealed class Seat
    {
        public Guid Home { get; init; }
        public string Code { get; init; } = "";
        public int Size { get; init; }
        public DateTimeOffset? OpenedAt { get; init; }
        public Guid Person { get; init; }
    }
}
