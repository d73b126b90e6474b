using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Tongxin.TestKit.Gates;

/// <summary>What of the acknowledged ids is in the table, asked past the product.</summary>
public static class ScanTally
{
    /// <summary>Acknowledged ids that are not there exactly once.</summary>
    public static async Task<int> MissingAsync(string[] settings, IReadOnlyCollection<Guid> acknowledged)
    {
        var rows = new Dictionary<Guid, int>();
        await using var connection = await OpenAsync(settings);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT id FROM access_scans";
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var id = reader.GetGuid(0);
            rows[id] = rows.GetValueOrDefault(id) + 1;
        }
        return acknowledged.Distinct().Count(id => rows.GetValueOrDefault(id) != 1);
    }

    private static async Task<DbConnection> OpenAsync(string[] settings)
    {
        var connection = settings.First(s => s.StartsWith("--Tongxin:Connection=", StringComparison.Ordinal)).Split('=', 2)[1];
        DbConnection opened = settings.Contains("--Tongxin:Database=postgres") ? new NpgsqlConnection(connection) : new SqliteConnection($"Data Source={connection};Pooling=False");
        await opened.OpenAsync();
        return opened;
    }
}
