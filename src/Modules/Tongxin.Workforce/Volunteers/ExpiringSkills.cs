using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Teams;

namespace Tongxin.Workforce.Volunteers;

/// <summary>A skill that ends soon, or did.</summary>
internal sealed record ExpiringSkill(Guid PersonId, string Name, string? Number, Skill Skill, string? Proof, DateOnly ValidThrough, bool IsOver);

/// <summary>Which certificates end within a time: before a roster finds nobody who may stand at the post.</summary>
internal sealed class ExpiringSkills(TongxinDb db, IPersons persons, TeamSight sight, TimeProvider clock)
{
    /// <summary>Days ahead that are looked at, and behind for those that are over.</summary>
    public const int Days = 30;

    public async Task<IReadOnlyList<ExpiringSkill>> ListAsync(Actor actor, CancellationToken ct)
    {
        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        var (first, last) = (today.AddDays(-Days), today.AddDays(Days));
        var ending = await db.Set<HeldSkill>().AsNoTracking().Where(s => s.ValidThrough != null && s.ValidThrough >= first && s.ValidThrough <= last)
            .OrderBy(s => s.ValidThrough).ThenBy(s => s.Id).ToListAsync(ct);
        var people = ending.Select(s => s.PersonId).Distinct().ToList();
        var reached = await sight.PeopleAsync(people, actor, WorkforcePermissions.Read, ct);
        var known = (await persons.FindAsync(people, ct)).ToDictionary(p => p.Id);
        return [.. ending.Where(s => reached.Contains(s.PersonId) && known.ContainsKey(s.PersonId)).Select(s => new ExpiringSkill(
            s.PersonId, known[s.PersonId].Name, known[s.PersonId].Number, s.Skill, s.Proof, s.ValidThrough.GetValueOrDefault(), s.ValidThrough < today))];
    }
}
