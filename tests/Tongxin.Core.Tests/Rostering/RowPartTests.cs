using Shouldly;
using Tongxin.Core.Rostering;
using Tongxin.Core.Rostering.Rows;
using Tongxin.Core.Rostering.Search;
using Tongxin.Rosters;
using Xunit;

namespace Tongxin.Core.Tests.Rostering;

/// <summary>Parts of a roster that are solved by themselves fit back into it.</summary>
public sealed class RowPartTests
{
    [Fact]
    public void Insert_LegalPart_WholeIsLegalAndItsPenaltyMovesAsMuch()
    {
        var parts = 0;
        for (var seed = 0; seed < 5; seed++)
        {
            var random = new Random(seed);
            var (problem, rows, names) = Start(days: 42 + (7 * random.Next(6)), staff: 7, kinds: 1 + random.Next(4), seed);
            for (var i = 0; i < 4; i++)
            {
                int[] people = [.. Enumerable.Range(0, 7).Where(_ => random.Next(2) == 0).DefaultIfEmpty(3)];
                var from = random.Next(rows.Days - 7);
                var part = new RowPart(rows, problem.Rows, people, from, from + 1 + random.Next(rows.Days - from));
                // The part as it is must be legal for itself: an anneal keeps it so and changes it.
                var search = new RowAnnealer(part.Problem, part.Rows, new Dice(seed, i));
                var budget = new SearchBudget(Make.Steps(40_000), TestContext.Current.CancellationToken);
                search.Run(budget.Until(1), 30, 1, null);

                var whole = part.Insert(problem.Rows, search.Best.ToArray());

                RosterCheck.Breaks(problem.Source, names.Assignments(whole)).ShouldBeEmpty($"seed {seed} part {i}");
                (rows.Cost(whole) - rows.Cost(problem.Rows)).ShouldBe(part.Problem.Cost(search.Best) - part.Problem.Cost(part.Rows));
                if (!whole.AsSpan().SequenceEqual(problem.Rows)) parts++;
            }
        }

        parts.ShouldBeGreaterThan(5);
    }

    [Fact]
    public void Try_ManyParts_NeverDearerAndAlwaysLegal()
    {
        var (problem, rows, names) = Start(days: 63, staff: 9, kinds: 3, seed: 4);
        var search = new RowNeighbourhoods(rows, new Dice(4, 0), wanted: 300_000);
        var roster = problem.Rows;
        var better = 0;
        while (search.Steps < 2_500_000)
        {
            if (search.Try(roster, made => made > 2_500_000) is not { } next) continue;
            rows.Cost(next).ShouldBeLessThan(rows.Cost(roster));
            RosterCheck.Breaks(problem.Source, names.Assignments(next)).ShouldBeEmpty();
            (roster, better) = (next, better + 1);
        }

        better.ShouldBeGreaterThan(1);
    }

    [Theory]
    [InlineData(1, 7)]
    [InlineData(2, 14)]
    [InlineData(1, 98)]
    public void Solve_HardlyAnybody_EndsWithALegalRoster(int staff, int days)
    {
        var problem = InstanceReader.Read("made.txt", MadeInstance.Lines(days, staff, kinds: 2, seed: staff)).Problem;

        var result = RosterSolver.Solve(problem, Make.Steps(600_000), TestContext.Current.CancellationToken).Value;

        RosterCheck.Run(problem, result).ShouldBeEmpty();
    }

    private static ((RosterProblem Source, byte[] Rows) Problem, RowProblem Rows, RowCompiler Names) Start(int days, int staff, int kinds, int seed)
    {
        var source = InstanceReader.Read("made.txt", MadeInstance.Lines(days, staff, kinds, seed)).Problem;
        var (rows, names) = RowCompiler.TryCompile(source).ShouldNotBeNull();
        var (start, impossible) = RowStart.Build(rows, new Dice(seed, 0), TestContext.Current.CancellationToken);
        impossible.ShouldBeEmpty();
        return ((source, start), rows, names);
    }
}
