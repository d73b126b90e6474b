using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Gates.Data;
using Tongxin.Access.Gates.Readings;
using Tongxin.Access.Permits.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Gates.Guard;

/// <summary>
/// What follows from passages that phones sent: permits are used up, emergencies open their papers. Looks back a day each time and does
/// only what is not done yet, each passage by its own id: safe to do twice, on several nodes, after any stop.
/// </summary>
internal sealed class FollowPassages(TongxinDb db, IPassages passages, EmergencyPapers papers, TimeProvider clock)
{
    private static readonly TimeSpan Back = TimeSpan.FromDays(1);

    /// <summary>How many were followed.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var seen = await passages.ToFollowAsync(clock.GetUtcNow() - Back, ct);
        if (seen.Count == 0) return 0;
        var ids = seen.Select(p => p.Id).ToList();
        var done = (await db.Set<PermitUse>().Where(u => ids.Contains(u.Id)).Select(u => u.Id).ToListAsync(ct)).ToHashSet();
        done.UnionWith(await db.Set<Permit>().Where(p => ids.Contains(p.Id)).Select(p => p.Id).ToListAsync(ct));
        var followed = 0;
        foreach (var passage in seen.Where(p => !done.Contains(p.Id)))
        {
            try
            {
                if (await FollowAsync(passage, ct)) followed++;
            }
            catch (DbUpdateException)
            {
                // Another node was faster, or a guard at the same moment: the next round looks again.
            }
            db.Forget();
        }
        return followed;
    }

    private async Task<bool> FollowAsync(Passage passage, CancellationToken ct)
    {
        if (passage.Kind == PassageKind.Emergency)
        {
            var place = await db.Set<Gate>().Where(g => g.Id == passage.GateId).Select(g => (Guid?)g.PlaceId).SingleOrDefaultAsync(ct);
            if (place is null) return false;
            papers.Open(passage, place.Value, null, Actor.System with { AccountId = passage.AccountId ?? Guid.Empty });
        }
        else
        {
            if (!passage.Passed || passage.PermitId is not { } id || await db.Set<Permit>().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } permit) return false;
            var isOut = passage.Kind == PassageKind.Out;
            var over = permit.Obstacle(passage.GateId, isOut, passage.SeenAt) == Permits.PermitErrors.UsedUp;
            permit.Pass(isOut, passage.SeenAt);
            db.Add(PermitUse.Of(passage.Id, id, passage.GateId, passage.SeenAt, over));
        }
        db.Record(Actor.System, "access.passage.followed", "gate", passage.GateId, details: new { passage.Kind });
        await db.CommitAsync(ct);
        return true;
    }
}
