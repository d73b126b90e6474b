using Tongxin.Core.Teams;

namespace Tongxin.Core.Tests.Teams;

/// <summary>Made-up estates: rows of buildings 60 m apart, entrances 18 m apart, uneven households.</summary>
internal static class Estate
{
    public static Guid Id(int kind, int n) => new(n, (short)kind, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    public static TeamsRequest Make(int entrances, int households, int volunteers, int teams, int seed, int leaders = -1, int perBuilding = 3)
    {
        var random = new Random(seed);
        var units = new List<CoverUnit>();
        var perRow = Math.Max(1, (int)Math.Sqrt((double)entrances / perBuilding));
        for (var i = 0; i < entrances; i++)
        {
            var building = i / perBuilding;
            var at = new Position((building % perRow * 90) + (i % perBuilding * 18), (building / perRow * 60) + (random.NextDouble() * 5));
            var count = Math.Max(0, (households * (i + 1) / entrances) - (households * i / entrances) + random.Next(-6, 7));
            units.Add(new(Id(1, i), Id(2, building), count, i, at));
        }

        var people = new List<Volunteer>();
        for (var v = 0; v < volunteers; v++)
        {
            var home = random.Next(10) == 0 ? (Guid?)null : Id(1, random.Next(entrances));
            var barred = random.Next(20) == 0 ? new[] { Id(1, random.Next(entrances)) } : null;
            people.Add(new(Id(3, v), home, leaders < 0 ? random.Next(3) == 0 : v < leaders, random.Next(2) == 0, barred));
        }

        return new() { Units = units, Volunteers = people, TeamCount = teams };
    }
}
