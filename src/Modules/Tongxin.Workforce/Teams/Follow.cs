using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Teams;

/// <summary>A unit that is closed takes its teams with it, on the same day.</summary>
internal sealed class EndTeamsOfClosedUnit(TongxinDb db, KeepTeams keep, TimeProvider clock) : IHandle<UnitClosed>
{
    public async Task HandleAsync(UnitClosed happened, CancellationToken ct)
    {
        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        var teams = await db.Set<Team>().Where(t => t.UnitId == happened.UnitId && (t.EndsOn == null || happened.Day < t.EndsOn)).ToListAsync(ct);
        foreach (var team in teams)
        {
            if (happened.Day <= today)
            {
                await keep.EndAsync(team, Actor.System, ct);
                continue;
            }
            // Later: the day alone ends its rights; who reads teams asks for those open then.
            team.End(happened.Day);
            db.Record(Actor.System, "workforce.team.ends", "team", team.Id, details: new { day = happened.Day });
        }
    }
}

/// <summary>Two entries are one person: the one that stays takes over memberships and the offer to serve.</summary>
internal sealed class FollowMergedPerson(TongxinDb db, TimeProvider clock) : IHandle<PersonMerged>
{
    public async Task HandleAsync(PersonMerged happened, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var memberships = await db.Set<Membership>().Where(m => m.PersonId == happened.KeptId || m.PersonId == happened.GoneId).ToListAsync(ct);
        foreach (var gone in memberships.Where(m => m.PersonId == happened.GoneId))
        {
            var kept = memberships.Find(m => m.PersonId == happened.KeptId && m.TeamId == gone.TeamId && m.Until is null);
            if (gone.Until is null && kept is not null)
            {
                // Both are in the team: one membership goes on. A captain stays captain.
                if (gone.Role == TeamRole.Captain) kept.End(now);
                else gone.End(now);
            }
        }
        // Those that end are written before those that change hands: one open membership a person in a team.
        if (db.ChangeTracker.HasChanges()) await db.SaveChangesAsync(ct);
        foreach (var gone in memberships.Where(m => m.PersonId == happened.GoneId)) gone.Reassign(happened.KeptId);

        var offers = await db.Set<Volunteer>().Where(v => v.PersonId == happened.KeptId || v.PersonId == happened.GoneId).ToListAsync(ct);
        var offer = offers.Find(v => v.PersonId == happened.GoneId);
        if (offer is null) return;
        var own = offers.Find(v => v.PersonId == happened.KeptId);
        if (own is null)
        {
            offer.Reassign(happened.KeptId);
            return;
        }
        own.Correct(own.CanLead || offer.CanLead, own.PartyMember || offer.PartyMember);
        if (offer.WithdrawnAt is null) own.Return();
        db.Remove(offer);
    }
}
