using Microsoft.EntityFrameworkCore;
using Tongxin.People.Contracts;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Rosters;

/// <summary>Two entries are one person: turns, skills and times away go to the one that stays; what both have, stays once.</summary>
internal sealed class FollowMergedTurns(TongxinDb db) : IHandle<PersonMerged>
{
    public async Task HandleAsync(PersonMerged happened, CancellationToken ct)
    {
        var (kept, gone) = (happened.KeptId, happened.GoneId);
        var turns = await db.Set<Turn>().Where(t => t.PersonId == kept || t.PersonId == gone).ToListAsync(ct);
        Follow(turns, t => t.PersonId, t => (t.RosterId, t.DutyId), t => t.Reassign(kept), gone);
        var skills = await db.Set<HeldSkill>().Where(s => s.PersonId == kept || s.PersonId == gone).ToListAsync(ct);
        Follow(skills, s => s.PersonId, s => s.Skill, s => s.Reassign(kept), gone);
        var overrides = await db.Set<FatigueOverride>().Where(o => o.PersonId == kept || o.PersonId == gone).ToListAsync(ct);
        Follow(overrides, o => o.PersonId, o => (o.SeriesId, o.Day), o => o.Reassign(kept), gone);
        foreach (var away in await db.Set<Unavailability>().Where(u => u.PersonId == gone).ToListAsync(ct)) away.Reassign(kept);

        var members = await db.Set<RosterMember>().Where(m => m.PersonId == kept || m.PersonId == gone).ToListAsync(ct);
        var own = members.Where(m => m.PersonId == kept).Select(m => m.RosterId).ToHashSet();
        foreach (var member in members.Where(m => m.PersonId == gone))
        {
            db.Remove(member);
            if (!own.Contains(member.RosterId)) db.Add(RosterMember.Of(member.RosterId, kept, member.IsExperienced, member.Share, member.MaxHours));
        }
    }

    private void Follow<T, TKey>(List<T> rows, Func<T, Guid> person, Func<T, TKey> key, Action<T> reassign, Guid gone) where T : class
    {
        var own = rows.Where(r => person(r) != gone).Select(key).ToHashSet();
        foreach (var row in rows.Where(r => person(r) == gone))
        {
            if (own.Contains(key(row))) db.Remove(row);
            else reassign(row);
        }
    }
}
