using Microsoft.EntityFrameworkCore;
using Tongxin.Platform;
using Tongxin.Platform.Data;
using Tongxin.Platform.Journal;

namespace Tongxin.Host.Commands;

internal static class RunCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        await using var app = HostProgram.Build(args);
        await HostProgram.MigrateAsync(app.Services, CancellationToken.None);
        await CheckKeyAsync(app.Services);
        var settings = app.Services.GetRequiredService<PlatformSettings>();
        if (settings.Demo && await SeedCommand.TrySeedAsync(app.Services, CancellationToken.None)) Console.WriteLine("The demo places were put into the empty database.");

        await StartAsync(app);
        Console.WriteLine($"Tongxin 同心 answers at {string.Join(" ", app.Urls)}");
        if (settings.Demo) await SeedCommand.PrintAccountsAsync(app.Services);
        await app.WaitForShutdownAsync();
        return CommandLine.Well;
    }

    private static async Task StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch
        {
            // The workers were started before the port: they end in order, not under a closed container.
            await app.StopAsync();
            throw;
        }
    }

    /// <summary>A lost key file would be made anew, and every sealed column would be unreadable from then on: stop before that.</summary>
    private static async Task CheckKeyAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        // First of all, so that an unreadable key file stops the start and not a worker.
        var box = scope.ServiceProvider.GetRequiredService<SecretBox>();
        var head = await scope.ServiceProvider.GetRequiredService<TongxinDb>().Set<JournalHead>().AsNoTracking().SingleOrDefaultAsync();
        if (head is not null && !head.IsGenuine(box))
        {
            throw new StartException(
                "The key file keys/columns.key is not the one of this database, or the journal's head was changed by hand. " +
                "Remedy: put the key of the last backup back (docs/runbook.md, lost key), then run verify.");
        }
    }
}
