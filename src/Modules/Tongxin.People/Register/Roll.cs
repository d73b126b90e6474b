using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform.Data;

namespace Tongxin.People.Register;

/// <summary>Who is here today, read in three queries whatever the size: 30,000 persons are a second.</summary>
internal sealed class Roll(TongxinDb db, TimeProvider clock)
{
    public async Task<IReadOnlyList<RollEntry>> ReadAsync(CancellationToken ct)
    {
        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        var care = (await db.Set<CareTag>().AsNoTracking().Where(t => t.From <= today && today < t.ExpiresOn).Select(t => new { t.PersonId, t.Kind }).ToListAsync(ct))
            .ToLookup(t => t.PersonId, t => t.Kind);
        var residents = await (
            from r in db.Set<Residency>().AsNoTracking()
            join p in db.Set<Person>() on r.PersonId equals p.Id
            join h in db.Set<Household>() on r.HouseholdId equals h.Id
            where r.Until == null && p.MergedIntoId == null
            orderby h.SortKey, r.Relation == Relation.Head descending, p.SortKey, p.Id
            select new { p.Id, p.BirthDate, p.Category, Home = h.Id, h.PlaceId, h.PlacePath, h.Label, h.SortKey }).ToListAsync(ct);
        var others = await db.Set<Person>().AsNoTracking()
            .Where(p => p.MergedIntoId == null && !db.Set<Residency>().Any(r => r.PersonId == p.Id && r.Until == null)
                && db.Set<Affiliation>().Any(a => a.PersonId == p.Id && a.From <= today && (a.Until == null || today < a.Until)))
            .OrderBy(p => p.SortKey).ThenBy(p => p.Id).Select(p => new { p.Id, p.BirthDate, p.Category }).ToListAsync(ct);

        var seen = new HashSet<Guid>(residents.Count);
        var roll = new List<RollEntry>(residents.Count + others.Count);
        // Two rooms, one person: the first room counts, and the person once.
        foreach (var r in residents.Where(r => seen.Add(r.Id)))
            roll.Add(new RollEntry(r.Id, Ages.At(r.BirthDate, today), r.Category, r.Home, r.PlaceId, r.PlacePath, r.Label, r.SortKey, Needs(r.Id)));
        foreach (var p in others) roll.Add(new RollEntry(p.Id, Ages.At(p.BirthDate, today), p.Category, null, null, null, null, null, Needs(p.Id)));
        return roll;

        IReadOnlyList<CareKind> Needs(Guid person) => care.Contains(person) ? [.. care[person].Distinct().Order()] : [];
    }
}
