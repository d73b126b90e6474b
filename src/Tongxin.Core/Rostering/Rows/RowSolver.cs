using Tongxin.Core.Rostering.Columns;
using Tongxin.Core.Rostering.Search;

namespace Tongxin.Core.Rostering.Rows;

/// <summary>Leads the search over rows: what runs when on which thread, and what the best roster is so far.</summary>
internal sealed class RowSolver
{
    /// <summary>Longer rosters, and more people and covers, are too much for one master program.</summary>
    private const int LongestForColumns = 84, LargestMaster = 650;

    /// <summary>Beyond this the master program takes so much of a minute that only one thread has it; the other solves parts meanwhile.</summary>
    private const int LargestForBoth = 350;

    /// <summary>What a second more of the budget allows beyond that: 500 in half a minute, everything in a whole one.</summary>
    private const int SizePerSecond = 5;

    /// <summary>Where there is no dive from the whole: how much of the budget anneals have before parts begin.</summary>
    private const double LongestWarm = 0.22;

    /// <summary>A root that takes longer leaves no time to dive.</summary>
    private const double LatestRoot = 0.55;

    /// <summary>How much of the slice one thread may spend on a better bound.</summary>
    private const double LongestCount = 0.1;

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

    public static (byte[] Rows, List<(int Person, IReadOnlyList<string> Rules)> Impossible, TimeSpan LastImprovement, double? Bound) Solve(
        RowProblem problem, RosterOptions options, SearchBudget budget, Func<double, double> unscale)
    {
        var solver = new RowSolver(problem, options, budget, unscale);
        var (start, impossible) = RowStart.Build(problem, new Dice(options.Seed, 0), budget.Cancel);
        var why = impossible.ConvertAll(p => (p, RowCollision.RulesOf(problem, p, budget.Cancel)));
        foreach (var p in impossible) problem.Freeze(p);
        solver.Best = start;
        solver.BestCost = problem.Cost(start);
        solver.Tell(solver.BestCost, "start");
        solver.Search();
        return (solver.Best, why, solver.Last, double.IsFinite(solver._bound) ? solver._bound : null);
    }

    /// <summary>
    /// A hot anneal on each thread by itself. Then, where one master program can hold everything, columns and a dive from the whole; else
    /// a warm anneal. Then parts of the roster by columns, on both threads, and a last cool anneal.
    /// </summary>
    private void Search()
    {
        Anneal(Math.Min(0.15, (FitsOneMaster ? 5 : 8) / _budget.Seconds(1)), 120, 0.4, "annealing");
        if (!FitsOneMaster) Anneal(LongestWarm, 3, 0.3, "warm");
        if (!_budget.IsOver) ColumnsAndParts(_budget.Until(0.97));
        if (!IsProven) Anneal(1, 1.5, 0.3, "warm");
    }

    /// <summary>One master program over the whole problem is likely to be solved, and to dive, in a good part of the budget.</summary>
    private bool FitsOneMaster => _problem.Days <= LongestForColumns && MasterSize <= Math.Min(LargestMaster, LargestForBoth + (SizePerSecond * _budget.Seconds(1)));

    private bool HasBothMasters => MasterSize <= LargestForBoth;

    private int MasterSize => _problem.People + (_problem.Days * _problem.Kinds);

    private double StepsOfPart => Math.Clamp(_budget.Seconds(0.015), 0.02, 2) * SearchBudget.StepsPerSecond;

    /// <summary>The best roster is known to be the best of all.</summary>
    private bool IsProven => BestCost <= Math.Ceiling(_bound - 1e-6);

    private void ColumnsAndParts(Slice slice)
    {
        var local = new Local[_budget.Threads];
        for (var t = 0; t < local.Length; t++) local[t] = new(Best, BestCost);
        SideBySide.Run(_budget.Threads, t =>
        {
            var hasMaster = FitsOneMaster && (t == 0 || HasBothMasters);
            var parts = new RowNeighbourhoods(_problem, new Dice(_options.Seed, 700 + t), StepsOfPart);
            var steps = hasMaster ? Columns(local[t], parts, slice, t) : 0;
            _budget.Count(Parts(local[t], parts, slice, steps, t));
        });
        foreach (var mine in local)
        {
            Offer(mine.Rows, "columns");
            _bound = Math.Max(_bound, mine.Bound);
        }
    }

    /// <summary>Columns for the whole problem, and one dive. What they taught goes to the parts. Returns the steps made.</summary>
    private long Columns(Local mine, RowNeighbourhoods parts, Slice slice, int thread)
    {
        var columns = new ColumnSearch(_problem, [mine.Rows, .. _snapshots], new Dice(_options.Seed, 900 + thread));
        bool IsOver() => slice.IsOver(columns.Steps) || IsBest(mine);
        var isRooted = columns.Root(() => slice.Progress(columns.Steps) > LatestRoot || IsOver());
        Raise(mine, columns.Bound);
        Note($"thread {thread} root {isRooted} lp {columns.Objective:0.0} bound {columns.Bound:0.0} pivots {columns.Pivots}");
        parts.StartFrom(columns);
        if (IsOver()) return columns.Steps;
        var from = slice.Progress(columns.Steps);
        var pace = new Pace(() => (slice.Progress(columns.Steps) - from) / ((HasBothMasters ? 0.6 : 0.8) * (1 - from)), IsOver);
        var roster = columns.Dive(thread == 0 ? 0 : 0.15, pace);
        Note($"thread {thread} dive open {columns.OpenPeople} -> {(roster is null ? -1 : _problem.Cost(roster))}");
        if (roster is null) return columns.Steps;
        Take(mine, roster, "dive");
        if (IsOver()) return columns.Steps;
        var polish = new RowAnnealer(_problem, roster, new Dice(_options.Seed, 5000 + thread));
        var annealed = polish.Run(slice.Inner(columns.Steps, _budget.Seconds(0.02)), 3, 0.35, null);
        Take(mine, polish.Best.ToArray(), "polish");
        if (thread != (HasBothMasters ? _budget.Threads - 1 : 0)) return columns.Steps + annealed;
        var latest = slice.Progress(columns.Steps) + LongestCount;
        columns.CountWhole(mine.Cost, () => slice.Progress(columns.Steps) > latest || IsOver());
        Raise(mine, columns.Bound);
        Note($"thread {thread} bound {columns.Bound:0.0}");
        return columns.Steps + annealed;
    }

    /// <summary>Parts of the roster by columns until the slice is over or the roster is proven best. Returns the steps made.</summary>
    private long Parts(Local mine, RowNeighbourhoods parts, Slice slice, long before, int thread)
    {
        var tries = 0;
        while (!slice.IsOver(before + parts.Steps) && !IsBest(mine))
        {
            Refresh(mine);
            if (parts.Try(mine.Rows, made => slice.IsOver(before + made)) is { } better) Take(mine, better, "part");
            if (++tries % 50 == 0) Note($"thread {thread} parts {tries} size {parts.Size:0}");
        }

        return before + parts.Steps;
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
