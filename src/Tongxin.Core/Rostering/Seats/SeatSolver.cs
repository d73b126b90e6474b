using Tongxin.Core.Rostering.Search;

namespace Tongxin.Core.Rostering.Seats;

/// <summary>Two annealing searches side by side that go on from the better one after every slice.</summary>
internal static class SeatSolver
{
    /// <summary>End of each slice and its temperatures: one hot anneal, then warm ones from the best.</summary>
    private static readonly (double Until, double Hot, double Cold)[] Plan = [(0.4, 60, 0.3), (0.6, 6, 0.1), (0.8, 3, 0.1), (1, 2, 0.05)];

    public static (List<Assignment> Roster, TimeSpan LastImprovement) Solve(RosterProblem problem, RosterOptions options, SearchBudget budget)
    {
        var model = new SeatModel(problem);
        var best = SeatStart.Build(model, new Dice(options.Seed, 0), budget.Cancel);
        var lowest = best.Cost();
        var (last, gate) = (budget.Elapsed, new Lock());
        for (var round = 0; round < Plan.Length && !budget.IsOver; round++)
        {
            var (until, hot, cold) = Plan[round];
            // A published roster is not shaken: what people know should stay, and a hot search would forget it.
            if (problem.Published.Count > 0) hot = Math.Min(hot, 3);
            var slice = budget.Until(until);
            var searches = new SeatSearch[budget.Threads];
            SideBySide.Run(budget.Threads, t =>
            {
                var state = new SeatState(model);
                state.CopyFrom(best);
                searches[t] = new SeatSearch(model, state, new Dice(options.Seed, 1 + (round * 2) + t));
                budget.Count(searches[t].Run(slice, hot, cold, Tell));
            });
            var winner = searches.MinBy(s => s.BestCost)!; // there is at least one thread
            if (winner.BestCost < lowest - 1e-7) (best, lowest) = (winner.Best, winner.BestCost);
        }

        return (best.Assignments(), last);

        void Tell(double cost)
        {
            lock (gate)
            {
                if (cost >= lowest) return;
                last = budget.Elapsed;
                options.Progress?.Invoke(new(cost, last, "seats"));
            }
        }
    }
}
