using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.People.Register;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.People.HouseholdPage;

/// <summary>A household as its page shows it.</summary>
internal sealed record HouseholdFacts(
    Guid Id, string Label, Guid PlaceId, string Place, string RoomNumber, HouseholdKind Kind, HousingUse Use, int Version,
    IReadOnlyList<HouseholdResident> Now, IReadOnlyList<HouseholdResident> Before);

/// <summary>Somebody who lives or lived there.</summary>
internal sealed record HouseholdResident(
    Guid ResidencyId, Guid PersonId, string Name, int? Age, Sex Sex, Relation Relation, string? Bed, string? PhoneMasked, DateOnly From, DateOnly? Until,
    IReadOnlyList<CareKind> Care);

/// <summary>Reads a household with who lives there and who did; null when there is none in the actor's scope.</summary>
internal sealed class ReadHousehold(TongxinDb db, RegisterScope scopes, SecretBox box, TimeProvider clock)
{
    public async Task<HouseholdFacts?> ExecuteAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var reach = await scopes.OfAsync(actor, PeoplePermissions.Read, ct);
        var household = await reach.Narrow(db.Set<Household>()).AsNoTracking().SingleOrDefaultAsync(h => h.Id == id, ct);
        if (household is null) return null;

        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        // A household in scope may hold somebody who is not: a counsellor sees the own students of a dormitory room, not the others.
        var rows = await (
            from r in db.Set<Residency>().AsNoTracking()
            join p in reach.Narrow(db.Set<Person>()) on r.PersonId equals p.Id
            where r.HouseholdId == id
            orderby r.Relation == Relation.Head descending, r.Bed, p.BirthDate, p.Id
            select new { r.Id, r.Relation, r.Bed, r.From, r.Until, PersonId = p.Id, p.Name, p.Sex, p.BirthDate, p.PhoneSealed }).ToListAsync(ct);
        var care = await CareAsync([.. rows.Where(r => r.Until is null).Select(r => r.PersonId)], today, actor, ct);
        var residents = rows.ConvertAll(r => new HouseholdResident(
            r.Id, r.PersonId, r.Name, Ages.At(r.BirthDate, today), r.Sex, r.Relation, r.Bed,
            r.PhoneSealed is null ? null : Mask.Phone(box.Unseal(r.PhoneSealed)), r.From, r.Until, [.. care[r.PersonId].Distinct().Order()]));
        var names = await PlaceNames.ReadAsync(db, ct);
        return new HouseholdFacts(
            household.Id, household.Label, household.PlaceId, names.Full(household.PlaceId), household.RoomNumber, household.Kind, household.Use, household.Version,
            [.. residents.Where(r => r.Until is null)], [.. residents.Where(r => r.Until is not null).OrderByDescending(r => r.Until)]);
    }

    private async Task<ILookup<Guid, CareKind>> CareAsync(IReadOnlyList<Guid> ids, DateOnly today, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(PeoplePermissions.ReadCare)) return Array.Empty<Guid>().ToLookup(g => g, _ => CareKind.Chronic);
        var reach = await scopes.OfAsync(actor, PeoplePermissions.ReadCare, ct);
        var reached = reach.Narrow(db.Set<Person>().Where(p => ids.Contains(p.Id))).Select(p => p.Id);
        return (await db.Set<CareTag>().AsNoTracking().Where(t => reached.Contains(t.PersonId) && t.From <= today && today < t.ExpiresOn)
            .Select(t => new { t.PersonId, t.Kind }).ToListAsync(ct)).ToLookup(t => t.PersonId, t => t.Kind);
    }
}
