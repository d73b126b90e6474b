using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Contracts;
using Tongxin.Access.Data;
using Tongxin.Access.Restrictions;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Passes;

/// <summary>
/// Withdraws passes that say something better than what holds now, in the transaction that changes it; and those reported lost. A pass
/// that says something worse is left: its holder opens the page and has the better one.
/// </summary>
internal sealed class WithdrawPasses(TongxinDb db, ReadColours colours, TimeProvider clock) : IHandle<RestrictionsChanged>, IHandle<PersonMerged>
{
    public async Task HandleAsync(RestrictionsChanged happened, CancellationToken ct)
    {
        var now = clock.NowInSeconds();
        var persons = happened.PersonIds;
        var good = await db.Set<IssuedPass>().Where(p => persons.Contains(p.PersonId) && now < p.ExpiresAt && p.RevokedAt == null).ToListAsync(ct);
        if (good.Count == 0) return;
        // Raised by a handler of an approval, this may come before the measure itself is in the database.
        await db.SaveChangesAsync(ct);
        var held = await colours.OfAsync(persons, ct);
        foreach (var pass in good.Where(p => held[p.PersonId].Colour > p.Colour)) pass.Revoke(RevokedWhy.Measure, now);
    }

    public async Task HandleAsync(PersonMerged happened, CancellationToken ct)
    {
        foreach (var pass in await db.Set<IssuedPass>().Where(p => p.PersonId == happened.GoneId).ToListAsync(ct)) pass.Follow(happened.KeptId);
        foreach (var link in await db.Set<PassLink>().Where(l => l.PersonId == happened.GoneId).ToListAsync(ct)) link.Follow(happened.KeptId);
    }

    /// <summary>Everything out there of this person is worth nothing any more: passes and links.</summary>
    public async Task<Result> LostAsync(Guid person, Actor? actor, CancellationToken ct)
    {
        var now = clock.NowInSeconds();
        foreach (var pass in await db.Set<IssuedPass>().Where(p => p.PersonId == person && now < p.ExpiresAt && p.RevokedAt == null).ToListAsync(ct)) pass.Revoke(RevokedWhy.Lost, now);
        foreach (var link in await db.Set<PassLink>().Where(l => l.PersonId == person && l.RevokedAt == null).ToListAsync(ct)) link.Revoke(now);
        db.Record(actor ?? Actor.System, "access.pass.lost", "person", person);
        return await db.TryCommitAsync(PassErrors.Changed, ct);
    }
}
