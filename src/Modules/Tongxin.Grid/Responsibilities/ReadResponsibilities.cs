using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Text;
using Tongxin.Grid.Cells;
using Tongxin.Grid.Contracts;
using Tongxin.Grid.Data;
using Tongxin.People.Contracts;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.Responsibilities;

/// <summary>Something a member has taken on and still answers for.</summary>
/// <param name="HouseholdId">The household meant, or that of the person meant; null for an entrance.</param>
internal sealed record Taken(Guid Id, Guid CellId, ResponsibilityMode Mode, Guid TargetId, string Target, Guid? HouseholdId, Guid MemberId, string Member, DateOnly From);

/// <summary>
/// What is taken on now. It ends by itself with the membership, and when its target leaves the cell: rows that no longer hold
/// are not in the answer, whether or not somebody has ended them.
/// </summary>
internal sealed class ReadResponsibilities(TongxinDb db, ReadGrid read, IPersons persons)
{
    public async Task<IReadOnlyList<Taken>> ExecuteAsync(GridPicture picture, Guid? cell, CancellationToken ct)
    {
        var rows = await db.Set<Responsibility>().AsNoTracking().Where(r => r.Until == null && (cell == null || r.CellId == cell)).ToListAsync(ct);
        var about = (await persons.FindAsync([.. rows.Where(r => r.Mode == ResponsibilityMode.Person).Select(r => r.TargetId)], ct)).ToDictionary(p => p.Id);
        var homes = rows.Where(r => r.Mode == ResponsibilityMode.Household).Select(r => (Guid?)r.TargetId).Concat(about.Values.Select(p => p.HouseholdId)).OfType<Guid>();
        var doors = await read.DoorsOfAsync(picture, [.. homes.Distinct()], ct);
        var taken = new List<Taken>(rows.Count);
        foreach (var row in rows)
        {
            if (picture.Find(row.CellId) is not { } at || at.Team?.Members.FirstOrDefault(m => m.PersonId == row.MemberId) is not { } member) continue;
            var (target, household) = row.Mode switch
            {
                ResponsibilityMode.Unit => (at.Shares.FirstOrDefault(s => s.Unit.Id == row.TargetId)?.Unit.Label, (Guid?)null),
                ResponsibilityMode.Household => (doors.FindIn(row.TargetId, row.CellId)?.Label, row.TargetId),
                _ => about.GetValueOrDefault(row.TargetId) is { HouseholdId: { } lives } person && doors.FindIn(lives, row.CellId) is { } home
                    ? ($"{home.Label} {Mask.Name(person.Name)}", lives) : (null, null),
            };
            if (target is not null) taken.Add(new Taken(row.Id, row.CellId, row.Mode, row.TargetId, target, household, row.MemberId, member.Name, row.From));
        }
        return [.. taken.OrderBy(t => t.Mode).ThenBy(t => t.Target, StringComparer.Ordinal)];
    }
}
