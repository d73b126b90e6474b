using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Data;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Restrictions;

/// <summary>Takes objections from the person, or from a helper for the person. Who may speak for whom, the page has checked.</summary>
internal sealed class SubmitAppeal(TongxinDb db, SecretBox box, TimeProvider clock)
{
    public const int LongestText = 1000;

    /// <param name="person">Whose measure it must be.</param>
    /// <param name="measureId">The measure objected to: one that restricts, or did within the last week.</param>
    /// <param name="text">The objection.</param>
    /// <param name="way">How it came.</param>
    /// <param name="actor">Null for whoever holds the person's link.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<Result<Guid>> ExecuteAsync(Guid person, Guid measureId, string? text, AppealWay way, Actor? actor, CancellationToken ct)
    {
        if (Whole.Clean(text) is not { } said) return AppealErrors.TextMissing;
        if (said.Length > LongestText) return AppealErrors.TooLong;
        var now = clock.NowInSeconds();
        var measure = await db.Set<Measure>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == measureId && m.PersonId == person && m.From != null, ct);
        if (measure is null || (measure.OverAt ?? measure.Until) < now - Appeal.ReviewWithin) return AppealErrors.NotFound;
        if (await db.Set<Appeal>().AnyAsync(a => a.MeasureId == measureId && a.State != AppealState.Closed, ct)) return AppealErrors.OneIsOpen;
        var appeal = Appeal.Submit(measure, box.Seal(said) ?? [], way, actor?.AccountId, now);
        db.Add(appeal);
        Step(appeal, actor, now, "access.appeal.submitted");
        var saved = await db.TryCommitAsync(AppealErrors.OneIsOpen, ct);
        return saved.IsFailure ? saved.Error : appeal.Id;
    }

    /// <summary>The person asks for a second reviewer.</summary>
    public async Task<Result> AskReviewAsync(Guid person, Guid appealId, string? text, Actor? actor, CancellationToken ct)
    {
        if (Whole.Clean(text) is not { } said) return AppealErrors.TextMissing;
        if (said.Length > LongestText) return AppealErrors.TooLong;
        var now = clock.NowInSeconds();
        if (await db.Set<Appeal>().SingleOrDefaultAsync(a => a.Id == appealId && a.PersonId == person, ct) is not { } appeal) return AppealErrors.NotFound;
        if (!appeal.MayAskReview(now)) return AppealErrors.NoReview;
        appeal.AskReview(box.Seal(said) ?? [], now);
        Step(appeal, actor, now, "access.appeal.review-asked");
        return await db.TryCommitAsync(AppealErrors.Changed, ct);
    }

    private void Step(Appeal appeal, Actor? actor, DateTimeOffset now, string action)
    {
        db.Add(AppealEvent.Of(appeal, now, actor is null ? null : Party.Of(actor)));
        db.Record(actor ?? Actor.System, action, "appeal", appeal.Id, details: new { measure = appeal.MeasureId, appeal.Way });
    }
}
