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
        var households = db.Set<Household>().AsNoTracking();
        if (placeId is { } id)
        {
            var path = await db.Set<Place>().Where(p => p.Id == id).Select(p => p.Path).SingleOrDefaultAsync(ct);
            if (path is null) return [];
            households = households.Where(h => h.PlacePath.StartsWith(path));
        }
        return await ToViews(households).ToListAsync(ct);
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
