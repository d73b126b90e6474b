using Microsoft.EntityFrameworkCore;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Modules;

namespace Tongxin.Host.Commands;

internal static class SeedCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        await using var app = CommandLine.BuildQuietly([.. args, "--Tongxin:Demo=true"]);
        await HostProgram.MigrateAsync(app.Services, CancellationToken.None);
        if (!await TrySeedAsync(app.Services, CancellationToken.None))
            throw new StartException("The database has accounts already, so nothing was seeded. Remedy: seed into an empty data folder.");
        await PrintAccountsAsync(app.Services);
        return CommandLine.Well;
    }

    /// <summary>False when the database is not empty, or there is nothing to seed.</summary>
    public static async Task<bool> TrySeedAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<TongxinDb>().Set<Account>().AnyAsync(ct)) return false;
        var seeders = scope.ServiceProvider.GetServices<IDemoSeeder>().ToList();
        foreach (var seeder in seeders) await seeder.SeedAsync(ct);
        return seeders.Count > 0;
    }

    /// <summary>Nothing in an installation that is no demonstration: there is no account of this kind.</summary>
    public static async Task PrintAccountsAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var accounts = await scope.ServiceProvider.GetRequiredService<TongxinDb>().Users.AsNoTracking()
            .Where(a => a.Demo).OrderBy(a => a.CreatedAt).ThenBy(a => a.Id).Select(a => new { a.UserName, a.DisplayName }).ToListAsync();
        if (accounts.Count == 0) return;
        Console.WriteLine($"Demo accounts, password {DemoAccount.Password}:");
        foreach (var account in accounts) Console.WriteLine($"  {account.UserName,-12} {account.DisplayName}");
    }
}
