using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Tongxin.Platform.Data;

namespace Tongxin.Host.Databases;

/// <summary>One file, write-ahead log: the embedded default.</summary>
internal sealed class SqliteDialect(string file) : Dialect
{
    private readonly string _connection = new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, DefaultTimeout = 30 }.ToString();

    public override string Name => "sqlite";

    public override bool InstantsAreTicks => true;

    // One writer at a time: the claim runs inside it.
    public override string SkipLocked => "";

    public override bool OneWriter => true;

    public override void Configure(DbContextOptionsBuilder options) =>
        options.UseSqlite(_connection).AddInterceptors(Pragmas.Instance);

    public override async Task InsertAsync(DbConnection connection, DbTransaction transaction, BulkTable table, CancellationToken ct)
    {
        await using var command = ((SqliteConnection)connection).CreateCommand();
        command.Transaction = (SqliteTransaction)transaction;
        var names = string.Join(", ", table.Columns.Select(c => $"\"{c.Name}\""));
        var places = string.Join(", ", table.Columns.Select((_, i) => $"$p{i}"));
        command.CommandText = $"INSERT INTO \"{table.Name}\" ({names}) VALUES ({places})";
        var parameters = table.Columns.Select((_, i) => command.Parameters.Add(new SqliteParameter { ParameterName = $"$p{i}" })).ToArray();
        await command.PrepareAsync(ct);
        foreach (var row in table.Rows)
        {
            ct.ThrowIfCancellationRequested();
            for (var i = 0; i < row.Length; i++) parameters[i].Value = row[i] ?? DBNull.Value;
            // Synchronous on purpose: SQLite has no asynchronous I/O, and a task for each of 100,000 rows costs more than the row.
#pragma warning disable CA1849, MA0042
            command.ExecuteNonQuery();
#pragma warning restore CA1849, MA0042
        }
    }

    public override bool IsUniqueViolation(DbUpdateException failure) =>
        failure.InnerException is SqliteException { SqliteExtendedErrorCode: 2067 or 1555 };

    public override async Task BackupAsync(string file, Func<DbConnection, Task> look, CancellationToken ct)
    {
        await using var source = new SqliteConnection(_connection);
        await source.OpenAsync(ct);
        await using var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        await target.OpenAsync(ct);
        source.BackupDatabase(target);
        await look(target);
        // One file is the backup: no log beside it.
        await using var command = target.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = DELETE;";
        await command.ExecuteNonQueryAsync(ct);
    }

    public override Task RestoreAsync(string backup, CancellationToken ct)
    {
        SqliteConnection.ClearAllPools();
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".");
        foreach (var tail in (string[])["-wal", "-shm"]) File.Delete(file + tail);
        File.Copy(backup, file, overwrite: true);
        return Task.CompletedTask;
    }

    /// <summary>WAL so that readers never wait; FULL so that "saved" means on the disk.</summary>
    private sealed class Pragmas : DbConnectionInterceptor
    {
        public static readonly Pragmas Instance = new();
        private const string Text = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 30000; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32000;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Text;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Text;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
