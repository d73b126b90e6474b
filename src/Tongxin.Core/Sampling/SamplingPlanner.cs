using Tongxin.Core.Common;
using Tongxin.Core.Sampling.Figures;
using Tongxin.Core.Sampling.Search;

namespace Tongxin.Core.Sampling;

/// <summary>
/// Plans a round of mass testing: every unit a site and slots, ending as early as is found, then with short queues, then short ways.
/// Deterministic. 30,000 people at 12 sites take about a second; see docs/algorithms/sampling.md for method, proof of the bound and limits.
/// </summary>
public static class SamplingPlanner
{
    /// <summary>The plan, or what is wrong with the request. Who cannot be placed is named with a reason; that is no refusal.</summary>
    /// <exception cref="OperationCanceledException">When <paramref name="ct"/> asks for it.</exception>
    public static Result<SamplingPlan> Plan(SamplingRequest request, CancellationToken ct = default)
    {
        var check = SamplingErrors.Check(request);
        if (check.IsFailure) return check.Error;

        var all = Job.Of(request);
        var reasons = new Reasons(request, new Grid(request, all, 0), all);
        var jobs = Job.Of(request, reasons.SkipUnplaceable(ct));
        var grid = new Grid(request, jobs, 0);
        var bounds = Bounds.Of(request, grid, jobs, ct);
        var (board, left) = Finish.Search(request, grid, jobs, bounds[0].Minutes, ct);
        return new Description(request, grid, bounds).Of(board, [.. reasons.Alone, .. left.Select(j => reasons.NoRoom(j, left))], [], []);
    }

    /// <summary>
    /// Changes a plan as little as can be after a site closed, a table became slower or staff left: the request says how things are from
    /// now on. What began before now stays; of the rest only those move who must, and few others.
    /// </summary>
    /// <param name="changed">The round as it is now, with the same start and slots.</param>
    /// <param name="before">The plan in force.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="ct">Stops the search.</param>
    public static Result<SamplingPlan> Replan(SamplingRequest changed, SamplingPlan before, SamplingProgress progress, CancellationToken ct = default)
    {
        var check = SamplingErrors.Check(changed);
        if (check.IsFailure) return check.Error;
        if (before.Slots.Any(s => s.Slot >= changed.Slots)) return SamplingErrors.OtherSlots();
        return new Replanning(changed, before, progress).Run(ct);
    }
}
