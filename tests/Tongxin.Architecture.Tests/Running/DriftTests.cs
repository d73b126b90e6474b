using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Tongxin.Host;
using Tongxin.Platform.Data;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Architecture.Tests.Running;

/// <summary>
/// The migrations are written by hand, so an empty database that they fill is compared with one that the model makes by itself:
/// the same columns with the same types, every rule and reference of the model, nothing that the model does not know.
/// </summary>
public sealed class DriftTests
{
    [Theory, BothProviders]
    public async Task Migrations_OnAnEmptyDatabase_MakeWhatTheModelSays(Provider provider)
    {
        await using var migrated = await TestDatabase.CreateUnmigratedAsync(provider);
        await using var created = await TestDatabase.CreateUnmigratedAsync(provider);

        var fromMigrations = await ReadAsync(migrated, async db => await db.Database.MigrateAsync());
        var fromModel = await ReadAsync(created, async db => await db.Database.EnsureCreatedAsync());

        fromModel.Columns.Count.ShouldBeGreaterThan(50);
        fromModel.Rules.Count.ShouldBeGreaterThan(20);
        Differences(fromMigrations, fromModel).ShouldBeEmpty();
    }

    /// <summary>A cluster of a zh_CN locale would sort names its own way and could not use the indexes for prefixes.</summary>
    [Fact]
    public async Task Texts_OnPostgres_AreComparedByteByByteWhateverTheClustersLocale()
    {
        await using var database = await TestDatabase.CreateUnmigratedAsync(Provider.Postgres);
        await using var app = HostProgram.Build(database.Arguments, builder => builder.Logging.ClearProviders());
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TongxinDb>();

        await db.Database.MigrateAsync(TestContext.Current.CancellationToken);

        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        (await ListAsync(db.Database.GetDbConnection(), PostgresOtherTexts)).ShouldBeEmpty();
    }

    [Fact]
    public void BadSample_ColumnForgottenInTheMigration_IsFound() => Differences(
        new Catalogue(["t.a text null=no"], []), new Catalogue(["t.a text null=no", "t.b text null=yes"], []))
        .ShouldBe(["the migrations lack t.b text null=yes"]);

    [Fact]
    public void BadSample_ColumnTheModelDoesNotKnow_IsFound() => Differences(
        new Catalogue(["t.a text null=no"], []), new Catalogue([], [])).ShouldBe(["the model lacks t.a text null=no"]);

    [Fact]
    public void BadSample_UniqueRuleForgottenInTheMigration_IsFound() => Differences(
        new Catalogue([], []), new Catalogue([], ["unique t(a)"])).ShouldBe(["the migrations lack unique t(a)"]);

    // Rules may be stricter in the database than in the model (a filter, a search table's index); never the other way round.
    // The index that EF adds to every reference by itself is no rule: the migrations index what is asked for.
    private static List<string> Differences(Catalogue migrations, Catalogue model) =>
    [
        .. model.Columns.Except(migrations.Columns).Select(c => $"the migrations lack {c}"),
        .. migrations.Columns.Except(model.Columns).Select(c => $"the model lacks {c}"),
        .. model.Rules.Except(migrations.Rules).Where(r => !IsIndexOfAReference(r, model)).Select(r => $"the migrations lack {r}"),
    ];

    private static bool IsIndexOfAReference(string rule, Catalogue model)
    {
        if (!rule.StartsWith("index ", StringComparison.Ordinal)) return false;
        var reference = $"reference {rule["index ".Length..].Replace('(', '.').TrimEnd(')')} -> ";
        return model.Rules.Any(r => r.StartsWith(reference, StringComparison.Ordinal));
    }

    private static async Task<Catalogue> ReadAsync(TestDatabase database, Func<TongxinDb, Task> make)
    {
        await using var app = HostProgram.Build(database.Arguments, builder => builder.Logging.ClearProviders());
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TongxinDb>();
        await make(db);
        await db.Database.OpenConnectionAsync();
        var connection = db.Database.GetDbConnection();
        var (columns, rules) = database.Provider == Provider.Sqlite ? (SqliteColumns, SqliteRules) : (PostgresColumns, PostgresRules);
        return new Catalogue(await ListAsync(connection, columns), await ListAsync(connection, rules));
    }

    private static async Task<HashSet<string>> ListAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The two constants below.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var all = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadAsync()) all.Add(reader.GetString(0));
        return all;
    }

    private const string SqliteColumns = """
        SELECT t.name || '.' || c.name || ' ' || lower(c.type) || ' null=' || CASE WHEN c."notnull" = 1 OR c.pk > 0 THEN 'no' ELSE 'yes' END
        FROM sqlite_master t JOIN pragma_table_info(t.name) c
        WHERE t.type = 'table' AND t.name NOT LIKE '\_\_EF%' ESCAPE '\' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '%\_search%' ESCAPE '\'
        """;

    private const string SqliteRules = """
        SELECT CASE WHEN i."unique" = 1 THEN 'unique ' ELSE 'index ' END || t.name || '(' ||
            (SELECT group_concat(x.name, ',') FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno) x) || ')'
        FROM sqlite_master t JOIN pragma_index_list(t.name) i WHERE t.type = 'table' AND t.name NOT LIKE '\_\_EF%' ESCAPE '\'
        UNION
        SELECT 'reference ' || t.name || '.' || f."from" || ' -> ' || f."table" FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table'
        """;

    private const string PostgresColumns = """
        SELECT table_name || '.' || column_name || ' ' || data_type || ' null=' || lower(is_nullable)
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\_\_EF%' AND table_name NOT LIKE '%\_search%'
        """;

    private const string PostgresOtherTexts = """
        SELECT table_name || '.' || column_name FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name NOT LIKE '\_\_EF%' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'
        """;

    private const string PostgresRules = """
        SELECT CASE WHEN i.indisunique THEN 'unique ' ELSE 'index ' END || t.relname || '(' ||
            (SELECT string_agg(a.attname, ',' ORDER BY k.n) FROM unnest(i.indkey) WITH ORDINALITY k(attnum, n)
             JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum) || ')'
        FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace s ON s.oid = t.relnamespace
        WHERE s.nspname = 'public' AND i.indexprs IS NULL
        UNION
        SELECT 'reference ' || t.relname || '.' || a.attname || ' -> ' || r.relname
        FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class r ON r.oid = c.confrelid
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = c.conkey[1] WHERE c.contype = 'f'
        """;

    private sealed record Catalogue(IReadOnlySet<string> Columns, IReadOnlySet<string> Rules)
    {
        public Catalogue(string[] columns, string[] rules)
            : this(columns.ToHashSet(StringComparer.OrdinalIgnoreCase), rules.ToHashSet(StringComparer.OrdinalIgnoreCase))
        {
        }
    }
}
