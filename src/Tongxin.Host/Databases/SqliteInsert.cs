using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Tongxin.Platform.Data;

namespace Tongxin.Host.Databases;

/// <summary>One prepared insert, run for row after row. Values lie in the file as the provider's own commands would put them there.</summary>
internal sealed class SqliteInsert : IDisposable
{
    private const int GuidLength = 36;
    private const int DateLength = 10;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private byte[] _text = new byte[256];

    public SqliteInsert(SqliteConnection connection, BulkTable table)
        : this(connection, table.Name, table.Columns.Select(c => c.Name))
    {
    }

    /// <param name="unless">What to do with rows that may be there; empty: they are an error.</param>
    public SqliteInsert(SqliteConnection connection, string table, IEnumerable<string> columns, string unless = "")
    {
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is closed.");
        var all = columns.ToList();
        var names = string.Join(", ", all.Select(c => $"\"{c}\""));
        var places = string.Join(", ", all.Select(_ => "?"));
        Check(raw.sqlite3_prepare_v2(_database, $"INSERT INTO \"{table}\" ({names}) VALUES ({places}) {unless}", out _statement));
    }

    /// <summary>As <see cref="Write"/>; false when the row was there.</summary>
    public bool TryWrite(object?[] row)
    {
        Write(row);
        return raw.sqlite3_changes(_database) == 1;
    }

    public void Write(object?[] row)
    {
        for (var i = 0; i < row.Length; i++) Check(Bind(i + 1, row[i]));
        var answer = raw.sqlite3_step(_statement);
        if (answer != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(answer, _database);
        Check(raw.sqlite3_reset(_statement));
    }

    public void Dispose() => _statement.Dispose();

    private int Bind(int at, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(_statement, at),
        string text => BindText(at, text),
        Guid id => BindGuid(at, id),
        byte[] bytes => raw.sqlite3_bind_blob(_statement, at, bytes),
        int number => raw.sqlite3_bind_int64(_statement, at, number),
        long number => raw.sqlite3_bind_int64(_statement, at, number),
        bool truth => raw.sqlite3_bind_int64(_statement, at, truth ? 1 : 0),
        double number => raw.sqlite3_bind_double(_statement, at, number),
        DateOnly day => BindDay(at, day),
        _ => throw new NotSupportedException($"A column of {value.GetType().Name} cannot be written in bulk yet."),
    };

    private int BindText(int at, string text)
    {
        // An empty span has no address, which SQLite takes for null.
        if (text.Length == 0) return raw.sqlite3_bind_text(_statement, at, "");
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_text.Length < most) _text = new byte[most];
        return raw.sqlite3_bind_text(_statement, at, _text.AsSpan(0, Encoding.UTF8.GetBytes(text, _text)));
    }

    private int BindGuid(int at, Guid id)
    {
        Span<byte> text = stackalloc byte[GuidLength];
        id.TryFormat(text, out _);
        Ascii.ToUpperInPlace(text, out _);
        return raw.sqlite3_bind_text(_statement, at, text);
    }

    private int BindDay(int at, DateOnly day)
    {
        Span<byte> text = stackalloc byte[DateLength];
        day.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        return raw.sqlite3_bind_text(_statement, at, text);
    }

    private void Check(int answer)
    {
        if (answer != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(answer, _database);
    }
}
