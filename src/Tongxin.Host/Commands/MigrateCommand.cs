using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Data;

namespace Tongxin.Host.Commands;

internal static class MigrateCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        await using var app = CommandLine.BuildQuietly(args);
        await using var scope = app.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TongxinDb>().Database;
        var pending = (await database.GetPendingMigrationsAsync()).ToList();
        await database.MigrateAsync();
        Console.WriteLine(pending.Count == 0 ? "The database is up to date." : $"The database is up to date: {pending.Count} migrations applied, the last {pending[^1]}.");
        return CommandLine.Well;
    }
}
