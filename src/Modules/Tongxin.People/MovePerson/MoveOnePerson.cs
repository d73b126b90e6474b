using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.People.Register;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.People.MovePerson;

/// <summary>Into which household, as what, from which day; <paramref name="EndOthers"/> moves out of all other homes that day.</summary>
internal sealed record MoveRequest(Guid PersonId, Guid HouseholdId, Relation Relation, string? Bed, DateOnly? Day, bool EndOthers);

/// <summary>A residency with its versions' names, for the page that corrects it.</summary>
internal sealed record ResidencyFacts(Guid Id, Guid PersonId, string Person, Guid HouseholdId, string Household, HouseholdKind Kind, Relation Relation, string? Bed, DateOnly From);

/// <summary>Moves people in and out. A residency ends on a day and stays: tracing needs to know who lived where.</summary>
internal sealed class MoveOnePerson(TongxinDb db, RegisterScope scopes, TimeProvider clock)
{
    public DateOnly Today => CampusCalendar.DayOf(clock.GetUtcNow());

    public async Task<Result> MoveInAsync(MoveRequest request, Actor actor, CancellationToken ct)
    {
        var reach = await scopes.OfAsync(actor, PeoplePermissions.Edit, ct);
        if (!await reach.Narrow(db.Set<Household>().Where(h => h.Id == request.HouseholdId)).AnyAsync(ct)) return PeopleErrors.HouseholdNotFound;
        if (!await reach.Narrow(db.Set<Person>().Where(p => p.Id == request.PersonId && p.MergedIntoId == null)).AnyAsync(ct)) return PeopleErrors.PersonNotFound;
        if (request.Day is not { } day) return PeopleErrors.DayMissing;
        if (day > Today) return PeopleErrors.DayInFuture;

        var homes = await db.Set<Residency>().Where(r => r.PersonId == request.PersonId && r.Until == null).ToListAsync(ct);
        if (homes.Exists(r => r.HouseholdId == request.HouseholdId)) return PeopleErrors.LivesThere;
        if (request.EndOthers)
        {
            foreach (var home in homes) home.End(day);
        }
        db.Add(Residency.Start(request.PersonId, request.HouseholdId, request.Relation, string.IsNullOrWhiteSpace(request.Bed) ? null : request.Bed.Trim(), day));
        db.Record(actor, "people.person.moved-in", "person", request.PersonId,
            details: new { household = request.HouseholdId, ended = request.EndOthers ? homes.ConvertAll(h => h.HouseholdId) : [] });
        try
        {
            await db.CommitAsync(ct);
            return Result.Ok;
        }
        catch (DbUpdateException failure) when (db.Dialect.IsUniqueViolation(failure))
        {
            return PeopleErrors.LivesThere;
        }
    }

    public async Task<ResidencyFacts?> FindAsync(Guid residencyId, Actor actor, CancellationToken ct)
    {
        var reach = await scopes.OfAsync(actor, PeoplePermissions.Edit, ct);
        return await (
            from r in db.Set<Residency>().AsNoTracking()
            join h in reach.Narrow(db.Set<Household>()) on r.HouseholdId equals h.Id
            join p in reach.Narrow(db.Set<Person>()) on r.PersonId equals p.Id
            where r.Id == residencyId && r.Until == null
            select new ResidencyFacts(r.Id, p.Id, p.Name, h.Id, h.Label, h.Kind, r.Relation, r.Bed, r.From)).SingleOrDefaultAsync(ct);
    }

    public async Task<Result> CorrectAsync(Guid residencyId, Relation relation, string? bed, Actor actor, CancellationToken ct)
    {
        if (await FindAsync(residencyId, actor, ct) is not { } facts) return PeopleErrors.ResidencyNotFound;
        var residency = await db.Set<Residency>().SingleAsync(r => r.Id == residencyId, ct);
        residency.Correct(relation, string.IsNullOrWhiteSpace(bed) ? null : bed.Trim());
        db.Record(actor, "people.person.residency-corrected", "person", facts.PersonId, details: new { household = facts.HouseholdId });
        await db.CommitAsync(ct);
        return Result.Ok;
    }

    public async Task<Result> MoveOutAsync(Guid residencyId, DateOnly? lastMorning, Actor actor, CancellationToken ct)
    {
        if (await FindAsync(residencyId, actor, ct) is not { } facts) return PeopleErrors.ResidencyNotFound;
        if (lastMorning is not { } day) return PeopleErrors.DayMissing;
        if (day > Today) return PeopleErrors.DayInFuture;
        if (day < facts.From) return PeopleErrors.DayBeforeStart;
        var residency = await db.Set<Residency>().SingleAsync(r => r.Id == residencyId, ct);
        residency.End(day);
        db.Record(actor, "people.person.moved-out", "person", facts.PersonId, details: new { household = facts.HouseholdId });
        await db.CommitAsync(ct);
        return Result.Ok;
    }
}
