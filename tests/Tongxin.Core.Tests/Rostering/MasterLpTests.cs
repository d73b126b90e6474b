using Shouldly;
using Tongxin.Core.Rostering.Columns;
using Xunit;

namespace Tongxin.Core.Tests.Rostering;

/// <summary>The simplex method proves its own answers: a legal solution and legal prices of equal worth are both best.</summary>
public sealed class MasterLpTests
{
    private const int People = 6, Covers = 14;

    [Fact]
    public void Optimize_RandomPools_WeightsAndPricesProveEachOther()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var (lp, needs) = Program(random);

            lp.Optimize(5000).ShouldBeTrue($"seed {seed}");

            ShouldBeBest(lp, needs, seed, []);
        }
    }

    [Fact]
    public void Repair_RowsFixedOneByOne_StaysBestForWhatIsLeft()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var (lp, needs) = Program(random);
            lp.Optimize(5000);
            var before = lp.Objective;
            var held = new Dictionary<int, int>();
            for (var p = 0; p < People - 1; p++)
            {
                var rows = Enumerable.Range(0, lp.Pool.Count).Where(r => lp.Pool.PersonOf(r) == p).ToList();
                held[p] = rows[random.Next(rows.Count)];
                lp.Fix(p, held[p]);
                var basis = lp.Basis;
                if (!lp.Repair(2000)) lp.Restart(new([.. Enumerable.Range(0, People).Select(q => held.TryGetValue(q, out var r) ? r : basis.Rows.First(x => lp.Pool.PersonOf(x) == q))], []));
                lp.Optimize(5000).ShouldBeTrue($"seed {seed} person {p}");
                lp.Objective.ShouldBeGreaterThan(before - 0.5);
                before = lp.Objective;
                ShouldBeBest(lp, needs, seed, held);
            }
        }
    }

    [Fact]
    public void Restart_FromABasis_GivesTheSameProgramBack()
    {
        var (lp, _) = Program(new Random(3));
        lp.Optimize(5000);
        var (basis, cost) = (lp.Basis, lp.Objective);
        lp.Fix(0, 0);
        lp.Repair(2000);
        lp.Fix(0, -1);

        lp.Restart(basis);

        lp.Objective.ShouldBe(cost, 1e-6);
    }

    private static (MasterLp Lp, List<(int Need, int Under, int Over)> Needs) Program(Random random)
    {
        var needs = Enumerable.Range(0, Covers).Select(_ => (Need: random.Next(0, 4), Under: 100, Over: 1 + random.Next(3))).ToList();
        var lp = new MasterLp(People, needs, random.NextDouble);
        for (var p = 0; p < People; p++)
        {
            for (var i = 0; i < 12; i++)
            {
                ushort[] constraints = [(ushort)p, .. Enumerable.Range(0, Covers).Where(_ => random.Next(3) == 0).Select(c => (ushort)(People + c))];
                lp.Pool.Add(p, [], constraints, random.Next(40) + (0.004 * random.NextDouble()));
            }
        }

        lp.Restart(new([.. Enumerable.Range(0, People).Select(p => 12 * p)], []));
        return (lp, needs);
    }

    /// <summary>Weights are legal, prices are legal, and both are worth the same.</summary>
    private static void ShouldBeBest(MasterLp lp, List<(int Need, int Under, int Over)> needs, int seed, Dictionary<int, int> held)
    {
        var have = new double[Covers];
        var sums = new double[People];
        double cost = 0;
        foreach (var (row, weight) in lp.Chosen)
        {
            weight.ShouldBeGreaterThan(-1e-3, $"seed {seed}");
            if (held.TryGetValue(lp.Pool.PersonOf(row), out var own) && own != row) weight.ShouldBe(0, 1e-3);
            cost += lp.Pool.Price[row] * weight;
            sums[lp.Pool.PersonOf(row)] += weight;
            foreach (var c in lp.Pool.Constraints(row)[1..]) have[c - People] += weight;
        }

        sums.ShouldAllBe(s => Math.Abs(s - 1) < 1e-6);
        for (var c = 0; c < Covers; c++) cost += have[c] < needs[c].Need ? (needs[c].Need - have[c]) * needs[c].Under : (have[c] - needs[c].Need) * needs[c].Over;
        for (var c = 0; c < Covers; c++) lp.Dual[People + c].ShouldBeInRange(-needs[c].Over - 0.01, needs[c].Under + 0.01);
        for (var row = 0; row < lp.Pool.Count; row++)
            if (!held.TryGetValue(lp.Pool.PersonOf(row), out var own) || own == row) lp.Reduced(row).ShouldBeGreaterThan(-0.01, $"seed {seed} row {row}");
        // Legal prices are worth no more than legal weights; they meet but for the trifles by which needs are moved, at a hundred points each.
        lp.Objective.ShouldBeLessThan(cost + 0.2, $"seed {seed}");
        lp.Objective.ShouldBeGreaterThan(cost - 0.2 - (Covers * 0.002 * 100), $"seed {seed}");
    }
}
