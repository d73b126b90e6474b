using Tongxin.Core.Rostering.Columns;
using Tongxin.Core.Rostering.Search;

namespace Tongxin.Core.Rostering.Rows;

/// <summary>Leads the search over rows: what runs when on which thread, and what the best roster is so far.</summary>
internal sealed class RowSolver
{
    /// <summary>Longer rosters have too many covers for one master program.</summary>
    private const int LongestForColumns = 84;

    /// <summary>A root that takes longer leaves no time to dive.</summary>
    private const double LatestRoot = 0.45;

    private readonly Lock _gate = new();
    private readonly RowProblem _problem;
    private readonly RosterOptions _options;
    private readonly SearchBudget _budget;
    private readonly Func<double, double> _unscale;
    private readonly List<byte[]> _snapshots = [];
    private readonly bool _isTimed;
    private double _bound = double.NegativeInfinity;
    private long _told = long.MaxValue;

    private RowSolver(RowProblem problem, RosterOptions options, SearchBudget budget, Func<double, double> unscale) =>
        (_problem, _options, _budget, _unscale, _isTimed) = (problem, options, budget, unscale, options.Steps is null);

    private byte[] Best { get; set; } = [];

    private long BestCost { get; set; } = long.MaxValue;

    private TimeSpan Last { get; set; }

    public static (byte[] Rows, List<int> Impossible, TimeSpan LastImprovement, double? Bound) Solve(
        RowProblem problem, RosterOptions options, SearchBudget budget, Func<double, double> unscale)
    {
        var solver = new RowSolver(problem, options, budget, unscale);
        var (start, impossible) = RowStart.Build(problem, new Dice(options.Seed, 0), budget.Cancel);
        foreach (var p in impossible) problem.Freeze(p);
        solver.Best = start;
        solver.BestCost = problem.Cost(start);
        solver.Tell(solver.BestCost, "start");
        solver.Search();
        return (solver.Best, impossible, solver.Last, double.IsFinite(solver._bound) ? solver._bound : null);
    }

    /// <summary>A hot anneal on each thread by itself; then columns on one thread beside warm anneals on the other; a last cool one.</summary>
    private void Search()
    {
        Anneal(Math.Min(0.15, 8 / _budget.Seconds(1)), 120, 0.4, "annealing");
        if (_problem.Days > LongestForColumns)
        {
            for (var part = 0.15; part < 0.999; part += 0.17) Anneal(part + 0.17, 3, 0.3, "warm");
            return;
        }

        if (!_budget.IsOver) ColumnsBesideAnneals(_budget.Until(0.92));
        if (!IsProven) Anneal(1, 1.5, 0.3, "warm");
    }

    /// <summary>The best roster is known to be the best of all.</summary>
    private bool IsProven => BestCost <= Math.Ceiling(_bound - 1e-6);

    private void ColumnsBesideAnneals(Slice slice)
    {
        // Where the second thread knows beforehand that dives will be quick, it soon dives too, by other ways.
        var diveToo = _problem.People + (_problem.Days * _problem.Kinds) <= 350;
        var local = new Local[_budget.Threads];
        for (var t = 0; t < local.Length; t++) local[t] = new(Best, BestCost);
        SideBySide.Run(_budget.Threads, t =>
        {
            var annealed = t == 0 ? 0 : Cycles(local[t], diveToo ? slice.Inner(0, _budget.Seconds(0.15)) : slice, t);
            if (t == 0 || diveToo) Columns(local[t], slice, annealed, t);
        });
        foreach (var mine in local)
        {
            Offer(mine.Rows, "columns");
            _bound = Math.Max(_bound, mine.Bound);
        }
    }

    /// <summary>Column generation on one thread until the slice is over or its roster is proven best.</summary>
    private void Columns(Local mine, Slice slice, long annealed, int thread)
    {
        Refresh(mine);
        var columns = new ColumnSearch(_problem, [mine.Rows, .. _snapshots], new Dice(_options.Seed, 900 + thread));
        var before = annealed;
        long Steps() => columns.Steps + annealed;
        bool IsOver() => slice.IsOver(Steps()) || IsBest(mine);
        var isRooted = columns.Root(() => slice.Progress(Steps()) > LatestRoot || IsOver());
        Raise(mine, columns.Bound);
        Note($"thread {thread} root {isRooted} lp {columns.Objective:0.0} bound {columns.Bound:0.0} pivots {columns.Pivots}");
        for (var round = 0; !IsOver(); round++)
        {
            Refresh(mine);
            var isFresh = round % 8 == 0;
            var isPart = round % 3 == 2;
            var kept = new bool[_problem.People];
            if (isPart) Choose(kept, new Dice(_options.Seed, 1000 + (2 * round) + thread));
            var noise = round + thread == 0 ? 0 : 0.15;
            var limit = round == 0 ? double.PositiveInfinity : mine.Cost - 0.9;
            var from = slice.Progress(Steps());
            var pace = new Pace(() => (slice.Progress(Steps()) - from) / (0.7 * (1 - from)), IsOver);
            var roster = isFresh || isPart ? columns.Dive(mine.Rows, kept, limit, isPart ? 0 : noise, pace) : columns.DiveAgain(limit, noise, pace);
            Note($"thread {thread} dive {round} kept {kept.Count(k => k)} open {columns.OpenPeople} -> {(roster is null ? -1 : _problem.Cost(roster))} lp {columns.Objective:0.0}");
            if (roster is null) continue;
            var polish = new RowAnnealer(_problem, roster, new Dice(_options.Seed, 5000 + (2 * round) + thread));
            Take(mine, roster, "dive");
            if (IsOver()) break;
            annealed += polish.Run(slice.Inner(Steps(), _budget.Seconds(round == 0 ? 0.05 : 0.01)), 3, 0.35, null);
            Take(mine, polish.Best.ToArray(), "polish");
        }

        _budget.Count(Steps() - before);
    }

    private static void Choose(bool[] kept, Dice dice)
    {
        var part = 25 + dice.Below(50);
        for (var p = 0; p < kept.Length; p++) kept[p] = dice.Below(100) < part;
        kept[dice.Below(kept.Length)] = false;
        kept[dice.Below(kept.Length)] = true;
    }

    /// <summary>Warm anneals from the best, at changing temperatures. Returns the steps made.</summary>
    private long Cycles(Local mine, Slice slice, int thread, long before = 0)
    {
        var steps = before;
        double[] hot = [3, 10, 1.5, 25, 2.5];
        for (var cycle = 0; !slice.IsOver(steps) && !IsBest(mine); cycle++)
        {
            Refresh(mine);
            var search = new RowAnnealer(_problem, mine.Rows, new Dice(_options.Seed, 100 + (cycle * 2) + thread));
            steps += search.Run(slice.Inner(steps, _budget.Seconds(0.1)), hot[cycle % hot.Length], 0.3, null);
            Take(mine, search.Best.ToArray(), "warm");
        }

        _budget.Count(steps - before);
        return steps;
    }

    /// <summary>A roster of this thread; on the clock it is also offered to the other at once.</summary>
    private void Take(Local mine, byte[] rows, string phase)
    {
        var cost = _problem.Cost(rows);
        if (cost < mine.Cost) (mine.Rows, mine.Cost) = (rows, cost);
        if (_isTimed) Offer(rows, phase);
    }

    /// <summary>
    /// On the clock the thread goes on from the best of both. In step mode it does not look: how far the other is depends on the machine.
    /// </summary>
    private void Refresh(Local mine)
    {
        if (!_isTimed) return;
        lock (_gate)
        {
            if (BestCost < mine.Cost) (mine.Rows, mine.Cost) = (Best, BestCost);
        }
    }

    /// <summary>Proven: by the thread's own bound or, on the clock, by the other's.</summary>
    private bool IsBest(Local mine) => mine.Cost <= Math.Ceiling((_isTimed ? Math.Max(mine.Bound, Volatile.Read(ref _bound)) : mine.Bound) - 1e-6);

    private void Raise(Local mine, double bound)
    {
        mine.Bound = bound;
        if (!_isTimed) return;
        lock (_gate) _bound = Math.Max(_bound, bound);
    }

    private void Offer(byte[] rows, string phase)
    {
        var cost = _problem.Cost(rows);
        lock (_gate)
        {
            if (cost >= BestCost) return;
            (Best, BestCost) = (rows, cost);
        }

        Tell(cost, phase);
    }

    private void Note(string text) => _options.Progress?.Invoke(new(_unscale(BestCost), _budget.Elapsed, text));

    private void Anneal(double until, double hot, double cold, string phase)
    {
        if (_budget.IsOver) return;
        var slice = _budget.Until(until);
        var searches = new RowAnnealer[_budget.Threads];
        var round = _budget.Steps;
        var snapshots = new List<byte[]>[_budget.Threads];
        SideBySide.Run(_budget.Threads, t =>
        {
            searches[t] = new RowAnnealer(_problem, Best, new Dice(_options.Seed, HashCode(phase, round, t)));
            snapshots[t] = [];
            if (phase == "annealing") (searches[t].Snapshot, searches[t].Snapshots) = (snapshots[t].Add, _problem.People > 60 ? 3 : 20);
            _budget.Count(searches[t].Run(slice, hot, cold, cost => Tell(cost, phase)));
        });
        foreach (var list in snapshots) _snapshots.AddRange(list);
        foreach (var search in searches)
        {
            if (search.BestCost >= BestCost) continue;
            (Best, BestCost) = (search.Best.ToArray(), search.BestCost);
        }
    }

    private static int HashCode(string phase, long round, int thread) => unchecked((int)(round * 31) + (phase.Length * 7919) + thread + 1);

    private void Tell(long cost, string phase)
    {
        lock (_gate)
        {
            if (cost >= _told) return;
            (_told, Last) = (cost, _budget.Elapsed);
            _options.Progress?.Invoke(new(_unscale(cost), Last, phase));
        }
    }

    /// <summary>What one thread goes on from.</summary>
    private sealed class Local(byte[] rows, long cost)
    {
        public byte[] Rows { get; set; } = rows;

        public long Cost { get; set; } = cost;

        public double Bound { get; set; } = double.NegativeInfinity;
    }
}
