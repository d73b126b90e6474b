using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.People.Register;

internal sealed class Units(TongxinDb db) : IUnits
{
    public async Task<IReadOnlyList<UnitView>> ListAsync(DateOnly day, CancellationToken ct) =>
        await db.Set<OrganisationUnit>().AsNoTracking()
            .Where(u => u.StartsOn <= day && (u.EndsOn == null || day < u.EndsOn))
            .OrderBy(u => u.SortKey)
            .Select(u => new UnitView(u.Id, u.ParentId, u.Kind, u.Name, u.Path, u.StartsOn, u.EndsOn))
            .ToListAsync(ct);

    public async Task<IReadOnlyList<Guid>> MembersAsync(Guid unitId, DateOnly day, CancellationToken ct)
    {
        var path = await db.Set<OrganisationUnit>().Where(u => u.Id == unitId).Select(u => u.Path).SingleOrDefaultAsync(ct);
        if (path is null) return [];
        return await (
            from a in db.Set<Affiliation>().AsNoTracking()
            join u in db.Set<OrganisationUnit>() on a.UnitId equals u.Id
            where u.Path.StartsWith(path) && a.From <= day && (a.Until == null || day < a.Until)
            select a.PersonId).Distinct().ToListAsync(ct);
    }

    public async Task<Result<Guid>> AddAsync(NewUnit unit, Actor actor, CancellationToken ct)
    {
        var name = TextFold.Clean(unit.Name);
        if (name.Length is 0 or > 60) return PeopleErrors.UnitNameMissing;
        if (unit.Kind == UnitKind.TemporaryBranch && unit.EndsOn is null) return PeopleErrors.UnitNeedsEnd;
        var parent = unit.ParentId is { } id ? await db.FindAsync<OrganisationUnit>([id], ct) : null;
        if (unit.ParentId is not null && parent is null) return PeopleErrors.UnitNotFound;
        var added = OrganisationUnit.Create(parent, unit.Kind, name, Pinyin.SortKey(name), unit.StartsOn, unit.EndsOn);
        db.Add(added);
        db.Record(actor, "people.unit.added", "unit", added.Id);
        return added.Id;
    }

    public async Task<IReadOnlyList<PersonUnit>> OfPersonsAsync(IReadOnlyCollection<Guid> personIds, DateOnly day, CancellationToken ct)
    {
        var all = new List<PersonUnit>();
        foreach (var ids in personIds.Distinct().Chunk(1000))
        {
            all.AddRange(await (
                from a in db.Set<Affiliation>().AsNoTracking()
                join u in db.Set<OrganisationUnit>() on a.UnitId equals u.Id
                where ids.Contains(a.PersonId) && a.From <= day && (a.Until == null || day < a.Until) && (u.EndsOn == null || day < u.EndsOn)
                orderby u.SortKey
                select new PersonUnit(a.PersonId, u.Id, u.Name, u.Kind, a.Role)).ToListAsync(ct));
        }
        return all;
    }

    public Task JoinAsync(IReadOnlyList<NewAffiliation> joins, Actor actor, CancellationToken ct)
    {
        db.AddRange(joins.Select(j => Affiliation.Start(j.PersonId, j.UnitId, j.Role, j.From)));
        db.Record(actor, "people.unit.joined", "unit", null, details: new { persons = joins.Count });
        return Task.CompletedTask;
    }
}
