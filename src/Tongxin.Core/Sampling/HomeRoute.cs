using System.Globalization;

namespace Tongxin.Core.Sampling;

/// <summary>A door behind which people are sampled at home.</summary>
/// <param name="Id">The household, or the person where there is none.</param>
/// <param name="BuildingId">The building; empty: unknown.</param>
/// <param name="Entrance">Order of the entrance in its building, ordinal.</param>
/// <param name="Room">As it stands on the door ("1203").</param>
/// <param name="People">How many are sampled there; at least 1.</param>
public sealed record HomeDoor(Guid Id, Guid BuildingId, string Entrance, string Room, int People);

/// <summary>A building on the map.</summary>
/// <param name="Order">Where it stands when nothing is drawn, ordinal.</param>
/// <param name="X">Metres from the map's west edge; null: not drawn.</param>
/// <param name="Y">Metres from its north edge; null: not drawn.</param>
public sealed record HomeBuilding(Guid Id, string Order, double? X, double? Y);

/// <summary>
/// The order in which a team walks to people who are sampled at home. Buildings: the nearest one next, beginning with the first in order; those that are
/// not on the map follow in order. In a building one entrance after the other, each from the top floor down: up by the lift once, down on foot. Pure
/// and deterministic; O(b² + n log n) for b buildings and n doors.
/// </summary>
public static class HomeRoute
{
    /// <summary>The doors in walking order; each once. Doors of unknown buildings come last.</summary>
    public static IReadOnlyList<HomeDoor> Order(IEnumerable<HomeDoor> doors, IEnumerable<HomeBuilding> buildings)
    {
        var byBuilding = doors.ToLookup(d => d.BuildingId);
        var known = buildings.Where(b => byBuilding.Contains(b.Id)).DistinctBy(b => b.Id).ToList();
        var walked = Walk(known);
        var strangers = byBuilding.Select(g => g.Key).Except(known.Select(b => b.Id)).Order();
        return [.. walked.Concat(strangers).SelectMany(b => byBuilding[b]
            .OrderBy(d => d.Entrance, StringComparer.Ordinal).ThenByDescending(d => FloorOf(d.Room)).ThenBy(d => d.Room, StringComparer.Ordinal).ThenBy(d => d.Id))];
    }

    /// <summary>
    /// Cuts an order into consecutive parts of about the same number of people for so many teams; a door is never torn apart. A team's stops lie
    /// together, so teams do not cross each other's way.
    /// </summary>
    /// <param name="route">In walking order.</param>
    /// <param name="teams">At least 1.</param>
    public static IReadOnlyList<IReadOnlyList<HomeDoor>> Cut(IReadOnlyList<HomeDoor> route, int teams)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(teams, 1);
        var parts = Enumerable.Range(0, teams).Select(_ => new List<HomeDoor>()).ToList();
        long all = route.Sum(d => (long)d.People), before = 0;
        foreach (var door in route)
        {
            // By the middle of the door's people: a large household goes to the team that has more of it.
            var team = all == 0 ? 0 : (int)(((2 * before) + door.People) * teams / (2 * all));
            parts[Math.Min(team, teams - 1)].Add(door);
            before += door.People;
        }
        return parts;
    }

    /// <summary>The floor that a room number names: 12 for "1203", 1 for "101" and "B101"; 0 when it names none.</summary>
    public static int FloorOf(string room)
    {
        var digits = string.Concat(room.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit));
        return digits.Length is >= 3 and <= 6 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number / 100 : 0;
    }

    private static List<Guid> Walk(List<HomeBuilding> buildings)
    {
        var inOrder = buildings.OrderBy(b => b.Order, StringComparer.Ordinal).ThenBy(b => b.Id).ToList();
        var open = inOrder.FindAll(b => b is { X: not null, Y: not null });
        var walked = new List<Guid>(inOrder.Count);
        var at = open.FirstOrDefault();
        while (at is { } here)
        {
            walked.Add(here.Id);
            open.Remove(here);
            at = open.MinBy(b => Distance(here, b));
        }
        walked.AddRange(inOrder.Where(b => b.X is null || b.Y is null).Select(b => b.Id));
        return walked;
    }

    private static double Distance(HomeBuilding a, HomeBuilding b)
    {
        var (x, y) = (a.X.GetValueOrDefault() - b.X.GetValueOrDefault(), a.Y.GetValueOrDefault() - b.Y.GetValueOrDefault());
        return (x * x) + (y * y);
    }
}
