using Npgsql;
using NpgsqlTypes;
using Tongxin.Platform.Data;

namespace Tongxin.Host.Databases;

/// <summary>
/// Groups of facts, each by one prepared statement: columns go as arrays, the journal's entry is written by the same statement with the count.
/// One round trip and one flush of the log for hundreds of requests. Nearly all facts are new, so the first try knows of no others; a group
/// that holds a known id is refused by the database as a whole, and written by the careful statement that leaves known ids out.
/// </summary>
internal sealed class PostgresFacts<T> : FactWriter<T>
{
    // After a group with known ids more of them follow: a phone sends its outbox again, not one fact of it.
    private const int CarefulAfterRepeat = 64;

    private readonly NpgsqlConnection _connection;
    private readonly Statement _allNew, _careful;
    private int _carefully;

    private PostgresFacts(NpgsqlConnection connection, FactTable<T> table)
    {
        _connection = connection;
        _allNew = new Statement(connection, table, s => $"""
            WITH note AS (INSERT INTO platform_journal ({JournalColumns}) VALUES ({s.Journal($"${s.Count}::int")}))
            INSERT INTO "{table.Name}" ({s.Names}) SELECT {s.Values}
            """);
        _careful = new Statement(connection, table, s => $"""
            WITH added AS (INSERT INTO "{table.Name}" ({s.Names}) SELECT {s.Values} ON CONFLICT (id) DO NOTHING RETURNING id),
            counted AS (SELECT count(*)::int AS n FROM added),
            note AS (INSERT INTO platform_journal ({JournalColumns}) SELECT {s.Journal("n")} FROM counted WHERE n > 0)
            SELECT n, CASE WHEN n < ${s.Count} THEN (SELECT array_agg(id) FROM added) END FROM counted
            """);
    }

    private const string JournalColumns = "id, at, account_id, person_id, action, subject_kind, details";

    public static async Task<PostgresFacts<T>> OpenAsync(string connectionString, FactTable<T> table, CancellationToken ct)
    {
        // Not of the pool: it is held for as long as the product runs. A commit that is only in memory is no commit here, whatever the
        // installation says elsewhere.
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, ApplicationName = $"tongxin {table.Name}" };
        var connection = new NpgsqlConnection(settings.ToString());
        try
        {
            await connection.OpenAsync(ct);
            await using (var durable = new NpgsqlCommand("SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'", connection))
                await durable.ExecuteNonQueryAsync(ct);
            var writer = new PostgresFacts<T>(connection, table);
            await writer._allNew.Command.PrepareAsync(ct);
            await writer._careful.Command.PrepareAsync(ct);
            return writer;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override async Task<IReadOnlySet<Guid>?> WriteAsync(IReadOnlyList<T> facts, FactNote note, CancellationToken ct)
    {
        if (_carefully == 0)
        {
            try
            {
                _allNew.Fill(facts, note);
                await _allNew.Command.ExecuteNonQueryAsync(ct);
                return null;
            }
            catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.UniqueViolation)
            {
                _carefully = CarefulAfterRepeat;
            }
        }
        _carefully--;
        _careful.Fill(facts, note);
        return await WriteCarefullyAsync(facts.Count, ct);
    }

    private async Task<IReadOnlySet<Guid>?> WriteCarefullyAsync(int count, CancellationToken ct)
    {
        HashSet<Guid>? added = null;
        // Read to its end, where the server says that it is ready for the next: a commit that fails says so there, and throws.
        await using var reader = await _careful.Command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            if (reader.GetInt32(0) != count) added = await reader.IsDBNullAsync(1, ct) ? [] : [.. reader.GetFieldValue<Guid[]>(1)];
        while (await reader.NextResultAsync(ct))
        {
            // There is none; this reads the end.
        }
        return added;
    }

    public override async ValueTask DisposeAsync()
    {
        await _allNew.Command.DisposeAsync();
        await _careful.Command.DisposeAsync();
        await _connection.DisposeAsync();
    }

    /// <summary>A statement with the parameters of a group: its columns as arrays, then their count and what the journal says.</summary>
    private sealed class Statement
    {
        private readonly List<IColumn> _columns;
        private readonly NpgsqlParameter<int> _count = new() { TypedValue = 0 };
        private readonly NpgsqlParameter<Guid> _noteId = new() { NpgsqlDbType = NpgsqlDbType.Uuid };
        private readonly NpgsqlParameter<DateTime> _noteAt = new() { NpgsqlDbType = NpgsqlDbType.TimestampTz };
        private readonly NpgsqlParameter<Guid> _noteAccount = new() { NpgsqlDbType = NpgsqlDbType.Uuid };
        private readonly NpgsqlParameter _notePerson = new() { NpgsqlDbType = NpgsqlDbType.Uuid };
        private readonly NpgsqlParameter<string> _noteAction = new() { NpgsqlDbType = NpgsqlDbType.Text };
        private readonly NpgsqlParameter<string> _noteKind = new() { NpgsqlDbType = NpgsqlDbType.Text };
        private readonly NpgsqlParameter<string> _noteBefore = new() { NpgsqlDbType = NpgsqlDbType.Text };
        private readonly NpgsqlParameter<string> _noteAfter = new() { NpgsqlDbType = NpgsqlDbType.Text };

        public Statement(NpgsqlConnection connection, FactTable<T> table, Func<Statement, string> text)
        {
            _columns = [new Column<Guid>("id", "uuid", NpgsqlDbType.Uuid, table.Id), .. table.Columns.Select(Of)];
            Command = new NpgsqlCommand(text(this), connection);
            foreach (var column in _columns) Command.Parameters.Add(column.Parameter);
            Command.Parameters.AddRange((NpgsqlParameter[])[_count, _noteId, _noteAt, _noteAccount, _notePerson, _noteAction, _noteKind, _noteBefore, _noteAfter]);
        }

        public NpgsqlCommand Command { get; }

        public string Names => string.Join(", ", _columns.Select(c => $"\"{c.Name}\""));

        // Side by side in the list of values, not as one table in FROM: that would be put aside as a whole, column by column, before the
        // first row is written, and takes as long as writing it.
        public string Values => string.Join(", ", _columns.Select((c, i) => $"unnest(${i + 1}::{c.Type}[])"));

        /// <summary>Number of the parameter with the count of facts.</summary>
        public int Count => _columns.Count + 1;

        /// <summary>Values of the journal's entry; <paramref name="added"/> is how many facts were new.</summary>
        public string Journal(string added) => $"{string.Join(", ", Enumerable.Range(Count + 1, 6).Select(n => $"${n}"))}, ${Count + 7} || {added} || ${Count + 8}";

        public void Fill(IReadOnlyList<T> facts, FactNote note)
        {
            foreach (var column in _columns) column.Fill(facts);
            var entry = note.Entry;
            _count.TypedValue = facts.Count;
            _noteId.TypedValue = entry.Id;
            _noteAt.TypedValue = entry.At.UtcDateTime;
            _noteAccount.TypedValue = entry.AccountId;
            _notePerson.Value = entry.PersonId is { } person ? person : DBNull.Value;
            _noteAction.TypedValue = entry.Action;
            _noteKind.TypedValue = entry.SubjectKind;
            _noteBefore.TypedValue = note.Before;
            _noteAfter.TypedValue = note.After;
        }
    }

    private static IColumn Of(FactColumn<T> column) => column switch
    {
        IdColumn<T> id => new Column<Guid?>(id.Name, "uuid", NpgsqlDbType.Uuid, id.Get),
        TextColumn<T> text => new Column<string?>(text.Name, "text", NpgsqlDbType.Text, text.Get),
        NumberColumn<T> number => new Column<int?>(number.Name, "integer", NpgsqlDbType.Integer, number.Get),
        TruthColumn<T> truth => new Column<bool>(truth.Name, "boolean", NpgsqlDbType.Boolean, truth.Get),
        InstantColumn<T> instant => new Column<DateTime>(instant.Name, "timestamptz", NpgsqlDbType.TimestampTz, f => instant.Get(f).UtcDateTime),
        _ => throw new NotSupportedException(column.GetType().Name),
    };

    private interface IColumn
    {
        string Name { get; }
        string Type { get; }
        NpgsqlParameter Parameter { get; }
        void Fill(IReadOnlyList<T> facts);
    }

    /// <summary>One array parameter whose list is filled anew for each group.</summary>
    private sealed class Column<TValue>(string name, string type, NpgsqlDbType db, Func<T, TValue> get) : IColumn
    {
        private readonly NpgsqlParameter<List<TValue>> _parameter = new() { NpgsqlDbType = NpgsqlDbType.Array | db, TypedValue = [] };

        public string Name => name;

        public string Type => type;

        public NpgsqlParameter Parameter => _parameter;

        public void Fill(IReadOnlyList<T> facts)
        {
            var values = _parameter.TypedValue!;
            values.Clear();
            for (var i = 0; i < facts.Count; i++) values.Add(get(facts[i]));
            // Told again: a parameter remembers what it was sized for.
            _parameter.TypedValue = values;
        }
    }
}
