using System.Collections.Concurrent;
using Npgsql;

namespace Tongxin.TestKit.Databases;

/// <summary>
/// Copies of one template that tests have used and emptied: the next test takes one of them. To make a database and to drop it costs PostgreSQL half a
/// second of copied files; to delete what a test wrote costs a few milliseconds. Whatever is not surely as it was made is dropped instead.
/// </summary>
internal sealed class PostgresShelf
{
    // A copy whose dead rows have grown is dropped: from then on it would be slower than a new one.
    private const long MostBytes = 16 << 20;

    private static readonly ConcurrentDictionary<string, bool> Lent = new(StringComparer.Ordinal);

    private readonly ConcurrentBag<string> _free = [];
    private readonly string _shape;
    private readonly IReadOnlyList<(string Table, string Rows)> _rows;

    private PostgresShelf(string shape, IReadOnlyList<(string Table, string Rows)> rows) => (_shape, _rows) = (shape, rows);

    /// <summary>Reads what the copies must be like again after each test.</summary>
    public static async Task<PostgresShelf> OfAsync(string template)
    {
        await using var connection = await OpenAsync(template);
        var rows = new List<(string, string)>();
        foreach (var table in await FilledAsync(connection))
        {
            using var reader = await connection.BeginTextExportAsync($"COPY {table} TO STDOUT");
            if (await reader.ReadToEndAsync() is { Length: > 0 } text) rows.Add((table, text));
        }

        return new PostgresShelf(await ShapeAsync(connection), rows);
    }

    /// <summary>Says that another process works on the database: nobody knows when the last of its statements is through.</summary>
    public static void Lend(IEnumerable<string> arguments)
    {
        const string Setting = "--Tongxin:Connection=";
        foreach (var argument in arguments)
            if (argument.StartsWith(Setting, StringComparison.Ordinal)) Lent.TryAdd(argument[Setting.Length..], true);
    }

    /// <summary>A copy that was used before; null when there is none.</summary>
    public string? TryTake() => _free.TryTake(out var connection) ? connection : null;

    /// <summary>Makes a used copy what it was; false when that is not sure.</summary>
    public async Task<bool> TryPutBackAsync(string used)
    {
        if (Lent.ContainsKey(used)) return false;
        try
        {
            await using var connection = await OpenAsync(used);
            if (await AskAsync<long>(connection, Busy) > 0 || await AskAsync<long>(connection, Bytes) > MostBytes) return false;
            await using var transaction = await connection.BeginTransactionAsync();
            await using (var empty = new NpgsqlCommand(Empty, connection)) await empty.ExecuteNonQueryAsync();
            foreach (var (table, rows) in _rows)
            {
                await using var writer = await connection.BeginTextImportAsync($"COPY {table} FROM STDIN");
                await writer.WriteAsync(rows);
            }

            await transaction.CommitAsync();
            if (await ShapeAsync(connection) != _shape) return false;
        }
        catch (NpgsqlException)
        {
            return false;
        }

        _free.Add(used);
        return true;
    }

    private static async Task<NpgsqlConnection> OpenAsync(string to)
    {
        var connection = new NpgsqlConnection(to);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<List<string>> FilledAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand($"SELECT c.oid::regclass::text {Filled} ORDER BY 1", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var all = new List<string>();
        while (await reader.ReadAsync()) all.Add(reader.GetString(0));
        return all;
    }

    private static async Task<string> ShapeAsync(NpgsqlConnection connection) => await AskAsync<string>(connection, Shape);

    private static async Task<T> AskAsync<T>(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // The constants below.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return (T)(await command.ExecuteScalarAsync() ?? throw new InvalidOperationException("No answer."));
    }

    private const string Ours = "n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'";

    // What has never held a row has no file of its own yet.
    private const string Filled =
        $"FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {Ours} AND c.relkind = 'r' AND c.relname <> '__EFMigrationsHistory' AND pg_relation_size(c.oid) > 0";

    private const string Bytes = $"SELECT coalesce(sum(pg_relation_size(c.oid)), 0)::bigint {Filled}";

    private const string Busy =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND state <> 'idle'";

    // As a replica does: without triggers, and without asking references in which order.
    private const string Empty =
        $"""
        DO $$
        DECLARE
            name text;
        BEGIN
            SET LOCAL session_replication_role = replica;
            FOR name IN SELECT c.oid::regclass::text {Filled} LOOP EXECUTE 'DELETE FROM ' || name; END LOOP;
            PERFORM setval(c.oid, 1, false) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {Ours} AND c.relkind = 'S';
        END $$
        """;

    private const string Shape =
        $"""
        SELECT md5(string_agg(thing, ',' ORDER BY thing)) FROM (
            SELECT concat_ws(' ', c.oid::regclass, c.relkind, c.relnatts, c.relchecks, c.relhastriggers, c.relispartition) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {Ours}
            UNION ALL SELECT concat_ws(' ', p.oid::regprocedure, md5(p.prosrc)) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE {Ours}
            UNION ALL SELECT concat_ws(' ', t.tgname, t.tgenabled, t.tgrelid::regclass) FROM pg_trigger t WHERE NOT t.tgisinternal
            UNION ALL SELECT concat_ws(' ', o.conname, o.conrelid::regclass, o.convalidated) FROM pg_constraint o JOIN pg_namespace n ON n.oid = o.connamespace WHERE {Ours}
            UNION ALL SELECT concat_ws(' ', 'migration', m."MigrationId") FROM "__EFMigrationsHistory" m
            UNION ALL SELECT concat_ws(' ', 'setting', s.setconfig) FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase WHERE d.datname = current_database()
        ) AS things(thing)
        """;
}
