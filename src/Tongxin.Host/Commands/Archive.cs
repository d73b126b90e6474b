using System.Data.Common;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Host.Commands;

/// <summary>The form of a backup: one zip with a manifest, the database's own copy, keys, files and anchors.</summary>
internal static class Archive
{
    public const string ManifestName = "manifest.json";
    public const string DatabaseName = "database";
    private static readonly string[] Folders = ["keys", "files"];
    private const string Anchors = "anchors.txt";

    /// <summary>The figures by which a restore is judged, read through the connection of the very state that was copied.</summary>
    public static async Task<Manifest> DescribeAsync(TongxinDb db, DbConnection connection, DateTimeOffset at, CancellationToken ct)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in db.Model.GetEntityTypes().Select(e => e.GetTableName()).OfType<string>().Distinct(StringComparer.Ordinal))
            counts[table] = Convert.ToInt64(await ScalarAsync(connection, $"SELECT COUNT(*) FROM \"{table}\"", ct), CultureInfo.InvariantCulture);
        var head = await ScalarAsync(connection, "SELECT hash FROM platform_journal_head", ct) as byte[] ?? [];
        var last = await ScalarAsync(connection, "SELECT MAX(\"MigrationId\") FROM \"__EFMigrationsHistory\"", ct) as string ?? "";
        return new Manifest(1, db.Dialect.Name, at, last, counts, Convert.ToHexStringLower(head), "");
    }

    public static async Task WriteAsync(string path, Manifest manifest, string database, PlatformSettings settings, CancellationToken ct)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite };
        // It holds the keys: whoever reads it reads everything.
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new FileStream(path, options);
        await using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            var sealedManifest = manifest with { DatabaseSha256 = await HashAsync(database, ct) };
            await using (var entry = await zip.CreateEntry(ManifestName).OpenAsync(ct))
                await JsonSerializer.SerializeAsync(entry, sealedManifest, JsonSerializerOptions.Web, ct);
            await zip.CreateEntryFromFileAsync(database, DatabaseName, CompressionLevel.Fastest, ct);
            foreach (var source in Sources(settings.DataFolder))
                await zip.CreateEntryFromFileAsync(source, Path.GetRelativePath(settings.DataFolder, source).Replace('\\', '/'), CompressionLevel.NoCompression, ct);
        }
        file.Flush(flushToDisk: true);
    }

    public static async Task<Manifest> ReadManifestAsync(ZipArchive zip, CancellationToken ct)
    {
        var entry = zip.GetEntry(ManifestName) ?? throw new StartException("The file is no backup: it has no manifest.");
        await using var stream = await entry.OpenAsync(ct);
        var manifest = await JsonSerializer.DeserializeAsync<Manifest>(stream, JsonSerializerOptions.Web, ct);
        return manifest is { Format: 1 } ? manifest : throw new StartException("The backup is of a newer version. Remedy: restore it with that version.");
    }

    public static async Task<string> HashAsync(string path, CancellationToken ct)
    {
        await using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, ct));
    }

    /// <summary>Puts keys, files and anchors back. What was there is kept beside, never overwritten.</summary>
    public static async Task ExtractAsync(ZipArchive zip, PlatformSettings settings, DateTimeOffset now, CancellationToken ct)
    {
        var aside = $".before-restore-{now:yyyyMMddHHmmss}";
        foreach (var name in (string[])[.. Folders, Anchors])
        {
            var old = Path.Combine(settings.DataFolder, name);
            if (Directory.Exists(old)) Directory.Move(old, old + aside);
            else if (File.Exists(old)) File.Move(old, old + aside);
        }
        var root = Path.GetFullPath(settings.DataFolder) + Path.DirectorySeparatorChar;
        foreach (var entry in zip.Entries.Where(e => e.FullName == Anchors || Folders.Any(f => e.FullName.StartsWith(f + "/", StringComparison.Ordinal))))
        {
            var target = Path.GetFullPath(Path.Combine(root, entry.FullName));
            if (!target.StartsWith(root, StringComparison.Ordinal)) throw new StartException("The backup holds a path outside the data folder and was refused.");
            Directory.CreateDirectory(Path.GetDirectoryName(target) ?? root);
            await entry.ExtractToFileAsync(target, overwrite: false, ct);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private static IEnumerable<string> Sources(string dataFolder) =>
        Folders.Select(f => Path.Combine(dataFolder, f)).Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories))
            .Concat(new[] { Path.Combine(dataFolder, Anchors) }.Where(File.Exists));

    private static async Task<object?> ScalarAsync(DbConnection connection, string sql, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Table names of the model, no input.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(ct);
    }
}

/// <summary>What a backup holds: the figures that the restored database must show again.</summary>
internal sealed record Manifest(
    int Format, string Provider, DateTimeOffset At, string LastMigration, SortedDictionary<string, long> Rows, string JournalHead, string DatabaseSha256);
