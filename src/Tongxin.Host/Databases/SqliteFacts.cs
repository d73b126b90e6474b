using Microsoft.Data.Sqlite;
using SQLitePCL;
using Tongxin.Platform.Data;

namespace Tongxin.Host.Databases;

/// <summary>Groups of facts on a connection of their own: the log is flushed once for each group.</summary>
internal sealed class SqliteFacts<T> : FactWriter<T>
{
    private static readonly string[] NoteColumns = ["id", "at", "account_id", "person_id", "action", "subject_kind", "details"];

    private readonly SqliteConnection _connection;
    private readonly FactTable<T> _table;
    private readonly SqliteInsert _facts;
    private readonly SqliteInsert _notes;
    private readonly Func<T, object?>[] _readers;
    private readonly object?[] _row;

    private SqliteFacts(SqliteConnection connection, FactTable<T> table)
    {
        (_connection, _table) = (connection, table);
        _facts = new SqliteInsert(connection, table.Name, table.Columns.Select(c => c.Name).Prepend("id"), "ON CONFLICT (id) DO NOTHING");
        _notes = new SqliteInsert(connection, "platform_journal", NoteColumns);
        _readers = [.. table.Columns.Select(Reader)];
        _row = new object?[_readers.Length + 1];
    }

    public static async Task<SqliteFacts<T>> OpenAsync(string connectionString, string pragmas, FactTable<T> table, CancellationToken ct)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            await connection.OpenAsync(ct);
            Run(connection, pragmas);
            return new SqliteFacts<T>(connection, table);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override Task<IReadOnlySet<Guid>?> WriteAsync(IReadOnlyList<T> facts, FactNote note, CancellationToken ct)
    {
        Run(_connection, "BEGIN IMMEDIATE");
        try
        {
            var added = new HashSet<Guid>();
            foreach (var fact in facts)
                if (Write(fact)) added.Add(_table.Id(fact));
            if (added.Count > 0)
            {
                var entry = note.Entry;
                _notes.Write([entry.Id, entry.At.UtcTicks, entry.AccountId, entry.PersonId, entry.Action, entry.SubjectKind, $"{note.Before}{added.Count}{note.After}"]);
            }
            Run(_connection, "COMMIT");
            return Task.FromResult<IReadOnlySet<Guid>?>(added.Count == facts.Count ? null : added);
        }
        catch
        {
            // Already rolled back after some failures; then this says so, and nobody needs to know.
            raw.sqlite3_exec(_connection.Handle, "ROLLBACK");
            throw;
        }
    }

    public override ValueTask DisposeAsync()
    {
        _facts.Dispose();
        _notes.Dispose();
        return _connection.DisposeAsync();
    }

    private bool Write(T fact)
    {
        _row[0] = _table.Id(fact);
        for (var i = 0; i < _readers.Length; i++) _row[i + 1] = _readers[i](fact);
        return _facts.TryWrite(_row);
    }

    private static Func<T, object?> Reader(FactColumn<T> column) => column switch
    {
        IdColumn<T> id => f => id.Get(f),
        TextColumn<T> text => text.Get,
        NumberColumn<T> number => f => number.Get(f),
        TruthColumn<T> truth => f => truth.Get(f),
        InstantColumn<T> instant => f => instant.Get(f).UtcTicks,
        _ => throw new NotSupportedException(column.GetType().Name),
    };

    private static void Run(SqliteConnection connection, string sql)
    {
        var answer = raw.sqlite3_exec(connection.Handle, sql);
        if (answer != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(answer, connection.Handle);
    }
}
