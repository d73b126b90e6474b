using Tongxin.Core.Common;

namespace Tongxin.Core.Sampling.Search;

/// <summary>
/// To which site each job of one level goes: people to sites and slots as a flow that walks least, then each job as a whole to the site
/// that has most of it, then jobs are exchanged until no site has more than its share.
/// </summary>
internal static class SiteFlow
{
    private const int Nearest = 16;
    private const int MetresPerCost = 20;
    private const int MostCost = 150;
    // Two jobs whose allowed slots differ by no more than these stand for each other.
    private const int LikeSlots = 2;

    /// <summary>The site of each job of the list; -1 where none has a place.</summary>
    public static int[] Assign(Board board, IReadOnlyList<Job> jobs, IReadOnlyList<int> sites, int from, double kept, CancellationToken ct)
    {
        var site = Rounded(board, jobs, sites, from);
        ct.ThrowIfCancellationRequested();
        Balance(board, jobs, sites, from, site, new double[board.Grid.Sites], kept);
        return site;
    }

    private static int[] Rounded(Board board, IReadOnlyList<Job> jobs, IReadOnlyList<int> sites, int from)
    {
        var grid = board.Grid;
        var windows = jobs.Select(j => j.Window).Distinct().Order().ToList();
        int Door(int site, int window) => jobs.Count + (site * windows.Count) + window;
        int Cell(int site, int slot) => jobs.Count + (sites.Count * windows.Count) + (site * grid.Slots) + slot;
        var (source, sink) = (Cell(sites.Count, 0), Cell(sites.Count, 0) + 1);
        var flow = new MinCostFlow(sink + 1);
        var goes = new List<(int Job, int Site, int Arc)>();
        for (var j = 0; j < jobs.Count; j++)
        {
            var job = jobs[j];
            flow.Arc(source, j, job.People);
            foreach (var i in Enumerable.Range(0, sites.Count).OrderBy(i => job.Walk[sites[i]]).ThenBy(i => i).Take(Nearest))
                goes.Add((j, i, flow.Arc(j, Door(i, windows.IndexOf(job.Window)), job.People, Math.Min(MostCost, job.Walk[sites[i]] / MetresPerCost))));
        }

        for (var i = 0; i < sites.Count; i++)
        {
            var lane = grid.LaneAt(sites[i], jobs[0].Lane);
            for (var t = from; t < grid.Slots; t++)
            {
                var free = board.Free(sites[i], lane, t, (int)jobs[0].Risk);
                if (free <= 0) continue;
                flow.Arc(Cell(i, t), sink, free);
                for (var w = 0; w < windows.Count; w++)
                    if (jobs.First(j => j.Window == windows[w]).Allowed[t]) flow.Arc(Door(i, w), Cell(i, t), free);
            }
        }

        flow.Run(source, sink);
        var (site, most) = (new int[jobs.Count], new int[jobs.Count]);
        Array.Fill(site, -1);
        foreach (var (j, i, arc) in goes)
        {
            if (flow.FlowOf(arc) > most[j]) (site[j], most[j]) = (sites[i], flow.FlowOf(arc));
        }

        for (var j = 0; j < jobs.Count; j++)
            if (site[j] < 0) site[j] = sites.MinBy(s => jobs[j].Walk[s]);
        return site;
    }

    /// <summary>Exchanges jobs between sites until none has more than its share of the spare places.</summary>
    /// <param name="board">With none of the jobs on it.</param>
    /// <param name="jobs">Of one lane and level.</param>
    /// <param name="sites">Where they may go.</param>
    /// <param name="from">First slot.</param>
    /// <param name="site">The site of each job; changed.</param>
    /// <param name="lost">By site: places that were lost when its slots were filled.</param>
    /// <param name="kept">Part of the spare places that stays spare everywhere: what a row of slots loses at their borders.</param>
    public static void Balance(Board board, IReadOnlyList<Job> jobs, IReadOnlyList<int> sites, int from, int[] site, double[] lost, double kept)
    {
        var grid = board.Grid;
        var (places, load, of) = (new double[grid.Sites], new double[grid.Sites], new List<int>[grid.Sites]);
        foreach (var s in sites)
        {
            of[s] = [];
            for (var t = from; t < grid.Slots; t++) places[s] += board.Free(s, grid.LaneAt(s, jobs[0].Lane), t, (int)jobs[0].Risk);
            places[s] = Math.Max(0, places[s] - lost[s]);
        }

        for (var j = 0; j < jobs.Count; j++)
        {
            load[site[j]] += jobs[j].People;
            of[site[j]].Add(j);
        }

        var (all, people) = (places.Sum(), (double)jobs.Sum(j => j.People));
        if (all <= 0) return;
        var keep = Math.Max(0, all - people) / all * kept;
        double Over(int s, double more) => Math.Max(0, load[s] + more - (places[s] * (1 - keep)));
        var (windows, like, count) = Likes(jobs);
        for (var step = 0; step < 4 * jobs.Count; step++)
        {
            var crowded = sites.MaxBy(s => Over(s, 0));
            if (Over(crowded, 0) <= 0) return;
            var best = (Gain: 1e-9, Walk: 0.0, Job: -1, Other: -1, Site: -1);
            // Like for like first: a site whose people may all not come in the morning loses its morning.
            for (var unlike = 0; unlike < 2 && best.Job < 0; unlike++)
            {
                foreach (var j in of[crowded])
                {
                    foreach (var to in sites)
                    {
                        if (to == crowded || places[to] <= 0) continue;
                        if (unlike == 1 || windows == 1) Offer(j, -1, to);
                        foreach (var k in of[to])
                            if (unlike == 1 || IsLike(jobs[j], jobs[k])) Offer(j, k, to);
                    }
                }
            }

            if (best.Job < 0) return;
            Move(best.Job, best.Site);
            if (best.Other >= 0) Move(best.Other, crowded);

            void Offer(int j, int k, int to)
            {
                var less = (double)jobs[j].People - (k < 0 ? 0 : jobs[k].People);
                var gain = Over(crowded, 0) + Over(to, 0) - Over(crowded, -less) - Over(to, less);
                if (gain <= best.Gain - 0.5) return;
                double walk = ((double)jobs[j].People * (jobs[j].Walk[to] - jobs[j].Walk[crowded])) + (k < 0 ? 0 : (double)jobs[k].People * (jobs[k].Walk[crowded] - jobs[k].Walk[to]));
                if (gain > best.Gain + 0.5 || (gain > 0.25 && best.Job >= 0 && walk < best.Walk) || (best.Job < 0 && gain > best.Gain)) best = (gain, walk, j, k, to);
            }
        }

        bool IsLike(Job one, Job other) => like[(one.Window * count) + other.Window];

        void Move(int j, int to)
        {
            load[site[j]] -= jobs[j].People;
            of[site[j]].Remove(j);
            site[j] = to;
            load[to] += jobs[j].People;
            of[to].Add(j);
        }
    }

    /// <summary>How many windows there are, and by two of them whether their allowed slots differ little.</summary>
    private static (int Windows, bool[] Like, int Count) Likes(IReadOnlyList<Job> jobs)
    {
        var windows = jobs.DistinctBy(j => j.Window).ToList();
        var count = windows.Max(j => j.Window) + 1;
        var like = new bool[count * count];
        foreach (var one in windows)
            foreach (var other in windows)
                like[(one.Window * count) + other.Window] = Enumerable.Range(0, one.Allowed.Length).Count(t => one.Allowed[t] != other.Allowed[t]) <= LikeSlots;
        return (windows.Count, like, count);
    }
}
