using System.Diagnostics;
using Shouldly;
using Tongxin.Core.Protocols;
using Tongxin.Core.Sampling;
using Tongxin.Core.Teams;
using Xunit;

namespace Tongxin.Core.Tests.Sampling;

/// <summary>Plans of rounds: every rule holds, every figure is right, the end is near the proven bound.</summary>
public sealed class SamplingPlannerTests
{
    [Fact]
    public void Size_ThirtyThousand_IsTheRuleOfThumb()
    {
        SamplingSize.SamplersIn24Hours(30_000).ShouldBe(84);
        SamplingSize.Points(30_000).ShouldBe(new SizeRange(10, 15));
        SamplingSize.Tables(30_000).ShouldBe(new SizeRange(38, 50));
        SamplingSize.SlotCapacity(4 * 80, 30).ShouldBe(136);
    }

    [Theory]
    [InlineData(2_000, 2, 3, false, false)]
    [InlineData(2_000, 3, 3, false, true)]
    [InlineData(5_000, 4, 4, true, true)]
    [InlineData(9_000, 6, 4, true, false)]
    [InlineData(9_000, 5, 4, false, true)]
    public void Plan_Campus_IsLegalAndNearTheBound(int people, int sites, int tables, bool windows, bool risks)
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            var request = Campus.Make(people, sites, tables, seed, windows, risks);
            var plan = Plan(request);

            SamplingCheck.Run(request, plan).ShouldBeEmpty();
            plan.Unplaced.ShouldBeEmpty();
            TestContext.Current.SendDiagnosticMessage($"{people} {sites}x{tables} windows {windows} risks {risks} seed {seed}: {plan.Score} {plan.Score.Ratio:0.000} {plan.Bounds[0]}");
            plan.Score.Ratio.ShouldBeLessThan(1.12);
            Simulated(request, plan);
        }
    }

    [Fact]
    public void Plan_ThirtyThousand_EndsWithinTwoPercentOfTheBound()
    {
        var request = Campus.Make(30_000, 12, 4, 1);
        var watch = Stopwatch.StartNew();
        var plan = Plan(request);
        watch.Stop();

        TestContext.Current.SendDiagnosticMessage($"30,000: {watch.ElapsedMilliseconds} ms {plan.Score} {plan.Score.Ratio:0.000} {plan.Bounds[0]} mean walk {plan.Score.WalkMetres / 30_000}");
        SamplingCheck.Run(request, plan).ShouldBeEmpty();
        plan.Unplaced.ShouldBeEmpty();
        plan.Score.Ratio.ShouldBeLessThanOrEqualTo(1.02);
        Simulated(request, plan);
    }

    [Fact]
    public void Plan_StaffForHalfTheTables_IsLegal()
    {
        var request = Campus.Make(6_000, 4, 4, 2) with { Staff = new SamplingStaff(10, 9) };
        var plan = Plan(request);

        SamplingCheck.Run(request, plan).ShouldBeEmpty();
        plan.Unplaced.ShouldBeEmpty();
        plan.Bounds[0].Argument.Code.ShouldBe("sampling.bound.staff");
        TestContext.Current.SendDiagnosticMessage($"staff: {plan.Score} {plan.Score.Ratio:0.000}");
        plan.Score.Ratio.ShouldBeLessThan(1.1);
    }

    [Fact]
    public void Plan_NobodyServesAUnit_SaysWhyAndWhatHelps()
    {
        var request = Small([new(4, 0, 1), new(3)], [new SamplingSite(Campus.Id(3, 0), [Table(0)])], slots: 4);
        var plan = Plan(request);

        SamplingCheck.Run(request, plan).ShouldBeEmpty();
        plan.Unplaced.Select(u => (u.Lane, u.People, u.Why.Code, u.Remedy.Code)).ShouldBe([(SamplingLane.Apart, 1, "sampling.unplaced.no_lane", "sampling.remedy.add_table")]);
    }

    [Fact]
    public void Plan_DayTooShort_SaysBySoManySlots()
    {
        var request = Small([.. Enumerable.Repeat(new LaneCounts(4), 30)], [new SamplingSite(Campus.Id(3, 0), [Table(0)])], slots: 2);
        var two = request with { Units = [request.Units[0] with { Households = [.. request.Units[0].Households.Take(10)] }, request.Units[0] with { Id = Campus.Id(1, 9), Households = [.. request.Units[0].Households.Take(10)] }] };

        Plan(request).Unplaced.Single().Why.Code.ShouldBe("sampling.unplaced.no_run");
        var plan = Plan(two);
        SamplingCheck.Run(two, plan).ShouldBeEmpty();
        plan.Unplaced.Single().ShouldSatisfyAllConditions(
            u => u.Why.ShouldBeEquivalentTo(new Because("sampling.unplaced.no_room", 60)),
            u => u.Remedy.Code.ShouldBe("sampling.remedy.extend"));
    }

    [Fact]
    public void Plan_HomeVisits_AreListedByBuildingAndNotPlaced()
    {
        var request = Small([new(2, 0, 0, 1), new(0, 0, 0, 2)], [new SamplingSite(Campus.Id(3, 0), [Table(0)])], slots: 4);
        var plan = Plan(request);

        plan.HomeVisits.ShouldBe([new HomeStop(Campus.Id(2, 0), Campus.Id(1, 0), 2, 3)]);
        plan.Slots.Sum(s => s.People).ShouldBe(2);
    }

    [Fact]
    public void Plan_Nonsense_IsRefusedWithACode()
    {
        var request = Small([new(2)], [new SamplingSite(Campus.Id(3, 0), [Table(0)])], slots: 4);
        string? Code(SamplingRequest r) => SamplingPlanner.Plan(r, TestContext.Current.CancellationToken) is { IsFailure: true } refused ? refused.Error.Code : null;

        Code(request with { Units = [] }).ShouldBe("sampling.request.no_units");
        Code(request with { Sites = [] }).ShouldBe("sampling.request.no_sites");
        Code(request with { Slots = 0 }).ShouldBe("sampling.request.out_of_range");
        Code(request with { SlotMinutes = 20 }).ShouldBe("sampling.request.out_of_range");
        Code(request with { Units = [request.Units[0], request.Units[0]] }).ShouldBe("sampling.request.twice");
        Code(request with { Sites = [new SamplingSite(Campus.Id(3, 0), [Table(0) with { Lane = SamplingLane.Home }])] }).ShouldBe("sampling.request.table_at_home");
    }

    [Fact]
    public void Plan_Twice_IsTheSame()
    {
        var request = Campus.Make(4_000, 3, 4, 5, windows: true);
        Plan(request).Slots.ShouldBe(Plan(request).Slots);
    }

    [Fact]
    public void Check_TamperedPlans_AreFound()
    {
        var request = Campus.Make(3_000, 3, 3, 3, windows: true);
        var plan = Plan(request);
        void Found(SamplingPlan wrong) => SamplingCheck.Run(request, wrong).ShouldNotBeEmpty();

        Found(plan with { Slots = [.. plan.Slots.Skip(1)] });
        Found(plan with { Slots = [plan.Slots[0] with { Slot = plan.Slots[0].Slot + 7 }, .. plan.Slots.Skip(1)] });
        Found(plan with { Slots = [plan.Slots[0] with { People = 1 }, .. plan.Slots.Skip(1)] });
        Found(plan with { Loads = [plan.Loads[0] with { Capacity = 999 }, .. plan.Loads.Skip(1)] });
        Found(plan with { Loads = [plan.Loads[0] with { People = 999 }, .. plan.Loads.Skip(1)] });
        Found(plan with { Queues = [plan.Queues[0] with { Waiting = 77 }, .. plan.Queues.Skip(1)] });
        Found(plan with { Staff = [.. plan.Staff.Skip(1)] });
        Found(plan with { HomeVisits = [] });
        Found(plan with { Supplies = plan.Supplies with { Swabs = 1 } });
        Found(plan with { Score = plan.Score with { FinishMinutes = 1 } });
        Found(plan with { Score = plan.Score with { LongestQueue = 9_999 } });
        Found(plan with { Score = plan.Score with { WalkMetres = 1 } });
    }

    [Fact]
    public void Plan_Cancelled_Stops()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Should.Throw<OperationCanceledException>(() => SamplingPlanner.Plan(Campus.Make(3_000, 3, 3, 3), stop.Token));
    }

    [Fact]
    public void Risk_TwoLevelsAtOneSite_ComeInDifferentSlotsTheHigherLast()
    {
        var site = new SamplingSite(Campus.Id(3, 0), [Table(0)]);
        var request = Small([.. Enumerable.Repeat(new LaneCounts(4), 10)], [site], slots: 6);
        request = request with { Units = [request.Units[0], request.Units[0] with { Id = Campus.Id(1, 1), Risk = RiskLevel.High, Households = [new(3)] }] };
        var plan = Plan(request);

        SamplingCheck.Run(request, plan).ShouldBeEmpty();
        plan.Slots.Where(s => s.UnitId == Campus.Id(1, 1)).ShouldAllBe(s => s.Slot == 2);
    }

    [Fact]
    public void Risk_ASiteForOneLevel_TakesNoOther()
    {
        var request = Campus.Make(3_000, 3, 4, 6);
        request = request with { Sites = [.. request.Sites.Select((s, i) => i == 0 ? s with { Only = RiskLevel.Middle } : s)] };
        var plan = Plan(request);

        SamplingCheck.Run(request, plan).ShouldBeEmpty();
        plan.Loads.Where(l => l.SiteId == Campus.Id(3, 0)).ShouldAllBe(l => l.Risk == RiskLevel.Middle);
    }

    internal static void Simulated(SamplingRequest request, SamplingPlan plan)
    {
        var day = SamplingSimulator.Run(request, plan, new SimulatorOptions { NoShow = 0 }, TestContext.Current.CancellationToken);
        day.Served.ShouldBe(plan.Slots.Sum(s => s.People));
        day.FinishMinutes.ShouldBeLessThan(plan.Score.FinishMinutes + (2 * request.SlotMinutes) + 20);
        day.WaitMinutes[95].ShouldBeLessThan(30);
        TestContext.Current.SendDiagnosticMessage($"simulated: finish {day.FinishMinutes:0} of {plan.Score.FinishMinutes}, queue {day.LongestQueue} of {plan.Score.LongestQueue}, waits {string.Join(' ', day.WaitMinutes.Values.Select(w => w.ToString("0")))}");
    }

    private static SamplingPlan Plan(SamplingRequest request) => SamplingPlanner.Plan(request, TestContext.Current.CancellationToken).Value;

    private static SamplingTable Table(int number) => new(Campus.Id(4, number));

    private static SamplingRequest Small(IReadOnlyList<LaneCounts> households, IReadOnlyList<SamplingSite> sites, int slots) => new()
    {
        Start = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero),
        Slots = slots,
        Units = [new SamplingUnit(Campus.Id(1, 0), Campus.Id(2, 0), households)],
        Sites = sites,
    };
}
