using System.Data.Common;
using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Tongxin.Host.Databases;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Journal;

namespace Tongxin.Host.Commands;

internal static class RestoreCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [{ } path, .. var rest] || path.StartsWith('-'))
            throw new StartException("Usage: restore FILE [--force]");
        if (!File.Exists(path)) throw new StartException($"{path} is not there.");
        await using var app = CommandLine.BuildQuietly([.. rest.Where(a => a != "--force")]);
        var manifest = await ReadAsync(app.Services, path, rest.Contains("--force"), CancellationToken.None);
        Console.WriteLine($"Restored the state of {manifest.At:yyyy-MM-dd HH:mm:ss} UTC: {manifest.Rows.Values.Sum()} rows in {manifest.Rows.Count} tables, as the manifest says.");
        return CommandLine.Well;
    }

    public static async Task<Manifest> ReadAsync(IServiceProvider services, string path, bool force, CancellationToken ct)
    {
        await using var zip = await OpenAsync(path, ct);
        var manifest = await Archive.ReadManifestAsync(zip, ct);
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TongxinDb>();
        var moves = manifest.Provider == "sqlite" && db.Dialect.Name == "postgres";
        if (manifest.Provider != db.Dialect.Name && !moves)
            throw new StartException($"The backup is of {manifest.Provider}, the target is {db.Dialect.Name}. Remedy: set Tongxin:Database={manifest.Provider}.");
        if (!db.Database.GetMigrations().Contains(manifest.LastMigration))
            throw new StartException("The backup is of a newer version of the program. Remedy: restore it with that version.");
        if (moves && db.Database.GetMigrations().Last() != manifest.LastMigration)
            throw new StartException("The backup is of an older version. Remedy: run 'migrate' on the SQLite installation, back it up again, and restore that.");
        if (!force && await HasContentAsync(db, ct))
            throw new StartException("The target has content. Remedy: restore into an empty one, or add --force to replace what is there.");

        var settings = services.GetRequiredService<PlatformSettings>();
        var copy = Path.Combine(settings.DataFolder, $"restore-{Ids.New():N}.part");
        try
        {
            var entry = zip.GetEntry(Archive.DatabaseName) ?? throw new StartException("The backup holds no database.");
            await entry.ExtractToFileAsync(copy, overwrite: false, ct);
            if (await Archive.HashAsync(copy, ct) != manifest.DatabaseSha256) throw new StartException("The backup is damaged: its database is not the one of its manifest.");
            if (moves)
            {
                await db.Database.MigrateAsync(ct);
                await SqliteToPostgres.CopyAsync(copy, db, ct);
            }
            else
            {
                await db.Dialect.RestoreAsync(copy, ct);
            }
        }
        finally
        {
            File.Delete(copy);
        }
        await Archive.ExtractAsync(zip, settings, services.GetRequiredService<TimeProvider>().GetUtcNow(), ct);
        await CompareAsync(db, manifest, ct);
        return manifest;
    }

    private static async Task<ZipArchive> OpenAsync(string path, CancellationToken ct)
    {
        try
        {
            return await ZipFile.OpenReadAsync(path, ct);
        }
        catch (InvalidDataException broken)
        {
            throw new StartException("The file is no backup, or it was cut off.", broken);
        }
    }

    private static async Task<bool> HasContentAsync(TongxinDb db, CancellationToken ct)
    {
        if (!await db.GetService<IRelationalDatabaseCreator>().ExistsAsync(ct)) return false;
        if (!(await db.Database.GetAppliedMigrationsAsync(ct)).Any()) return false;
        return await db.Set<Account>().AnyAsync(ct) || await db.Set<JournalEntry>().AnyAsync(ct);
    }

    private static async Task CompareAsync(TongxinDb db, Manifest manifest, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        var connection = db.Database.GetDbConnection();
        foreach (var (table, rows) in manifest.Rows)
        {
            if (await CountAsync(connection, table, ct) is var found && found != rows)
                throw new StartException($"After the restore {table} has {found} rows instead of {rows}. Do not use it.");
        }
        var head = Convert.ToHexStringLower(await db.Set<JournalHead>().AsNoTracking().Select(h => h.Hash).SingleOrDefaultAsync(ct) ?? []);
        if (head != manifest.JournalHead) throw new StartException("After the restore the journal's head is another. Do not use it.");
    }

    private static async Task<long> CountAsync(DbConnection connection, string table, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A name out of a manifest whose database was just put in place; quoted.
        command.CommandText = $"SELECT COUNT(*) FROM \"{table.Replace("\"", "", StringComparison.Ordinal)}\"";
#pragma warning restore CA2100
        return Convert.ToInt64(await command.ExecuteScalarAsync(ct), System.Globalization.CultureInfo.InvariantCulture);
    }
}
