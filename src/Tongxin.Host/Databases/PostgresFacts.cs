using Npgsql;
using NpgsqlTypes;
using Tongxin.Platform.Data;

namespace Tongxin.Host.Databases;

/// <summary>
/// Groups of facts, each by one prepared statement: columns go as arrays, ids that are known are left out, the journal's entry is written by
/// the same statement with the count. One round trip and one flush of the log for hundreds of requests.
/// </summary>
internal sealed class PostgresFacts<T> : FactWriter<T>
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _command;
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

    private PostgresFacts(NpgsqlConnection connection, FactTable<T> table)
    {
        _connection = connection;
        _columns = [new Column<Guid>("id", "uuid", NpgsqlDbType.Uuid, table.Id), .. table.Columns.Select(Of)];
        _command = new NpgsqlCommand(Statement(table.Name), connection);
        foreach (var column in _columns) _command.Parameters.Add(column.Parameter);
        _command.Parameters.AddRange((NpgsqlParameter[])[_count, _noteId, _noteAt, _noteAccount, _notePerson, _noteAction, _noteKind, _noteBefore, _noteAfter]);
    }

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
            await writer._command.PrepareAsync(ct);
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
        foreach (var column in _columns) column.Fill(facts);
        _count.TypedValue = facts.Count;
        Say(note);
        HashSet<Guid>? added = null;
        // Read to its end, where the server says that it is ready for the next: a commit that fails says so there, and throws.
        await using (var reader = await _command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                if (reader.GetInt32(0) != facts.Count) added = await reader.IsDBNullAsync(1, ct) ? [] : [.. reader.GetFieldValue<Guid[]>(1)];
            while (await reader.NextResultAsync(ct))
            {
                // There is none; this reads the end.
            }
        }
        return added;
    }

    public override async ValueTask DisposeAsync()
    {
        await _command.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private void Say(FactNote note)
    {
        var entry = note.Entry;
        _noteId.TypedValue = entry.Id;
        _noteAt.TypedValue = entry.At.UtcDateTime;
        _noteAccount.TypedValue = entry.AccountId;
        _notePerson.Value = entry.PersonId is { } person ? person : DBNull.Value;
        _noteAction.TypedValue = entry.Action;
        _noteKind.TypedValue = entry.SubjectKind;
        _noteBefore.TypedValue = note.Before;
        _noteAfter.TypedValue = note.After;
    }

    private string Statement(string table)
    {
        var names = string.Join(", ", _columns.Select(c => $"\"{c.Name}\""));
        var arrays = string.Join(", ", _columns.Select((c, i) => $"${i + 1}::{c.Type}[]"));
        var next = _columns.Count + 1;
        return $"""
            WITH added AS (INSERT INTO "{table}" ({names}) SELECT * FROM unnest({arrays}) ON CONFLICT (id) DO NOTHING RETURNING id),
            counted AS (SELECT count(*)::int AS n FROM added),
            note AS (INSERT INTO platform_journal (id, at, account_id, person_id, action, subject_kind, details)
                SELECT ${next + 1}, ${next + 2}, ${next + 3}, ${next + 4}, ${next + 5}, ${next + 6}, ${next + 7} || n || ${next + 8} FROM counted WHERE n > 0)
            SELECT n, CASE WHEN n < ${next} THEN (SELECT array_agg(id) FROM added) END FROM counted
            """;
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
