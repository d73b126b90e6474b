using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Rosters;

/// <summary>A stretch of time in which a post that must never be empty has too few people.</summary>
/// <param name="Planned">False: no shift is planned there at all.</param>
internal sealed record CoverageGap(Post Post, DateTimeOffset From, DateTimeOffset To, int Missing, bool Planned)
{
    public int Minutes => (int)(To - From).TotalMinutes;
}

/// <summary>Looks at posts around the clock to the minute: from the first shift of the first day, for as many days as the roster has.</summary>
internal static class Coverage
{
    public static IReadOnlyList<CoverageGap> Gaps(Ground ground) =>
        [.. ground.Posts.Where(p => p.IsAroundTheClock).SelectMany(p => Of(ground, p)).OrderBy(g => g.From)];

    private static List<CoverageGap> Of(Ground ground, Post post)
    {
        var duties = ground.Duties.Where(d => d.PostId == post.Id).ToList();
        if (duties.Count == 0) return [];
        var from = duties.Min(d => d.Starts);
        var to = from.AddDays(ground.Roster.Days);
        List<DateTimeOffset> edges = [.. duties.SelectMany(d => new[] { d.Starts, d.Ends }).Append(to).Where(e => e >= from && e <= to).Distinct().Order()];
        var gaps = new List<CoverageGap>();
        // Duties are in order of their start and last a day at most: each is looked at only while it can touch the stretch.
        var next = 0;
        var running = new List<RosterDuty>();
        foreach (var (start, end) in edges.Zip(edges.Skip(1)))
        {
            while (next < duties.Count && duties[next].Starts <= start) running.Add(duties[next++]);
            running.RemoveAll(d => d.Ends <= start);
            var missing = running.Count == 0 ? 1 : Math.Max(0, Math.Max(1, running.Sum(d => d.Needed)) - running.Sum(ground.Have));
            if (missing > 0) Add(gaps, new CoverageGap(post, start, end, missing, running.Count > 0));
        }
        return gaps;
    }

    private static void Add(List<CoverageGap> gaps, CoverageGap gap)
    {
        if (gaps.Count > 0 && gaps[^1] is var last && last.To == gap.From && last.Missing == gap.Missing && last.Planned == gap.Planned) gaps[^1] = last with { To = gap.To };
        else gaps.Add(gap);
    }
}
