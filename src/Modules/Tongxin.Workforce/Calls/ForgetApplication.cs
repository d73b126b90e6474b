using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Calls;

/// <summary>Deletes an application that was not accepted, as the consent promises. What an accepted one led to stays: it is service.</summary>
internal sealed class ForgetApplication(TongxinDb db, CallSight sight)
{
    public async Task<Result> ExecuteAsync(Guid callId, Guid id, Actor actor, CancellationToken ct)
    {
        if (await sight.FindAsync(callId, actor, CallPermissions.Decide, ct) is null) return CallErrors.NotFound;
        var application = await db.Set<Application>().SingleOrDefaultAsync(a => a.Id == id && a.CallId == callId, ct);
        if (application is null) return CallErrors.ApplicationNotFound;
        if (application.Verdict == Verdict.Accepted) return CallErrors.AcceptedStays;
        db.Remove(application);
        db.Record(actor, "workforce.application.deleted", "application", id, details: new { call = callId });
        try
        {
            await db.CommitAsync(ct);
            return Result.Ok;
        }
        catch (DbUpdateConcurrencyException)
        {
            return CallErrors.DecidedMeanwhile;
        }
    }
}
