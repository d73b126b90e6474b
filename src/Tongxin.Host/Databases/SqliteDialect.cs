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

    // Past the provider's command, which looks every parameter up by its name for every row.
    public override Task InsertAsync(DbConnection connection, DbTransaction transaction, BulkTable table, CancellationToken ct)
    {
        using var insert = new SqliteInsert((SqliteConnection)connection, table);
        foreach (var row in table.Rows)
        {
            ct.ThrowIfCancellationRequested();
            insert.Write(row);
        }
        return Task.CompletedTask;
    }

    internal override async Task<FactWriter<T>> OpenFactsAsync<T>(FactTable<T> table, CancellationToken ct) => await SqliteFacts<T>.OpenAsync(_connection, Pragmas.Text, table, ct);

    // 10 is an error of reading, writing or flushing; 11 and 26 a damaged file.
    internal override bool IsStorageBroken(Exception failure) => failure.GetBaseException() is SqliteException { SqliteErrorCode: 10 or 11 or 26 };

    public override bool IsUniqueViolation(DbUpdateException failure) =>
        failure.InnerException is SqliteException { SqliteExtendedErrorCode: 2067 or 1555 };

    public override bool IsDiskFull(Exception failure) => failure.GetBaseException() is SqliteException { SqliteErrorCode: 13 };

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
        public const string Text = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 30000; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32000;";

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
