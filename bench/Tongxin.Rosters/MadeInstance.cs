namespace Tongxin.Rosters;

/// <summary>
/// Made-up instances in the manner of the published ones: early, day, late and night kinds, part-time staff, wishes, and a cover that a
/// hidden roster could nearly meet.
/// </summary>
internal static class MadeInstance
{
    private static readonly int[] Lengths = [480, 480, 480, 600, 720];

    public static IEnumerable<string> Lines(int days, int staff, int kinds, int seed)
    {
        var random = new Random(seed);
        var minutes = Enumerable.Range(0, kinds).Select(k => kinds < 4 ? 480 : Lengths[k % 4 == 3 ? 3 + (k % 2) : 0]).ToList();
        yield return "SECTION_HORIZON";
        yield return $"{days}";
        yield return "SECTION_SHIFTS";
        for (var k = 0; k < kinds; k++)
            yield return $"s{k},{minutes[k]},{string.Join('|', Enumerable.Range(0, kinds).Where(j => j * 3 / kinds < k * 3 / kinds).Select(j => $"s{j}"))}";

        yield return "SECTION_STAFF";
        var can = Enumerable.Range(0, staff).Select(_ => Enumerable.Range(0, kinds).Select(_ => random.Next(10) < 6).ToArray()).ToList();
        for (var e = 0; e < staff; e++)
        {
            var main = random.Next(kinds);
            can[e][main] = true;
            var full = days * 5 / 7 * 480 * (random.Next(5) == 0 ? 3 : 5) / 5;
            var most = Enumerable.Range(0, kinds).Select(k => $"s{k}={(can[e][k] ? (k != main && random.Next(4) == 0 ? Math.Max(1, days / 4) : days) : 0)}");
            yield return $"E{e},{string.Join('|', most)},{full + 240},{Math.Max(0, full - 1200)},{5 + random.Next(2)},2,{2 + (random.Next(5) == 0 ? 1 : 0)},{days / 14}";
        }

        yield return "SECTION_DAYS_OFF";
        for (var e = 0; e < staff; e++)
            yield return $"E{e},{string.Join(',', Enumerable.Range(0, 1 + (days / 28)).Select(_ => random.Next(days)).Distinct())}";

        foreach (var section in new[] { "ON", "OFF" })
        {
            yield return $"SECTION_SHIFT_{section}_REQUESTS";
            for (var e = 0; e < staff; e++)
            {
                for (var start = random.Next(7); start < days; start += 5 + random.Next(9))
                {
                    var (k, weight) = (random.Next(kinds), 1 + random.Next(3));
                    for (var d = start; d < Math.Min(days, start + 1 + random.Next(4)); d++) yield return $"E{e},{d},s{k},{weight}";
                }
            }
        }

        yield return "SECTION_COVER";
        for (var d = 0; d < days; d++)
        {
            for (var k = 0; k < kinds; k++)
            {
                var share = staff * 0.62 * (d % 7 >= 5 ? 0.75 : 1) / kinds;
                yield return $"{d},s{k},{Math.Max(0, (int)Math.Round(share + (random.NextDouble() * 2) - 1))},100,1";
            }
        }
    }
}
