using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.People.Register;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Ui.Tables;

namespace Tongxin.People.PersonList;

/// <summary>The persons that an address of the list names, within the actor's scope. List and export share it.</summary>
internal sealed class PersonFilter(TongxinDb db, RegisterScope scopes, PersonSearch search, TimeProvider clock)
{
    public const string Place = "place", Category = "category", Unit = "unit", Home = "home", Care = "care";

    public static readonly TableDefaults Defaults = new(
        "name", Columns: ["room", "category", "units", "number", "phone", "care"], FilterKeys: [Place, Category, Unit, Home, Care]);

    public async Task<IQueryable<Person>> MatchingAsync(TableQuery query, Actor actor, string permission, CancellationToken ct)
    {
        var reach = await scopes.OfAsync(actor, permission, ct);
        var persons = reach.Narrow(db.Set<Person>().Where(p => p.MergedIntoId == null));
        var today = CampusCalendar.DayOf(clock.GetUtcNow());

        if (query.Q.Length > 0) persons = search.Matching(persons, query.Q);
        if (Enum.TryParse<PersonCategory>(query.Filter(Category), out var category)) persons = persons.Where(p => p.Category == category);
        if (Guid.TryParse(query.Filter(Place), out var place))
        {
            var residents =
                from root in db.Set<Place>()
                from h in db.Set<Household>()
                join r in db.Set<Residency>() on h.Id equals r.HouseholdId
                where root.Id == place && h.PlacePath.StartsWith(root.Path) && r.Until == null
                select r.PersonId;
            persons = persons.Where(p => residents.Contains(p.Id));
        }
        if (Guid.TryParse(query.Filter(Unit), out var unit))
        {
            var members =
                from root in db.Set<OrganisationUnit>()
                from u in db.Set<OrganisationUnit>()
                join a in db.Set<Affiliation>() on u.Id equals a.UnitId
                where root.Id == unit && u.Path.StartsWith(root.Path) && a.From <= today && (a.Until == null || today < a.Until)
                select a.PersonId;
            persons = persons.Where(p => members.Contains(p.Id));
        }
        if (query.Filter(Home) == "none") persons = persons.Where(p => !db.Set<Residency>().Any(r => r.PersonId == p.Id && r.Until == null));
        return await CareAsync(persons, query, actor, today, ct);
    }

    // Without the right the filter does not exist: a list must not tell by its length who has which need.
    private async Task<IQueryable<Person>> CareAsync(IQueryable<Person> persons, TableQuery query, Actor actor, DateOnly today, CancellationToken ct)
    {
        if (query.Filter(Care) is not { } wanted || !actor.Can(PeoplePermissions.ReadCare)) return persons;
        var shown = db.Set<CareTag>().Where(t => t.From <= today && today < t.ExpiresOn);
        if (Enum.TryParse<CareKind>(wanted, out var kind)) shown = shown.Where(t => t.Kind == kind);
        else if (wanted != "any") return persons;
        var tagged = shown.Select(t => t.PersonId);
        return (await scopes.OfAsync(actor, PeoplePermissions.ReadCare, ct)).Narrow(persons).Where(p => tagged.Contains(p.Id));
    }
}
