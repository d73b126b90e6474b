using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Contracts;
using Tongxin.Access.Data;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Restrictions;

/// <summary>The second person's word: measures hold from now on, or never. What came too late, or after its protocol had ended, never holds.</summary>
internal sealed class DecideRestrictions(TongxinDb db, IProtocolsInForce protocols, MeasureSteps steps, SecretBox box, TimeProvider clock) : IHandle<ApprovalDecided>
{
    public async Task HandleAsync(ApprovalDecided happened, CancellationToken ct)
    {
        if (happened.Kind is not (AskRestrictions.Kind or AskRestrictions.KindOfMany)) return;
        var now = clock.NowInSeconds();
        var edition = await protocols.AtAsync(now, ct);
        var by = Party.Of(happened.DecidedBy);
        foreach (var measure in await db.Set<Measure>().Where(m => m.ApprovalId == happened.Id && m.State == MeasureState.Proposed).ToListAsync(ct))
        {
            // Written into the database by hand: it stays what it is and restricts nobody.
            if (!measure.IsGenuine(box)) continue;
            if (happened.Approved && now < measure.Until && measure.EditionId == edition?.Id)
            {
                measure.Impose(by, now);
                steps.Take(measure, RestrictionStep.Imposed, happened.DecidedBy, now, now);
            }
            else
            {
                measure.Refuse(by);
                steps.Take(measure, RestrictionStep.Refused, happened.DecidedBy, now, now);
            }
        }
    }
}
