using Tongxin.Grid.Contracts;
using Tongxin.Platform.Access;

namespace Tongxin.Host.Commands;

/// <summary>Boards are projections: this computes them anew from what was reported at the doors, and says whether anything had to be mended.</summary>
internal static class RebuildCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        await using var app = CommandLine.BuildQuietly(args);
        await HostProgram.RequireDatabaseAsync(app.Services);
        await using var scope = app.Services.CreateAsyncScope();
        var rebuilt = await scope.ServiceProvider.GetRequiredService<IRoundRebuild>().ExecuteAsync(Actor.System, CancellationToken.None);
        Console.WriteLine($"{rebuilt.Targets} targets of all rounds were computed anew from the facts; {rebuilt.Mended} said something else and were mended.");
        foreach (var finding in rebuilt.Findings) await Console.Error.WriteLineAsync($"The checker objects: {finding}");
        return rebuilt.Findings.Count == 0 ? CommandLine.Well : CommandLine.Bad;
    }
}
