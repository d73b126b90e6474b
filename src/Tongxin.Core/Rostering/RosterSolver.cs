using Tongxin.Core.Common;
using Tongxin.Core.Rostering.Rows;
using Tongxin.Core.Rostering.Search;
using Tongxin.Core.Rostering.Seats;

namespace Tongxin.Core.Rostering;

/// <summary>
/// Finds a legal roster of low penalty. Any-time: whenever it is asked to stop it returns the best roster so far. Deterministic for one
/// problem, seed and number of steps. Method and limits: docs/algorithms/rostering.md.
/// </summary>
public static class RosterSolver
{
    /// <summary>The best roster found, or what is wrong with the problem. What cannot be had becomes a gap or a collision, not a refusal.</summary>
    public static Result<RosterResult> Solve(RosterProblem problem, RosterOptions options, CancellationToken ct)
    {
        var check = RosterErrors.Check(problem);
        if (check.IsFailure) return check.Error;

        var budget = new SearchBudget(options, ct);
        if (RowCompiler.TryCompile(problem) is var (rows, names))
        {
            var (best, impossible, improved, bound) = RowSolver.Solve(rows, options, budget, names.Unscale);
            var why = impossible.ToDictionary(x => problem.People[x.Person].Id, x => x.Rules);
            return RosterReport.Of(problem, names.Assignments(best), budget, improved, bound is { } b ? names.Unscale(b) : null, why);
        }

        var (roster, last) = SeatSolver.Solve(problem, options, budget);
        return RosterReport.Of(problem, roster, budget, last, bound: null);
    }
}
