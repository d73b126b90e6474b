using Tongxin.Benchmarks.Harness;
using Tongxin.Core.Sampling;
using Tongxin.Core.Tests.Sampling;

namespace Tongxin.Benchmarks.Sampling;

/// <summary>
/// Rounds of mass testing: how far the end of a plan is from the proven bound, and how long it takes to plan, to plan anew after a site
/// closed, and to plan a city of 100,000. The checker looks at every answer.
/// </summary>
internal sealed class SamplingPlanBenchmark : IBenchmark
{
    private const int Campuses = 5;
    private const int MostPlanMilliseconds = 5_000, MostReplanMilliseconds = 2_000, MostLargeMilliseconds = 30_000;
    private const double MostExcess = 0.10;
    private const long MostBytes = 1L << 30;

    public string Name => "sampling-plan";

    public string About => "Testing round of 30,000 people with classes and meals at 12 sites with 48 tables: end of the plan over the proven bound, worst of five campuses";

    public Task<Measurement> RunAsync(CancellationToken ct)
    {
        Plan(Campus.Make(2_000, 2, 3, 9), ct);
        Sample plans = new(), replans = new();
        var (worst, worstReplan, excess, findings, unplaced, walk, queue) = (0.0, 0.0, 0.0, 0, 0, 0.0, 0);
        for (var seed = 1; seed <= Campuses; seed++)
        {
            var request = Campus.Make(30_000, 12, 4, seed, windows: true);
            SamplingPlan? plan = null, next = null;
            plans.Add(Sample.Milliseconds(() => plan = Plan(request, ct)));
            findings += SamplingCheck.Run(request, plan!).Count;
            (worst, queue) = (Math.Max(worst, plan!.Score.Ratio), Math.Max(queue, plan.Score.LongestQueue));
            walk += plan.Score.WalkMetres / (double)plan.Slots.Sum(s => s.People) / Campuses;

            var slot = 2 + (2 * seed);
            var progress = SamplingProgress.ByPlan(request.SlotStart(slot));
            var changed = request with { Sites = [.. request.Sites.Select((s, i) => i == seed ? s with { Open = [new SamplingWindow(request.Start, request.SlotStart(slot))] } : s)] };
            replans.Add(Sample.Milliseconds(() => next = SamplingPlanner.Replan(changed, plan, progress, ct).Value));
            findings += SamplingCheck.Run(changed, next!, progress).Count;
            excess = Math.Max(excess, next!.Moves!.Excess);
            worstReplan = Math.Max(worstReplan, next.Score.Ratio);
            unplaced += plan.Unplaced.Count + next.Unplaced.Count;
        }

        var large = Campus.Make(100_000, 40, 4, 1, windows: true);
        SamplingPlan? city = null;
        var largeTime = Sample.Milliseconds(() => city = Plan(large, ct));
        findings += SamplingCheck.Run(large, city!).Count;
        var bytes = Environment.WorkingSet;
        var holds = findings == 0 && unplaced == 0 && plans.At(1) <= MostPlanMilliseconds && replans.At(1) <= MostReplanMilliseconds
            && excess <= MostExcess && largeTime <= MostLargeMilliseconds && bytes <= MostBytes;
        return Task.FromResult(new Measurement("the proven lower bound of the end", worst, 1.02, new Dictionary<string, object>
        {
            ["plan ms (median)"] = Math.Round(plans.Median),
            ["plan ms (worst)"] = Math.Round(plans.At(1)),
            ["replan after a site closed ms (worst)"] = Math.Round(replans.At(1)),
            ["end after it over its bound (worst)"] = Math.Round(worstReplan, 3),
            ["units moved beyond those that must, % (worst)"] = Math.Round(100 * excess, 1),
            ["longest queue of the forecast (worst)"] = queue,
            ["mean way, m"] = Math.Round(walk),
            ["100,000 people, 40 sites ms"] = Math.Round(largeTime),
            ["100,000 people, end over bound"] = Math.Round(city!.Score.Ratio, 3),
            ["memory of the whole program, MB"] = bytes >> 20,
            ["not placed"] = unplaced + city.Unplaced.Count,
            ["findings of the checker"] = findings,
        }, holds));
    }

    private static SamplingPlan Plan(SamplingRequest request, CancellationToken ct) => SamplingPlanner.Plan(request, ct).Value;
}
