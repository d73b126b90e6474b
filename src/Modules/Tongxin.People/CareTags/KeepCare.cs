using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.People.Register;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.People.CareTags;

/// <summary>A need to be kept: what, for what, until which day.</summary>
internal sealed record CareRequest(Guid PersonId, CareKind Kind, string? Purpose, DateOnly? ExpiresOn);

/// <summary>Adds, prolongs and ends needs. Each has a purpose and an end of at most half a year, so that none is kept for its own sake.</summary>
internal sealed class KeepCare(TongxinDb db, RegisterScope scopes, TimeProvider clock)
{
    public const int MostDays = 180;

    public async Task<Result> AddAsync(CareRequest request, Actor actor, CancellationToken ct)
    {
        if (!await ReachesAsync(request.PersonId, PeoplePermissions.EditCare, actor, ct)) return PeopleErrors.PersonNotFound;
        if (string.IsNullOrWhiteSpace(request.Purpose)) return PeopleErrors.PurposeMissing;
        if (CheckEnd(request.ExpiresOn) is { } wrong) return wrong;

        var today = Today;
        if (await db.Set<CareTag>().AnyAsync(t => t.PersonId == request.PersonId && t.Kind == request.Kind && t.From <= today && today < t.ExpiresOn, ct))
            return PeopleErrors.CareTwice;
        var tag = CareTag.Add(request.PersonId, request.Kind, request.Purpose.Trim(), today, request.ExpiresOn.GetValueOrDefault(), actor.AccountId, clock.GetUtcNow());
        db.Add(tag);
        // The kind itself is health data: the journal names the tag, not the need.
        db.Record(actor, "people.care.added", "person", request.PersonId, details: new { tag = tag.Id });
        await db.CommitAsync(ct);
        return Result.Ok;
    }

    public async Task<Result> ProlongAsync(Guid personId, Guid tagId, DateOnly? expiresOn, Actor actor, CancellationToken ct)
    {
        var tag = await FindAsync(personId, tagId, PeoplePermissions.EditCare, actor, ct);
        if (tag is null) return PeopleErrors.CareNotFound;
        if (CheckEnd(expiresOn) is { } wrong) return wrong;
        tag.Prolong(expiresOn.GetValueOrDefault());
        db.Record(actor, "people.care.prolonged", "person", personId, details: new { tag = tagId });
        await db.CommitAsync(ct);
        return Result.Ok;
    }

    public async Task<Result> EndAsync(Guid personId, Guid tagId, Actor actor, CancellationToken ct)
    {
        var tag = await FindAsync(personId, tagId, PeoplePermissions.ExpireCare, actor, ct);
        if (tag is null) return PeopleErrors.CareNotFound;
        tag.Expire(Today);
        db.Record(actor, "people.care.ended", "person", personId, details: new { tag = tagId });
        await db.CommitAsync(ct);
        return Result.Ok;
    }

    public DateOnly Today => CampusCalendar.DayOf(clock.GetUtcNow());

    private Error? CheckEnd(DateOnly? expiresOn) => expiresOn is not { } end ? PeopleErrors.CareEndMissing
        : end <= Today || end > Today.AddDays(MostDays) ? PeopleErrors.CareEndTooFar(MostDays) : null;

    private async Task<CareTag?> FindAsync(Guid personId, Guid tagId, string permission, Actor actor, CancellationToken ct)
    {
        if (!await ReachesAsync(personId, permission, actor, ct)) return null;
        var today = Today;
        return await db.Set<CareTag>().SingleOrDefaultAsync(t => t.Id == tagId && t.PersonId == personId && t.From <= today && today < t.ExpiresOn, ct);
    }

    private async Task<bool> ReachesAsync(Guid personId, string permission, Actor actor, CancellationToken ct) =>
        await (await scopes.OfAsync(actor, permission, ct)).Narrow(db.Set<Person>().Where(p => p.Id == personId && p.MergedIntoId == null)).AnyAsync(ct);
}
