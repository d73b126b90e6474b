using System.Globalization;
using Tongxin.Core.Rostering;

namespace Tongxin.Rosters;

/// <summary>Runs every instance of a folder and prints a table against the published figures.</summary>
internal static class BenchCommand
{
    public static async Task<int> RunAsync(string folder, Arguments args)
    {
        if (!Directory.Exists(folder)) throw new UsageException($"There is no folder '{folder}'. Remedy: name the folder with the Instance*.txt files.");
        var files = Directory.GetFiles(folder, "Instance*.txt").OrderBy(Number).ToList();
        if (files.Count == 0) throw new UsageException($"Folder '{folder}' holds no Instance*.txt. Remedy: name the folder with the published instances.");
        await Console.Out.WriteLineAsync("| instance | median | all seeds | gap | best known | chains 10 min | Gurobi 10 min | IP + VNS 10 min | last improvement | hard |");
        await Console.Out.WriteLineAsync("|---|---|---|---|---|---|---|---|---|---|");
        var isLegal = true;
        foreach (var file in files)
        {
            var instance = InstanceReader.Read(file);
            var runs = new List<RosterResult>();
            for (var i = 0; i < args.Seeds; i++)
            {
                var (result, wrong) = SolveCommand.Solve(instance, args, args.Seed + i);
                foreach (var line in wrong) await Console.Error.WriteLineAsync($"{instance.Name}: {line}");
                isLegal &= wrong.Count == 0 && result.Breaks.Count == 0;
                runs.Add(result);
            }

            await Console.Out.WriteLineAsync(Row(instance, runs));
        }

        return isLegal ? 0 : 1;
    }

    private static string Row(Instance instance, List<RosterResult> runs)
    {
        var sorted = runs.ConvertAll(r => r.Penalty);
        sorted.Sort();
        var median = sorted[(sorted.Count - 1) / 2];
        var known = Published.Of.GetValueOrDefault(instance.Name);
        var gap = known is null ? "-" : ((median / known.Best) - 1).ToString("0.0 %", CultureInfo.InvariantCulture);
        string[] cells =
        [
            instance.Name, $"{median:0}", string.Join(' ', runs.Select(r => $"{r.Penalty:0}")), gap, Text(known?.Best), Text(known?.Chains), Text(known?.Gurobi),
            Text(known?.Search), $"{runs.Max(r => r.LastImprovement.TotalSeconds):0.0} s", $"{runs.Sum(r => r.Breaks.Count)}",
        ];
        return $"| {string.Join(" | ", cells)} |";
    }

    private static string Text(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "-";

    private static int Number(string file) =>
        int.TryParse(Path.GetFileNameWithoutExtension(file)["Instance".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : int.MaxValue;
}
