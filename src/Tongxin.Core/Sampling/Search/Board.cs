using System.Diagnostics.CodeAnalysis;

namespace Tongxin.Core.Sampling.Search;

/// <summary>Where a job stands.</summary>
/// <param name="Cuts">Households served by the end of each of its slots.</param>
internal sealed record Placement(int Site, int Lane, int Slot, int[] Cuts)
{
    public int Last => Slot + Cuts.Length - 1;
}

/// <summary>The slots up to a minute and who stands in them. Never over capacity, never two levels of risk in a slot of a site.</summary>
internal sealed class Board
{
    private readonly Grid _grid;
    private readonly IReadOnlyList<Job> _jobs;
    private readonly int[] _places, _used, _risk, _placements;
    private readonly Placement?[] _at;
    private readonly int[] _cuts, _opens;

    /// <param name="grid">Places.</param>
    /// <param name="jobs">All jobs, by index.</param>
    /// <param name="minute">Nobody is served after it.</param>
    /// <param name="normal">Part of the normal lane's places that may be used.</param>
    public Board(Grid grid, IReadOnlyList<Job> jobs, int minute, double normal = 1)
        : this(grid, grid.Full, jobs, minute, normal)
    {
    }

    public Board(Grid grid, int[] places, IReadOnlyList<Job> jobs, int minute, double normal = 1)
    {
        (_grid, _jobs, _at, _used) = (grid, jobs, new Placement?[jobs.Count], new int[places.Length]);
        (_risk, _placements) = (new int[grid.Sites * grid.Slots], new int[grid.Sites * grid.Slots]);
        (_cuts, _opens) = (new int[grid.Slots], new int[grid.Sites]);
        _places = new int[places.Length];
        for (var s = 0; s < grid.Sites; s++)
        {
            for (var l = 0; l < Grid.Lanes; l++)
            {
                for (var t = 0; t < grid.Slots; t++)
                {
                    var cell = grid.Cell(s, l, t);
                    var by = grid.By(places[cell], t, minute);
                    _places[cell] = l == (int)SamplingLane.Normal ? (int)(by * normal) : by;
                }
            }
        }
    }

    public Grid Grid => _grid;

    public IReadOnlyList<Job> Jobs => _jobs;

    public Placement? At(Job job) => _at[job.Index];

    public int Used(int site, int lane, int slot) => _used[_grid.Cell(site, lane, slot)];

    public int Places(int site, int lane, int slot) => _places[_grid.Cell(site, lane, slot)];

    /// <summary>Places left for people of a level.</summary>
    public int Free(int site, int lane, int slot, int risk) => Mixes(site, slot, risk) ? 0 : _places[_grid.Cell(site, lane, slot)] - _used[_grid.Cell(site, lane, slot)];

    /// <summary>From now on nobody is put so that he is served after a minute.</summary>
    public void EndBy(int minute)
    {
        for (var i = 0; i < _places.Length; i++) _places[i] = Math.Min(_places[i], _grid.By(_grid.Full[i], i % _grid.Slots, minute));
    }

    /// <summary>Nobody is put at a site before a slot, until it is said otherwise.</summary>
    public void OpenFrom(int site, int slot) => _opens[site] = slot;

    /// <summary>The same placements with places up to another minute.</summary>
    public Board CopyTo(int minute)
    {
        var copy = new Board(_grid, _jobs, minute);
        foreach (var job in _jobs)
            if (At(job) is { } at) copy.Put(job, at);
        return copy;
    }

    /// <summary>Fills slot after slot from one on, as full as households allow. Lost: places left in the slots before the last.</summary>
    public bool Fits(Job job, int site, int slot, out int slots, out int lost)
    {
        var lane = _grid.LaneAt(site, job.Lane);
        (slots, lost) = (0, 0);
        for (int i = 0, t = slot; i < job.Count; t++)
        {
            if (t >= _grid.Slots || !job.Allowed[t] || Mixes(site, t, (int)job.Risk)) return false;
            var free = _places[_grid.Cell(site, lane, t)] - _used[_grid.Cell(site, lane, t)];
            var next = Reach(job.Prefix, i, free);
            if (next == i) return false;
            if (next < job.Count) lost += free - (job.Prefix[next] - job.Prefix[i]);
            _cuts[slots++] = i = next;
        }

        return true;
    }

    public bool TryPlace(Job job, int site, int slot)
    {
        if (!Fits(job, site, slot, out var slots, out _)) return false;
        Put(job, new Placement(site, _grid.LaneAt(site, job.Lane), slot, _cuts[..slots]));
        return true;
    }

    /// <summary>Puts a job without asking whether it fits: for what stands already and for going back.</summary>
    public void Put(Job job, Placement at)
    {
        _at[job.Index] = at;
        Count(job, at, 1);
    }

    public Placement Take(Job job)
    {
        var at = _at[job.Index]!; // callers take what stands
        _at[job.Index] = null;
        Count(job, at, -1);
        return at;
    }

    public bool TryTake(Job job, [NotNullWhen(true)] out Placement? at)
    {
        at = _at[job.Index] is null ? null : Take(job);
        return at is not null;
    }

    public int Finish()
    {
        var latest = _grid.From * _grid.Minutes;
        for (var s = 0; s < _grid.Sites; s++)
        {
            for (var l = 0; l < Grid.Lanes; l++)
            {
                for (var t = _grid.Slots - 1; t >= _grid.From; t--)
                {
                    var cell = _grid.Cell(s, l, t);
                    if (_used[cell] == 0) continue;
                    latest = Math.Max(latest, _grid.Served(_used[cell], Math.Max(1, _grid.Full[cell]), t));
                    break;
                }
            }
        }

        return latest;
    }

    /// <summary>People of a job in the n-th of its slots.</summary>
    public static int People(Job job, Placement at, int n) => job.Prefix[at.Cuts[n]] - job.Prefix[n == 0 ? 0 : at.Cuts[n - 1]];

    public int RiskAt(int site, int slot) => _placements[(site * _grid.Slots) + slot] == 0 ? 0 : _risk[(site * _grid.Slots) + slot];

    private bool Mixes(int site, int slot, int risk)
    {
        var i = (site * _grid.Slots) + slot;
        return slot < _opens[site] || (_placements[i] > 0 && _risk[i] != risk) || (_grid.Only[site] > 0 && _grid.Only[site] != risk);
    }

    private void Count(Job job, Placement at, int sign)
    {
        for (var n = 0; n < at.Cuts.Length; n++)
        {
            _used[_grid.Cell(at.Site, at.Lane, at.Slot + n)] += sign * People(job, at, n);
            var i = (at.Site * _grid.Slots) + at.Slot + n;
            _placements[i] += sign;
            _risk[i] = (int)job.Risk;
        }
    }

    /// <summary>The largest index whose sum stays within the places.</summary>
    public static int Reach(int[] prefix, int from, int places)
    {
        var (low, high) = (from, prefix.Length - 1);
        var most = prefix[from] + places;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (prefix[middle] <= most) low = middle;
            else high = middle - 1;
        }

        return low;
    }
}
