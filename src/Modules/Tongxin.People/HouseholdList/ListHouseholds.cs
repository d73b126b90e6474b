using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.People.Register;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Ui.Tables;

namespace Tongxin.People.HouseholdList;

/// <summary>A line of the list of doors.</summary>
internal sealed record HouseholdLine(
    Guid Id, string Label, string Place, HouseholdKind Kind, HousingUse Use, string? Head, int Residents, bool HasPhone);

/// <summary>One page of households. The filter "missing" finds the doors about which the register does not know enough.</summary>
internal sealed class ListHouseholds(TongxinDb db, RegisterScope scopes, PersonSearch search)
{
    public const string Place = "place", Kind = "kind", Missing = "missing";

    /// <summary>What may be missing, in the order of the choice.</summary>
    public static readonly IReadOnlyList<string> Gaps = ["head", "people", "vacant", "phone", "use"];

    public static readonly TableDefaults Defaults = new("room", FilterKeys: [Place, Kind, Missing]);

    private static readonly TableSort<Household> Sort = new TableSort<Household>(h => h.Id).By("room", h => h.SortKey).By("use", h => h.Use);

    public async Task<(IReadOnlyList<HouseholdLine> Rows, int Total)> ExecuteAsync(TableQuery query, Actor actor, CancellationToken ct)
    {
        var reach = await scopes.OfAsync(actor, PeoplePermissions.Read, ct);
        var found = Narrow(reach.Narrow(db.Set<Household>().AsNoTracking()), query, reach);
        var total = await found.CountAsync(ct);
        var current = db.Set<Residency>().Where(r => r.Until == null);
        var ids = query.Sort == "people"
            ? await (query.Descending ? found.OrderByDescending(h => current.Count(r => r.HouseholdId == h.Id)) : found.OrderBy(h => current.Count(r => r.HouseholdId == h.Id)))
                .ThenBy(h => h.SortKey).ThenBy(h => h.Id).Select(h => h.Id).Skip(query.Skip).Take(query.Size).ToListAsync(ct)
            : await Sort.Page(found, query).Select(h => h.Id).ToListAsync(ct);

        var names = await PlaceNames.ReadAsync(db, ct);
        var rows = await db.Set<Household>().AsNoTracking().Where(h => ids.Contains(h.Id))
            .Select(h => new
            {
                h.Id,
                h.Label,
                h.PlaceId,
                h.Kind,
                h.Use,
                Head = (from r in current
                        join p in db.Set<Person>() on r.PersonId equals p.Id
                        where r.HouseholdId == h.Id && r.Relation == Relation.Head
                        orderby r.From, r.Id
                        select p.Name).FirstOrDefault(),
                Residents = current.Count(r => r.HouseholdId == h.Id),
                HasPhone = (from r in current join p in db.Set<Person>() on r.PersonId equals p.Id where r.HouseholdId == h.Id && p.PhoneIndex != null select r).Any(),
            }).ToDictionaryAsync(h => h.Id, ct);
        return ([.. ids.Where(rows.ContainsKey).Select(id => rows[id]).Select(h =>
            new HouseholdLine(h.Id, h.Label, names.Full(h.PlaceId), h.Kind, h.Use, h.Head, h.Residents, h.HasPhone))], total);
    }

    private IQueryable<Household> Narrow(IQueryable<Household> households, TableQuery query, Reach reach)
    {
        var current = db.Set<Residency>().Where(r => r.Until == null);
        if (Guid.TryParse(query.Filter(Place), out var place))
        {
            var inside = from root in db.Set<Place>() from h in db.Set<Household>() where root.Id == place && h.PlacePath.StartsWith(root.Path) select h.Id;
            households = households.Where(h => inside.Contains(h.Id));
        }
        if (Enum.TryParse<HouseholdKind>(query.Filter(Kind), out var kind)) households = households.Where(h => h.Kind == kind);
        households = query.Filter(Missing) switch
        {
            "head" => households.Where(h => h.Kind == HouseholdKind.Family && current.Any(r => r.HouseholdId == h.Id)
                && !current.Any(r => r.HouseholdId == h.Id && r.Relation == Relation.Head)),
            "people" => households.Where(h => h.Use != HousingUse.Vacant && !current.Any(r => r.HouseholdId == h.Id)),
            "vacant" => households.Where(h => h.Use == HousingUse.Vacant),
            // From the few without a number to their doors, not from each door to its people.
            "phone" => households.Where(h =>
                (from p in db.Set<Person>() join r in current on p.Id equals r.PersonId where p.PhoneIndex == null select r.HouseholdId).Contains(h.Id)
                && !(from r in current join p in db.Set<Person>() on r.PersonId equals p.Id where r.HouseholdId == h.Id && p.PhoneIndex != null select r).Any()),
            "use" => households.Where(h => h.Use == HousingUse.Unknown),
            _ => households,
        };
        return query.Q.Length == 0 ? households : Searched(households, query.Q, reach);
    }

    // A room as it is said, or anything by which somebody who lives there is found.
    private IQueryable<Household> Searched(IQueryable<Household> households, string text, Reach reach)
    {
        var label = RoomAddress.Parse(text) is { IsFailure: false } room ? room.Value.Label : text.Trim();
        var people = search.Matching(reach.Narrow(db.Set<Person>().Where(p => p.MergedIntoId == null)), text).Select(p => p.Id);
        var homes = db.Set<Residency>().Where(r => r.Until == null && people.Contains(r.PersonId)).Select(r => r.HouseholdId);
        return households.Where(h => h.Label.StartsWith(label) || h.RoomNumber == label || homes.Contains(h.Id));
    }
}
