using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tongxin.Access.Scans;
using Tongxin.Host;
using Tongxin.Host.Commands;
using Tongxin.Platform.Journal;

namespace Tongxin.TestKit.Databases;

/// <summary>
/// A database of its own for one test class or test. Each provider is migrated once in a test run, into a template; every
/// further database is a copy of it.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<(Provider, bool Demo), Lazy<Task<TestDatabase>>> Templates = new();

    // Where it goes back to when it was used; of a template, where its copies go back to.
    private PostgresShelf? _shelf;
    private int _disposed;

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
    public static Task<TestDatabase> CreateAsync(Provider provider) => CopyAsync(provider, demo: false);

    /// <summary>With the demo estate in it, as ./do run shows it on <see cref="FakeTimeProvider.SamplesEvening"/>.</summary>
    public static Task<TestDatabase> CreateDemoAsync(Provider provider) => CopyAsync(provider, demo: true);

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
        // Two nodes on one database each give it back; by then it may be another test's.
        if (Interlocked.Exchange(ref _disposed, 1) == 1) return;
        if (Provider == Provider.Sqlite)
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Connection }.ToString());
            SqliteConnection.ClearPool(connection);
        }
        else if (_shelf is null || !await _shelf.TryPutBackAsync(Connection))
        {
            await using var own = new NpgsqlConnection(Connection);
            NpgsqlConnection.ClearPool(own);
            await ExecuteAsync($"DROP DATABASE IF EXISTS \"{own.Database}\" WITH (FORCE)");
        }

        TestFolder.Remove(DataFolder);
    }

    private static async Task<TestDatabase> CopyAsync(Provider provider, bool demo)
    {
        var template = await Templates.GetOrAdd((provider, demo), key => new(() => MakeTemplateAsync(key.Item1, key.Demo))).Value;
        var folder = TestFolder.New();
        // Sealed columns are read with the key they were written with.
        CopyFolder(Path.Combine(template.DataFolder, "keys"), Path.Combine(folder, "keys"));
        if (provider == Provider.Postgres)
        {
            var connection = template._shelf?.TryTake() ?? await CreatePostgresAsync(new NpgsqlConnectionStringBuilder(template.Connection).Database ?? "");
            return new TestDatabase(provider, connection, folder) { _shelf = template._shelf };
        }

        var file = Path.Combine(folder, "tongxin.db");
        File.Copy(template.Connection, file);
        return new TestDatabase(provider, file, folder);
    }

    private static async Task<TestDatabase> MakeTemplateAsync(Provider provider, bool demo)
    {
        var database = await CreateUnmigratedAsync(provider);
        await using (var app = HostProgram.Build([.. database.Arguments, $"--Tongxin:Demo={demo}"], builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new FakeTimeProvider(demo ? FakeTimeProvider.SamplesEvening : FakeTimeProvider.Start)));
        }))
        {
            await HostProgram.MigrateAsync(app.Services, CancellationToken.None);
            if (demo) await SeedCommand.TrySeedAsync(app.Services, CancellationToken.None);
            // Once, instead of by every app that starts on a copy.
            await app.Services.GetRequiredService<JournalSealer>().SealAsync(CancellationToken.None);
            if (provider == Provider.Postgres) await app.Services.GetRequiredService<ScanMonths>().MakeAsync(CancellationToken.None);
        }

        if (provider == Provider.Postgres)
        {
            if (!demo) database._shelf = await PostgresShelf.OfAsync(database.Connection);
            await using var own = new NpgsqlConnection(database.Connection);
            NpgsqlConnection.ClearPool(own);
            return database;
        }

        // Everything into the one file that is copied: no log beside it.
        SqliteConnection.ClearAllPools();
        await using var connection = new SqliteConnection($"Data Source={database.Connection};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE);";
        await command.ExecuteNonQueryAsync();
        return database;
    }

    private static void CopyFolder(string from, string to)
    {
        if (!Directory.Exists(from)) return;
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
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
