using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Contracts;
using Tongxin.Access.Data;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Restrictions;

/// <summary>
/// Answers objections: never by whoever set the measure or agreed to it, nor by their units; the second time by yet another person of
/// another unit. A correction takes effect with the answer.
/// </summary>
internal sealed class HandleAppeals(TongxinDb db, PersonSight sight, MeasureSteps steps, SecretBox box, TimeProvider clock)
{
    /// <summary>受理.</summary>
    public Task<Result> AcceptAsync(Guid id, Actor actor, CancellationToken ct) => StepAsync(id, AppealState.Submitted, appeal => appeal.Accept(Party.Of(actor)), actor, ct);

    /// <summary>核查.</summary>
    public Task<Result> CheckAsync(Guid id, Actor actor, CancellationToken ct) => StepAsync(id, AppealState.Accepted, appeal => appeal.Check(), actor, ct);

    /// <summary>维持 or 更正; in review the last word.</summary>
    /// <param name="id">The appeal.</param>
    /// <param name="correct">The measure was wrong: it is lifted, or ends at <paramref name="until"/>.</param>
    /// <param name="until">An earlier end instead of now.</param>
    /// <param name="answer">Told to the person.</param>
    /// <param name="actor">Who answers.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<Result> AnswerAsync(Guid id, bool correct, DateTimeOffset? until, string? answer, Actor actor, CancellationToken ct)
    {
        if (await FindAsync(id, actor, ct) is not { } found) return AppealErrors.NotFound;
        var (appeal, measure) = found;
        if (Obstacle(appeal, measure, actor) is { } obstacle) return obstacle;
        if (Whole.Clean(answer) is not { } words) return AppealErrors.AnswerMissing;
        if (words.Length > SubmitAppeal.LongestText) return AppealErrors.TooLong;
        if (appeal.State is not (AppealState.Checking or AppealState.Review)) return AppealErrors.Changed;
        var now = clock.NowInSeconds();
        if (correct && Correct(measure, until, words, actor, now) is { } wrong) return wrong;
        var sealedAnswer = box.Seal(words) ?? [];
        var told = (appeal.State == AppealState.Review, correct) switch
        {
            (true, true) => RestrictionStep.ReviewCorrected,
            (true, false) => RestrictionStep.ReviewUpheld,
            (false, true) => RestrictionStep.AppealCorrected,
            _ => RestrictionStep.AppealUpheld,
        };
        if (appeal.State == AppealState.Review) appeal.CloseReviewed(correct, sealedAnswer, Party.Of(actor), now);
        else appeal.Answer(correct, sealedAnswer, Party.Of(actor), now);
        var fact = Note(appeal, actor, now, correct ? "access.appeal.corrected" : "access.appeal.upheld");
        db.Enqueue(TellAppellants.NoticeKind, fact.Id.ToString("N"), new AnswerNotice(fact.Id, told));
        return await db.TryCommitAsync(AppealErrors.Changed, ct);
    }

    /// <summary>Why this actor may not handle it; null when nothing stands against it.</summary>
    public static Error? Obstacle(Appeal appeal, Measure measure, Actor actor)
    {
        var own = Party.Of(actor);
        if (own.Unit is null) return AppealErrors.UnitUnknown;
        if (IsOne(own, measure.Asker) || (measure.Decider is { } decider && IsOne(own, decider))) return AppealErrors.Own;
        if (own.Unit == measure.AskedByUnit || own.Unit == measure.DecidedByUnit) return AppealErrors.SameUnit;
        if (appeal.State == AppealState.Review && appeal.Handler is { } first && own.IsOneWith(first)) return AppealErrors.SameReviewer;
        return actor.PersonId == appeal.PersonId ? AppealErrors.Own : null;

        static bool IsOne(Party a, Party b) => a.Account == b.Account || (a.Person is { } person && person == b.Person);
    }

    /// <summary>An appeal within the actor's reach, with its measure.</summary>
    public async Task<(Appeal Appeal, Measure Measure)?> FindAsync(Guid id, Actor actor, CancellationToken ct)
    {
        if (await db.Set<Appeal>().SingleOrDefaultAsync(a => a.Id == id, ct) is not { } appeal || !await sight.ReachesAsync(appeal.PersonId, actor, RestrictionPermissions.DecideAppeals, ct)) return null;
        return (appeal, await db.Set<Measure>().SingleAsync(m => m.Id == appeal.MeasureId, ct));
    }

    private async Task<Result> StepAsync(Guid id, AppealState from, Action<Appeal> step, Actor actor, CancellationToken ct)
    {
        if (await FindAsync(id, actor, ct) is not { } found) return AppealErrors.NotFound;
        if (Obstacle(found.Appeal, found.Measure, actor) is { } obstacle) return obstacle;
        if (found.Appeal.State != from) return AppealErrors.Changed;
        var now = clock.NowInSeconds();
        step(found.Appeal);
        Note(found.Appeal, actor, now, $"access.appeal.{found.Appeal.State.ToString().ToLowerInvariant()}");
        return await db.TryCommitAsync(AppealErrors.Changed, ct);
    }

    // What is over already needs no lifting: the answer alone then says that it was wrong.
    private Error? Correct(Measure measure, DateTimeOffset? until, string why, Actor actor, DateTimeOffset now)
    {
        if (!measure.Restricts(now)) return null;
        if (until is not { } end || end <= now) LiftRestriction.Lift(measure, steps, actor, now, why);
        else
        {
            end = DateTimeOffset.FromUnixTimeSeconds(end.ToUnixTimeSeconds());
            if (end >= measure.Until) return RestrictionErrors.NotLater;
            measure.Shorten(end);
            steps.Take(measure, RestrictionStep.Shortened, actor, now, now, why);
        }
        return null;
    }

    private AppealEvent Note(Appeal appeal, Actor actor, DateTimeOffset now, string action)
    {
        db.Record(actor, action, "appeal", appeal.Id, details: new { measure = appeal.MeasureId });
        return db.Add(AppealEvent.Of(appeal, now, Party.Of(actor))).Entity;
    }
}

/// <summary>The clocks of appeals: an answer that is late raises an alarm, and one that nobody doubts for a week is closed.</summary>
internal sealed class AppealClock(TongxinDb db, TimeProvider clock) : IAccessChime
{
    private const int AtOnce = 100;

    public async Task RingAsync(CancellationToken ct)
    {
        var now = clock.NowInSeconds();
        var waiting = new[] { AppealState.Submitted, AppealState.Accepted, AppealState.Checking, AppealState.Review };
        var late = await db.Set<Appeal>().Where(a => waiting.Contains(a.State) && a.DueAt <= now && a.LateToldAt == null).Take(AtOnce).ToListAsync(ct);
        foreach (var appeal in late)
        {
            appeal.TellLate(now);
            await Alarms.RaiseOnceAsync(db, AlarmKind.AppealLate, $"{AlarmKind.AppealLate}:{appeal.Id:N}:{appeal.DueAt.ToUnixTimeSeconds()}", Actor.System, new { appeal = appeal.Id, due = appeal.DueAt }, now, ct);
        }
        var doubtUntil = now - Appeal.ReviewWithin;
        var done = await db.Set<Appeal>().Where(a => (a.State == AppealState.Upheld || a.State == AppealState.Corrected) && a.AnsweredAt <= doubtUntil).Take(AtOnce).ToListAsync(ct);
        foreach (var appeal in done)
        {
            appeal.Close(now);
            db.Add(AppealEvent.Of(appeal, now, null));
            db.Record(Actor.System, "access.appeal.closed", "appeal", appeal.Id);
        }
        if (late.Count + done.Count > 0) await db.TryCommitAsync(AppealErrors.Changed, ct);
    }
}
