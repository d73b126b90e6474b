using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.People.Register;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.People.PersonPage;

/// <summary>A person as the page shows it: numbers masked, needs only for those who act on them.</summary>
internal sealed record PersonFactsView(
    Guid Id, string Name, Sex Sex, DateOnly? BirthDate, int? Age, PersonCategory Category, string? Number,
    string? DocumentKind, string? DocumentMasked, string? PhoneMasked, string? Note, int Version,
    IReadOnlyList<HomeLine> Homes, IReadOnlyList<UnitLine> Units, IReadOnlyList<CareLine>? Care);

/// <summary>Where the person lived from when until when.</summary>
internal sealed record HomeLine(Guid ResidencyId, Guid HouseholdId, string Label, string Place, Relation Relation, string? Bed, DateOnly From, DateOnly? Until);

/// <summary>What the person belongs to.</summary>
internal sealed record UnitLine(Guid AffiliationId, Guid UnitId, string Name, string? Above, UnitKind Kind, AffiliationRole Role, DateOnly From, DateOnly? Until, bool IsNow);

/// <summary>A need that is shown today.</summary>
internal sealed record CareLine(Guid Id, CareKind Kind, string Purpose, DateOnly From, DateOnly ExpiresOn);

/// <summary>Where a page of a person leads: to the person, to the one it was merged into, or nowhere.</summary>
internal sealed record PersonAnswer(PersonFactsView? Person, Guid? MergedInto);

internal sealed class ReadPerson(TongxinDb db, RegisterScope scopes, SecretBox box, TimeProvider clock)
{
    public async Task<PersonAnswer> ExecuteAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var reach = await scopes.OfAsync(actor, PeoplePermissions.Read, ct);
        var person = await db.Set<Person>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct);
        // An old link leads on; whether the kept entry is in scope is asked there.
        if (person?.MergedIntoId is { } kept) return new PersonAnswer(null, kept);
        if (person is null || !await reach.Narrow(db.Set<Person>().Where(p => p.Id == id)).AnyAsync(ct)) return new PersonAnswer(null, null);

        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        return new PersonAnswer(new PersonFactsView(
            person.Id, person.Name, person.Sex, person.BirthDate, Ages.At(person.BirthDate, today), person.Category, person.Number,
            person.DocumentKind, person.DocumentSealed is null ? null : Mask.Identity(box.Unseal(person.DocumentSealed)),
            person.PhoneSealed is null ? null : Mask.Phone(box.Unseal(person.PhoneSealed)),
            person.Note, person.Version, await HomesAsync(id, ct), await UnitsAsync(id, today, ct), await CareAsync(id, actor, ct)), null);
    }

    private async Task<IReadOnlyList<HomeLine>> HomesAsync(Guid id, CancellationToken ct)
    {
        var rows = await (
            from r in db.Set<Residency>().AsNoTracking()
            join h in db.Set<Household>() on r.HouseholdId equals h.Id
            where r.PersonId == id
            orderby r.Until == null descending, r.From descending, r.Id descending
            select new { r.Id, r.HouseholdId, h.Label, h.PlaceId, r.Relation, r.Bed, r.From, r.Until }).ToListAsync(ct);
        if (rows.Count == 0) return [];
        var names = await PlaceNames.ReadAsync(db, ct);
        return rows.ConvertAll(r => new HomeLine(r.Id, r.HouseholdId, r.Label, names.Full(r.PlaceId), r.Relation, r.Bed, r.From, r.Until));
    }

    private async Task<IReadOnlyList<UnitLine>> UnitsAsync(Guid id, DateOnly today, CancellationToken ct) =>
        await (
            from a in db.Set<Affiliation>().AsNoTracking()
            join u in db.Set<OrganisationUnit>() on a.UnitId equals u.Id
            join above in db.Set<OrganisationUnit>() on u.ParentId equals (Guid?)above.Id into parents
            from parent in parents.DefaultIfEmpty()
            where a.PersonId == id
            orderby a.Until == null descending, a.From descending, u.SortKey
            select new UnitLine(a.Id, u.Id, u.Name, parent == null ? null : parent.Name, u.Kind, a.Role, a.From, a.Until,
                a.From <= today && (a.Until == null || today < a.Until))).ToListAsync(ct);

    /// <summary>The needs shown today; null for those who do not act on them.</summary>
    public async Task<IReadOnlyList<CareLine>?> CareAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        if (!actor.Can(PeoplePermissions.ReadCare)) return null;
        var reach = await scopes.OfAsync(actor, PeoplePermissions.ReadCare, ct);
        if (!await reach.Narrow(db.Set<Person>().Where(p => p.Id == id)).AnyAsync(ct)) return null;
        return await db.Set<CareTag>().AsNoTracking().Where(t => t.PersonId == id && t.From <= today && today < t.ExpiresOn)
            .OrderBy(t => t.ExpiresOn).ThenBy(t => t.Id).Select(t => new CareLine(t.Id, t.Kind, t.Purpose, t.From, t.ExpiresOn)).ToListAsync(ct);
    }
}
