using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.People.Register;

internal sealed class Households(TongxinDb db, SecretBox box, TimeProvider clock) : IHouseholds
{
    public async Task<IReadOnlyList<HouseholdView>> ListAsync(Guid? placeId, CancellationToken ct)
    {
        if (placeId is not { } id) return await AllAsync(ct);
        var path = await db.Set<Place>().Where(p => p.Id == id).Select(p => p.Path).SingleOrDefaultAsync(ct);
        return path is null ? [] : await ToViews(db.Set<Household>().AsNoTracking().Where(h => h.PlacePath.StartsWith(path))).ToListAsync(ct);
    }

    public async Task<IReadOnlyList<PlaceCount>> CountsAsync(CancellationToken ct)
    {
        var households = await db.Set<Household>().GroupBy(h => h.PlaceId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        var residents = await (
            from h in db.Set<Household>()
            join r in db.Set<Residency>().Where(r => r.Until == null) on h.Id equals r.HouseholdId
            group h by h.PlaceId into g
            select new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return households.ConvertAll(h => new PlaceCount(h.Key, h.Count, residents.GetValueOrDefault(h.Key)));
    }

    public async Task<IReadOnlyList<DoorView>> DoorsAsync(IReadOnlyCollection<Guid>? places, CancellationToken ct)
    {
        if (places is { } some)
        {
            return await db.Set<Household>().AsNoTracking().Where(h => some.Contains(h.PlaceId)).OrderBy(h => h.SortKey)
                .Select(h => new DoorView(h.Id, h.PlaceId, h.Label, db.Set<Residency>().Count(r => r.HouseholdId == h.Id && r.Until == null))).ToListAsync(ct);
        }

        // All are counted by a query of its own: once through an index, where a count beside each would look 10,000 times.
        var residents = await ResidentsAsync(ct);
        var doors = await db.Set<Household>().AsNoTracking().OrderBy(h => h.SortKey).Select(h => new { h.Id, h.PlaceId, h.Label }).ToListAsync(ct);
        return doors.ConvertAll(h => new DoorView(h.Id, h.PlaceId, h.Label, residents.GetValueOrDefault(h.Id)));
    }

    public async Task<IReadOnlyList<HouseholdView>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        await ToViews(db.Set<Household>().AsNoTracking().Where(h => ids.Contains(h.Id))).ToListAsync(ct);

    public async Task<IReadOnlyList<ResidentView>> ResidentsAsync(IReadOnlyCollection<Guid> householdIds, bool withCare, CancellationToken ct)
    {
        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        var rows = await (
            from r in db.Set<Residency>().AsNoTracking()
            join p in db.Set<Person>() on r.PersonId equals p.Id
            where householdIds.Contains(r.HouseholdId) && r.Until == null && p.MergedIntoId == null
            orderby r.Relation == Relation.Head descending, p.BirthDate
            select new { r.HouseholdId, r.Relation, r.Bed, p.Id, p.Name, p.Sex, p.BirthDate, p.PhoneSealed }).ToListAsync(ct);

        var care = withCare
            ? (await db.Set<CareTag>().AsNoTracking()
                .Where(t => rows.Select(r => r.Id).Contains(t.PersonId) && t.From <= today && today < t.ExpiresOn)
                .Select(t => new { t.PersonId, t.Kind }).ToListAsync(ct)).ToLookup(t => t.PersonId, t => t.Kind)
            : null;

        return [.. rows.Select(r => new ResidentView(
            r.Id, r.HouseholdId, r.Name, r.Sex, Ages.At(r.BirthDate, today), r.Relation, r.Bed,
            r.PhoneSealed is null ? null : Mask.Phone(box.Unseal(r.PhoneSealed)),
            care is null ? [] : [.. care[r.Id].Distinct().Order()]))];
    }

    public async Task SetUseAsync(Guid householdId, HousingUse use, Actor actor, CancellationToken ct)
    {
        var household = await db.Set<Household>().SingleAsync(h => h.Id == householdId, ct);
        if (household.Use == use) return;
        db.Record(actor, "people.household.use", "household", householdId, details: new { from = household.Use.ToString(), to = use.ToString() });
        household.SetUse(use);
    }

    // As ToViews, but heads and numbers of residents read once for all, where it would look twice for each of 10,000 households.
    private async Task<IReadOnlyList<HouseholdView>> AllAsync(CancellationToken ct)
    {
        var residents = await ResidentsAsync(ct);
        var heads = (await (
            from r in db.Set<Residency>().AsNoTracking().Where(r => r.Until == null)
            join p in db.Set<Person>() on r.PersonId equals p.Id
            where r.Relation == Relation.Head
            orderby r.From, r.Id
            select new { r.HouseholdId, p.Name }).ToListAsync(ct)).ToLookup(h => h.HouseholdId, h => h.Name);
        var households = await db.Set<Household>().AsNoTracking().OrderBy(h => h.SortKey)
            .Select(h => new { h.Id, h.PlaceId, h.PlacePath, h.Label, h.SortKey, h.Kind, h.Use }).ToListAsync(ct);
        return households.ConvertAll(h => new HouseholdView(
            h.Id, h.PlaceId, h.PlacePath, h.Label, h.SortKey, h.Kind, h.Use, heads[h.Id].FirstOrDefault(), residents.GetValueOrDefault(h.Id)));
    }

    private Task<Dictionary<Guid, int>> ResidentsAsync(CancellationToken ct) =>
        db.Set<Residency>().AsNoTracking().Where(r => r.Until == null)
            .GroupBy(r => r.HouseholdId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);

    private IQueryable<HouseholdView> ToViews(IQueryable<Household> households) =>
        households.OrderBy(h => h.SortKey).Select(h => new HouseholdView(
            h.Id, h.PlaceId, h.PlacePath, h.Label, h.SortKey, h.Kind, h.Use,
            (from r in db.Set<Residency>()
             join p in db.Set<Person>() on r.PersonId equals p.Id
             where r.HouseholdId == h.Id && r.Until == null && r.Relation == Relation.Head
             orderby r.From, r.Id
             select p.Name).FirstOrDefault(),
            db.Set<Residency>().Count(r => r.HouseholdId == h.Id && r.Until == null)));
}

/// <summary>Ages in whole years on a campus day.</summary>
internal static class Ages
{
    public static int? At(DateOnly? birth, DateOnly day)
    {
        if (birth is not { } born) return null;
        var years = day.Year - born.Year;
        return day < born.AddYears(years) ? years - 1 : years;
    }
}
