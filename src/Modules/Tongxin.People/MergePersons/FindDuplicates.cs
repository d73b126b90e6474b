using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.People.Data;
using Tongxin.People.Register;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.People.MergePersons;

/// <summary>Why two entries may be one person, the surest first.</summary>
internal enum DuplicateReason
{
    /// <summary>The same phone and the same name.</summary>
    PhoneAndName,

    /// <summary>The same name and birth date.</summary>
    NameAndBirth,

    /// <summary>The same name in one household.</summary>
    SameHome,

    /// <summary>Names that sound alike in one household.</summary>
    NearNames,
}

/// <summary>One of two entries, with what tells people of one name apart.</summary>
internal sealed record DuplicateSide(Guid Id, string Name, DateOnly? BirthDate, string? Number, string? PhoneMasked, string? Room);

/// <summary>Two entries that may be one person.</summary>
internal sealed record DuplicatePair(DuplicateReason Reason, DuplicateSide One, DuplicateSide Other);

/// <summary>
/// Entries that may be one person. The same document or number twice cannot be: the database refuses it. Names are compared
/// folded, so that width, script and blanks do not hide a duplicate.
/// </summary>
internal sealed class FindDuplicates(TongxinDb db, RegisterScope scopes, SecretBox box)
{
    public const int Most = 100;

    public async Task<IReadOnlyList<DuplicatePair>> ExecuteAsync(Actor actor, CancellationToken ct)
    {
        var reach = await scopes.OfAsync(actor, PeoplePermissions.Merge, ct);
        var live = reach.Narrow(db.Set<Person>().AsNoTracking().Where(p => p.MergedIntoId == null));
        var pairs = new Dictionary<(Guid, Guid), DuplicateReason>();

        await AddAsync(DuplicateReason.PhoneAndName,
            from a in live
            join b in live on new { a.NameFolded, Key = a.PhoneIndex } equals new { b.NameFolded, Key = b.PhoneIndex }
            where a.PhoneIndex != null && a.Id < b.Id
            select new Pair(a.Id, b.Id));
        await AddAsync(DuplicateReason.NameAndBirth,
            from a in live
            join b in live on new { a.NameFolded, a.BirthDate } equals new { b.NameFolded, b.BirthDate }
            where a.BirthDate != null && a.Id < b.Id
                // Two different documents or numbers are two people, whatever their name and age.
                && (a.DocumentIndex == null || b.DocumentIndex == null) && (a.Number == null || b.Number == null)
            select new Pair(a.Id, b.Id));
        var current = db.Set<Residency>().Where(r => r.Until == null);
        // Cross joins with conditions: from one resident of a home to the next, never from name to name over the whole register.
        var together =
            from ra in current
            from rb in current
            from a in live
            from b in live
            where rb.HouseholdId == ra.HouseholdId && ra.PersonId < rb.PersonId && a.Id == ra.PersonId && b.Id == rb.PersonId
                && a.Initials == b.Initials && a.Sex == b.Sex
                && (a.BirthDate == null || b.BirthDate == null || a.BirthDate == b.BirthDate)
                && (a.DocumentIndex == null || b.DocumentIndex == null) && (a.Number == null || b.Number == null)
            select new Pair(a.Id, b.Id);
        await AddAsync(DuplicateReason.NearNames, together);

        var sides = await SidesAsync([.. pairs.Keys.SelectMany(p => new[] { p.Item1, p.Item2 }).Distinct()], ct);
        return [.. pairs.Where(p => sides.ContainsKey(p.Key.Item1) && sides.ContainsKey(p.Key.Item2))
            .Select(p => new DuplicatePair(p.Value, sides[p.Key.Item1], sides[p.Key.Item2]))
            .Where(p => p.Reason != DuplicateReason.NearNames || SoundAlike(p.One.Name, p.Other.Name))
            .Select(p => p.Reason == DuplicateReason.NearNames && SameName(p.One.Name, p.Other.Name) ? p with { Reason = DuplicateReason.SameHome } : p)
            .OrderBy(p => p.Reason)];

        async Task AddAsync(DuplicateReason reason, IQueryable<Pair> found)
        {
            foreach (var pair in await found.Take(Most).ToListAsync(ct)) pairs.TryAdd((pair.One, pair.Other), reason);
        }
    }

    /// <summary>The entries by id, for the lists and the page that compares two.</summary>
    public async Task<IReadOnlyDictionary<Guid, DuplicateSide>> SidesAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var persons = await db.Set<Person>().AsNoTracking().Where(p => ids.Contains(p.Id))
            .Select(p => new { p.Id, p.Name, p.BirthDate, p.Number, p.PhoneSealed }).ToListAsync(ct);
        var rooms = (await (
            from r in db.Set<Residency>().AsNoTracking()
            join h in db.Set<Household>() on r.HouseholdId equals h.Id
            where ids.Contains(r.PersonId) && r.Until == null
            orderby r.From descending, r.Id descending
            select new { r.PersonId, h.Label }).ToListAsync(ct)).ToLookup(r => r.PersonId, r => r.Label);
        return persons.ToDictionary(p => p.Id, p => new DuplicateSide(
            p.Id, p.Name, p.BirthDate, p.Number, p.PhoneSealed is null ? null : Mask.Phone(box.Unseal(p.PhoneSealed)), rooms[p.Id].FirstOrDefault()));
    }

    private static bool SoundAlike(string one, string other) => string.Equals(Pinyin.Full(one), Pinyin.Full(other), StringComparison.Ordinal);

    private static bool SameName(string one, string other) => string.Equals(TextFold.ForSearch(one), TextFold.ForSearch(other), StringComparison.Ordinal);

    private sealed record Pair(Guid One, Guid Other);
}
