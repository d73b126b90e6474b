using Shouldly;
using Tongxin.Core.Rostering;
using Tongxin.Core.Rostering.Rows;
using Tongxin.Core.Rostering.Search;
using Xunit;

namespace Tongxin.Core.Tests.Rostering;

/// <summary>Rows against the plain rules: exact tables against all rows, bit masks against the checker.</summary>
public sealed class RowTests
{
    [Fact]
    public void RowTable_AgainstAllRows_FindsTheCheapestOrNone()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var problem = OnePerson(random, days: 7);
            var (rows, names) = RowCompiler.TryCompile(problem).ShouldNotBeNull();
            var prices = Enumerable.Range(0, rows.Days * rows.Width).Select(i => i % rows.Width == 0 ? 0 : random.Next(-9, 10)).ToArray();
            for (var at = 0; at < prices.Length; at++)
                if (rows.Price[at] >= RowProblem.Never) prices[at] = RowTable.Infinite;

            var best = AllRows(rows).Where(r => IsLegal(problem, names, r)).Select(r => (int?)Sum(rows, r, prices)).Min();
            var row = new RowPricer(rows, 0, new RowScratch()).Solve(prices, out var cost);

            (row is null ? null : (int?)cost).ShouldBe(best, $"seed {seed}");
            if (row is not null) IsLegal(problem, names, row).ShouldBeTrue();
        }
    }

    [Fact]
    public void RowState_AskedAboutBlocks_AgreesWithTheChecker()
    {
        for (var seed = 0; seed < 25; seed++)
        {
            var random = new Random(seed);
            var problem = OnePerson(random, days: 9 + random.Next(60));
            var (rows, names) = RowCompiler.TryCompile(problem).ShouldNotBeNull();
            var start = RowStart.Build(rows, new Dice(seed, 0), TestContext.Current.CancellationToken);
            if (start.Impossible.Count > 0) continue;
            var state = new RowState(rows, start.Rows);
            for (var i = 0; i < 150; i++)
            {
                var length = 1 + random.Next(Math.Min(RowState.LongestBlock, rows.Days));
                var from = random.Next(rows.Days - length + 1);
                var block = state.Rows.AsSpan(from, length).ToArray();
                for (var n = random.Next(4); n >= 0; n--) block[random.Next(length)] = (byte)random.Next(rows.Width);
                var changed = (byte[])state.Rows.Clone();
                block.CopyTo(changed, from);
                if (Enumerable.Range(0, rows.Days).Any(d => rows.Price[rows.Cell(0, d) + changed[d]] >= RowProblem.Never)) continue;

                state.IsLegal(0, from, block).ShouldBe(IsLegal(problem, names, changed), $"seed {seed} step {i}");
                if (!state.IsLegal(0, from, block)) continue;
                state.Set(0, from, block);
                state.Cost.ShouldBe(rows.Cost(state.Rows));
            }
        }
    }

    [Fact]
    public void Solve_RulesThatCollide_ExactlyThoseAreNamed()
    {
        // Two days on and three off leave six of fourteen days; ten are asked for. Weekends and the kinds' limits have no part in it.
        var duties = Enumerable.Range(0, 14).Select(d => Make.Duty(d, d, 8, 16)).ToArray();
        var limits = new RosterLimits { MinMinutes = 10 * 480, MaxMinutes = 12 * 480, MaxDaysInRow = 2, MinDaysOff = 3, MaxWeekends = 2 };
        var problem = Make.Problem(14, [Make.Person(0) with { Share = 0, Limits = limits }], duties) with { FirstDay = Make.Monday };

        var result = RosterSolver.Solve(problem, Make.Steps(10_000), TestContext.Current.CancellationToken).Value;

        result.Collisions.Where(c => c.Code == "roster.collision.person").Select(c => c.Args[1]).ShouldBe(["days_in_row", "days_off", "least_hours"]);
    }

    [Fact]
    public void Compile_FairnessOrSeveralDutiesADay_DoesNotFitRows()
    {
        var problem = OnePerson(new Random(1), 7);
        RowCompiler.TryCompile(problem).ShouldNotBeNull();
        RowCompiler.TryCompile(problem with { People = [problem.People[0] with { Share = 1 }] }).ShouldBeNull();
        RowCompiler.TryCompile(problem with { People = [problem.People[0] with { Limits = new() { MaxDutiesPerDay = 2 } }] }).ShouldBeNull();
    }

    [Fact]
    public void Compile_RestByTheClock_BecomesSuccession()
    {
        Duty[] duties = [.. Enumerable.Range(0, 5).SelectMany(d => new[] { Make.Duty(2 * d, d, 8, 16), Make.Duty((2 * d) + 1, d, 16, 24, kind: 1) })];
        var problem = Make.Problem(5, [Make.Person(0) with { Share = 0 }], duties);
        var (rows, _) = RowCompiler.TryCompile(problem).ShouldNotBeNull();
        rows.Barred[(2 * rows.Width) + 1].ShouldBeTrue("eight hours after midnight are less than ten of rest");
        rows.Barred[(1 * rows.Width) + 2].ShouldBeFalse();
    }

    private static RosterProblem OnePerson(Random random, int days)
    {
        var kinds = random.Next(1, 3);
        var duties = Enumerable.Range(0, days * kinds).Select(i => Make.Duty(i, i / kinds, 6 + (8 * (i % kinds)), 14 + (4 * (i % kinds)), kind: i % kinds)).ToArray();
        var limits = new RosterLimits
        {
            MinRest = 0,
            MinMinutes = random.Next(3) == 0 ? 60 * random.Next(days * 4) : 0,
            MaxMinutes = random.Next(2) == 0 ? 60 * days * random.Next(3, 6) : null,
            MaxDaysInRow = random.Next(1, 6),
            MinDaysInRow = random.Next(1, 4),
            MinDaysOff = random.Next(1, 4),
            MaxWeekends = random.Next(2) == 0 ? random.Next(1 + (days / 7)) : null,
        };
        var person = Make.Person(0) with
        {
            Share = 0,
            Limits = limits,
            DaysOff = random.Next(2) == 0 ? [Make.Monday.AddDays(random.Next(days))] : [],
            MaxOfKind = random.Next(2) == 0 ? new Dictionary<Guid, int> { [Make.K(0)] = random.Next(days / 2) } : [],
            History = random.Next(3) == 0 ? new() { DaysInRow = random.Next(3) } : new(),
        };
        return Make.Problem(days, [person], duties) with
        {
            FirstDay = Make.Monday,
            Kinds = [new(Make.K(0), Make.Post(0)), .. kinds > 1 ? [new DutyKind(Make.K(1), Make.Post(0)) { NotFollowedBy = [Make.K(0)] }] : Array.Empty<DutyKind>()],
        };
    }

    private static bool IsLegal(RosterProblem problem, RowCompiler names, byte[] row) => RosterCheck.Breaks(problem, names.Assignments(row)).Count == 0;

    private static int Sum(RowProblem rows, byte[] row, int[] prices) => row.Select((k, d) => prices[(d * rows.Width) + k]).Sum();

    private static IEnumerable<byte[]> AllRows(RowProblem rows)
    {
        var count = (int)Math.Pow(rows.Width, rows.Days);
        for (var n = 0; n < count; n++)
        {
            var row = new byte[rows.Days];
            for (int d = 0, rest = n; d < rows.Days; d++, rest /= rows.Width) row[d] = (byte)(rest % rows.Width);
            if (Enumerable.Range(0, rows.Days).All(d => rows.Price[rows.Cell(0, d) + row[d]] < RowProblem.Never)) yield return row;
        }
    }
}
