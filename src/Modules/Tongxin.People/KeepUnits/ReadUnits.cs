using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.People.Register;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.People.KeepUnits;

/// <summary>A line of the tree.</summary>
internal sealed record UnitNode(Guid Id, Guid? ParentId, UnitKind Kind, string Name, string Path, DateOnly StartsOn, DateOnly? EndsOn, int Version, int Members, bool IsOpen)
{
    /// <summary>0 for a root.</summary>
    public int Depth => Path.Count(c => c == '/') - 1;
}

/// <summary>Somebody in a unit.</summary>
internal sealed record UnitMember(Guid AffiliationId, Guid PersonId, string Name, string? Number, AffiliationRole Role, DateOnly From, DateOnly? Until);

/// <summary>A unit with who belongs to it today; <paramref name="Members"/> holds at most a page of them, the leading ones first.</summary>
internal sealed record UnitPage(UnitNode Unit, UnitNode? Parent, IReadOnlyList<UnitNode> Below, IReadOnlyList<UnitMember> Members, bool IsOwn);

internal sealed class ReadUnits(TongxinDb db, RegisterScope scopes, TimeProvider clock)
{
    public const int MostMembers = 200;

    /// <summary>The tree; ended units only when asked for, classes only below the unit that is opened.</summary>
    public async Task<IReadOnlyList<UnitNode>> TreeAsync(bool ended, Actor actor, CancellationToken ct)
    {
        var today = Today;
        var reach = await scopes.OfAsync(actor, PeoplePermissions.Read, ct);
        var units = reach.Narrow(db.Set<OrganisationUnit>()).Where(u => u.Kind != UnitKind.Class);
        units = ended ? units.Where(u => u.EndsOn != null && u.EndsOn <= today) : units.Where(u => u.EndsOn == null || today < u.EndsOn);
        return Tree.InOrder(await NodesAsync(units, today, ct), u => u.Id, u => u.ParentId);
    }

    public async Task<UnitPage?> ExecuteAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var today = Today;
        var reach = await scopes.OfAsync(actor, PeoplePermissions.Read, ct);
        var unit = (await NodesAsync(reach.Narrow(db.Set<OrganisationUnit>()).Where(u => u.Id == id), today, ct)).FirstOrDefault();
        if (unit is null) return null;
        var parent = unit.ParentId is { } above ? (await NodesAsync(db.Set<OrganisationUnit>().Where(u => u.Id == above), today, ct)).FirstOrDefault() : null;
        var below = await NodesAsync(reach.Narrow(db.Set<OrganisationUnit>()).Where(u => u.ParentId == id), today, ct);
        var members = await (
            from a in db.Set<Affiliation>().AsNoTracking()
            join p in reach.Narrow(db.Set<Person>().Where(p => p.MergedIntoId == null)) on a.PersonId equals p.Id
            where a.UnitId == id && a.From <= today && (a.Until == null || today < a.Until)
            orderby a.Role == AffiliationRole.Secretary || a.Role == AffiliationRole.Leader || a.Role == AffiliationRole.Counsellor descending, p.SortKey, p.Id
            select new UnitMember(a.Id, p.Id, p.Name, p.Number, a.Role, a.From, a.Until)).Take(MostMembers).ToListAsync(ct);
        var own = (await scopes.OfAsync(actor, PeoplePermissions.EditUnits, ct)).Own(db.Set<OrganisationUnit>());
        return new UnitPage(unit, parent, below, members, await own.AnyAsync(u => u.Id == id, ct));
    }

    /// <summary>Units the actor may put people into, by their name and what they belong to.</summary>
    public async Task<IReadOnlyList<UnitNode>> OwnAsync(Actor actor, CancellationToken ct)
    {
        var today = Today;
        var own = (await scopes.OfAsync(actor, PeoplePermissions.EditUnits, ct)).Own(db.Set<OrganisationUnit>())
            .Where(u => u.StartsOn <= today && (u.EndsOn == null || today < u.EndsOn));
        return Tree.InOrder(await NodesAsync(own, today, ct), u => u.Id, u => u.ParentId);
    }

    private DateOnly Today => CampusCalendar.DayOf(clock.GetUtcNow());

    private async Task<List<UnitNode>> NodesAsync(IQueryable<OrganisationUnit> units, DateOnly today, CancellationToken ct)
    {
        var rows = await units.AsNoTracking().OrderBy(u => u.SortKey).ThenBy(u => u.Id)
            .Select(u => new
            {
                Unit = u,
                Members = db.Set<Affiliation>().Count(a => a.UnitId == u.Id && a.From <= today && (a.Until == null || today < a.Until)),
            }).ToListAsync(ct);
        return rows.ConvertAll(r => new UnitNode(
            r.Unit.Id, r.Unit.ParentId, r.Unit.Kind, r.Unit.Name, r.Unit.Path, r.Unit.StartsOn, r.Unit.EndsOn, r.Unit.Version, r.Members, r.Unit.IsOpen(today)));
    }
}
