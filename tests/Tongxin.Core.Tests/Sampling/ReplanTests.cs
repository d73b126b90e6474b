using System.Diagnostics;
using Shouldly;
using Tongxin.Core.Sampling;
using Xunit;

namespace Tongxin.Core.Tests.Sampling;

/// <summary>Changes in the middle of the day: legal, few moves, near the new bound.</summary>
public sealed class ReplanTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Replan_NothingChanged_MovesNobody()
    {
        var request = Campus.Make(6_000, 4, 4, 1, windows: true);
        var plan = SamplingPlanner.Plan(request, Ct).Value;
        var progress = SamplingProgress.ByPlan(request.SlotStart(3));
        var again = SamplingPlanner.Replan(request, plan, progress, Ct).Value;

        SamplingCheck.Run(request, again, progress).ShouldBeEmpty();
        again.Moves.ShouldNotBeNull().Moved.ShouldBe(0);
        again.Slots.ShouldBe(plan.Slots);
        again.Score.FinishMinutes.ShouldBe(plan.Score.FinishMinutes);
    }

    [Theory]
    [InlineData(6_000, 4, 0)]
    [InlineData(6_000, 4, 5)]
    [InlineData(30_000, 12, 4)]
    public void Replan_ASiteCloses_MovesFewOthers(int people, int sites, int slot)
    {
        var request = Campus.Make(people, sites, 4, 1);
        var plan = SamplingPlanner.Plan(request, Ct).Value;
        var progress = SamplingProgress.ByPlan(request.SlotStart(slot));
        var changed = request with { Sites = [.. request.Sites.Select((s, i) => i == 1 ? s with { Open = [new SamplingWindow(request.Start, request.SlotStart(slot))] } : s)] };
        Changed(changed, plan, progress);
    }

    [Theory]
    [InlineData(6_000, 4, 2)]
    [InlineData(30_000, 12, 6)]
    public void Replan_ATableIsSlow_MovesFewOthers(int people, int sites, int slot)
    {
        var request = Campus.Make(people, sites, 4, 2);
        var plan = SamplingPlanner.Plan(request, Ct).Value;
        var changed = request with { Sites = [.. request.Sites.Select((s, i) => i == 1 ? s with { Tables = [s.Tables[0], s.Tables[1] with { RatePerHour = 40 }, .. s.Tables.Skip(2)] } : s)] };
        Changed(changed, plan, SamplingProgress.ByPlan(request.SlotStart(slot)));
    }

    [Fact]
    public void Replan_ASiteIsTakenFromTheList_IsAsClosed()
    {
        var request = Campus.Make(6_000, 4, 4, 3);
        var plan = SamplingPlanner.Plan(request, Ct).Value;
        Changed(request with { Sites = [.. request.Sites.Skip(1)] }, plan, SamplingProgress.ByPlan(request.Start));
    }

    [Fact]
    public void Replan_AUnitIsBehind_ItsRestComesStill()
    {
        var request = Campus.Make(3_000, 3, 4, 4);
        var plan = SamplingPlanner.Plan(request, Ct).Value;
        var late = plan.Slots.First(s => s.Slot == 0 && s.People > 20);
        var progress = new SamplingProgress(request.SlotStart(1), [new UnitDone(late.UnitId, late.Lane, 2)]);
        var next = SamplingPlanner.Replan(request, plan, progress, Ct).Value;

        SamplingCheck.Run(request, next, progress).ShouldBeEmpty();
        var unit = request.Units.Single(u => u.Id == late.UnitId);
        next.Slots.Where(s => s.UnitId == late.UnitId && s.Lane == late.Lane).Sum(s => s.People).ShouldBe(unit.Households.Sum(h => h[late.Lane]));
        next.Moves.ShouldNotBeNull().Excess.ShouldBeLessThanOrEqualTo(0.1);
    }

    private static void Changed(SamplingRequest changed, SamplingPlan plan, SamplingProgress progress)
    {
        var watch = Stopwatch.StartNew();
        var next = SamplingPlanner.Replan(changed, plan, progress, Ct).Value;
        watch.Stop();

        TestContext.Current.SendDiagnosticMessage($"{watch.ElapsedMilliseconds} ms, {next.Moves} {next.Moves!.Excess:0.000}, {next.Score} {next.Score.Ratio:0.000}");
        SamplingCheck.Run(changed, next, progress).ShouldBeEmpty();
        next.Unplaced.ShouldBeEmpty();
        next.Moves.Excess.ShouldBeLessThanOrEqualTo(0.1);
        var from = progress.FirstSlot(changed);
        next.Slots.Where(s => s.Slot < from).ShouldBe(plan.Slots.Where(s => s.Slot < from));
        SamplingPlannerTests.Simulated(changed, next);
    }
}
