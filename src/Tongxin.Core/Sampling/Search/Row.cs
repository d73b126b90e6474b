namespace Tongxin.Core.Sampling.Search;

/// <summary>
/// Puts the jobs of a site one behind the other along its slots, so that one ends where the next begins. In each place comes the job
/// that loses fewest places at the borders of slots; first one whose allowed slots are running out.
/// </summary>
internal static class Row
{
    private const int Small = 8;

    /// <summary>Fills the site; the answer is who is left over.</summary>
    public static List<Job> Fill(Board board, IEnumerable<Job> jobs, int site, int from, Random? noise)
    {
        var grid = board.Grid;
        var waiting = jobs.OrderByDescending(j => j.People).ThenBy(j => j.Index).ToList();
        for (var t = from; t < grid.Slots && waiting.Count > 0; t++)
        {
            while (Next(board, waiting, site, t, noise) is { } job)
            {
                board.TryPlace(job, site, t);
                waiting.Remove(job);
            }
        }

        return waiting;
    }

    /// <summary>A few tries, the best is kept.</summary>
    public static List<Job> FillBest(Board board, IReadOnlyCollection<Job> jobs, int site, int from, Random random, int tries)
    {
        var best = Fill(board, jobs, site, from, null);
        for (var i = 1; i < tries && best.Count > 0; i++)
        {
            var before = jobs.Where(j => board.At(j) is not null).Select(j => (Job: j, At: board.Take(j))).ToList();
            var left = Fill(board, jobs, site, from, random);
            if (left.Sum(j => j.People) < best.Sum(j => j.People))
            {
                best = left;
                continue;
            }

            foreach (var job in jobs) board.TryTake(job, out _);
            foreach (var (job, at) in before) board.Put(job, at);
        }

        return best;
    }

    /// <summary>Many orders side by side; who comes after the end is left over. Lost: places at borders of slots.</summary>
    public static List<Job> FillWide(Board board, IReadOnlyCollection<Job> jobs, int site, int from, out int lost)
    {
        (var row, lost) = BeamRow.Best(board, jobs, site, from);
        foreach (var (job, slot) in row) board.TryPlace(job, site, slot);
        return [.. jobs.Where(j => board.At(j) is null)];
    }

    private static Job? Next(Board board, List<Job> waiting, int site, int slot, Random? noise)
    {
        if (waiting.Count == 0) return null;
        var lane = board.Grid.LaneAt(site, waiting[0].Lane);
        var free = board.Free(site, lane, slot, (int)waiting[0].Risk);
        if (free <= 0) return null;
        var (best, least) = ((Job?)null, double.MaxValue);
        foreach (var job in waiting)
        {
            if (!board.Fits(job, site, slot, out var slots, out var lost)) continue;
            double cost = lost;
            // What a job that ends within the slot leaves is filled by the next, unless it is a crumb.
            if (slots == 1 && free - job.People is > 0 and < Small) cost += 0.5 * (free - job.People);
            cost += 0.05 * Math.Min(Room(board, job, slot), 20);
            if (Room(board, job, slot) <= slots) cost -= 1_000;
            cost -= 0.001 * job.People;
            if (noise is not null) cost += 1.5 * noise.NextDouble();
            if (cost < least) (best, least) = (job, cost);
        }

        return best;
    }

    // Allowed slots from here on.
    private static int Room(Board board, Job job, int slot)
    {
        var room = 0;
        for (var t = slot; t < board.Grid.Slots && room < 21; t++)
            if (job.Allowed[t]) room++;
        return room;
    }
}
