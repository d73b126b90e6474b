using Shouldly;
using Tongxin.Core.Rostering;
using Tongxin.Core.Rostering.Columns;
using Tongxin.Core.Rostering.Rows;
using Tongxin.Core.Rostering.Search;
using Tongxin.Rosters;
using Xunit;

namespace Tongxin.Core.Tests.Rostering;

/// <summary>What the search by columns claims to be a bound is one, also when it counts whole people only.</summary>
public sealed class ColumnSearchTests
{
    [Fact]
    public void CountWhole_PeopleMissing_BoundRisesButNeverAboveARoster()
    {
        var risen = 0;
        for (var seed = 0; seed < 12; seed++)
        {
            var source = InstanceReader.Read("made.txt", MadeInstance.Lines(days: 14, staff: 6 + (seed % 5), kinds: 1 + (seed % 3), seed, load: 110)).Problem;
            var (rows, names) = RowCompiler.TryCompile(source).ShouldNotBeNull();
            var (start, impossible) = RowStart.Build(rows, new Dice(seed, 0), TestContext.Current.CancellationToken);
            if (impossible.Count > 0) continue;
            var search = new ColumnSearch(rows, [start], new Dice(seed, 1));
            search.Root(() => false).ShouldBeTrue();
            search.Dive(0, new Pace(() => 0, () => false)).ShouldNotBeNull();
            var before = search.Bound;

            search.CountWhole(rows.Cost(start), () => false);

            var best = RosterSolver.Solve(source, Make.Steps(600_000, seed), TestContext.Current.CancellationToken).Value.Penalty;
            search.Bound.ShouldBeGreaterThanOrEqualTo(before);
            names.Unscale(search.Bound).ShouldBeLessThanOrEqualTo(best + 1e-6, $"seed {seed}");
            if (search.Bound > before + 1) risen++;
        }

        risen.ShouldBeGreaterThan(0);
    }
}
