using Tongxin.People.Contracts;

namespace Tongxin.Screening.Rounds;

/// <summary>
/// Who is the same person by now. Rolls, slots and tubes are kept under the entry by which somebody was known then; when two entries are merged they
/// stay as they were, and whoever reads looks under all of them.
/// </summary>
internal sealed class SamePersons(IReadOnlyDictionary<Guid, Guid> keptOf)
{
    private readonly ILookup<Guid, Guid> _entries = keptOf.ToLookup(e => e.Value, e => e.Key);

    /// <summary>All entries of a person, the kept one first; only the id itself for who has one.</summary>
    public IEnumerable<Guid> Of(Guid id) =>
        keptOf.TryGetValue(id, out var kept) ? _entries[kept].OrderBy(e => e != kept).ThenBy(e => e) : [id];
}

/// <summary>Asks the register who is the same person.</summary>
internal static class AskSame
{
    public static async Task<SamePersons> SameAsync(this IPersons persons, IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        new(ids.Count == 0 ? new Dictionary<Guid, Guid>() : await persons.EntriesAsync(ids, ct));
}
