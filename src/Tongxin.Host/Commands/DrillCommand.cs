using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Tongxin.Host.Commands.Drills;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Host.Commands;

/// <summary>
/// Drills of mass testing, one command each: made-up people, the product's own doors, and a line for each thing that must hold. Works in a
/// folder of its own that is gone afterwards, or in an empty one that is named on the command line; never in an installation, also when the
/// environment names one.
/// </summary>
internal static class DrillCommand
{
    private const int EverybodyOfTheUniversity = 30_000;

    private const string Connection = "--Tongxin:Connection";

    private static readonly IReadOnlyList<IDrill> Drills = [new OfflineDrill(), new RushDrill(), new LaboratoryDrill()];

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var name, .. var rest] || Drills.FirstOrDefault(d => d.Name == name) is not { } drill)
        {
            await Console.Error.WriteLineAsync($"tongxin: usage: drill {string.Join('|', Drills.Select(d => d.Name))} [--people={EverybodyOfTheUniversity}] [--Tongxin:Data=EMPTY-FOLDER]");
            return CommandLine.Misuse;
        }

        if (Array.Exists(rest, a => a.StartsWith("--Tongxin:Data", StringComparison.OrdinalIgnoreCase))) return await RunAsync(drill, rest);
        var folder = Directory.CreateTempSubdirectory("tongxin-drill-").FullName;
        try
        {
            return await RunAsync(drill, [.. rest, $"--Tongxin:Data={folder}"]);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Looks before anything is written: not even a migration goes into a database that is somebody's.</summary>
    private static async Task RequireEmptyAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TongxinDb>();
        if (!await db.Database.GetService<IRelationalDatabaseCreator>().ExistsAsync() || !(await db.Database.GetAppliedMigrationsAsync()).Any()) return;
        // Of another version: its tables cannot be asked, and it was made by somebody.
        if ((await db.Database.GetPendingMigrationsAsync()).Any() || await db.Set<Account>().AnyAsync()
            || (await scope.ServiceProvider.GetRequiredService<People.Contracts.IPlaces>().ListAsync(CancellationToken.None)).Count > 0)
            throw new StartException("The database is not empty, so nothing was drilled. Remedy: drill without --Tongxin:Data and --Tongxin:Connection, or in an empty folder.");
    }

    private static async Task<int> RunAsync(IDrill drill, string[] args)
    {
        // The environment may name an installation: a database of a drill is one that was named for it.
        await using var app = CommandLine.BuildQuietly(Array.Exists(args, a => a.StartsWith(Connection, StringComparison.OrdinalIgnoreCase)) ? args : [.. args, "--Tongxin:Database=sqlite", $"{Connection}="]);
        await RequireEmptyAsync(app.Services);
        await HostProgram.MigrateAsync(app.Services, CancellationToken.None);

        var people = int.TryParse(app.Configuration["people"], CultureInfo.InvariantCulture, out var asked) && asked > 0 ? asked : EverybodyOfTheUniversity;
        var stage = new DrillStage(app.Services, Console.Out);
        stage.Say(drill.Chinese, drill.English);
        await drill.RunAsync(stage, Math.Min(people, EverybodyOfTheUniversity), CancellationToken.None);
        stage.Say(stage.Holds ? "演练通过。" : "演练未通过。", stage.Holds ? "The drill holds." : "The drill does not hold.");
        return stage.Holds ? CommandLine.Well : CommandLine.Bad;
    }
}
