using System.Globalization;
using Tongxin.Platform.Journal;

namespace Tongxin.Host.Commands;

internal static class VerifyCommand
{
    /// <summary>Without arguments the journal; <c>passes DIR</c>: published vectors, for which no database is needed.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["passes", var folder, ..]) return VerifyPassesCommand.Run(folder, Console.Out, Console.Error);
        if (args is [{ } what, ..] && !what.StartsWith('-'))
        {
            await Console.Error.WriteLineAsync("tongxin: usage: verify, or verify passes DIR.");
            return CommandLine.Misuse;
        }

        await using var app = CommandLine.BuildQuietly(args);
        await HostProgram.RequireDatabaseAsync(app.Services);
        await using var scope = app.Services.CreateAsyncScope();
        var verdict = await scope.ServiceProvider.GetRequiredService<JournalVerifier>().VerifyAsync(CancellationToken.None);
        Console.WriteLine(Say(verdict));
        return verdict.IsOk ? CommandLine.Well : CommandLine.Bad;
    }

    public static string Say(JournalVerdict verdict)
    {
        if (verdict.Break is not { } found)
            return string.Create(CultureInfo.InvariantCulture, $"The journal is whole: {verdict.Count} entries, head {Convert.ToHexStringLower(verdict.Head)}.");
        var what = found.Fault switch
        {
            JournalFault.Changed => "was changed after it was sealed",
            JournalFault.Missing => "is missing",
            JournalFault.Reordered => "stands in another's place",
            JournalFault.Unsealed => "was never sealed: the server is not running, or its sealer is stuck",
            JournalFault.Anchor => "does not fit the anchor of its day: the chain was written anew",
            _ => "does not fit the signed head: entries were cut off or added, or the key is another",
        };
        var entry = found.Position is { } position ? string.Create(CultureInfo.InvariantCulture, $"entry {position}") : found.Id is null ? "the chain" : "an entry";
        var detail = found.Id is null ? "" : string.Create(CultureInfo.InvariantCulture, $" (id {found.Id}, {found.At:yyyy-MM-dd HH:mm:ss} UTC)");
        return string.Create(CultureInfo.InvariantCulture, $"The journal is broken: {entry}{detail} {what}. {verdict.Count} entries before it are well.");
    }
}
