using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.People.Register;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Ui.Tables;

namespace Tongxin.People.PersonList;

/// <summary>A line of the list. Care is empty for those who do not act on it.</summary>
internal sealed record PersonLine(
    Guid Id, string Name, PersonCategory Category, string? Number, Guid? HouseholdId, string? Room, string? PhoneMasked,
    IReadOnlyList<string> Units, IReadOnlyList<CareKind> Care);

/// <summary>One page of persons. First the ids, by index alone; then what is shown of those fifty.</summary>
internal sealed class ListPersons(TongxinDb db, PersonFilter filter, RegisterScope scopes, SecretBox box, TimeProvider clock)
{
    private const int MostUnitsShown = 2;

    /// <summary>So many stays are looked back from a page's first, to see how many of its room stand on the page before.</summary>
    private const int RoomLead = 64;

    private static readonly TableSort<Person> Sort = new TableSort<Person>(p => p.Id).By("name", p => p.SortKey);

    public async Task<(IReadOnlyList<PersonLine> Rows, int Total)> ExecuteAsync(TableQuery query, Actor actor, CancellationToken ct)
    {
        var found = await filter.MatchingAsync(query, actor, PeoplePermissions.Read, ct);
        var total = await found.CountAsync(ct);
        var narrowed = query.IsNarrowed || !actor.ScopeOf(PeoplePermissions.Read).Everything;
        var ids = await PageAsync(found, query, narrowed, ct);
        return (await LinesAsync(ids, actor, ct), total);
    }

    /// <summary>What is shown of these persons, in this order.</summary>
    public async Task<IReadOnlyList<PersonLine>> LinesAsync(IReadOnlyList<Guid> ids, Actor actor, CancellationToken ct)
    {
        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        var persons = await db.Set<Person>().AsNoTracking().Where(p => ids.Contains(p.Id))
            .Select(p => new { p.Id, p.Name, p.Category, p.Number, p.PhoneSealed }).ToDictionaryAsync(p => p.Id, ct);
        var homes = (await (
            from r in db.Set<Residency>().AsNoTracking()
            join h in db.Set<Household>() on r.HouseholdId equals h.Id
            where ids.Contains(r.PersonId) && r.Until == null
            orderby r.From descending, r.Id descending
            select new { r.PersonId, h.Id, h.Label }).ToListAsync(ct)).ToLookup(r => r.PersonId);
        var units = (await (
            from a in db.Set<Affiliation>().AsNoTracking()
            join u in db.Set<OrganisationUnit>() on a.UnitId equals u.Id
            where ids.Contains(a.PersonId) && a.From <= today && (a.Until == null || today < a.Until)
            orderby u.SortKey
            select new { a.PersonId, u.Name }).ToListAsync(ct)).ToLookup(a => a.PersonId, a => a.Name);
        var care = await CareAsync(ids, today, actor, ct);

        return [.. ids.Where(persons.ContainsKey).Select(id =>
        {
            var p = persons[id];
            var home = homes[id].FirstOrDefault();
            return new PersonLine(
                id, p.Name, p.Category, p.Number, home?.Id, home?.Label,
                p.PhoneSealed is null ? null : Mask.Phone(box.Unseal(p.PhoneSealed)),
                [.. units[id].Distinct(StringComparer.Ordinal).Take(MostUnitsShown)], [.. care[id].Distinct().Order()]);
        })];
    }

    private async Task<List<Guid>> PageAsync(IQueryable<Person> found, TableQuery query, bool narrowed, CancellationToken ct)
    {
        if (query.Sort == "room") return await ByRoomAsync(found, query, narrowed, ct);
        var ordered = query.Sort switch
        {
            "category" => (query.Descending ? found.OrderByDescending(p => p.Category) : found.OrderBy(p => p.Category)).ThenBy(p => p.SortKey).ThenBy(p => p.Id),
            // Whoever has no number comes last either way.
            "number" => (query.Descending
                ? found.OrderBy(p => p.Number == null).ThenByDescending(p => p.Number)
                : found.OrderBy(p => p.Number == null).ThenBy(p => p.Number)).ThenBy(p => p.SortKey).ThenBy(p => p.Id),
            _ => Sort.Order(found, query),
        };
        return await ordered.Select(p => p.Id).Skip(query.Skip).Take(query.Size).ToListAsync(ct);
    }

    // Through the households in their order; whoever has no room comes last either way.
#pragma warning disable CA1309 // The database compares, in the order of its own in which it sorts.
    private async Task<List<Guid>> ByRoomAsync(IQueryable<Person> found, TableQuery query, bool narrowed, CancellationToken ct)
    {
        var current = db.Set<Residency>().Where(r => r.Until == null);
        var among = found.Select(p => p.Id);
        // Somebody with two homes stands once, at the later one. There are few: asked first, and not again for every stay that a page skips.
        var earlier = await EarlierHomesAsync(ct);
        // Cross joins of plain tables with conditions: the one way to say that the households' order leads, so that a page stops early.
        var stays =
            from h in db.Set<Household>()
            from r in db.Set<Residency>()
            where r.HouseholdId == h.Id && r.Until == null && !earlier.Contains(r.Id)
            select new RoomStay { SortKey = h.SortKey, PersonId = r.PersonId };
        if (narrowed) stays = stays.Where(s => among.Contains(s.PersonId));

        // First the rooms that the page shows: an entry merged into another lives nowhere, so nothing is asked of the persons that are skipped.
        var lead = Math.Min(query.Skip, RoomLead);
        var rooms = stays.Select(s => s.SortKey);
        var window = await (query.Descending ? rooms.OrderByDescending(k => k) : rooms.OrderBy(k => k))
            .Skip(query.Skip - lead).Take(lead + query.Size).ToListAsync(ct);
        var ids = new List<Guid>();
        if (window.Count > lead)
        {
            var (first, last) = (window[lead], window[^1]);
            var before = window.Take(lead).Count(k => k == first);
            // A room with more people than were looked back: how many of them stand before the page is counted.
            if (before == lead && lead < query.Skip)
            {
                var ahead = query.Descending ? rooms.Where(k => string.Compare(k, first) > 0) : rooms.Where(k => string.Compare(k, first) < 0);
                before = query.Skip - await ahead.CountAsync(ct);
            }
            var (low, high) = query.Descending ? (last, first) : (first, last);
            var shown =
                from s in stays
                join p in db.Set<Person>() on s.PersonId equals p.Id
                where p.MergedIntoId == null && string.Compare(s.SortKey, low) >= 0 && string.Compare(s.SortKey, high) <= 0
                select new { s.SortKey, Name = p.SortKey, p.Id };
            ids = await (query.Descending ? shown.OrderByDescending(x => x.SortKey) : shown.OrderBy(x => x.SortKey))
                .ThenBy(x => x.Name).ThenBy(x => x.Id).Select(x => x.Id).Skip(before).Take(query.Size).ToListAsync(ct);
        }
        if (ids.Count == query.Size) return ids;

        var passed = ids.Count > 0 ? 0 : query.Skip - await stays.CountAsync(ct);
        var homeless = found.Where(p => !current.Any(r => r.PersonId == p.Id));
        ids.AddRange(await homeless.OrderBy(p => p.SortKey).ThenBy(p => p.Id).Select(p => p.Id)
            .Skip(Math.Max(0, passed)).Take(query.Size - ids.Count).ToListAsync(ct));
        return ids;
    }
#pragma warning restore CA1309

    /// <summary>Of everybody who lives in several homes today: the stays at all but the latest.</summary>
    private async Task<List<Guid>> EarlierHomesAsync(CancellationToken ct)
    {
        var current = db.Set<Residency>().AsNoTracking().Where(r => r.Until == null);
        // In order: the index on persons has it so, and nothing is hashed.
        var people = await current.GroupBy(r => r.PersonId).Where(g => g.Count() > 1).OrderBy(g => g.Key).Select(g => g.Key).ToListAsync(ct);
        if (people.Count == 0) return [];
        return [.. (await current.Where(r => people.Contains(r.PersonId)).ToListAsync(ct))
            .GroupBy(r => r.PersonId).SelectMany(g => g.OrderByDescending(r => r.From).ThenByDescending(r => r.Id).Skip(1)).Select(r => r.Id)];
    }

    private sealed class RoomStay
    {
        public required string SortKey { get; init; }
        public required Guid PersonId { get; init; }
    }

    private async Task<ILookup<Guid, CareKind>> CareAsync(IReadOnlyList<Guid> ids, DateOnly today, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(PeoplePermissions.ReadCare)) return Array.Empty<(Guid, CareKind)>().ToLookup(t => t.Item1, t => t.Item2);
        var reach = await scopes.OfAsync(actor, PeoplePermissions.ReadCare, ct);
        var reached = reach.Narrow(db.Set<Person>().Where(p => ids.Contains(p.Id))).Select(p => p.Id);
        var tags = await db.Set<CareTag>().AsNoTracking()
            .Where(t => reached.Contains(t.PersonId) && t.From <= today && today < t.ExpiresOn)
            .Select(t => new { t.PersonId, t.Kind }).ToListAsync(ct);
        return tags.ToLookup(t => t.PersonId, t => t.Kind);
    }
}
