using Tongxin.Core.Teams;

namespace Tongxin.Core.Sampling.Search;

/// <summary>Why somebody has no slot, and what would help.</summary>
internal sealed class Reasons(SamplingRequest request, Grid grid, IReadOnlyList<Job> jobs)
{
    /// <summary>Those who could not be placed even if nobody else came.</summary>
    public List<UnplacedUnit> Alone { get; } = [];

    /// <summary>Finds them; the answer leaves all their households out.</summary>
    public Func<int, SamplingLane, int> SkipUnplaceable(CancellationToken ct)
    {
        var board = new Board(grid, jobs, grid.Horizon);
        var skip = new HashSet<(int, SamplingLane)>();
        foreach (var job in jobs)
        {
            ct.ThrowIfCancellationRequested();
            if (Bounds.Alone(board, grid.Full, job, grid.Horizon) <= grid.Horizon) continue;
            skip.Add((job.Unit, job.Lane));
            Alone.Add(Because(job));
        }

        return (unit, lane) => skip.Contains((unit, lane)) ? int.MaxValue : 0;
    }

    /// <summary>There is a place for the job, but others have it.</summary>
    public UnplacedUnit NoRoom(Job job, IReadOnlyList<Job> left)
    {
        var cells = Enumerable.Range(0, grid.Sites).SelectMany(s => Enumerable.Range(grid.From, grid.Slots - grid.From).Select(t => grid.Cell(s, grid.LaneAt(s, job.Lane), t))).ToList();
        var perSlot = Math.Max(1.0, cells.Sum(c => (double)grid.Full[c]) / Math.Max(1, grid.Slots - grid.From));
        var more = (int)Math.Ceiling(left.Where(j => j.Lane == job.Lane).Sum(j => j.People) / perSlot);
        return Unplaced(job, new("sampling.unplaced.no_room", grid.Horizon), new("sampling.remedy.extend", more));
    }

    private UnplacedUnit Because(Job job)
    {
        var places = Enumerable.Range(0, grid.Sites).SelectMany(s => Enumerable.Range(grid.From, grid.Slots - grid.From).Select(t => grid.Full[grid.Cell(s, grid.LaneAt(s, job.Lane), t)])).DefaultIfEmpty().Max();
        var household = Enumerable.Range(0, job.Count).Max(i => job.Prefix[i + 1] - job.Prefix[i]);
        if (places == 0 && !request.Sites.Any(s => s.Tables.Any(t => t.Lane == job.Lane || (t.Lane == SamplingLane.Normal && job.Lane == SamplingLane.Green))))
            return Unplaced(job, new("sampling.unplaced.no_lane", job.Lane.ToString()), new("sampling.remedy.add_table", job.Lane.ToString()));
        if (places == 0) return Unplaced(job, new("sampling.unplaced.all_closed"), new("sampling.remedy.open_site"));
        if (household > places) return Unplaced(job, new("sampling.unplaced.household_too_large", household, places), new("sampling.remedy.add_table", job.Lane.ToString()));
        return Unplaced(job, new("sampling.unplaced.no_run", job.People), job.Allowed.Contains(false) ? new("sampling.remedy.free_window") : new("sampling.remedy.divide_unit"));
    }

    private UnplacedUnit Unplaced(Job job, Because why, Because remedy) => new(request.Units[job.Unit].Id, job.Lane, job.People, why, remedy);
}
