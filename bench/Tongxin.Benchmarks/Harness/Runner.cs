namespace Tongxin.Benchmarks.Harness;

/// <summary>Runs the named benchmarks, or all.</summary>
internal static class Runner
{
    private const int Well = 0, Missed = 1, Misuse = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        var write = args.Contains("--write");
        var names = args.Where(a => a != "--write").ToList();
        if (names.Find(n => !All.Benchmarks.Any(b => b.Name == n)) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"bench: no benchmark '{unknown}'. There are: {string.Join(' ', All.Benchmarks.Select(b => b.Name))}");
            return Misuse;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            stop.Cancel();
        };
        var lines = new List<Line>();
        foreach (var benchmark in All.Benchmarks.Where(b => names.Count == 0 || names.Contains(b.Name)))
        {
            await Console.Error.WriteLineAsync($"{benchmark.Name}: {benchmark.About}");
            var load = ThisMachine.LoadPerCore();
            lines.Add(Line.Of(benchmark.Name, await benchmark.RunAsync(stop.Token), load));
            Console.WriteLine(lines[^1].ToJson());
        }

        if (write) await ResultsPage.WriteAsync(lines);
        return lines.TrueForAll(l => l.Holds) ? Well : Missed;
    }
}
