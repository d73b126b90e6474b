using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Tongxin.Platform.Data;

/// <summary>What SQLite and PostgreSQL do differently. Only Host implements it, so only Host names a provider.</summary>
public abstract class Dialect
{
    /// <summary>"sqlite" or "postgres": the value of the setting <c>Tongxin:Database</c>.</summary>
    public abstract string Name { get; }

    /// <summary>SQLite cannot order DateTimeOffset: there instants are UTC ticks.</summary>
    public abstract bool InstantsAreTicks { get; }

    /// <summary>Appended to the worker's claim query so that several nodes never take the same row.</summary>
    public abstract string SkipLocked { get; }

    /// <summary>
    /// One write transaction at a time for the whole database: a second one, even for a note on the side, waits for the first.
    /// Then this process is also the only node.
    /// </summary>
    public abstract bool OneWriter { get; }

    /// <summary>An instant as a parameter of a statement written by hand.</summary>
    public object Instant(DateTimeOffset value) => InstantsAreTicks ? value.UtcTicks : value.ToUniversalTime();

    /// <summary>Tells EF Core which database and how to open it.</summary>
    public abstract void Configure(DbContextOptionsBuilder options);

    /// <summary>Writes many rows inside the current transaction by the provider's fastest way.</summary>
    public abstract Task InsertAsync(DbConnection connection, DbTransaction transaction, BulkTable table, CancellationToken ct);

    /// <summary>A connection of its own that writes facts in groups.</summary>
    internal abstract Task<FactWriter<T>> OpenFactsAsync<T>(FactTable<T> table, CancellationToken ct);

    /// <summary>The disk failed under the database (a write or flush error, a damaged file): whoever goes on could say yes to what is lost.</summary>
    internal abstract bool IsStorageBroken(Exception failure);

    /// <summary>Whether the failure is a broken unique rule: two people did the same thing at once.</summary>
    public abstract bool IsUniqueViolation(DbUpdateException failure);

    /// <summary>Whether two transactions waited for each other and this one was ended. Never where there is one writer.</summary>
    public virtual bool IsDeadlock(Exception failure) => false;

    /// <summary>Whether the database refused to write because its disk is full.</summary>
    public abstract bool IsDiskFull(Exception failure);

    /// <summary>Appended to a select inside a transaction: its rows wait for nobody else until the commit. Empty where a transaction has the whole file.</summary>
    public virtual string ForUpdate => "";

    /// <summary>As <see cref="ForUpdate"/>, but several may hold the rows at once; nobody may change them meanwhile.</summary>
    public virtual string ForShare => "";

    /// <summary>
    /// Waits until no other transaction holds this name, and holds it until the end of the current one. Nothing where there is one writer.
    /// </summary>
    public virtual Task HoldAsync(TongxinDb db, string name, CancellationToken ct) => Task.CompletedTask;

    /// <summary>
    /// As <see cref="HoldAsync"/>, but several may hold the name this way at once: only who holds it alone waits for them, and they for it.
    /// </summary>
    public virtual Task ShareAsync(TongxinDb db, string name, CancellationToken ct) => Task.CompletedTask;

    /// <summary>
    /// Copies the live database to a file, consistent, while others work on. <paramref name="look"/> reads the very state
    /// that is copied.
    /// </summary>
    public abstract Task BackupAsync(string file, Func<DbConnection, Task> look, CancellationToken ct);

    /// <summary>Puts a backup in place of the database. Nobody may be connected.</summary>
    public abstract Task RestoreAsync(string file, CancellationToken ct);
}

/// <summary>Rows on their way into one table: provider values, in the order of <paramref name="Columns"/>. The array of a row is filled anew for the next one.</summary>
public sealed record BulkTable(string Name, IReadOnlyList<BulkColumn> Columns, IEnumerable<object?[]> Rows);

/// <summary>A column and its store type ("uuid", "TEXT" …).</summary>
public sealed record BulkColumn(string Name, string StoreType);
