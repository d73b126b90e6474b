using System.Globalization;
using Tongxin.People.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Http;
using Tongxin.Platform.Journal;

namespace Tongxin.Host.Commands;

/// <summary>A population workbook without a browser: the same reading, the same transaction, all or nothing.</summary>
internal static class ImportCommand
{
    private const string Usage = "Usage: import FILE [--complete] [--campus NAME]";

    /// <summary>More refused rows than these are counted; the desk lists them all.</summary>
    private const int ReasonsShown = 20;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [{ } path, .. var rest] || path.StartsWith('-')) throw new StartException(Usage);
        if (!File.Exists(path)) throw new StartException($"{path} is not there. Remedy: check the name.");
        var (complete, campus, settings) = Options(rest);
        await using var app = CommandLine.BuildQuietly(settings);
        await HostProgram.RequireDatabaseAsync(app.Services);
        await using var scope = app.Services.CreateAsyncScope();
        await using var file = File.OpenRead(path);
        var import = scope.ServiceProvider.GetRequiredService<IPopulationImport>();
        var errors = scope.ServiceProvider.GetRequiredService<ErrorCatalogue>();
        var imported = await import.ImportAsync(file, Path.GetFileName(path), complete, campus, Actor.System, CancellationToken.None);
        if (imported.IsFailure)
        {
            await Console.Error.WriteLineAsync($"tongxin: {path}: nothing was imported. {errors.Say(imported.Error)} ({imported.Error.Code})");
            return CommandLine.Bad;
        }

        // No server may be running to do it: what was written stands in the chain before this ends.
        await app.Services.GetRequiredService<JournalSealer>().SealAsync(CancellationToken.None);
        foreach (var line in Say(path, imported.Value)) Console.WriteLine(line);
        return CommandLine.Well;
    }

    /// <summary>Our own options, and what is left for the settings.</summary>
    private static (bool Complete, string? Campus, string[] Settings) Options(string[] args)
    {
        var (complete, campus) = (false, default(string));
        var settings = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--complete") complete = true;
            else if (args[i] == "--campus") campus = ++i < args.Length ? args[i] : throw new StartException(Usage);
            else settings.Add(args[i]);
        }
        return (complete, campus, [.. settings]);
    }

    private static IEnumerable<string> Say(string path, ImportSummary summary)
    {
        var accepted = summary.New + summary.Changed + summary.Unchanged;
        yield return string.Create(CultureInfo.InvariantCulture,
            $"{path}: {summary.RowsIn} rows = {accepted} accepted ({summary.New} new, {summary.Changed} changed, {summary.Unchanged} unchanged) + {summary.Rejected} rejected + {summary.Duplicates} duplicates; {summary.MovedOut} moved out.");
        foreach (var row in summary.RejectedRows.Take(ReasonsShown))
            yield return string.Create(CultureInfo.InvariantCulture, $"  row {row.RowNumber}, cell {row.Cell ?? "-"}: {row.Code}");
        if (summary.RejectedRows.Count > ReasonsShown)
            yield return string.Create(CultureInfo.InvariantCulture, $"  and {summary.RejectedRows.Count - ReasonsShown} more. The import desk gives them back as a workbook.");
        foreach (var cell in summary.UnclearCells.Take(ReasonsShown))
            yield return string.Create(CultureInfo.InvariantCulture, $"  row {cell.RowNumber}, cell {cell.Cell ?? "-"}: left out, {cell.Code}");
        if (summary.UnclearCells.Count > ReasonsShown)
            yield return string.Create(CultureInfo.InvariantCulture, $"  and {summary.UnclearCells.Count - ReasonsShown} more cells left out.");
    }
}
