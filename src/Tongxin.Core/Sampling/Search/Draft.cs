namespace Tongxin.Core.Sampling.Search;

/// <summary>A whole plan that ends by a given minute, as far as one is found.</summary>
internal sealed class Draft(SamplingRequest request, Grid grid, IReadOnlyList<Job> jobs)
{
    // Above this use of its places a lane is packed in rows; below it people come with the rest of their unit.
    private const double Dense = 0.85;
    // Times that jobs are exchanged between sites after rows have shown what sites can take.
    private const int Rebalanced = 12;
    // What sites keep of the spare places, one after the other until everybody has a place.
    private static readonly double[] KeptSpare = [0.75, 0.4, 0.95];
    // Where more of the people have no place, other divisions among the sites do not give them one.
    private const double Hopeless = 0.02;
    private readonly ILookup<int, Job> _ofUnit = jobs.ToLookup(j => j.Unit);

    /// <summary>The board and who is left over.</summary>
    /// <param name="minute">Nobody is served after it.</param>
    /// <param name="normal">Part of the normal lane's places to be used.</param>
    public (Board Board, List<Job> Left) Make(int minute, double normal, CancellationToken ct)
    {
        var board = new Board(grid, jobs, minute, normal);
        var random = new Random(request.Seed);
        var last = (minute + grid.Minutes - 1) / grid.Minutes;
        var left = new List<Job>();
        // Levels of few people first, together at the end of the day: nobody queues where a higher level stood before.
        var levels = jobs.GroupBy(j => j.Risk).OrderBy(g => g.Sum(j => j.People)).ThenBy(g => g.Key).Select(g => g.ToList()).ToList();
        foreach (var level in levels.SkipLast(1)) left.AddRange(Few(board, level, last, random, ct));
        if (levels.Count > 0) left.AddRange(Place(board, levels[^1], [.. Enumerable.Range(0, grid.Sites)], grid.From, random, KeptSpare.Length, ct));
        left = Repair.Run(board, left, j => WishOf(board, j), random, request.Steps, ct);
        return (board, left);
    }

    /// <summary>With the rest of the unit, for those who walk with it.</summary>
    public Wish WishOf(Board board, Job job)
    {
        if (job.Lane != SamplingLane.Green) return Wish.None;
        return _ofUnit[job.Unit].FirstOrDefault(j => j.Lane == SamplingLane.Normal) is { } rest && board.At(rest) is { } at ? new(at.Site, at.Slot) : Wish.None;
    }

    /// <summary>The fewest slots of the fewest sites near by that take the level, counted back from the end.</summary>
    private List<Job> Few(Board board, List<Job> level, int last, Random random, CancellationToken ct)
    {
        var near = Enumerable.Range(0, grid.Sites).OrderBy(s => level.Sum(j => (long)j.Walk[s] * j.People)).ThenBy(s => s).ToList();
        var people = level.Sum(j => j.People);
        for (var count = 1; count <= near.Count; count++)
        {
            var sites = near.Take(count).ToList();
            for (var step = 1; step <= (last - grid.From) * count; step++)
            {
                // One more slot at one more site each time, so that few places of the level's slots stay empty.
                var from = last - ((step + count - 1) / count);
                for (var i = 0; i < count; i++) board.OpenFrom(sites[i], from + (i <= (step - 1) % count ? 0 : 1));
                var places = sites.Sum(s => Enumerable.Range(from, last - from).Sum(t => Enumerable.Range(0, Grid.Lanes).Sum(l => board.Free(s, l, t, (int)level[0].Risk))));
                var isPlaced = places >= people && Place(board, level, sites, from, random, 1, ct).Count == 0;
                foreach (var s in sites) board.OpenFrom(s, 0);
                if (isPlaced) return [];
                ct.ThrowIfCancellationRequested();
                foreach (var job in level) board.TryTake(job, out _);
            }
        }

        return level;
    }

    private List<Job> Place(Board board, List<Job> level, List<int> sites, int from, Random random, int tries, CancellationToken ct)
    {
        var left = new List<Job>();
        foreach (var lane in (ReadOnlySpan<SamplingLane>)[SamplingLane.Normal, SamplingLane.Apart, SamplingLane.Green])
        {
            var own = level.Where(j => j.Lane == lane).ToList();
            if (own.Count == 0) continue;
            var open = sites.Where(s => Enumerable.Range(from, grid.Slots - from).Any(t => board.Free(s, grid.LaneAt(s, lane), t, (int)own[0].Risk) > 0)).ToList();
            if (open.Count == 0)
            {
                left.AddRange(own);
                continue;
            }

            var places = open.Sum(s => Enumerable.Range(from, grid.Slots - from).Sum(t => board.Free(s, grid.LaneAt(s, lane), t, (int)own[0].Risk)));
            left.AddRange(lane == SamplingLane.Normal || own.Sum(j => j.People) > Dense * places
                ? Rows(board, own, open, from, random, tries, ct)
                : own.OrderByDescending(j => j.People).ThenBy(j => j.Index).Where(j => !Insertion.TryInsert(board, j, WishOf(board, j), open, from, grid.Slots)).ToList());
        }

        return left;
    }

    private static List<Job> Rows(Board board, List<Job> own, List<int> open, int from, Random random, int tries, CancellationToken ct)
    {
        var (best, fewest) = (new Dictionary<int, SiteRow>(), int.MaxValue);
        var known = new Dictionary<(int Site, string Jobs), SiteRow>();
        foreach (var kept in KeptSpare.Take(tries))
        {
            if (fewest < int.MaxValue && fewest > Hopeless * own.Sum(j => j.People)) break;
            var site = SiteFlow.Assign(board, own, open, from, kept, ct);
            var lost = new double[board.Grid.Sites];
            for (var again = 0; again < Rebalanced && fewest > 0; again++)
            {
                if (again > 0) SiteFlow.Balance(board, own, open, from, site, lost, kept);
                var rows = new Dictionary<int, SiteRow>();
                foreach (var group in own.Select((job, i) => (job, Site: site[i])).GroupBy(x => x.Site, x => x.job).OrderBy(g => g.Key))
                {
                    var key = (group.Key, string.Join(',', group.Select(j => j.Index)));
                    if (!known.TryGetValue(key, out var row)) known[key] = row = Fill(board, [.. group], group.Key, from, random, 2 * tries);
                    rows[group.Key] = row;
                    lost[group.Key] = row.Lost;
                }

                var left = rows.Values.Sum(r => r.Left);
                if (left < fewest) (best, fewest) = (rows, left);
                ct.ThrowIfCancellationRequested();
            }
        }

        foreach (var (job, at) in best.Values.SelectMany(r => r.Row)) board.Put(job, at);
        return [.. own.Where(j => board.At(j) is null).OrderByDescending(j => j.People).Where(j => !Insertion.TryInsert(board, j, Wish.None, open, from, board.Grid.Slots))];
    }

    /// <summary>Tries what a site can take; the board is as before.</summary>
    private static SiteRow Fill(Board board, List<Job> jobs, int site, int from, Random random, int tries)
    {
        var free = Free(board, jobs[0], site, from);
        var over = Row.FillBest(board, jobs, site, from, random, jobs.Count > BeamRow.MostJobs ? tries : 1).Sum(j => j.People);
        // A site that could not take all has shown how much it can take.
        var lost = over > 0 ? free - (jobs.Sum(j => j.People) - over) : Lost(board, jobs, site, from);
        if (over > 0 && jobs.Count <= BeamRow.MostJobs)
        {
            foreach (var job in jobs) board.TryTake(job, out _);
            over = Row.FillWide(board, jobs, site, from, out lost).Sum(j => j.People);
        }

        return new SiteRow(jobs.Where(j => board.At(j) is not null).Select(j => (j, board.Take(j))).ToList(), over, lost);
    }

    /// <summary>Places left free before the last slot of a row.</summary>
    private static int Lost(Board board, List<Job> jobs, int site, int from)
    {
        var last = jobs.Max(j => board.At(j)!.Last); // all of them stand
        return Enumerable.Range(from, last - from).Sum(t => board.Free(site, board.Grid.LaneAt(site, jobs[0].Lane), t, (int)jobs[0].Risk));
    }

    /// <summary>Where the jobs of a site stand, how many people found no place and how many places were lost.</summary>
    private sealed record SiteRow(List<(Job Job, Placement At)> Row, int Left, int Lost);

    private static int Free(Board board, Job job, int site, int from) =>
        Enumerable.Range(from, board.Grid.Slots - from).Sum(t => board.Free(site, board.Grid.LaneAt(site, job.Lane), t, (int)job.Risk));
}
