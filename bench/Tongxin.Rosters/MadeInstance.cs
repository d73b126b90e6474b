namespace Tongxin.Rosters;

/// <summary>
/// Made-up instances that resemble the published ones in what was counted there: three contracts, kinds that a person may never or only
/// seldom work, wishes in runs of one to five days, days off mostly in pairs, and covers that scatter about a mean by kind.
/// </summary>
internal static class MadeInstance
{
    /// <summary>Minutes needed over minutes that all may work, in hundredths; the published instances lie between 85 and 101.</summary>
    public const int UsualLoad = 96;

    public static IEnumerable<string> Lines(int days, int staff, int kinds, int seed, int load = UsualLoad)
    {
        var random = new Random(seed);
        var names = Enumerable.Range(0, kinds).Select(k => $"s{k}").ToList();
        // Kinds early to late in three sorts; with four kinds or more some of the last sort are long nights.
        var sort = Enumerable.Range(0, kinds).Select(k => kinds == 1 ? 0 : k * Math.Min(kinds, 4) / kinds).ToList();
        var minutes = sort.ConvertAll(s => s == 3 ? 600 : 480);
        yield return "SECTION_HORIZON";
        yield return $"{days}";
        yield return "SECTION_SHIFTS";
        for (var k = 0; k < kinds; k++)
            yield return $"{names[k]},{minutes[k]},{string.Join('|', names.Where((_, j) => sort[j] < sort[k]))}";

        yield return "SECTION_STAFF";
        var contracts = Enumerable.Range(0, staff).Select(e => Contract.Of(e, staff, days)).ToList();
        // Every third kind is one that people work now and then only.
        var seldom = Enumerable.Range(0, kinds).Select(k => k > 0 && k % 3 == 2 ? days / random.Next(2, 9) : days).ToList();
        var most = contracts.ConvertAll(c => Most(random, seldom, c.IsHalf));
        for (var e = 0; e < staff; e++)
            yield return $"E{e},{string.Join('|', names.Select((n, k) => $"{n}={most[e][k]}"))},{contracts[e].Line}";

        yield return "SECTION_DAYS_OFF";
        var off = contracts.ConvertAll(_ => DaysOff(random, days));
        for (var e = 0; e < staff; e++) yield return $"E{e},{string.Join(',', off[e].Order())}";

        var wished = new HashSet<(int, int)>();
        foreach (var (section, share) in new[] { ("ON", 0.18), ("OFF", 0.075) })
        {
            yield return $"SECTION_SHIFT_{section}_REQUESTS";
            for (var e = 0; e < staff; e++)
            {
                foreach (var line in Wishes(random, e, days, share, most[e], off[e], wished)) yield return line;
            }
        }

        yield return "SECTION_COVER";
        var part = Enumerable.Range(0, kinds).Select(_ => 0.4 + random.NextDouble()).ToList();
        var capacity = contracts.Sum(c => c.MaxMinutes) * load / 100.0;
        var unit = capacity / days / part.Zip(minutes, (s, m) => s * m).Sum();
        for (var d = 0; d < days; d++)
        {
            for (var k = 0; k < kinds; k++)
            {
                // Two coins: about as much scatter as published, more where the mean is larger.
                var mean = part[k] * unit;
                var scatter = (random.NextDouble() + random.NextDouble() - 1) * Math.Min(2.2, 1 + mean);
                yield return $"{d},{names[k]},{Math.Max(0, (int)Math.Round(mean + scatter))},100,1";
            }
        }
    }

    private static int[] Most(Random random, List<int> seldom, bool isHalf)
    {
        var most = seldom.Select(s => random.Next(4) == 0 ? 0 : isHalf ? Math.Max(1, s / 2) : s).ToArray();
        if (most.Max() < seldom.Max() / 2) most[0] = seldom[0];
        return most;
    }

    private static List<int> DaysOff(Random random, int days)
    {
        var off = new HashSet<int>();
        while (off.Count < Math.Max(1, days / 10))
        {
            var d = random.Next(days);
            off.Add(d);
            if (off.Count < days / 10 && random.Next(3) > 0) off.Add(Math.Min(days - 1, d + 1));
        }

        return [.. off];
    }

    private static IEnumerable<string> Wishes(
        Random random, int e, int days, double share, int[] most, List<int> off, HashSet<(int, int)> wished)
    {
        var kinds = Enumerable.Range(0, most.Length).Where(k => most[k] > 0).ToList();
        for (var left = (int)Math.Round(share * days * (0.5 + random.NextDouble())); left > 0;)
        {
            var (length, k, weight, from) = (1 + random.Next(5), kinds[random.Next(kinds.Count)], 1 + random.Next(3), random.Next(days));
            for (var d = from; d < Math.Min(days, from + length); d++, left--)
            {
                if (!off.Contains(d) && wished.Add((e, d))) yield return $"E{e},{d},s{k},{weight}";
            }
        }
    }

    /// <summary>Hours and patterns. Six in ten work full time in twos to fives, a quarter longer rows with longer rests, the others half time.</summary>
    private sealed record Contract(int MaxMinutes, int MaxRun, int MinRun, int MinOff, int Weekends, bool IsHalf, int Days)
    {
        public string Line => $"{MaxMinutes},{MaxMinutes - Play},{MaxRun},{MinRun},{MinOff},{Weekends}";

        private int Play => Days <= 14 ? 960 : Days < 60 ? 1020 : 1200;

        public static Contract Of(int e, int staff, int days)
        {
            var (full, weekends) = (days * 2160 / 7, Math.Max(1, days / 14));
            return ((double)e / staff) switch
            {
                < 0.62 => new(full, 5, 2, 2, weekends, false, days),
                < 0.85 => new(full, 6, 2, days < 100 ? 3 : 2, weekends, false, days),
                _ => new(full / 2, 5, 1, 2, Math.Max(1, weekends), true, days),
            };
        }
    }
}
