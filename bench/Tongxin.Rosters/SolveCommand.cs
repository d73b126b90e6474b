using System.Globalization;
using Tongxin.Core.Rostering;

namespace Tongxin.Rosters;

/// <summary>Solves one instance, checks the roster with the independent checker and writes it.</summary>
internal static class SolveCommand
{
    public static async Task<int> RunAsync(string file, Arguments args)
    {
        var instance = InstanceReader.Read(file);
        var (result, wrong) = Solve(instance, args, args.Seed);
        if (args.Out is { } path) await File.WriteAllLinesAsync(path, ["employee,day,shift", .. instance.Lines(result)]);
        var bound = result.LowerBound is { } b ? $" lower-bound={Math.Ceiling(b - 1e-6)}" : "";
        await Console.Out.WriteLineAsync($"{instance.Name} hard={result.Breaks.Count} penalty={result.Penalty:0} last-improvement={result.LastImprovement.TotalSeconds:0.0}s steps={result.Steps}{bound}");
        foreach (var line in wrong.Concat(result.Collisions.Select(c => $"{c.Code} {string.Join(' ', c.Args.Select(Word))}"))) await Console.Error.WriteLineAsync(line);
        return wrong.Count == 0 && result.Breaks.Count == 0 ? 0 : 1;
    }

    public static (RosterResult Result, IReadOnlyList<string> Wrong) Solve(Instance instance, Arguments args, int seed)
    {
        using var stop = new CancellationTokenSource();
        // Ctrl+C asks for the best roster so far, not for an abrupt end.
        ConsoleCancelEventHandler onCancel = (_, e) =>
        {
            e.Cancel = true;
            stop.Cancel();
        };
        Console.CancelKeyPress += onCancel;
        var solved = RosterSolver.Solve(instance.Problem, args.Options(seed, args.Trace ? Trace : null), stop.Token);
        Console.CancelKeyPress -= onCancel;
        if (solved.IsFailure) throw new UsageException($"{instance.Name}: {solved.Error.Code} {string.Join(' ', solved.Error.Args)}");
        return (solved.Value, RosterCheck.Run(instance.Problem, solved.Value));
    }

    private static string? Word(object? value) => value switch
    {
        IEnumerable<Guid> duties => $"({duties.Count()} duties)",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset at => at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static void Trace(RosterProgress p) => Console.Error.WriteLine($"{p.Elapsed.TotalSeconds,7:0.00} s {p.Phase,-10} {p.Penalty:0}");
}
