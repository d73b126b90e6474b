using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.People.Data;
using Tongxin.People.Register;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.People.MergePersons;

/// <summary>One of two entries, with what tells people of one name apart.</summary>
internal sealed record DuplicateSide(Guid Id, string Name, DateOnly? BirthDate, string? Number, string? PhoneMasked, string? Room);

/// <summary>Two entries that may be one person.</summary>
internal sealed record DuplicatePair(DuplicateReason Reason, DuplicateSide One, DuplicateSide Other);

/// <summary>Lists the pairs that the book holds, where both entries are within the actor's reach.</summary>
internal sealed class FindDuplicates(TongxinDb db, RegisterScope scopes, SecretBox box)
{
    public const int Most = 200;

    public async Task<IReadOnlyList<DuplicatePair>> ExecuteAsync(Actor actor, CancellationToken ct)
    {
        var reach = await scopes.OfAsync(actor, PeoplePermissions.Merge, ct);
        var live = reach.Narrow(db.Set<Person>().AsNoTracking().Where(p => p.MergedIntoId == null));
        var pairs = await db.Set<AlikePair>().AsNoTracking()
            // From the few pairs to their entries: a list of all that are live would be made first, and is most of the register.
            .Where(a => live.Any(p => p.Id == a.OneId) && live.Any(p => p.Id == a.OtherId))
            .OrderBy(a => a.Reason == DuplicateReason.PhoneAndName ? 0 : a.Reason == DuplicateReason.NameAndBirth ? 1 : a.Reason == DuplicateReason.SameHome ? 2 : 3)
            .ThenBy(a => a.OneId).ThenBy(a => a.OtherId)
            .Take(Most).ToListAsync(ct);

        var sides = await SidesAsync([.. pairs.SelectMany(p => new[] { p.OneId, p.OtherId }).Distinct()], ct);
        return [.. pairs.Select(p => new DuplicatePair(p.Reason, sides[p.OneId], sides[p.OtherId]))
            // What a migration found by initials alone is looked at again.
            .Where(p => p.Reason != DuplicateReason.NearNames || Likeness.SoundAlike(p.One.Name, p.Other.Name))];
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
}
