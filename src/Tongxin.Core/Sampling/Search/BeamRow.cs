namespace Tongxin.Core.Sampling.Search;

/// <summary>
/// Orders of the jobs of a site, the most promising ones side by side: each is lengthened by every job that is not in it yet, and those
/// go on that leave fewest people out and lost fewest places at the borders of slots. The answer is an order and where each job begins.
/// </summary>
internal sealed class BeamRow
{
    public const int MostJobs = 128;
    private const int Small = 8, MostWidth = 128, LeastWidth = 6, Work = 30_000, Beyond = 1_000_000;
    // In places: somebody left out; a slot that a job could still wait.
    private const double PerLeft = 4, PerRoom = 0.05;

    private readonly Job[] _jobs;
    private readonly int[] _free;
    private readonly int _last, _real;
    private readonly int[][] _room;
    private readonly int _slots;

    private BeamRow(Board board, Job[] jobs, int site, int from)
    {
        (_jobs, _slots, _free, _room) = (jobs, board.Grid.Slots, new int[board.Grid.Slots], new int[jobs.Length][]);
        var lane = board.Grid.LaneAt(site, jobs[0].Lane);
        for (var t = from; t < _slots; t++) _free[t] = Math.Max(0, board.Free(site, lane, t, (int)jobs[0].Risk));
        // Behind the end there is room without bound, so that a site shows how many come too late and not only which job does not fit.
        for (_last = _slots - 1; _last > from && _free[_last] == 0;) _last--;
        _real = _free[_last];
        _free[_last] += Beyond;
        for (var j = 0; j < jobs.Length; j++)
        {
            _room[j] = new int[_slots + 1];
            for (var t = _slots - 1; t >= from; t--) _room[j][t] = _room[j][t + 1] + (jobs[j].Allowed[t] ? 1 : 0);
        }
    }

    /// <summary>Jobs in order with the slot each begins in, the last of them perhaps behind the end; and the places lost at borders.</summary>
    public static (List<(Job Job, int Slot)> Row, int Lost) Best(Board board, IReadOnlyCollection<Job> jobs, int site, int from) =>
        new BeamRow(board, [.. jobs.OrderByDescending(j => j.People).ThenBy(j => j.Index)], site, from).Search(from);

    private (List<(Job Job, int Slot)> Row, int Lost) Search(int from)
    {
        var width = Math.Clamp(Work / (_jobs.Length * _jobs.Length), LeastWidth, MostWidth);
        List<State> beam = [new(null, -1, from, from, 0, 0, 0, 0, 0, 0)];
        var (best, next, seen) = (beam[0], new List<State>(), new HashSet<(UInt128, int, int)>());
        var fewest = int.MaxValue;
        while (beam.Count > 0)
        {
            next.Clear();
            foreach (var state in beam)
            {
                if (state.Left + Late(state) >= fewest) continue;
                var (done, left) = (state.Done, state.Left);
                var first = next.Count;
                for (var j = 0; j < _jobs.Length; j++)
                {
                    if ((done & (UInt128.One << j)) != 0) continue;
                    if (After(state, j) is { } longer)
                    {
                        next.Add(longer);
                        continue;
                    }

                    // What has no place now has none later.
                    done |= UInt128.One << j;
                    left += _jobs[j].People;
                }

                for (var i = first; i < next.Count; i++) (next[i].Done, next[i].Left) = (next[i].Done | done, left);
                var late = left + Late(state);
                if (next.Count == first && late < fewest) (best, fewest) = (state, late);
            }

            if (fewest == 0) break;
            // The order of their making breaks ties, so that the same round gives the same plan.
            var order = new (double Total, int At)[next.Count];
            for (var i = 0; i < order.Length; i++) order[i] = (next[i].Total, i);
            Array.Sort(order);
            beam = [];
            seen.Clear();
            foreach (var (_, at) in order)
            {
                if (beam.Count == width) break;
                var state = next[at];
                if (state.Left < fewest && seen.Add((state.Done, state.Slot, state.Used))) beam.Add(state);
            }
        }

        var row = new List<(Job, int)>();
        for (var at = best; at.Job >= 0; at = at.Before!) row.Add((_jobs[at.Job], at.Start)); // only the first has none before
        row.Reverse();
        return (row, best.Lost);
    }

    private int Late(State state) => state.Slot == _last ? Math.Max(0, state.Used - _real) : 0;

    /// <summary>The state with one more job at the first slot where it fits.</summary>
    private State? After(State state, int j)
    {
        var job = _jobs[j];
        var skipped = 0;
        for (var start = state.Slot; start < _slots; start++)
        {
            if (Fits(job, start, start == state.Slot ? state.Used : 0, out var end, out var used, out var lost))
            {
                var rest = _free[end] - used;
                var late = end == _last ? Math.Max(0, used - _real) : 0;
                var cost = state.Cost + (PerRoom * Math.Min(_room[j][start], 20));
                var crumb = end < _last && rest is > 0 and < Small ? 0.5 * rest : 0;
                return new State(state, j, start, end, used, state.Done | (UInt128.One << j), state.Left, state.Lost + skipped + lost, cost, crumb + (PerLeft * late));
            }

            skipped += _free[start] - (start == state.Slot ? state.Used : 0);
        }

        return null;
    }

    private bool Fits(Job job, int start, int taken, out int end, out int used, out int lost)
    {
        (end, used, lost) = (start, taken, 0);
        for (int i = 0, t = start; i < job.Count; t++)
        {
            if (t >= _slots || !job.Allowed[t]) return false;
            var before = t == start ? taken : 0;
            var free = _free[t] - before;
            if (free <= 0) return false;
            var next = Board.Reach(job.Prefix, i, free);
            if (next == i) return false;
            var people = job.Prefix[next] - job.Prefix[i];
            if (next < job.Count) lost += free - people;
            (end, used, i) = (t, before + people, next);
        }

        return true;
    }

    // Cost: for jobs put early though they could wait. Open: for who comes too late, and for what is likely to be lost of the slot begun.
    private sealed class State(State? before, int job, int start, int slot, int used, UInt128 done, int left, int lost, double cost, double open)
    {
        public State? Before => before;

        public int Job => job;

        public int Start => start;

        public int Slot => slot;

        public int Used => used;

        public int Lost => lost;

        public double Cost => cost;

        /// <summary>Jobs in it, and those that have no place.</summary>
        public UInt128 Done { get; set; } = done;

        /// <summary>People who have no place.</summary>
        public int Left { get; set; } = left;

        public double Total => (PerLeft * Left) + lost + cost + open;
    }
}
