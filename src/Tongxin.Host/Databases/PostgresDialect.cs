using System.Data;
using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Host.Databases;

/// <summary>PostgreSQL 15 or newer: for more than one node.</summary>
internal sealed class PostgresDialect(string connectionString) : Dialect
{
    public override string Name => "postgres";

    public override bool InstantsAreTicks => false;

    public override string SkipLocked => "FOR UPDATE SKIP LOCKED";

    public override bool OneWriter => false;

    public override void Configure(DbContextOptionsBuilder options) => options.UseNpgsql(connectionString);

    public override async Task InsertAsync(DbConnection connection, DbTransaction transaction, BulkTable table, CancellationToken ct)
    {
        var names = string.Join(", ", table.Columns.Select(c => $"\"{c.Name}\""));
        await using var copy = await ((NpgsqlConnection)connection).BeginBinaryImportAsync($"COPY \"{table.Name}\" ({names}) FROM STDIN (FORMAT BINARY)", ct);
        // Synchronous on purpose: nearly every value only goes into a buffer, and a task for each of a million costs more than the value.
#pragma warning disable CA1849, MA0042
        foreach (var row in table.Rows)
        {
            ct.ThrowIfCancellationRequested();
            copy.StartRow();
            for (var i = 0; i < row.Length; i++) Write(copy, row[i], table.Columns[i].StoreType);
        }
#pragma warning restore CA1849, MA0042
        await copy.CompleteAsync(ct);
    }

    /// <summary>The usual types by their own writers; the rest by the name of the column's type, which is looked up each time.</summary>
    private static void Write(NpgsqlBinaryImporter copy, object? value, string storeType)
    {
        switch (value)
        {
            case null: copy.WriteNull(); break;
            case Guid id: copy.Write(id, NpgsqlDbType.Uuid); break;
            case string text when storeType == "text": copy.Write(text, NpgsqlDbType.Text); break;
            case byte[] bytes: copy.Write(bytes, NpgsqlDbType.Bytea); break;
            case int number when storeType == "integer": copy.Write(number, NpgsqlDbType.Integer); break;
            case DateOnly day: copy.Write(day, NpgsqlDbType.Date); break;
            case DateTimeOffset at: copy.Write(at, NpgsqlDbType.TimestampTz); break;
            default: copy.Write(value, storeType); break;
        }
    }

    internal override async Task<FactWriter<T>> OpenFactsAsync<T>(FactTable<T> table, CancellationToken ct) => await PostgresFacts<T>.OpenAsync(connectionString, table, ct);

    internal override bool IsStorageBroken(Exception failure) =>
        failure.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.IoError or PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted };

    public override bool IsUniqueViolation(DbUpdateException failure) =>
        failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    public override bool IsDeadlock(Exception failure) => failure.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected };

    public override bool IsDiskFull(Exception failure) => failure.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.DiskFull };

    public override Task HoldAsync(TongxinDb db, string name, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext({name}))", ct);

    public override Task ShareAsync(TongxinDb db, string name, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock_shared(hashtext({name}))", ct);

    public override string ForUpdate => "FOR UPDATE";

    public override string ForShare => "FOR SHARE";

    public override async Task BackupAsync(string file, Func<DbConnection, Task> look, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        await using var export = new NpgsqlCommand("SELECT pg_export_snapshot()", connection, transaction);
        var snapshot = (string?)await export.ExecuteScalarAsync(ct);
        await look(connection);
        await RunAsync("pg_dump", ["--format=custom", "--no-owner", $"--snapshot={snapshot}", $"--file={file}"], ct);
    }

    // pg_restore cannot take away tables divided by month: everything goes, and comes back, in one transaction of psql.
    private const string Empty = """
        DO $$ DECLARE s text; BEGIN
            FOR s IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
                EXECUTE format('DROP SCHEMA %I CASCADE', s);
            END LOOP;
        END $$;
        CREATE SCHEMA public;
        """;

    public override async Task RestoreAsync(string file, CancellationToken ct)
    {
        var script = $"{file}.sql";
        try
        {
            await RunAsync("pg_restore", ["--no-owner", $"--file={script}", file], ct);
            await RunAsync("psql", ["--no-psqlrc", "--quiet", "--output=/dev/null", "--set=ON_ERROR_STOP=1", "--single-transaction", $"--command={Empty}", $"--file={script}"], ct);
        }
        finally
        {
            File.Delete(script);
        }
    }

    private async Task RunAsync(string tool, string[] arguments, CancellationToken ct)
    {
        var target = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo(Find(tool), arguments) { RedirectStandardError = true, UseShellExecute = false };
        start.Environment["PGHOST"] = target.Host;
        start.Environment["PGPORT"] = target.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["PGUSER"] = target.Username;
        start.Environment["PGDATABASE"] = target.Database;
        if (target.Password is { Length: > 0 } password) start.Environment["PGPASSWORD"] = password;
        using var process = Process.Start(start) ?? throw new StartException($"{tool} did not start.");
        var errors = await process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0) throw new StartException($"{tool} failed: {errors.ReplaceLineEndings(" ").Trim()}");
    }

    /// <summary>Debian keeps the tools of each version in a folder of its own, off the path.</summary>
    private static string Find(string tool)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        const string Versions = "/usr/lib/postgresql";
        var debian = Directory.Exists(Versions)
            ? Directory.GetDirectories(Versions).OrderByDescending(d => int.TryParse(Path.GetFileName(d), out var version) ? version : 0).Select(d => Path.Combine(d, "bin")) : [];
        return folders.Concat(debian).Select(f => Path.Combine(f, tool)).FirstOrDefault(File.Exists)
            ?? throw new StartException($"{tool} is missing. Remedy: sudo apt-get install postgresql-client");
    }
}
