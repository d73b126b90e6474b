using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Rosters;

/// <summary>A published turn changed hands: drafts that would replace its roster follow, so that publishing one does not undo what helpers agreed.</summary>
internal sealed class FollowSwappedTurn(TongxinDb db) : IHandle<TurnChangedHands>
{
    public async Task HandleAsync(TurnChangedHands happened, CancellationToken ct)
    {
        var roster = await db.Set<Turn>().Where(t => t.Id == happened.TurnId).Select(t => t.RosterId).SingleOrDefaultAsync(ct);
        foreach (var draft in await db.Set<Roster>().Where(r => r.FromId == roster && r.State == RosterState.Draft).ToListAsync(ct))
        {
            var turns = await db.Set<Turn>().Where(t => t.RosterId == draft.Id && t.DutyId == happened.DutyId && (t.PersonId == happened.From || t.PersonId == happened.To)).ToListAsync(ct);
            // The draft has given the duty to others already: it stays as the office wants it.
            if (turns.Find(t => t.PersonId == happened.From) is not { } turn) continue;
            if (turns.Count > 1) db.Remove(turn);
            else turn.Reassign(happened.To);
            if (!await db.Set<RosterMember>().AnyAsync(m => m.RosterId == draft.Id && m.PersonId == happened.To, ct)) db.Add(RosterMember.Of(draft.Id, happened.To));
            EditRoster.Touch(db, draft);
        }
    }
}
