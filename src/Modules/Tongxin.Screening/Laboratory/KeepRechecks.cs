using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tongxin.Core.Common;
using Tongxin.Grid.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Contracts;
using Tongxin.Screening.Laboratory.Data;

namespace Tongxin.Screening.Laboratory;

/// <summary>What people do about a recheck: call, visit, and, a doctor alone, judge. Nobody can set where somebody stands: that follows the tubes.</summary>
internal sealed class KeepRechecks(TongxinDb db, RecheckSight sight, TellStaff staff, IOptions<LaboratorySettings> settings, TimeProvider clock)
{
    public const int LongestNote = 200;

    /// <summary>Notes a call or a visit. Neither the telephone nor the door answered: somebody higher is asked. Commits.</summary>
    public async Task<Result> TryAsync(Guid round, Guid id, RecheckWay way, bool reached, string? note, Actor actor, CancellationToken ct)
    {
        if (!Enum.IsDefined(way)) return LaboratoryErrors.Field("way");
        if (note is not null && note.Trim().Length > LongestNote) return LaboratoryErrors.NoteMissing;
        if (await sight.FindAsync(round, id, actor, LaboratoryPermissions.Follow, ct) is not { } recheck) return LaboratoryErrors.RecheckNotFound;
        if (recheck.State == RecheckState.Ended) return LaboratoryErrors.NotOpen;
        var now = clock.GetUtcNow();
        var by = LabFiles.By(actor);
        var isUnreachable = recheck.Try(way, reached, now);
        db.Add(RecheckStep.Of(recheck, reached ? RecheckStepKind.Reached : RecheckStepKind.NotReached, now, way.ToString(), by, Clean(note)));
        if (isUnreachable)
        {
            db.Add(RecheckStep.Of(recheck, RecheckStepKind.Unreachable, now));
            await staff.TellAsync(round, TellStaff.Urgent, [recheck], ct);
            db.Raise(new RecheckEscalated(recheck.Id, recheck.RoundId, recheck.PersonId, true, recheck.DueAt ?? now));
        }

        db.Record(actor, "screening.recheck.tried", "person", recheck.PersonId, details: new { recheck = id, way = way.ToString(), reached, isUnreachable });
        return await CommitAsync(ct);
    }

    /// <summary>Notes that the centre for disease control was told, and by whom. Commits.</summary>
    public async Task<Result> TellCdcAsync(Guid round, Guid id, string? note, Actor actor, CancellationToken ct)
    {
        if (Clean(note) is not { Length: <= LongestNote } whom) return LaboratoryErrors.CdcMissing;
        if (await sight.FindAsync(round, id, actor, LaboratoryPermissions.Follow, ct) is not { } recheck) return LaboratoryErrors.RecheckNotFound;
        if (recheck.State == RecheckState.Ended) return LaboratoryErrors.NotOpen;
        db.Add(RecheckStep.Of(recheck, RecheckStepKind.CdcTold, clock.GetUtcNow(), by: LabFiles.By(actor), note: whom));
        db.Record(actor, "screening.recheck.cdc-told", "person", recheck.PersonId, details: new { recheck = id });
        return await CommitAsync(ct);
    }

    /// <summary>A doctor reads the single result. Commits.</summary>
    public async Task<Result> JudgeAsync(Guid round, Guid id, RecheckJudgement judgement, string? note, Actor actor, CancellationToken ct)
    {
        if (!Enum.IsDefined(judgement)) return LaboratoryErrors.Field("judgement");
        if (Clean(note) is not { Length: <= LongestNote } why) return LaboratoryErrors.NoteMissing;
        if (await sight.FindAsync(round, id, actor, LaboratoryPermissions.Judge, ct) is not { } recheck) return LaboratoryErrors.RecheckNotFound;
        var now = clock.GetUtcNow();
        var by = LabFiles.By(actor);
        var result = recheck.Judge(judgement, by, now, now.AddHours(settings.Value.RecheckHours));
        if (result.IsFailure) return result;
        db.Add(RecheckStep.Of(recheck, RecheckStepKind.Judged, now, judgement.ToString(), by, why));
        db.Record(actor, "screening.recheck.judged", "person", recheck.PersonId, why, new { recheck = id, judgement = judgement.ToString() });
        db.Raise(new RecheckJudged(recheck.Id, recheck.RoundId, recheck.PersonId, judgement == RecheckJudgement.Confirmed, judgement == RecheckJudgement.Contact));
        return await CommitAsync(ct);
    }

    private async Task<Result> CommitAsync(CancellationToken ct)
    {
        try
        {
            await db.CommitAsync(ct);
            return Result.Ok;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.Forget();
            return LaboratoryErrors.Meanwhile;
        }
    }

    private static string? Clean(string? note) => string.IsNullOrWhiteSpace(note) ? null : note.Trim();
}

/// <summary>Which rechecks an actor reaches: by cell and place as the round froze them. Who is not on the roll is seen by who sees everything.</summary>
internal sealed class RecheckSight(TongxinDb db, IRounds rounds)
{
    /// <summary>Tracked; null: there is none within reach.</summary>
    public async Task<RecheckTask?> FindAsync(Guid round, Guid id, Actor actor, string permission, CancellationToken ct)
    {
        if (!actor.Can(permission) || await db.Set<RecheckTask>().SingleOrDefaultAsync(r => r.Id == id && r.RoundId == round, ct) is not { } recheck) return null;
        var reach = await rounds.ReachAsync(actor, permission, ct);
        if (reach.Everything) return recheck;
        return (await rounds.StatesAsync(round, [recheck.PersonId], ct)).TryGetValue(recheck.PersonId, out var target) && reach.Admits(target.CellId, target.PlacePath) ? recheck : null;
    }
}
