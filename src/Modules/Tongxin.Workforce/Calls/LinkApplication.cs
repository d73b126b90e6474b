using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Calls;

/// <summary>The office says who of the register it is that applied.</summary>
internal sealed class LinkApplication(TongxinDb db, CallSight sight, IPersons persons)
{
    public async Task<Result> ExecuteAsync(Guid callId, Guid id, Guid? personId, int version, Actor actor, CancellationToken ct)
    {
        if (await sight.FindAsync(callId, actor, CallPermissions.Decide, ct) is null || !actor.ScopeOf(CallPermissions.Decide).Everything) return CallErrors.NotFound;
        var application = await db.Set<Application>().SingleOrDefaultAsync(a => a.Id == id && a.CallId == callId, ct);
        if (application is null) return CallErrors.ApplicationNotFound;
        if (application.Version != version || application.Verdict == Verdict.Accepted) return CallErrors.DecidedMeanwhile;
        if (personId is not { } asked || await persons.FindAsync([asked], ct) is not [var person, ..]) return CallErrors.PersonNotFound;
        application.Link(person.Id);
        db.Record(actor, "workforce.application.linked", "application", id, details: new { person = person.Id });
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

/// <summary>Two entries are one person: applications follow the one that stays.</summary>
internal sealed class FollowMergedApplicant(TongxinDb db) : IHandle<PersonMerged>
{
    public async Task HandleAsync(PersonMerged happened, CancellationToken ct)
    {
        foreach (var application in await db.Set<Application>().Where(a => a.PersonId == happened.GoneId).ToListAsync(ct)) application.Link(happened.KeptId);
    }
}
