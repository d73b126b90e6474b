using Tongxin.Platform.Journal;

namespace Tongxin.Platform.Data;

/// <summary>A table of facts that hot paths write past the change tracker: append-only, with an id made by whoever saw it.</summary>
/// <param name="Name">The table.</param>
/// <param name="Id">Its key, <c>id</c>: a fact that comes again changes nothing.</param>
/// <param name="Columns">All other columns.</param>
public sealed record FactTable<T>(string Name, Func<T, Guid> Id, IReadOnlyList<FactColumn<T>> Columns);

/// <summary>A column of a table of facts and how it is read off a fact. Typed, so that no value is boxed on its way.</summary>
public abstract record FactColumn<T>(string Name);

/// <summary>An id.</summary>
public sealed record IdColumn<T>(string Name, Func<T, Guid?> Get) : FactColumn<T>(Name);

/// <summary>Text; also enums, by their names.</summary>
public sealed record TextColumn<T>(string Name, Func<T, string?> Get) : FactColumn<T>(Name);

/// <summary>A 32-bit number.</summary>
public sealed record NumberColumn<T>(string Name, Func<T, int?> Get) : FactColumn<T>(Name);

/// <summary>Yes or no.</summary>
public sealed record TruthColumn<T>(string Name, Func<T, bool> Get) : FactColumn<T>(Name);

/// <summary>An instant.</summary>
public sealed record InstantColumn<T>(string Name, Func<T, DateTimeOffset> Get) : FactColumn<T>(Name);

/// <summary>What the journal says of a group: one entry for its transaction, none when nothing in it was new.</summary>
/// <param name="Entry">The entry; its details are put together with the count of new facts between them.</param>
/// <param name="Before">JSON before the count.</param>
/// <param name="After">JSON after it.</param>
internal sealed record FactNote(JournalEntry Entry, string Before, string After);

/// <summary>One connection that writes groups of facts, each in one transaction of its own.</summary>
internal abstract class FactWriter<T> : IAsyncDisposable
{
    /// <summary>
    /// Writes what is not known yet, with the note, and commits. Returns after the commit is on the disk: the ids that were new, or null when
    /// all were. An exception: nothing may be answered with yes; whether it was written is unknown, and a retry finds out.
    /// </summary>
    public abstract Task<IReadOnlySet<Guid>?> WriteAsync(IReadOnlyList<T> facts, FactNote note, CancellationToken ct);

    public abstract ValueTask DisposeAsync();
}
