using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Tongxin.Platform.Data;

/// <summary>Updates of many rows of one entity, past the change tracker: projections that are recomputed together.</summary>
public static class BulkUpdate
{
    /// <summary>The most rows that travel as parameters of one statement; more go through a table beside.</summary>
    private const int Few = 256;

    /// <summary>
    /// Writes rows that are there, by their key, in the current transaction. The rows are not tracked and are held by the caller; those of a
    /// versioned entity get the next version in the database, and are not to be written again as they are in memory. The caller records one
    /// journal entry for the whole batch and commits.
    /// </summary>
    /// <param name="only">Names of the properties that may have changed; null: all but the key.</param>
    /// <exception cref="DbUpdateConcurrencyException">A row of a versioned entity is gone or was changed meanwhile.</exception>
    public static async Task BulkUpdateAsync<T>(this TongxinDb db, IReadOnlyCollection<T> rows, CancellationToken ct, IReadOnlyCollection<string>? only = null) where T : class
    {
        if (rows.Count == 0) return;
        var plan = Plan.Of(db.Model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T).Name} is not in the model."), only);
        var written = rows.Count <= Few ? await AtOnceAsync(db, [.. rows], plan, ct) : await BesideAsync(db, rows, plan, ct);
        if (plan.Version is not null && written != rows.Count)
            throw new DbUpdateConcurrencyException($"{rows.Count - written} of {rows.Count} rows of {plan.Table} were changed meanwhile.");
    }

    private static async Task<int> BesideAsync<T>(TongxinDb db, IReadOnlyCollection<T> rows, Plan plan, CancellationToken ct) where T : class
    {
        var beside = $"{plan.Table}_new";
#pragma warning disable EF1002 // Names of tables and columns of the model; no value is in the text.
        await db.Database.ExecuteSqlRawAsync($"CREATE TEMP TABLE {beside} AS SELECT * FROM {plan.Table} WHERE 1 = 0", ct);
        await db.BulkInsertAsync(rows, beside, ct);
        var written = await db.Database.ExecuteSqlRawAsync(plan.Update(beside), ct);
        await db.Database.ExecuteSqlRawAsync($"DROP TABLE {beside}", ct);
#pragma warning restore EF1002
        return written;
    }

    private static async Task<int> AtOnceAsync<T>(TongxinDb db, IReadOnlyList<T> rows, Plan plan, CancellationToken ct) where T : class
    {
        var transaction = db.Database.CurrentTransaction ?? throw new InvalidOperationException("A bulk update belongs in a transaction.");
        // One connection of EF Core's, open as long as its transaction: nothing of it is disposed here but the command.
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = transaction.GetDbTransaction();
        var text = new StringBuilder("WITH n(").AppendJoin(", ", plan.Carried.Select(c => c.Column)).Append(") AS (VALUES ");
        var at = 0;
        // The last row repeated says the same twice: the statement is one of few, and a row is written once.
        foreach (var row in Padded.Of(rows))
        {
            text.Append(at == 0 ? "(" : ", (");
            for (var i = 0; i < plan.Carried.Count; i++)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = $"@p{at++}";
                parameter.Value = plan.Carried[i].Read(row) ?? DBNull.Value;
                command.Parameters.Add(parameter);
                text.Append(i == 0 ? "CAST(" : ", CAST(").Append(parameter.ParameterName).Append(" AS ").Append(plan.Carried[i].Type).Append(')');
            }
            text.Append(')');
        }
#pragma warning disable CA2100 // Names of tables, columns and types of the model; every value is a parameter.
        command.CommandText = text.Append(") ").Append(plan.Update("n")).ToString();
#pragma warning restore CA2100
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>What is written: tables and columns of one entity.</summary>
    /// <param name="Version">The column of the version; null: the entity has none.</param>
    private sealed record Plan(string Table, IReadOnlyList<string> Key, IReadOnlyList<string> Set, string? Version, IReadOnlyList<Carried> Carried)
    {
        public static Plan Of(IEntityType entity, IReadOnlyCollection<string>? only)
        {
            var key = (entity.FindPrimaryKey() ?? throw new InvalidOperationException($"{entity.Name} has no key.")).Properties;
            var version = typeof(IVersioned).IsAssignableFrom(entity.ClrType) ? entity.FindProperty(nameof(IVersioned.Version)) : null;
            var set = entity.GetProperties().Where(p => !key.Contains(p) && p != version && (only is null || only.Contains(p.Name, StringComparer.Ordinal))).ToList();
            if (only is not null && set.Count != only.Count) throw new ArgumentException($"{entity.Name} has no such properties.", nameof(only));
            var carried = key.Concat(set).Concat(version is null ? [] : [version]);
            return new Plan(
                entity.GetTableName() ?? entity.ShortName(), [.. key.Select(p => p.GetColumnName())], [.. set.Select(p => p.GetColumnName())], version?.GetColumnName(),
                [.. carried.Select(p => new Carried(p.GetColumnName(), p.GetColumnType(), p.GetGetter().GetClrValue, p.GetTypeMapping().Converter?.ConvertToProvider))]);
        }

        public string Update(string from)
        {
            var set = Set.Select(c => $"{c} = n.{c}").Concat(Version is null ? [] : [$"{Version} = {Table}.{Version} + 1"]);
            var same = Key.Concat(Version is null ? [] : [Version]).Select(c => $"{Table}.{c} = n.{c}");
            return $"UPDATE {Table} SET {string.Join(", ", set)} FROM {from}{(from == "n" ? "" : " AS n")} WHERE {string.Join(" AND ", same)}";
        }
    }

    private sealed record Carried(string Column, string Type, Func<object, object?> Get, Func<object?, object?>? Convert)
    {
        public object? Read(object row) => Get(row) is { } value ? Convert?.Invoke(value) ?? value : null;
    }
}
