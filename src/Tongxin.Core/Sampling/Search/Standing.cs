namespace Tongxin.Core.Sampling.Search;

/// <summary>What stands of a plan when things changed: who stays, who must go, and how many must at least.</summary>
internal sealed class Standing
{
    private readonly Placement?[] _before;

    public Standing(SamplingRequest request, Grid grid, IReadOnlyList<Job> jobs, Func<Job, Placement?> before)
    {
        Jobs = jobs;
        Units = jobs.Select(j => j.Unit).Distinct().Count();
        _before = [.. jobs.Select(before)];
        Board = new Board(grid, jobs, grid.Horizon);
        var gone = new HashSet<int>();
        foreach (var job in jobs)
        {
            if (_before[job.Index] is { } at && Stands(job, at)) Board.Put(job, at);
            else gone.Add(job.Unit);
        }

        MustMove = gone.Count + Overflow(gone);
        Relieve();
        Displaced = [.. jobs.Where(j => Board.At(j) is null)];
    }

    public IReadOnlyList<Job> Jobs { get; }

    public int Units { get; }

    /// <summary>Those who stay.</summary>
    public Board Board { get; }

    public List<Job> Displaced { get; }

    public int MustMove { get; }

    public Placement? Before(Job job) => _before[job.Index];

    public bool IsAsBefore(Job job, Placement? now) =>
        now is not null && _before[job.Index] is { } was && was.Site == now.Site && was.Slot == now.Slot && was.Cuts.AsSpan().SequenceEqual(now.Cuts);

    private bool Stands(Job job, Placement at)
    {
        if (Board.Grid.Only[at.Site] is not 0 and var only && only != (int)job.Risk) return false;
        for (var t = at.Slot; t <= at.Last; t++)
        {
            if (!job.Allowed[t] || Board.Places(at.Site, at.Lane, t) == 0 || Board.RiskAt(at.Site, t) is not 0 and var risk && risk != (int)job.Risk) return false;
        }

        return true;
    }

    /// <summary>
    /// Slots with too many: each must lose at least as many units as it takes when the largest go; slots that share a unit count once.
    /// </summary>
    private int Overflow(HashSet<int> gone)
    {
        var (must, counted) = (0, new HashSet<int>(gone));
        foreach (var cell in Overfull())
        {
            var there = There(cell).GroupBy(j => j.Unit).Select(g => (Unit: g.Key, People: g.Sum(j => PeopleIn(j, cell.Slot)))).OrderByDescending(x => x.People).ToList();
            if (there.Exists(x => counted.Contains(x.Unit))) continue;
            for (var over = cell.Over; over > 0 && there.Count > 0; there.RemoveAt(0))
            {
                over -= there[0].People;
                counted.Add(there[0].Unit);
                must++;
            }

            counted.UnionWith(there.Select(x => x.Unit));
        }

        return must;
    }

    /// <summary>Takes out whoever relieves most, the smaller first among equals, until nothing is too full.</summary>
    private void Relieve()
    {
        while (Overfull().OrderByDescending(c => c.Over).FirstOrDefault() is { Over: > 0 } worst)
        {
            var over = Overfull().ToDictionary(c => (c.Site, c.Lane, c.Slot), c => c.Over);
            Board.Take(There(worst).OrderByDescending(Relief).ThenBy(j => j.People).ThenBy(j => j.Index).First());

            int Relief(Job job)
            {
                var at = Board.At(job)!; // There lists those who stand
                return Enumerable.Range(0, at.Cuts.Length).Sum(n => Math.Min(over.GetValueOrDefault((at.Site, at.Lane, at.Slot + n)), Board.People(job, at, n)));
            }
        }
    }

    private IEnumerable<Crowd> Overfull()
    {
        var grid = Board.Grid;
        for (var s = 0; s < grid.Sites; s++)
        {
            for (var l = 0; l < Grid.Lanes; l++)
            {
                for (var t = grid.From; t < grid.Slots; t++)
                {
                    var over = Board.Used(s, l, t) - Board.Places(s, l, t);
                    if (over > 0) yield return new(s, l, t, over);
                }
            }
        }
    }

    private IEnumerable<Job> There(Crowd cell) => Jobs.Where(j => Board.At(j) is { } at && at.Site == cell.Site && at.Lane == cell.Lane && at.Slot <= cell.Slot && cell.Slot <= at.Last);

    private int PeopleIn(Job job, int slot)
    {
        var at = Board.At(job)!; // callers list those who stand
        return Board.People(job, at, slot - at.Slot);
    }

    private sealed record Crowd(int Site, int Lane, int Slot, int Over);
}
