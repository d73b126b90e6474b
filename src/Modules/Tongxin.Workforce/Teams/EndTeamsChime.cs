using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Duties;

namespace Tongxin.Workforce.Teams;

/// <summary>
/// A team whose day has come: its rights are gone already (<see cref="TeamGrants"/> looks at the day); here its memberships end
/// and its cells hear of it. Nothing is left to do where somebody ended it by hand.
/// </summary>
internal sealed class EndTeamsChime(TongxinDb db, TimeProvider clock) : IDutyChime
{
    public async Task RingAsync(CancellationToken ct)
    {
        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        var over = await (
            from t in db.Set<Team>()
            join m in db.Set<Membership>() on t.Id equals m.TeamId
            where t.EndsOn != null && t.EndsOn <= today && m.Until == null
            select new { Team = t, Membership = m }).ToListAsync(ct);
        if (over.Count == 0) return;
        foreach (var one in over) one.Membership.End(CampusCalendar.StartOf(one.Team.EndsOn ?? today));
        foreach (var team in over.Select(o => o.Team.Id).Distinct())
        {
            db.Raise(new TeamEnded(team));
            db.Record(Actor.System, "workforce.team.ended", "team", team);
        }
        await db.CommitAsync(ct);
    }
}
