namespace Tongxin.Core.Sampling.Search;

/// <summary>Where a job would like to stand.</summary>
/// <param name="Site">With the rest of its unit; -1: the nearest.</param>
/// <param name="Slot">At that time; -1: as early as can be.</param>
internal readonly record struct Wish(int Site, int Slot)
{
    public static Wish None => new(-1, -1);
}

/// <summary>Puts single jobs where they fit best while everybody else stays.</summary>
internal static class Insertion
{
    // In metres of walking: a place lost at a border, a slot away from the time wished, a slot later, another site than the one wished.
    private const int PerLost = 30, PerSlotAway = 150, PerSlotLater = 1, OtherSite = 300;

    /// <summary>False: it fits nowhere.</summary>
    public static bool TryInsert(Board board, Job job, Wish wish, IEnumerable<int> sites, int from, int to)
    {
        var (site, slot, least) = (-1, -1, long.MaxValue);
        foreach (var s in sites)
        {
            var walk = job.Walk[s] + (wish.Site >= 0 && wish.Site != s ? OtherSite : 0);
            if (walk >= least) continue;
            for (var t = from; t < to; t++)
            {
                var cost = walk + (wish.Slot >= 0 ? (long)PerSlotAway * Math.Abs(t - wish.Slot) : (long)PerSlotLater * (t - from));
                if (cost >= least || !board.Fits(job, s, t, out var slots, out var lost)) continue;
                if (slots > 1) cost += (long)PerLost * lost;
                if (cost < least) (site, slot, least) = (s, t, cost);
            }
        }

        return site >= 0 && board.TryPlace(job, site, slot);
    }
}
