using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Contracts;
using Tongxin.Grid.Data;
using Tongxin.Grid.RecordVisit;
using Tongxin.Grid.RoundBoard;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.ReviewVisits;

/// <summary>A target that waits, with what it says and what contradicts it.</summary>
internal sealed record ReviewRow(Round Round, Target Target, ResponsibleCell Cell, OutcomeFact? Decider, IReadOnlyList<OutcomeFact> Against);

/// <summary>队长审核: refusals, vacant flats and contradictions of the own cells are looked at by a person.</summary>
internal sealed class ReviewVisits(TongxinDb db, VisitScope scopes, ResponsibleCells responsible, OutcomeWriter writer, TimeProvider clock)
{
    public const int PageSize = 50;

    public async Task<(IReadOnlyList<ReviewRow> Rows, int Total)> ListAsync(Guid? roundId, int page, Actor actor, CancellationToken ct)
    {
        var scope = await scopes.OfAsync(actor, GridPermissions.ReviewVisits, ct);
        var rounds = (await db.Doors().AsNoTracking().Where(r => r.ClosedAt == null).ToListAsync(ct)).ToDictionary(r => r.Id);
        var ids = rounds.Keys.Where(id => roundId is null || id == roundId).ToList();
        var waiting = scope.Within(db.Set<Target>().AsNoTracking().Where(t => ids.Contains(t.RoundId))).Where(Waiting.ForReview);
        // What escalated is for the office; the captain has handed it over.
        if (!actor.Can(GridPermissions.OpenRounds)) waiting = waiting.Where(t => t.Conflicts != null || t.Review == RoundReviewer.Captain);
        var total = await waiting.CountAsync(ct);
        var targets = await waiting.OrderBy(t => t.Conflicts == null ? 1 : 0).ThenBy(t => t.SortKey).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(ct);
        var named = targets.SelectMany(t => PolicyText.ReadList<OutcomeConflict>(t.Conflicts).Select(c => c.OutcomeId).Append(t.DecidedBy ?? Guid.Empty)).ToList();
        var facts = await db.Set<OutcomeFact>().AsNoTracking().Where(o => named.Contains(o.Id)).ToDictionaryAsync(o => o.Id, ct);
        var cells = await responsible.ReadAsync(ct);
        return (targets.ConvertAll(t => new ReviewRow(
            rounds[t.RoundId], t, cells[t.CellId], t.DecidedBy is { } by ? facts.GetValueOrDefault(by) : null,
            [.. PolicyText.ReadList<OutcomeConflict>(t.Conflicts).Where(c => facts.ContainsKey(c.OutcomeId)).Select(c => facts[c.OutcomeId])])), total);
    }

    /// <summary>Looked at, and it is so. A later outcome waits again.</summary>
    public async Task<Result> ConfirmAsync(Guid roundId, Guid targetId, Guid outcomeId, string? note, Actor actor, CancellationToken ct)
    {
        var scope = await scopes.OfAsync(actor, GridPermissions.ReviewVisits, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var target = (await RoundLocks.TargetsAsync(db, roundId, [targetId], ct)).SingleOrDefault();
        if (target is null || target.Kind != TargetKind.Household || !scope.Admits(target)) return GridErrors.TargetUnknown();
        if (target.DecidedBy != outcomeId) return GridErrors.ReviewMoved();
        var now = clock.GetUtcNow();
        db.Add(Review.Of(roundId, targetId, outcomeId, actor.AccountId, now, string.IsNullOrWhiteSpace(note) ? null : note.Trim()));
        target.SetReview(outcomeId, actor.AccountId, now);
        db.Record(actor, "grid.visit.reviewed", "target", targetId, note, new { outcome = outcomeId });
        await db.CommitAsync(ct);
        await transaction.CommitAsync(ct);
        return Result.Ok;
    }

    /// <summary>One of two contradicting facts is wrong: it is withdrawn by a further fact, and the other stands.</summary>
    public async Task<Result> WithdrawAsync(Guid id, Guid roundId, Guid targetId, Guid outcomeId, string? reason, Actor actor, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(reason)) return GridErrors.ReasonMissing();
        var scope = await scopes.OfAsync(actor, GridPermissions.ReviewVisits, ct);
        var answers = await writer.WriteAsync(
            [new OutcomeItem(id, roundId, targetId, OutcomeKind.Withdrawn, Channel.Paper, Corrects: outcomeId, Reason: reason)], scope.AdmitsDoor, actor, ct);
        return answers[0].Error is { } error ? error : Result.Ok;
    }
}
