using Tongxin.Core.Protocols;
using Tongxin.Core.Sampling;
using Tongxin.Core.Teams;

namespace Tongxin.Core.Tests.Sampling;

/// <summary>Made-up campuses from a seed: dormitories of four to six in a room, family buildings, sites with a green and an apart table.</summary>
internal static class Campus
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero); // 08:00 in Shanghai

    /// <param name="people">About so many.</param>
    /// <param name="sites">Spread over the campus.</param>
    /// <param name="tables">At each site: one green; at every third site one apart (beside the others when there are fewer than three); the others normal.</param>
    /// <param name="seed">Same seed, same campus.</param>
    /// <param name="windows">Units have classes and meals.</param>
    /// <param name="risks">One building in twenty is of middle risk, one in forty of high.</param>
    public static SamplingRequest Make(int people, int sites, int tables, int seed, bool windows = false, bool risks = true)
    {
        var random = new Random(seed);
        var width = 200 * Math.Sqrt(people / 800.0);
        var units = new List<SamplingUnit>();
        for (int building = 0, count = 0; count < people; building++)
        {
            var isDormitory = building % 3 != 2;
            var at = new Position(random.NextDouble() * width, random.NextDouble() * width);
            var risk = !risks ? RiskLevel.Low : building % 40 == 17 ? RiskLevel.High : building % 20 == 7 ? RiskLevel.Middle : RiskLevel.Low;
            for (var unit = 0; unit < (isDormitory ? 6 : 4) && count < people; unit++)
            {
                var households = Enumerable.Range(0, isDormitory ? random.Next(20, 36) : random.Next(12, 34)).Select(_ => isDormitory ? Room(random) : Family(random)).ToList();
                count += households.Sum(h => h.Total);
                units.Add(new SamplingUnit(Id(1, units.Count), Id(2, building), households)
                {
                    At = new Position(at.X + (unit * 15), at.Y),
                    Risk = risk,
                    Forbidden = windows ? Busy(isDormitory, building) : [],
                });
            }
        }

        var side = (int)Math.Ceiling(Math.Sqrt(sites));
        return new SamplingRequest
        {
            Start = Start,
            Slots = 48,
            Units = units,
            Sites =
            [
                .. Enumerable.Range(0, sites).Select(s => new SamplingSite(Id(3, s), Tables(s, tables))
                {
                    At = new Position((s % side + 0.5) * width / side, (s / side + 0.5) * width / Math.Ceiling(sites / (double)side)),
                }),
            ],
        };
    }

    public static Guid Id(int kind, int number) => new(number, (short)kind, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    private static List<SamplingTable> Tables(int site, int tables)
    {
        var all = Enumerable.Range(0, tables).Select(t => new SamplingTable(Id(4, (site * 100) + t), t == 0 && tables > 1 ? SamplingLane.Green : SamplingLane.Normal)).ToList();
        if (site % 3 != 0) return all;
        if (tables > 2) all.RemoveAt(tables - 1);
        all.Add(new SamplingTable(Id(4, (site * 100) + 99), SamplingLane.Apart, 60));
        return all;
    }

    private static LaneCounts Room(Random random)
    {
        var people = random.Next(4, 7) - (random.Next(6) == 0 ? 1 : 0);
        var (green, apart) = (random.Next(60) == 0 ? 1 : 0, random.Next(80) == 0 ? 1 : 0);
        return new(people - green - apart, green, apart);
    }

    private static LaneCounts Family(Random random)
    {
        var people = random.Next(1, 6);
        var green = random.Next(3) == 0 ? Math.Min(people, random.Next(1, 3)) : 0;
        var home = random.Next(25) == 0 && people > green ? 1 : 0;
        var apart = random.Next(60) == 0 && people > green + home ? 1 : 0;
        return new(people - green - home - apart, green, apart, home);
    }

    // Classes in the morning or the afternoon for half of the dormitories each, and half an hour of lunch at one of four times.
    private static List<SamplingWindow> Busy(bool isDormitory, int building)
    {
        var lunch = Start.AddMinutes(210 + (building % 4 * 30));
        var windows = new List<SamplingWindow> { new(lunch, lunch.AddMinutes(30)) };
        if (isDormitory) windows.Add(building % 2 == 0 ? new(Start, Start.AddMinutes(120)) : new(Start.AddMinutes(360), Start.AddMinutes(480)));
        return windows;
    }
}
