using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Rosters;

/// <summary>Who can be given duties by a draft, and by which rules.</summary>
internal sealed class ChangePool(TongxinDb db, ReadGround read, FindPool pool, TimeProvider clock)
{
    public async Task<Result> AddAsync(Guid id, PoolSource source, Actor actor, CancellationToken ct)
    {
        var found = await EditRoster.DraftAsync(db, read, id, actor, ct);
        if (found.IsFailure) return found.Error;
        var (row, ground) = found.Value;
        var people = (await pool.ExecuteAsync(source, actor, ct)).Where(p => !ground.Members.ContainsKey(p.Person)).ToList();
        if (people.Count == 0) return RosterErrors.PeopleMissing;
        db.AddRange(people.Select(p => RosterMember.Of(id, p.Person, p.Experienced)));
        EditRoster.Touch(db, row);
        db.Record(actor, "workforce.roster.people-added", "roster", id, details: new { people = people.Count });
        return await EditRoster.CommitAsync(db, ct);
    }

    /// <summary>Takes people out; what they have and has not begun becomes open.</summary>
    public async Task<Result> RemoveAsync(Guid id, IReadOnlyCollection<Guid> people, Actor actor, CancellationToken ct)
    {
        var found = await EditRoster.DraftAsync(db, read, id, actor, ct);
        if (found.IsFailure) return found.Error;
        var (row, ground) = found.Value;
        var members = await db.Set<RosterMember>().Where(m => m.RosterId == id && people.Contains(m.PersonId)).ToListAsync(ct);
        if (members.Count == 0) return RosterErrors.PersonMissing;
        var now = clock.GetUtcNow();
        var gone = ground.Turns.Where(t => people.Contains(t.PersonId) && ground.DutyById[t.DutyId].Starts > now).Select(t => t.Id).ToList();
        db.RemoveRange(members);
        db.RemoveRange(await db.Set<Turn>().Where(t => t.RosterId == id && gone.Contains(t.Id)).ToListAsync(ct));
        EditRoster.Touch(db, row);
        db.Record(actor, "workforce.roster.people-removed", "roster", id, details: new { people = members.Count, turns = gone.Count });
        return await EditRoster.CommitAsync(db, ct);
    }

    public async Task<Result> SetAsync(Guid id, RosterSettings settings, Actor actor, CancellationToken ct)
    {
        var found = await EditRoster.DraftAsync(db, read, id, actor, ct);
        if (found.IsFailure) return found.Error;
        found.Value.Row.Set(RosterJson.Write(settings.Clean()));
        db.Record(actor, "workforce.roster.settings", "roster", id);
        return await EditRoster.CommitAsync(db, ct);
    }
}
