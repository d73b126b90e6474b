using Tongxin.Core.Rostering.Search;

namespace Tongxin.Core.Rostering.Rows;

/// <summary>
/// The first roster: person by person the cheapest legal row for what is still uncovered. Also the proof that somebody has no legal row
/// at all.
/// </summary>
internal static class RowStart
{
    /// <summary>Longer rosters are cut to rows of even pace: their whole tables would take seconds to lay out.</summary>
    private const int LongestWhole = 120;

    /// <summary>Rows at [person * Days + day], and the people without any legal row (theirs are days off).</summary>
    public static (byte[] Rows, List<int> Impossible) Build(RowProblem problem, Dice dice, CancellationToken ct)
    {
        var rows = new byte[problem.People * problem.Days];
        var impossible = new List<int>();
        var have = new int[problem.Days * problem.Width];
        var prices = new int[have.Length];
        var scratch = new RowScratch();
        foreach (var p in Order(problem, dice))
        {
            Price(problem, p, have, prices);
            var row = Cheapest(problem, p, prices, scratch, ct);
            if (row is null) impossible.Add(p);
            else
            {
                row.CopyTo(rows, p * problem.Days);
                for (var d = 0; d < problem.Days; d++) have[(d * problem.Width) + row[d]]++;
            }
        }

        return (rows, impossible);
    }

    /// <summary>Prices of one person's cells when the others work as counted in <paramref name="have"/>.</summary>
    public static void Price(RowProblem problem, int p, ReadOnlySpan<int> have, Span<int> prices)
    {
        for (var d = 0; d < problem.Days; d++)
        {
            var cell = problem.Cell(p, d);
            for (var k = 0; k < problem.Width; k++)
            {
                var at = (d * problem.Width) + k;
                var price = problem.Price[cell + k];
                prices[at] = price >= RowProblem.Never ? RowTable.Infinite
                    : k == 0 ? price
                    : price + problem.CoverCost(at, have[at] + 1) - problem.CoverCost(at, have[at]);
            }
        }
    }

    private static byte[]? Cheapest(RowProblem problem, int p, int[] prices, RowScratch scratch, CancellationToken ct)
    {
        // Once asked to stop, any legal row will do: the narrowest table is the fastest.
        for (var play = ct.IsCancellationRequested ? 4 : 8; problem.Days > LongestWhole && play < 200; play *= 3)
        {
            if (new RowPricer(problem, p, scratch, play).Solve(prices, out _) is { } row) return row;
        }

        return new RowPricer(problem, p, scratch).Solve(prices, out _);
    }

    /// <summary>Those with the fewest kinds first; the others have more ways to fill what is left.</summary>
    private static IEnumerable<int> Order(RowProblem problem, Dice dice) => Enumerable.Range(0, problem.People)
        .Select(p => (Person: p, Kinds: problem.Persons[p].MaxCount.Count(c => c > 0), Chance: dice.Below(1 << 20)))
        .OrderBy(x => x.Kinds).ThenBy(x => x.Chance).ThenBy(x => x.Person)
        .Select(x => x.Person);
}
