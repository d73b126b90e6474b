using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tongxin.Host;

namespace Tongxin.TestKit.Databases;

/// <summary>
/// A database of its own for one test class or test. Each provider is migrated once in a test run, into a template; every
/// further database is a copy of it.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> SqliteTemplate = new(MakeSqliteTemplateAsync);
    private static readonly Lazy<Task<string>> PostgresTemplate = new(MakePostgresTemplateAsync);

    private TestDatabase(Provider provider, string connection, string dataFolder) =>
        (Provider, Connection, DataFolder) = (provider, connection, dataFolder);

    public Provider Provider { get; }

    /// <summary>Value of <c>Tongxin:Connection</c>: a file, or a connection string.</summary>
    public string Connection { get; }

    /// <summary>Value of <c>Tongxin:Data</c>.</summary>
    public string DataFolder { get; }

    /// <summary>The settings that make the product use this database, as command-line arguments.</summary>
    public string[] Arguments =>
    [
        $"--Tongxin:Database={(Provider == Provider.Sqlite ? "sqlite" : "postgres")}",
        $"--Tongxin:Connection={Connection}",
        $"--Tongxin:Data={DataFolder}",
    ];

    /// <summary>Migrated and empty.</summary>
    public static async Task<TestDatabase> CreateAsync(Provider provider)
    {
        var folder = TestFolder.New();
        if (provider == Provider.Sqlite)
        {
            var file = Path.Combine(folder, "tongxin.db");
            File.Copy(await SqliteTemplate.Value, file);
            return new TestDatabase(provider, file, folder);
        }

        return new TestDatabase(provider, await CreatePostgresAsync(await PostgresTemplate.Value), folder);
    }

    /// <summary>Without a single table, for tests of the migrations themselves.</summary>
    public static async Task<TestDatabase> CreateUnmigratedAsync(Provider provider)
    {
        var folder = TestFolder.New();
        return provider == Provider.Sqlite
            ? new TestDatabase(provider, Path.Combine(folder, "tongxin.db"), folder)
            : new TestDatabase(provider, await CreatePostgresAsync("template0"), folder);
    }

    public async ValueTask DisposeAsync()
    {
        if (Provider == Provider.Sqlite)
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Connection }.ToString());
            SqliteConnection.ClearPool(connection);
        }
        else
        {
            await using var own = new NpgsqlConnection(Connection);
            NpgsqlConnection.ClearPool(own);
            await ExecuteAsync($"DROP DATABASE IF EXISTS \"{own.Database}\" WITH (FORCE)");
        }

        TestFolder.Remove(DataFolder);
    }

    private static async Task<string> MakeSqliteTemplateAsync()
    {
        var database = await CreateUnmigratedAsync(Provider.Sqlite);
        await MigrateAsync(database);
        // Everything into the one file that is copied: no log beside it.
        await using (var connection = new SqliteConnection($"Data Source={database.Connection};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE);";
            await command.ExecuteNonQueryAsync();
        }

        return database.Connection;
    }

    private static async Task<string> MakePostgresTemplateAsync()
    {
        var database = await CreateUnmigratedAsync(Provider.Postgres);
        await MigrateAsync(database);
        await using var connection = new NpgsqlConnection(database.Connection);
        NpgsqlConnection.ClearPool(connection);
        return connection.Database;
    }

    private static async Task MigrateAsync(TestDatabase database)
    {
        await using var app = HostProgram.Build(database.Arguments, builder => builder.Logging.ClearProviders());
        await HostProgram.MigrateAsync(app.Services, CancellationToken.None);
        SqliteConnection.ClearAllPools();
    }

    private static async Task<string> CreatePostgresAsync(string template)
    {
        var name = $"t_{Guid.CreateVersion7():N}";
        await ExecuteAsync($"CREATE DATABASE \"{name}\" TEMPLATE \"{template}\" ENCODING 'UTF8'");
        return new NpgsqlConnectionStringBuilder(TestPostgres.Connection) { Database = name }.ToString();
    }

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(TestPostgres.Connection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
