using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Data;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Restrictions;

/// <summary>An appeal in a list.</summary>
internal sealed record AppealLine(Appeal Appeal, Measure Measure, string Name);

/// <summary>An appeal opened.</summary>
/// <param name="Obstacle">Why this actor may not answer it; null when the actor may.</param>
internal sealed record AppealStory(Appeal Appeal, Measure Measure, string Name, string Text, string? Answer, string? ReviewText, string? ReviewAnswer, IReadOnlyList<AppealEvent> Steps, Error? Obstacle);

/// <summary>An appeal as the person sees it.</summary>
internal sealed record OwnAppeal(Guid Id, Guid MeasureId, AppealState State, DateTimeOffset SubmittedAt, DateTimeOffset DueAt, bool IsWaiting, string? Answer, string? ReviewAnswer, bool? IsCorrected, bool MayAskReview);

/// <summary>Appeals for those who answer them, and for those who made them.</summary>
internal sealed class AppealDesk(TongxinDb db, PersonSight sight, IPersons persons, SecretBox box, TimeProvider clock)
{
    public const int Most = 200;
    private static readonly AppealState[] Waiting = [AppealState.Submitted, AppealState.Accepted, AppealState.Checking, AppealState.Review];

    /// <summary>Waiting ones first, the one due first on top; then those answered.</summary>
    public async Task<IReadOnlyList<AppealLine>> ListAsync(bool answered, Actor actor, CancellationToken ct)
    {
        var all = db.Set<Appeal>().AsNoTracking();
        var chosen = answered ? all.Where(a => !Waiting.Contains(a.State)).OrderByDescending(a => a.AnsweredAt) : all.Where(a => Waiting.Contains(a.State)).OrderBy(a => a.DueAt);
        var rows = await chosen.Take(Most).ToListAsync(ct);
        Guid[] people = [.. rows.Select(a => a.PersonId).Distinct()];
        var within = await sight.WithinAsync(people, actor, RestrictionPermissions.ReadAppeals, ct);
        var names = await persons.NamesAsync(people, ct);
        var ids = rows.ConvertAll(a => a.MeasureId);
        var measures = await db.Set<Measure>().AsNoTracking().Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, ct);
        return [.. rows.Where(a => within.Contains(a.PersonId)).Select(a => new AppealLine(a, measures[a.MeasureId], names.GetValueOrDefault(a.PersonId) ?? ""))];
    }

    public async Task<int> WaitingAsync(Actor actor, CancellationToken ct) => (await ListAsync(answered: false, actor, ct)).Count;

    public async Task<AppealStory?> FindAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var appeal = await db.Set<Appeal>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct);
        if (appeal is null || !await sight.ReachesAsync(appeal.PersonId, actor, RestrictionPermissions.ReadAppeals, ct)) return null;
        var measure = await db.Set<Measure>().AsNoTracking().SingleAsync(m => m.Id == appeal.MeasureId, ct);
        var name = (await persons.NamesAsync([appeal.PersonId], ct)).GetValueOrDefault(appeal.PersonId) ?? "";
        var steps = await db.Set<AppealEvent>().AsNoTracking().Where(e => e.AppealId == id).OrderBy(e => e.At).ThenBy(e => e.Id).ToListAsync(ct);
        var obstacle = actor.Can(RestrictionPermissions.DecideAppeals) ? HandleAppeals.Obstacle(appeal, measure, actor) : AppealErrors.NotFound;
        return new AppealStory(appeal, measure, name, box.Unseal(appeal.TextSealed) ?? "", box.Unseal(appeal.AnswerSealed), box.Unseal(appeal.ReviewTextSealed), box.Unseal(appeal.ReviewAnswerSealed), steps, obstacle);
    }

    /// <summary>The person's own, newest first.</summary>
    public async Task<IReadOnlyList<OwnAppeal>> OfPersonAsync(Guid person, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return [.. (await db.Set<Appeal>().AsNoTracking().Where(a => a.PersonId == person).OrderByDescending(a => a.SubmittedAt).Take(20).ToListAsync(ct)).Select(a =>
            new OwnAppeal(a.Id, a.MeasureId, a.State, a.SubmittedAt, a.DueAt, a.IsWaiting, box.Unseal(a.AnswerSealed), box.Unseal(a.ReviewAnswerSealed), a.IsCorrected, a.MayAskReview(now)))];
    }
}
