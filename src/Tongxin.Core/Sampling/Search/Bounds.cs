using Tongxin.Core.Common;

namespace Tongxin.Core.Sampling.Search;

/// <summary>
/// Minutes before which no plan ends. Each bound is the first minute at which a condition holds that every plan fulfils; a
/// condition that fails at a minute is a proof that nobody ends by then. Every open table counts, staffed or not, but for the bound by staff.
/// </summary>
internal sealed class Bounds
{
    private readonly Grid _grid;
    private readonly IReadOnlyList<Job> _jobs;
    private readonly SamplingRequest _request;

    private Bounds(SamplingRequest request, Grid grid, IReadOnlyList<Job> jobs) => (_request, _grid, _jobs) = (request, grid, jobs);

    /// <summary>All bounds, the one that binds first; a bound of the horizon + 1 says that not everybody fits.</summary>
    public static List<BoundPart> Of(SamplingRequest request, Grid grid, IReadOnlyList<Job> jobs, CancellationToken ct)
    {
        if (jobs.Count == 0) return [new(0, new("sampling.bound.capacity", 0, "all"))];
        var bounds = new Bounds(request, grid, jobs);
        var parts = new List<BoundPart> { bounds.Capacity("all", [SamplingLane.Normal, SamplingLane.Green, SamplingLane.Apart]) };
        foreach (var lane in jobs.Select(j => j.Lane).Distinct().Order()) parts.Add(bounds.Capacity(lane.ToString(), [lane]));
        parts.Add(bounds.Capacity("normal_green", [SamplingLane.Normal, SamplingLane.Green]));
        if (jobs.Select(j => j.Window).Distinct().Count() > 1 || jobs[0].Allowed.Contains(false)) parts.Add(bounds.Windows(staff: false, ct));
        if (grid.StaffPlaces.Any(p => p < int.MaxValue)) parts.Add(bounds.Windows(staff: true, ct));
        if (jobs.Select(j => j.Risk).Distinct().Count() > 1) parts.Add(bounds.Risk());
        parts.Add(bounds.LongestUnit(ct));
        return [.. parts.OrderByDescending(p => p.Minutes)];
    }

    private BoundPart Capacity(string name, SamplingLane[] lanes)
    {
        var people = _jobs.Where(j => lanes.Contains(j.Lane)).Sum(j => j.People);
        var cells = new List<(int Slot, int Places)>();
        for (var t = _grid.From; t < _grid.Slots; t++)
        {
            for (var s = 0; s < _grid.Sites; s++)
                foreach (var lane in lanes.Select(l => _grid.LaneAt(s, l)).Distinct()) cells.Add((t, _grid.Open[_grid.Cell(s, lane, t)]));
        }

        return new(First(m => cells.Sum(c => (long)_grid.By(c.Places, c.Slot, m)) >= people), new("sampling.bound.capacity", people, name));
    }

    /// <summary>People with the same allowed slots to the lanes' places of all sites together: a flow that must carry everybody.</summary>
    private BoundPart Windows(bool staff, CancellationToken ct)
    {
        var groups = _jobs.GroupBy(j => (j.Lane, j.Window)).Select(g => (g.Key.Lane, g.First().Allowed, People: g.Sum(j => j.People))).ToList();
        var people = groups.Sum(g => g.People);
        var minutes = First(m =>
        {
            ct.ThrowIfCancellationRequested();
            return Carried(groups, m, staff) >= people;
        });
        return new(minutes, staff ? new("sampling.bound.staff", people, _request.Staff.Tables) : new("sampling.bound.windows", people));
    }

    private int Carried(List<(SamplingLane Lane, bool[] Allowed, int People)> groups, int minute, bool staff)
    {
        // Kinds of places in a slot: normal at sites with green tables, normal at sites without, green, apart.
        const int Kinds = 4;
        var slots = _grid.Slots;
        int Kind(int k, int t) => groups.Count + (t * Kinds) + k;
        int Slot(int t) => groups.Count + (slots * Kinds) + t;
        var (source, sink) = (Slot(slots), Slot(slots) + 1);
        var flow = new MinCostFlow(sink + 1);
        for (var t = _grid.From; t < slots; t++)
        {
            var places = new int[Kinds];
            for (var s = 0; s < _grid.Sites; s++)
            {
                for (var l = 0; l < Grid.Lanes; l++)
                {
                    var kind = l == 0 ? _grid.LaneAt(s, SamplingLane.Green) == 0 ? 1 : 0 : l + 1;
                    places[kind] += _grid.By(_grid.Open[_grid.Cell(s, l, t)], t, minute);
                }
            }

            for (var k = 0; k < Kinds; k++)
                if (places[k] > 0) flow.Arc(Kind(k, t), Slot(t), places[k]);
            flow.Arc(Slot(t), sink, staff && _grid.StaffPlaces[t] < int.MaxValue ? _grid.By(_grid.StaffPlaces[t], t, minute) : places.Sum());
            for (var g = 0; g < groups.Count; g++)
            {
                if (!groups[g].Allowed[t]) continue;
                foreach (var k in (ReadOnlySpan<int>)(groups[g].Lane switch { SamplingLane.Normal => [0, 1], SamplingLane.Green => [1, 2], _ => [3] }))
                    if (places[k] > 0) flow.Arc(g, Kind(k, t), groups[g].People);
            }
        }

        for (var g = 0; g < groups.Count; g++) flow.Arc(source, g, groups[g].People);
        return flow.Run(source, sink);
    }

    /// <summary>
    /// A slot of a site has one level. A level that needs n slots of sites at least (taking the largest) uses places for no fewer people than
    /// the n smallest have, nor than it has people; these uses add up to no more than there is.
    /// </summary>
    private BoundPart Risk()
    {
        var levels = _jobs.GroupBy(j => j.Risk).Select(g => g.Sum(j => j.People)).ToList();
        var minutes = First(m =>
        {
            var places = new List<int>();
            for (var t = _grid.From; t < _grid.Slots; t++)
            {
                for (var s = 0; s < _grid.Sites; s++)
                {
                    var all = Enumerable.Range(0, Grid.Lanes).Sum(l => _grid.By(_grid.Open[_grid.Cell(s, l, t)], t, m));
                    if (all > 0) places.Add(all);
                }
            }

            places.Sort();
            long used = 0;
            foreach (var people in levels)
            {
                var (n, sum) = (0, 0L);
                while (n < places.Count && sum < people) sum += places[^++n];
                if (sum < people) return false;
                used += Math.Max(people, places.Take(n).Sum(p => (long)p));
            }

            return used <= places.Sum(p => (long)p);
        });
        return new(minutes, new("sampling.bound.risk", levels.Count));
    }

    /// <summary>Each unit alone in the whole round.</summary>
    private BoundPart LongestUnit(CancellationToken ct)
    {
        var board = new Board(_grid, _grid.Open, _jobs, _grid.Horizon);
        var (worst, of) = (0, _jobs[0]);
        foreach (var job in _jobs)
        {
            ct.ThrowIfCancellationRequested();
            var alone = Alone(board, _grid.Open, job, worst);
            if (alone > worst) (worst, of) = (alone, job);
        }

        return new(worst, new("sampling.bound.unit", _request.Units[of.Unit].Id, of.People));
    }

    /// <summary>Earliest end of a job by itself; stops at the first that is good enough. Horizon + 1: nowhere.</summary>
    public static int Alone(Board board, int[] places, Job job, int enough)
    {
        var grid = board.Grid;
        var best = grid.Horizon + 1;
        for (var t = grid.From; t < grid.Slots && t * grid.Minutes < best; t++)
        {
            for (var s = 0; s < grid.Sites; s++)
            {
                if (!board.TryPlace(job, s, t)) continue;
                var at = board.Take(job);
                var end = grid.Served(Board.People(job, at, at.Cuts.Length - 1), places[grid.Cell(s, at.Lane, at.Last)], at.Last);
                if (end < best) best = end;
                if (best <= enough) return best;
            }
        }

        return best;
    }

    private int First(Func<int, bool> holds)
    {
        var (low, high) = (_grid.From * _grid.Minutes, _grid.Horizon + 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (holds(middle)) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}
