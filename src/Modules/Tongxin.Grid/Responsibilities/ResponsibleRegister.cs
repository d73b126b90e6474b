using Microsoft.EntityFrameworkCore;
using Tongxin.Grid.Contracts;
using Tongxin.Grid.Data;
using Tongxin.People.Contracts;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Grid.Responsibilities;

internal sealed class ResponsibleRegister(TongxinDb db, IHouseholds households, IPersons persons, ITeams teams) : IResponsible
{
    public async Task<ResponsibleView?> OfAsync(Guid householdId, CancellationToken ct, Guid? personId = null)
    {
        var cell = await (
            from h in db.Set<CellHousehold>().AsNoTracking()
            join c in db.Set<Cell>() on h.CellId equals c.Id
            where h.HouseholdId == householdId
            select c).SingleOrDefaultAsync(ct);
        if (cell is null || (await households.FindAsync([householdId], ct)).SingleOrDefault() is not { } home) return null;

        var team = cell.TeamId is { } id ? (await teams.FindAsync([id], ct)).SingleOrDefault() : null;
        var captain = team?.Captain is { } c1 ? new ResponsibleMember(c1.PersonId, c1.Name) : null;
        if (team is null) return new ResponsibleView(householdId, cell.Number, cell.Name, null, null, null, null);

        List<Guid> targets = [householdId, home.PlaceId];
        if (personId is { } asked && (await persons.FindAsync([asked], ct)).SingleOrDefault() is { } person && person.HouseholdId == householdId) targets.Add(person.Id);
        var rows = await db.Set<Responsibility>().AsNoTracking()
            .Where(r => r.CellId == cell.Id && r.Until == null && targets.Contains(r.TargetId)).ToListAsync(ct);
        var best = rows.Where(r => team.Members.Any(m => m.PersonId == r.MemberId)).MaxBy(r => r.Mode);
        var member = best is null ? captain : new ResponsibleMember(best.MemberId, team.Members.First(m => m.PersonId == best.MemberId).Name);
        return new ResponsibleView(householdId, cell.Number, cell.Name, team.Name, captain, member, best?.Mode);
    }
}
