using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Contracts;
using Tongxin.Access.Data;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Restrictions;

/// <summary>Lifts a measure, at once and by one person; takes back one that waits for its second person.</summary>
internal sealed class LiftRestriction(TongxinDb db, PersonSight sight, MeasureSteps steps, TimeProvider clock)
{
    public async Task<Result> ExecuteAsync(Guid id, string? reason, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(RestrictionPermissions.Lift)) return RestrictionErrors.NotFound;
        var measure = await db.Set<Measure>().SingleOrDefaultAsync(m => m.Id == id, ct);
        if (measure is null || !await sight.ReachesAsync(measure.PersonId, actor, RestrictionPermissions.Lift, ct)) return RestrictionErrors.NotFound;
        if (Whole.Clean(reason) is not { } why) return RestrictionErrors.ReasonMissing;
        if (why.Length > AskRestrictions.LongestText) return RestrictionErrors.TooLong;
        var now = clock.NowInSeconds();
        if (measure.State == MeasureState.Proposed)
        {
            measure.Withdraw();
            steps.Take(measure, RestrictionStep.Withdrawn, actor, now, now, why);
        }
        else if (measure.Restricts(now)) Lift(measure, steps, actor, now, why);
        else return RestrictionErrors.AlreadyOver;
        return await db.TryCommitAsync(RestrictionErrors.AlreadyOver, ct);
    }

    /// <summary>The deed itself, for everything that lifts: appeals, the end of a protocol.</summary>
    public static void Lift(Measure measure, MeasureSteps steps, Actor actor, DateTimeOffset now, string why)
    {
        measure.Lift(now);
        steps.Take(measure, RestrictionStep.Lifted, actor, now, now, why);
    }
}
