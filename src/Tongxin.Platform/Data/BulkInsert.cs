using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Tongxin.Platform.Data;

/// <summary>Inserts of thousands of rows of one entity, past the change tracker but with the model's own columns and conversions.</summary>
public static class BulkInsert
{
    /// <summary>
    /// Writes the rows at once, in the current transaction. The caller records one journal entry for the whole batch
    /// and commits.
    /// </summary>
    public static Task BulkInsertAsync<T>(this TongxinDb db, IEnumerable<T> rows, CancellationToken ct) where T : class => BulkInsertAsync(db, rows, null, ct);

    /// <summary>The same into another table with the same columns; null: the entity's own.</summary>
    internal static async Task BulkInsertAsync<T>(this TongxinDb db, IEnumerable<T> rows, string? into, CancellationToken ct) where T : class
    {
        var transaction = db.Database.CurrentTransaction
            ?? throw new InvalidOperationException("A bulk insert belongs in a transaction.");
        var entity = db.Model.FindEntityType(typeof(T))
            ?? throw new InvalidOperationException($"{typeof(T).Name} is not in the model.");
        var properties = entity.GetProperties().ToArray();
        var columns = properties.Select(p => new BulkColumn(p.GetColumnName(), p.GetColumnType())).ToArray();
        var readers = properties.Select(p => (
            Get: p.GetGetter(),
            Convert: p.GetTypeMapping().Converter?.ConvertToProvider)).ToArray();

        // One array for all rows: each is written before the next is asked for.
        var values = new object?[readers.Length];
        var table = new BulkTable(into ?? entity.GetTableName() ?? entity.ShortName(), columns, rows.Select(Values));
        await db.Dialect.InsertAsync(db.Database.GetDbConnection(), transaction.GetDbTransaction(), table, ct);

        object?[] Values(T row)
        {
            for (var i = 0; i < readers.Length; i++)
            {
                var value = readers[i].Get.GetClrValue(row);
                values[i] = value is null ? null : readers[i].Convert?.Invoke(value) ?? value;
            }
            return values;
        }
    }
}
