using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Tongxin.Platform.Data;

/// <summary>Updates of thousands of rows of one entity, past the change tracker: projections that are recomputed together.</summary>
public static class BulkUpdate
{
    /// <summary>
    /// Writes all columns of rows that are there, by their key, in the current transaction. The rows are not tracked, not versioned, and
    /// held by the caller. The caller records one journal entry for the whole batch and commits.
    /// </summary>
    public static async Task BulkUpdateAsync<T>(this TongxinDb db, IReadOnlyCollection<T> rows, CancellationToken ct) where T : class
    {
        if (rows.Count == 0) return;
        var entity = db.Model.FindEntityType(typeof(T))
            ?? throw new InvalidOperationException($"{typeof(T).Name} is not in the model.");
        if (typeof(IVersioned).IsAssignableFrom(typeof(T))) throw new InvalidOperationException($"{typeof(T).Name} is versioned: it is changed row by row.");
        var table = entity.GetTableName() ?? entity.ShortName();
        var beside = $"{table}_new";
        var key = (entity.FindPrimaryKey() ?? throw new InvalidOperationException($"{typeof(T).Name} has no key.")).Properties.Select(p => p.GetColumnName()).ToList();
        var others = entity.GetProperties().Select(p => p.GetColumnName()).Except(key, StringComparer.Ordinal).ToList();

#pragma warning disable EF1002 // Names of tables and columns of the model; no value is in the text.
        await db.Database.ExecuteSqlRawAsync($"CREATE TEMP TABLE {beside} AS SELECT * FROM {table} WHERE 1 = 0", ct);
        await db.BulkInsertAsync(rows, beside, ct);
        await db.Database.ExecuteSqlRawAsync(
            $"UPDATE {table} SET {string.Join(", ", others.Select(c => $"{c} = n.{c}"))} FROM {beside} AS n WHERE {string.Join(" AND ", key.Select(c => $"{table}.{c} = n.{c}"))}", ct);
        await db.Database.ExecuteSqlRawAsync($"DROP TABLE {beside}", ct);
#pragma warning restore EF1002
    }
}
