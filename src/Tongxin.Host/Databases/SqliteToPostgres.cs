using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Tongxin.Platform.Data;

namespace Tongxin.Host.Databases;

/// <summary>
/// Moves an installation that outgrew one machine: every row of a SQLite file into an empty, migrated PostgreSQL database, in
/// one transaction. The model says the tables and the types; ids, positions and hashes stay what they were.
/// </summary>
internal static class SqliteToPostgres
{
    public static async Task CopyAsync(string file, TongxinDb target, CancellationToken ct)
    {
        await using var source = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        await source.OpenAsync(ct);
        await using var transaction = await target.Database.BeginTransactionAsync(ct);
        var tables = InOrder(target.Model);
        await RunAsync(target, $"TRUNCATE {string.Join(", ", tables.Select(t => Quote(t.GetTableName())))}", ct);
        foreach (var table in tables) await CopyTableAsync(source, target, table, ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task CopyTableAsync(SqliteConnection source, TongxinDb target, IEntityType table, CancellationToken ct)
    {
        var name = Quote(table.GetTableName());
        BulkColumn[] columns = [.. table.GetProperties().Select(p => new BulkColumn(p.GetColumnName(), p.GetColumnType()))];
        // What triggers derive is in the copy already.
        await RunAsync(target, $"ALTER TABLE {name} DISABLE TRIGGER USER", ct);
        var rows = Read(source, name, columns);
        await target.Dialect.InsertAsync(
            target.Database.GetDbConnection(),
            target.Database.CurrentTransaction?.GetDbTransaction() ?? throw new InvalidOperationException("No transaction."),
            new BulkTable(table.GetTableName() ?? "", columns, rows), ct);
        await RunAsync(target, $"ALTER TABLE {name} ENABLE TRIGGER USER", ct);
        foreach (var counted in table.GetProperties().Where(p => p.ClrType == typeof(int) && p.ValueGenerated == ValueGenerated.OnAdd))
            await RunAsync(target, $"SELECT setval(pg_get_serial_sequence('{table.GetTableName()}', '{counted.GetColumnName()}'), GREATEST((SELECT MAX({Quote(counted.GetColumnName())}) FROM {name}), 1))", ct);
    }

    private static IEnumerable<object?[]> Read(SqliteConnection source, string table, BulkColumn[] columns)
    {
        using var command = source.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", columns.Select(c => Quote(c.Name)))} FROM {table}";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new object?[columns.Length];
            for (var i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : Convert(reader.GetValue(i), columns[i].StoreType);
            yield return row;
        }
    }

    private static object Convert(object value, string type) => type switch
    {
        "uuid" => Guid.Parse((string)value),
        "timestamp with time zone" => new DateTimeOffset((long)value, TimeSpan.Zero),
        "boolean" => (long)value != 0,
        "date" => DateOnly.ParseExact((string)value, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        "integer" => checked((int)(long)value),
        "double precision" => System.Convert.ToDouble(value, CultureInfo.InvariantCulture),
        "bigint" or "bytea" or "text" => value,
        _ => throw new NotSupportedException($"No way from SQLite to {type}."),
    };

    /// <summary>Tables that are referred to before those that refer.</summary>
    private static List<IEntityType> InOrder(IModel model)
    {
        var waiting = model.GetEntityTypes().Where(e => e.GetTableName() is not null).OrderBy(e => e.GetTableName(), StringComparer.Ordinal).ToList();
        var ordered = new List<IEntityType>();
        while (waiting.Count > 0)
        {
            var next = waiting.FirstOrDefault(e => e.GetForeignKeys().All(f => f.PrincipalEntityType == e || !waiting.Contains(f.PrincipalEntityType)))
                ?? throw new InvalidOperationException("Tables refer to each other in a circle.");
            waiting.Remove(next);
            ordered.Add(next);
        }
        return ordered;
    }

#pragma warning disable EF1002 // Names of the model, quoted.
    private static Task<int> RunAsync(TongxinDb db, string sql, CancellationToken ct) => db.Database.ExecuteSqlRawAsync(sql, ct);
#pragma warning restore EF1002

    private static string Quote(string? name) => $"\"{name}\"";
}
