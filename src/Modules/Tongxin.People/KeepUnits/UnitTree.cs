using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.People.Register;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.People.KeepUnits;

/// <summary>A unit to be made.</summary>
internal sealed record UnitRequest(Guid? ParentId, UnitKind? Kind, string? Name, DateOnly? EndsOn);

/// <summary>Keeps the organisation tree: adds, renames and closes units. Nothing is deleted; history stays readable.</summary>
internal sealed class UnitTree(TongxinDb db, RegisterScope scopes, TimeProvider clock)
{
    private const int LongestName = 60;

    /// <summary>The six task groups that the residential area worked with.</summary>
    public static readonly IReadOnlyList<string> SixGroups = ["核酸检测组", "物资保障组", "定点帮扶组", "门卫值守组", "统计宣传组", "其他专项组"];

    public DateOnly Today => CampusCalendar.DayOf(clock.GetUtcNow());

    public async Task<Result<Guid>> AddAsync(UnitRequest wanted, Actor actor, CancellationToken ct)
    {
        var parent = await ParentAsync(wanted.ParentId, actor, ct);
        if (parent.IsFailure) return parent.Error;
        if (wanted.Kind is not { } kind) return PeopleErrors.UnitKindMissing;
        var name = TextFold.Clean(wanted.Name);
        if (name.Length is 0 or > LongestName) return PeopleErrors.UnitNameMissing;
        if (kind == UnitKind.TemporaryBranch && wanted.EndsOn is null) return PeopleErrors.UnitNeedsEnd;
        if (wanted.EndsOn <= Today) return PeopleErrors.UnitEndBeforeStart;
        if (await TakenAsync(parent.Value?.Id, name, except: null, ct)) return PeopleErrors.UnitNameTaken;

        var unit = OrganisationUnit.Create(parent.Value, kind, name, NaturalKey.Of(name), Today, wanted.EndsOn);
        db.Add(unit);
        db.Record(actor, "people.unit.added", "unit", unit.Id, details: new { parent = wanted.ParentId });
        await db.CommitAsync(ct);
        return unit.Id;
    }

    /// <summary>Makes those of the six groups that are not there yet; pressing twice changes nothing. Answers how many were made.</summary>
    public async Task<Result<int>> AddSixGroupsAsync(Guid parentId, Actor actor, CancellationToken ct)
    {
        var parent = await ParentAsync(parentId, actor, ct);
        if (parent.IsFailure) return parent.Error;
        var today = Today;
        var there = await db.Set<OrganisationUnit>().Where(u => u.ParentId == parentId && (u.EndsOn == null || today < u.EndsOn)).Select(u => u.Name).ToListAsync(ct);
        List<OrganisationUnit> made = [.. SixGroups.Select((name, order) => (name, order)).Where(g => !there.Contains(g.name))
            .Select(g => OrganisationUnit.Create(parent.Value, UnitKind.TaskForce, g.name, $"{g.order:00}", today, endsOn: null))];
        if (made.Count == 0) return 0;
        db.AddRange(made);
        db.Record(actor, "people.unit.six-groups", "unit", parentId, details: new { units = made.ConvertAll(u => u.Id) });
        await db.CommitAsync(ct);
        return made.Count;
    }

    public async Task<Result> RenameAsync(Guid id, string? newName, int version, Actor actor, CancellationToken ct)
    {
        var unit = await FindAsync(id, actor, ct);
        if (unit is null) return PeopleErrors.UnitNotFound;
        if (unit.Version != version) return PeopleErrors.Changed;
        var name = TextFold.Clean(newName);
        if (name.Length is 0 or > LongestName) return PeopleErrors.UnitNameMissing;
        if (await TakenAsync(unit.ParentId, name, id, ct)) return PeopleErrors.UnitNameTaken;
        unit.Rename(name);
        db.Record(actor, "people.unit.renamed", "unit", id);
        return await CommitAsync(ct);
    }

    /// <summary>Ends a unit and all below it on a day, today at the earliest; rights that hang on it end with it.</summary>
    public async Task<Result> CloseAsync(Guid id, DateOnly? day, Actor actor, CancellationToken ct)
    {
        var unit = await FindAsync(id, actor, ct);
        if (unit is null) return PeopleErrors.UnitNotFound;
        if (day is not { } end) return PeopleErrors.DayMissing;
        if (end < Today) return PeopleErrors.UnitEndBeforeStart;
        if (unit.EndsOn is { } ended && ended <= Today) return PeopleErrors.UnitClosed;

        var below = await db.Set<OrganisationUnit>().Where(u => u.Path.StartsWith(unit.Path)).ToListAsync(ct);
        foreach (var one in below.Where(u => u.EndsOn is null || end < u.EndsOn))
        {
            one.Close(end);
            db.Raise(new UnitClosed(one.Id, end));
            db.Record(actor, "people.unit.closed", "unit", one.Id, details: new { day = end });
        }
        return await CommitAsync(ct);
    }

    public async Task<Result> AffiliateAsync(Guid personId, Guid unitId, AffiliationRole role, Actor actor, CancellationToken ct)
    {
        var unit = await FindAsync(unitId, actor, ct);
        if (unit is null) return PeopleErrors.UnitNotFound;
        var today = Today;
        if (!unit.IsOpen(today)) return PeopleErrors.UnitClosed;
        var reach = await scopes.OfAsync(actor, PeoplePermissions.Read, ct);
        if (!await reach.Narrow(db.Set<Person>().Where(p => p.Id == personId && p.MergedIntoId == null)).AnyAsync(ct)) return PeopleErrors.PersonNotFound;
        if (await db.Set<Affiliation>().AnyAsync(a => a.PersonId == personId && a.UnitId == unitId && a.Role == role && (a.Until == null || today < a.Until), ct))
            return PeopleErrors.AffiliationTwice;
        db.Add(Affiliation.Start(personId, unitId, role, today, unit.EndsOn));
        db.Record(actor, "people.person.affiliated", "person", personId, details: new { unit = unitId, role = role.ToString() });
        await db.CommitAsync(ct);
        return Result.Ok;
    }

    public async Task<Result> EndAffiliationAsync(Guid personId, Guid affiliationId, Actor actor, CancellationToken ct)
    {
        var today = Today;
        var affiliation = await db.Set<Affiliation>().SingleOrDefaultAsync(a => a.Id == affiliationId && a.PersonId == personId && (a.Until == null || today < a.Until), ct);
        if (affiliation is null || await FindAsync(affiliation.UnitId, actor, ct) is null) return PeopleErrors.AffiliationNotFound;
        affiliation.End(today);
        db.Record(actor, "people.person.left-unit", "person", personId, details: new { unit = affiliation.UnitId });
        await db.CommitAsync(ct);
        return Result.Ok;
    }

    private async Task<OrganisationUnit?> FindAsync(Guid id, Actor actor, CancellationToken ct) =>
        await (await scopes.OfAsync(actor, PeoplePermissions.EditUnits, ct)).Own(db.Set<OrganisationUnit>()).SingleOrDefaultAsync(u => u.Id == id, ct);

    // Without a parent it becomes a root of the tree: only for whoever keeps the whole.
    private async Task<Result<OrganisationUnit?>> ParentAsync(Guid? id, Actor actor, CancellationToken ct)
    {
        if (id is not { } parentId)
            return (await scopes.OfAsync(actor, PeoplePermissions.EditUnits, ct)).Everything ? (OrganisationUnit?)null : PeopleErrors.UnitNotFound;
        var parent = await FindAsync(parentId, actor, ct);
        if (parent is null) return PeopleErrors.UnitNotFound;
        return parent.IsOpen(Today) ? parent : PeopleErrors.UnitClosed;
    }

    private Task<bool> TakenAsync(Guid? parent, string name, Guid? except, CancellationToken ct)
    {
        var today = Today;
        return db.Set<OrganisationUnit>().AnyAsync(u => u.ParentId == parent && u.Name == name && u.Id != except && (u.EndsOn == null || today < u.EndsOn), ct);
    }

    private async Task<Result> CommitAsync(CancellationToken ct)
    {
        try
        {
            await db.CommitAsync(ct);
            return Result.Ok;
        }
        catch (DbUpdateConcurrencyException)
        {
            return PeopleErrors.Changed;
        }
    }
}
