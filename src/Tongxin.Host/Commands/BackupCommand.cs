using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Host.Commands;

internal static class BackupCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [{ } path, .. var rest] || path.StartsWith('-'))
            throw new StartException("Usage: backup FILE");
        if (File.Exists(path)) throw new StartException($"{path} exists already. Remedy: choose another name; a backup never replaces one.");
        await using var app = CommandLine.BuildQuietly(rest);
        await HostProgram.RequireDatabaseAsync(app.Services);
        var manifest = await WriteAsync(app.Services, path, CancellationToken.None);
        Console.WriteLine($"{path}: {manifest.Rows.Values.Sum()} rows in {manifest.Rows.Count} tables, {manifest.Rows["platform_journal"]} journal entries.");
        Console.WriteLine("It holds the keys of this installation: keep it as safe as them.");
        return CommandLine.Well;
    }

    /// <summary>Others may go on working: the copy is of one moment, and so are the figures.</summary>
    public static async Task<Manifest> WriteAsync(IServiceProvider services, string path, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TongxinDb>();
        var settings = services.GetRequiredService<PlatformSettings>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var copy = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".", $".{Path.GetFileName(path)}.part");
        try
        {
            Manifest? manifest = null;
            await db.Dialect.BackupAsync(copy, async connection => manifest = await Archive.DescribeAsync(db, connection, now, ct), ct);
            await Archive.WriteAsync(path, manifest ?? throw new InvalidOperationException("The copy was not looked at."), copy, settings, ct);
            return manifest;
        }
        finally
        {
            File.Delete(copy);
        }
    }
}
