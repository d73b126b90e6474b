using System.Text;

namespace Tongxin.Benchmarks.Harness;

/// <summary>docs/benchmarks.md: a table for people, and under it the very lines it was written from.</summary>
internal static class ResultsPage
{
    private const string Fence = "```jsonl";
    private const double Busy = 0.5;

    private static string File => Path.Combine(Repository.Root, "docs", "benchmarks.md");

    /// <summary>Lines of benchmarks that were not run now stay as they were.</summary>
    public static async Task WriteAsync(IReadOnlyList<Line> now)
    {
        var known = (await BeforeAsync()).Concat(now).GroupBy(l => l.Name).ToDictionary(g => g.Key, g => g.Last());
        var lines = All.Benchmarks.Where(b => known.ContainsKey(b.Name)).Select(b => (b.About, Line: known[b.Name])).ToList();

        var page = new StringBuilder();
        page.Append("""
            # Benchmarks

            Written by `./do bench --write`; `./do bench` measures everything without writing, `./do bench NAME` one thing. Each prints one
            JSON object on its last line. What counts is the ratio to a reference taken in the same run on the same machine, and that it
            stays at or under the bar. PostgreSQL runs in a cluster of its own without fsync, so its figures leave the disk out; `scan-intake`,
            `scan-kill`, `samples`, `laboratory-file` and `positive-pool` run it with the settings of a real installation.

            | name | what | ratio | bar | holds | measured |
            |---|---|---|---|---|---|

            """);
        foreach (var (about, line) in lines)
            page.AppendLine($"| `{line.Name}` | {about} | {line.Ratio:0.###} | {line.Bar} | {(line.Holds ? "yes" : "**no**")} | {line.Date}, {line.Machine}{(line.LoadPerCore > Busy ? $", busy (load {line.LoadPerCore} a core)" : "")} |");
        foreach (var (_, line) in lines)
        {
            page.AppendLine().AppendLine($"## {line.Name}").AppendLine().AppendLine($"`./do bench {line.Name}`. Reference: {line.Reference}.").AppendLine();
            page.AppendLine("| figure | value |").AppendLine("|---|---|");
            foreach (var (name, value) in line.Figures) page.AppendLine($"| {name} | {value} |");
        }

        page.AppendLine().AppendLine("## The lines").AppendLine().AppendLine(Fence);
        foreach (var (_, line) in lines) page.AppendLine(line.ToJson());
        page.AppendLine("```");
        await System.IO.File.WriteAllTextAsync(File, page.ToString());
    }

    private static async Task<IReadOnlyList<Line>> BeforeAsync() => System.IO.File.Exists(File)
        ? [.. (await System.IO.File.ReadAllLinesAsync(File)).SkipWhile(l => l != Fence).Skip(1).TakeWhile(l => l.StartsWith('{')).Select(Line.Parse).OfType<Line>()]
        : [];
}
