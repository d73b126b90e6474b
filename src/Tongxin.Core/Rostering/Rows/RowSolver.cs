using Tongxin.Core.Rostering.Search;

namespace Tongxin.Core.Rostering.Rows;

/// <summary>The best roster of rows so far, shared by the searches that run side by side.</summary>
internal sealed class RowSolver
{
    private readonly Lock _gate = new();
    private readonly RowProblem _problem;
    private readonly RosterOptions _options;
    private readonly SearchBudget _budget;
    private readonly Func<double, double> _unscale;
    private long _told = long.MaxValue;

    private RowSolver(RowProblem problem, RosterOptions options, SearchBudget budget, Func<double, double> unscale) =>
        (_problem, _options, _budget, _unscale) = (problem, options, budget, unscale);

    private byte[] Best { get; set; } = [];

    private long BestCost { get; set; } = long.MaxValue;

    private TimeSpan Last { get; set; }

    public static (byte[] Rows, List<int> Impossible, TimeSpan LastImprovement, double? Bound) Solve(
        RowProblem problem, RosterOptions options, SearchBudget budget, Func<double, double> unscale)
    {
        var solver = new RowSolver(problem, options, budget, unscale);
        var (start, impossible) = RowStart.Build(problem, new Dice(options.Seed, 0), budget.Cancel);
        solver.Best = start;
        solver.BestCost = problem.Cost(start);
        solver.Tell(solver.BestCost, "start");
        solver.TwoStages();
        return (solver.Best, impossible, solver.Last, null);
    }

    /// <summary>A hot anneal on each thread by itself, then warm ones from the better of both.</summary>
    private void TwoStages()
    {
        Anneal(0.15, 120, 0.4, "annealing");
        for (var part = 0.15; part < 0.999; part += 0.17) Anneal(part + 0.17, 3, 0.3, "warm");
    }

    private void Anneal(double until, double hot, double cold, string phase)
    {
        if (_budget.IsOver) return;
        var slice = _budget.Until(until);
        var searches = new RowAnnealer[_budget.Threads];
        var round = _budget.Steps;
        SideBySide.Run(_budget.Threads, t =>
        {
            searches[t] = new RowAnnealer(_problem, Best, new Dice(_options.Seed, HashCode(phase, round, t)));
            _budget.Count(searches[t].Run(slice, hot, cold, cost => Tell(cost, phase)));
        });
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
}
