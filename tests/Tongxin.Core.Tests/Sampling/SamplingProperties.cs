using FsCheck;
using FsCheck.Fluent;
using Tongxin.Core.Sampling;
using Xunit;

namespace Tongxin.Core.Tests.Sampling;

public sealed class SamplingProperties
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Plan_AnyCampus_PassesTheChecker() => Holds((request, _) => SamplingCheck.Run(request, Plan(request)).Count == 0);

    [Fact]
    public void Plan_EverybodyWhoCanBePlaced_IsPlacedOrNamed() => Holds((request, _) =>
    {
        var plan = Plan(request);
        return plan.Slots.Sum(s => s.People) + plan.Unplaced.Sum(u => u.People) + plan.HomeVisits.Sum(h => h.People) == request.Units.Sum(u => u.Households.Sum(h => h.Total));
    });

    [Fact]
    public void Replan_AnySiteClosesAtAnyTime_PassesTheChecker() => Holds((request, number) =>
    {
        var plan = Plan(request);
        var slot = number % 9;
        var closed = number % request.Sites.Count;
        var changed = request with
        {
            Sites = [.. request.Sites.Select((s, i) => i == closed ? s with { Open = [new SamplingWindow(request.Start, request.SlotStart(slot))] } : s)],
        };
        var progress = SamplingProgress.ByPlan(request.SlotStart(slot));
        return SamplingCheck.Run(changed, SamplingPlanner.Replan(changed, plan, progress, Ct).Value, progress).Count == 0;
    });

    [Fact]
    public void Simulator_SameSeed_IsTheSameDay() => Holds((request, number) =>
    {
        var plan = Plan(request);
        SimulatedDay Day() => SamplingSimulator.Run(request, plan, new SimulatorOptions { Seed = number }, Ct);
        return Day().Queues.SequenceEqual(Day().Queues) && Day().Served + Day().Absent == plan.Slots.Sum(s => s.People);
    });

    private static void Holds(Func<SamplingRequest, int, bool> property)
    {
        var cases =
            from people in Gen.Choose(50, 1_500)
            from sites in Gen.Choose(1, 4)
            from tables in Gen.Choose(1, 4)
            from seed in Gen.Choose(0, 1_000_000)
            from flags in Gen.Choose(0, 7)
            from slots in Gen.Choose(4, 40)
            let request = Campus.Make(people, sites, tables, seed, (flags & 1) != 0, (flags & 2) != 0)
            select (request with { Slots = slots, Steps = 60, Staff = (flags & 4) != 0 ? new SamplingStaff(Clerks: 1 + (seed % 8)) : new SamplingStaff() }, seed);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(30), Prop.ForAll(cases.ToArbitrary(), x => property(x.Item1, x.Item2)));
    }

    private static SamplingPlan Plan(SamplingRequest request) => SamplingPlanner.Plan(request, Ct).Value;
}
