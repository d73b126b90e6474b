using System.Diagnostics;
using Shouldly;
using Tongxin.Core.Returns;
using Xunit;

namespace Tongxin.Core.Tests.Returns;

/// <summary>Arrival slots: capacity and quotas hold, the end is the earliest, moves are the fewest.</summary>
public sealed class ArrivalPlannerTests
{
    [Theory]
    [InlineData(4, 60, 30, 102)]
    [InlineData(1, 60, 30, 25)]
    [InlineData(0, 60, 30, 0)]
    [InlineData(3, 50, 15, 31)]
    public void Capacity_OfASlot_IsLanesTimesRateWithAMargin(int lanes, int rate, int minutes, int expected) => ArrivalSlots.Capacity(lanes, rate, minutes).ShouldBe(expected);

    [Fact]
    public void Plan_WithRoomForAll_EndsAtTheBound()
    {
        var request = Request(days: 3, slotsPerDay: 4, capacity: 10, quota: 30, colleges: 2, people: 70);
        var plan = Plan(request);

        ArrivalCheck.Violations(request, plan).ShouldBeEmpty();
        (plan.Placed, plan.FinishSlot, plan.FinishBound).ShouldBe((70, 6, 6));
        ArrivalCheck.FinishBound(request).ShouldBe(6);
    }

    [Fact]
    public void Plan_QuotasBind_EndsLaterAndSaysWhoHasNoPlace()
    {
        var request = Request(days: 2, slotsPerDay: 4, capacity: 50, quota: 10, colleges: 2, people: 50);
        var plan = Plan(request);

        ArrivalCheck.Violations(request, plan).ShouldBeEmpty();
        plan.Placed.ShouldBe(40);
        plan.Gaps.Select(g => (g.College, g.Count, g.Cause)).ShouldBe([(0, 5, GapCause.Quota), (1, 5, GapCause.Quota)]);
    }

    [Fact]
    public void Plan_SlotsFull_SaysCapacity()
    {
        var plan = Plan(Request(days: 1, slotsPerDay: 2, capacity: 5, quota: 100, colleges: 1, people: 12));

        plan.Gaps.ShouldBe([new ArrivalGap(0, 2, GapCause.Capacity)]);
    }

    [Fact]
    public void Plan_NobodyOrNothing_IsEmpty()
    {
        Plan(new ArrivalRequest([], [], [])).FinishSlot.ShouldBe(-1);
        Plan(new ArrivalRequest([], [], [new(0)])).SlotOf.ShouldBe([-1]);
        Plan(new ArrivalRequest([new(0, 3)], [], [])).Placed.ShouldBe(0);
    }

    [Fact]
    public void Plan_Again_MovesNobody()
    {
        var first = Request(days: 3, slotsPerDay: 4, capacity: 10, quota: 30, colleges: 3, people: 90);
        var plan = Plan(first);
        var again = Plan(first with { People = [.. first.People.Select((p, i) => p with { Before = plan.SlotOf[i] })] });

        again.Moves.ShouldBe(0);
        again.SlotOf.ShouldBe(plan.SlotOf);
    }

    [Fact]
    public void Plan_ASlotLosesALane_OnlyTheOverflowMoves()
    {
        var first = Request(days: 2, slotsPerDay: 6, capacity: 10, quota: 60, colleges: 2, people: 100);
        var plan = Plan(first);
        var slots = first.Slots.Select((s, i) => i == 2 ? s with { Capacity = 4 } : s).ToList();
        var next = first with { Slots = slots, People = [.. first.People.Select((p, i) => p with { Before = plan.SlotOf[i] })] };
        var moved = Plan(next);

        ArrivalCheck.Violations(next, moved).ShouldBeEmpty();
        (moved.Placed, moved.Moves).ShouldBe((100, 6));
    }

    [Fact]
    public void Plan_RoomsOfFour_ArriveTogetherWhereThereIsRoom()
    {
        var people = Enumerable.Range(0, 80).Select(i => new ArrivalPerson(0, i / 4)).ToList();
        var request = new ArrivalRequest([.. Enumerable.Range(0, 12).Select(s => new ArrivalSlot(s / 6, 10))], [], people);
        var plan = Plan(request);

        ArrivalCheck.Violations(request, plan).ShouldBeEmpty();
        // Eight slots of ten end it; two rooms fill eight places of a slot, and the other two would tear a room unless a day has places to spare.
        plan.FinishSlot.ShouldBe(7);
        plan.Groups.ShouldBe(20);
        plan.SameDay.ShouldBeGreaterThanOrEqualTo(18);
        plan.Together.ShouldBeGreaterThanOrEqualTo(14);
    }

    [Fact]
    public void Plan_EveryoneOnceMore_GivesTheSame()
    {
        var request = Random(7);
        Plan(request).SlotOf.ShouldBe(Plan(request).SlotOf);
    }

    [Fact]
    public void Plan_SmallRandomCases_AreLegalAndAsGoodAsTryingEverything()
    {
        for (var seed = 0; seed < 250; seed++)
        {
            var request = Random(seed, people: 5, slots: 4);
            var plan = Plan(request);

            ArrivalCheck.Violations(request, plan).ShouldBeEmpty($"seed {seed}");
            var (placed, finish) = BestEnd(request);
            (plan.Placed, plan.FinishBound).ShouldBe((placed, finish), $"seed {seed}");
            var allowed = Math.Max(finish, request.People.Max(p => p.Before));
            plan.FinishSlot.ShouldBeLessThanOrEqualTo(Math.Max(allowed, -1), $"seed {seed}");
            plan.Moves.ShouldBe(FewestMoves(request, placed, allowed), $"seed {seed}");
        }
    }

    [Fact]
    public void Plan_LargerRandomCases_AreLegalAndEndAtTheBound()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var request = Random(1000 + seed, people: 400, slots: 40);
            var plan = Plan(request);

            ArrivalCheck.Violations(request, plan).ShouldBeEmpty($"seed {seed}");
            if (plan.Placed == request.People.Count) plan.FinishBound.ShouldBeGreaterThanOrEqualTo(ArrivalCheck.FinishBound(request), $"seed {seed}");
            if (request.People.All(p => p.Before < 0)) plan.FinishSlot.ShouldBe(plan.FinishBound, $"seed {seed}");
        }
    }

    [Fact]
    public void Plan_ThirtyThousand_TakesSeconds()
    {
        var request = University();
        var watch = Stopwatch.StartNew();
        var plan = Plan(request);
        var replan = Plan(request with
        {
            Slots = [.. request.Slots.Select((s, i) => i % 24 == 5 ? s with { Capacity = s.Capacity / 2 } : s)],
            People = [.. request.People.Select((p, i) => p with { Before = plan.SlotOf[i] })],
        });
        watch.Stop();

        ArrivalCheck.Violations(request, plan).ShouldBeEmpty();
        (plan.Placed, plan.FinishSlot).ShouldBe((30_000, plan.FinishBound));
        ((double)plan.Together / plan.Groups).ShouldBeGreaterThan(0.95);
        replan.Placed.ShouldBe(30_000);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
        TestContext.Current.SendDiagnosticMessage($"{watch.ElapsedMilliseconds} ms; together {plan.Together}/{plan.Groups}; finish {plan.FinishSlot}; moves {replan.Moves}");
    }

    /// <summary>30,000 in rooms of four to six of 40 colleges; 16 days of 24 half hours at four lanes of 50 an hour.</summary>
    private static ArrivalRequest University()
    {
        var random = new Random(5);
        var people = new List<ArrivalPerson>();
        for (var group = 0; people.Count < 30_000; group++)
            for (int i = 0, size = random.Next(4, 7), college = random.Next(40); i < size && people.Count < 30_000; i++) people.Add(new ArrivalPerson(college, group));
        var slots = Enumerable.Range(0, 16 * 24).Select(s => new ArrivalSlot(s / 24, ArrivalSlots.Capacity(4, 50, 30))).ToList();
        return new ArrivalRequest(slots, [.. Enumerable.Range(0, 40).Select(_ => Enumerable.Repeat(60, 16).ToList())], people);
    }

    private static ArrivalPlan Plan(ArrivalRequest request) => ArrivalPlanner.Plan(request, TestContext.Current.CancellationToken);

    private static ArrivalRequest Request(int days, int slotsPerDay, int capacity, int quota, int colleges, int people) => new(
        [.. Enumerable.Range(0, days * slotsPerDay).Select(s => new ArrivalSlot(s / slotsPerDay, capacity))],
        [.. Enumerable.Range(0, colleges).Select(_ => Enumerable.Repeat(quota, days).ToList())],
        [.. Enumerable.Range(0, people).Select(i => new ArrivalPerson(i % colleges))]);

    private static ArrivalRequest Random(int seed, int people = 60, int slots = 12)
    {
        var random = new Random(seed);
        var day = 0;
        var all = new List<ArrivalSlot>();
        for (var s = 0; s < slots; s++)
        {
            if (s > 0 && random.Next(3) == 0) day++;
            all.Add(new ArrivalSlot(day, random.Next(0, Math.Max(3, 2 * people / slots))));
        }
        var colleges = random.Next(1, 4);
        var fresh = random.Next(2) == 0;
        return new ArrivalRequest(
            all,
            [.. Enumerable.Range(0, colleges).Select(_ => Enumerable.Range(0, day + 1).Select(_ => random.Next(4) == 0 ? int.MaxValue : random.Next(0, people / 2)).ToList())],
            [.. Enumerable.Range(0, people).Select(_ => new ArrivalPerson(random.Next(colleges), random.Next(-1, people / 3), fresh ? -1 : random.Next(-1, slots)))]);
    }

    private static (int Placed, int Finish) BestEnd(ArrivalRequest request)
    {
        var best = (Placed: 0, Finish: -1);
        foreach (var slotOf in Every(request))
        {
            var (placed, finish) = (slotOf.Count(s => s >= 0), slotOf.Max());
            if (placed > best.Placed || (placed == best.Placed && finish < best.Finish)) best = (placed, finish);
        }
        return best;
    }

    private static int FewestMoves(ArrivalRequest request, int placed, int last) =>
        Every(request).Where(a => a.Count(s => s >= 0) == placed && a.Max() <= last).Min(a => request.People.Where((p, i) => p.Before >= 0 && a[i] != p.Before).Count());

    private static IEnumerable<int[]> Every(ArrivalRequest request)
    {
        var slotOf = Enumerable.Repeat(-1, request.People.Count).ToArray();
        while (true)
        {
            if (IsLegal(request, slotOf)) yield return [.. slotOf];
            var at = 0;
            while (at < slotOf.Length && ++slotOf[at] == request.Slots.Count) slotOf[at++] = -1;
            if (at == slotOf.Length) yield break;
        }
    }

    private static bool IsLegal(ArrivalRequest request, int[] slotOf)
    {
        Span<int> taken = stackalloc int[request.Slots.Count];
        foreach (var s in slotOf)
            if (s >= 0 && ++taken[s] > request.Slots[s].Capacity) return false;
        return !slotOf.Select((s, i) => (s, i)).Where(x => x.s >= 0).GroupBy(x => (request.People[x.i].College, request.Slots[x.s].Day)).Any(g => g.Count() > request.Quota(g.Key.College, g.Key.Day));
    }
}
