namespace Tongxin.Core.Rostering.Rows;

/// <summary>
/// Why somebody has no legal row at all: a set of rules that cannot be kept together, and none of which could be left out of it. Found by
/// dropping one rule after the other for as long as there is still no row.
/// </summary>
internal static class RowCollision
{
    /// <summary>Names of rules, those tried first that are the least use to whoever has to mend the problem.</summary>
    private static readonly string[] Names =
        ["succession", "kind_count", "unavailable", "most_hours", "short_run", "days_in_row", "weekends", "days_off", "least_hours"];

    /// <summary>The rules that collide for a person without a legal row.</summary>
    public static IReadOnlyList<string> RulesOf(RowProblem problem, int p, CancellationToken ct)
    {
        var rules = Names.ToHashSet();
        foreach (var name in Names)
        {
            // Asked to stop: the rules so far collide too, only some of them may not be needed.
            if (ct.IsCancellationRequested) break;
            rules.Remove(name);
            if (HasRow(problem, p, rules)) rules.Add(name);
        }

        return [.. Names.Where(rules.Contains)];
    }

    private static bool HasRow(RowProblem problem, int p, HashSet<string> rules)
    {
        var person = problem.Persons[p];
        var alone = new RowProblem
        {
            Days = problem.Days,
            People = 1,
            Kinds = problem.Kinds,
            FirstWeekday = problem.FirstWeekday,
            Minutes = problem.Minutes,
            Barred = rules.Contains("succession") ? problem.Barred : new bool[problem.Barred.Length],
            Persons =
            [
                new(
                    rules.Contains("least_hours") ? person.MinMinutes : 0,
                    rules.Contains("most_hours") ? person.MaxMinutes : problem.Days * problem.Minutes.Max(),
                    rules.Contains("days_in_row") ? person.MaxRun : RowProblem.LongestRun,
                    rules.Contains("short_run") ? person.MinRun : 1,
                    rules.Contains("days_off") ? person.MinOff : 1,
                    rules.Contains("weekends") ? person.MaxWeekends : problem.Days,
                    rules.Contains("days_in_row") ? person.RunBefore : 0,
                    rules.Contains("kind_count") ? person.MaxCount : [.. person.MaxCount.Select(_ => problem.Days)]),
            ],
            Price = [.. problem.Price.AsSpan(problem.Cell(p, 0), problem.Days * problem.Width).ToArray().Select(x => x >= RowProblem.Never && rules.Contains("unavailable") ? x : 0)],
            Need = [],
            Under = [],
            Over = [],
            Constant = 0,
        };
        var prices = alone.Price.Select(x => x >= RowProblem.Never ? RowTable.Infinite : 0).ToArray();
        return new RowPricer(alone, 0, new RowScratch()).Solve(prices, out _) is not null;
    }
}
