using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Wishes;

namespace Tongxin.Workforce.Duties;

/// <summary>
/// Whoever has a published turn, or had one within a month, is asked for wishes, or has been told something that is not read yet, finds
/// the own duties in the menu. It reaches nothing else: what one may see of a turn follows from its being one's own.
/// </summary>
internal sealed class DutyGrants(TongxinDb db) : IGrantSource
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public async Task<IReadOnlyList<DerivedGrant>> GrantsOfAsync(Guid personId, DateTimeOffset at, CancellationToken ct)
    {
        var since = at - Kept;
        var serves =
            from t in db.Set<Turn>()
            join r in db.Set<Roster>() on t.RosterId equals r.Id
            join d in db.Set<RosterDuty>() on t.DutyId equals d.Id
            where t.PersonId == personId && r.State == RosterState.Published && since < d.Ends
            select t.Id;
        return await serves.AnyAsync(ct) || await MyWishes.Open(db, personId, at).AnyAsync(ct) || await db.Set<DutyNote>().AnyAsync(n => n.PersonId == personId && n.SeenAt == null, ct)
            ? [new DerivedGrant(Roles.OnDuty, ScopeKind.Team, null)]
            : [];
    }
}
