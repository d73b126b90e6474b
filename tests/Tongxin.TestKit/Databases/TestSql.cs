using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Tongxin.TestKit.Databases;

/// <summary>Statements past the product: what an intruder would write, and what is there while the program runs elsewhere.</summary>
public static class TestSql
{
    /// <summary>Rows of a table.</summary>
    public static async Task<long> CountAsync(this TestDatabase database, string table) =>
        await database.AskAsync($"SELECT COUNT(*) FROM {table}") as long? ?? throw new InvalidOperationException("No number.");

    /// <summary>The first cell of the answer.</summary>
    public static async Task<object?> AskAsync(this TestDatabase database, string sql)
    {
        await using var connection = await OpenAsync(database);
        await using var command = Command(connection, sql);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>The number of rows changed.</summary>
    public static async Task<int> ExecuteAsync(this TestDatabase database, string sql)
    {
        await using var connection = await OpenAsync(database);
        await using var command = Command(connection, sql);
        return await command.ExecuteNonQueryAsync();
    }

    private static async Task<DbConnection> OpenAsync(TestDatabase database)
    {
        DbConnection connection = database.Provider == Provider.Sqlite
            ? new SqliteConnection($"Data Source={database.Connection};Pooling=False")
            : new NpgsqlConnection(database.Connection);
        await connection.OpenAsync();
        return connection;
    }

    private static DbCommand Command(DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Statements of tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
