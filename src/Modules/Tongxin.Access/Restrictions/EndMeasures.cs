using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Contracts;
using Tongxin.Access.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Restrictions;

/// <summary>
/// Writes down what the clock has already done: a measure restricts nobody from the second of its end on, whether or not this has run. The
/// fact carries the end itself and how late it was written.
/// </summary>
internal sealed class EndMeasures(TongxinDb db, MeasureSteps steps, ReadMeasures read, TimeProvider clock) : IAccessChime
{
    private const int AtOnce = 200;

    public async Task RingAsync(CancellationToken ct)
    {
        var now = clock.NowInSeconds();
        var over = await read.GenuineAsync(await db.Set<Measure>().Where(m => m.State == MeasureState.Active && m.Until <= now).OrderBy(m => m.Until).Take(AtOnce).ToListAsync(ct), ct);
        if (over.Count == 0) return;
        End(over, steps, now);
        // Another node was faster: what is left comes with the next minute.
        await db.TryCommitAsync(RestrictionErrors.AlreadyOver, ct);
    }

    /// <summary>For those whose time is over already.</summary>
    public static void End(IEnumerable<Measure> over, MeasureSteps steps, DateTimeOffset now)
    {
        foreach (var measure in over)
        {
            measure.End();
            steps.Take(measure, RestrictionStep.Ended, Actor.System, measure.Until, now);
        }
    }
}
