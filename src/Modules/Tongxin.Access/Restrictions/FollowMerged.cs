using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Data;
using Tongxin.People.Contracts;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Restrictions;

/// <summary>Two entries turned out to be one person: what restricts the one restricts the other, and all that was said goes along.</summary>
internal sealed class FollowMerged(TongxinDb db, SecretBox box) : IHandle<PersonMerged>
{
    public async Task HandleAsync(PersonMerged happened, CancellationToken ct)
    {
        var (kept, gone) = (happened.KeptId, happened.GoneId);
        var there = await db.Set<Measure>().Where(m => m.PersonId == kept && (m.State == MeasureState.Proposed || m.State == MeasureState.Active)).Select(m => m.Kind).ToListAsync(ct);
        foreach (var measure in await db.Set<Measure>().Where(m => m.PersonId == gone).ToListAsync(ct))
        {
            // One of a kind is enough, and a rule of the database: the second stays with the entry that is gone, and runs out there.
            if (measure.State is MeasureState.Proposed or MeasureState.Active && there.Contains(measure.Kind)) continue;
            var genuine = measure.IsGenuine(box);
            measure.Follow(kept);
            if (genuine) measure.Sign(box);
        }
        foreach (var evidence in await db.Set<Evidence>().Where(e => e.PersonId == gone).ToListAsync(ct)) evidence.Follow(kept);
        foreach (var appeal in await db.Set<Appeal>().Where(a => a.PersonId == gone).ToListAsync(ct)) appeal.Follow(kept);
        foreach (var notice in await db.Set<Notice>().Where(n => n.PersonId == gone).ToListAsync(ct)) notice.Follow(kept);
    }
}
