using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Data;
using Tongxin.Grid.RecordVisit;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.ReviewVisits;

/// <summary>One fact in a target's history.</summary>
/// <param name="IsUndone">Withdrawn or replaced by a later fact.</param>
internal sealed record HistoryLine(OutcomeFact Fact, VisitDetail? Detail, string? Who, bool IsUndone, bool IsDecider, ConflictReason? Conflict, IReadOnlyList<FlagKind> Flags);

/// <summary>All that is known of one target, newest first.</summary>
internal sealed record TargetStory(Round Round, Target Target, ResponsibleCell Cell, IReadOnlyList<HistoryLine> Lines, string? Reviewer);

/// <summary>Reads how a target came to stand where it stands.</summary>
internal sealed class TargetHistory(TongxinDb db, VisitScope scopes, ResponsibleCells responsible, WhoSaw whoSaw, SecretBox box)
{
    /// <summary>Null outside the actor's scope.</summary>
    public async Task<TargetStory?> ReadAsync(Guid roundId, Guid targetId, Actor actor, CancellationToken ct)
    {
        var scope = await scopes.OfAsync(actor, GridPermissions.ReviewVisits, ct);
        var target = await scope.Within(db.Set<Target>().AsNoTracking().Where(t => t.RoundId == roundId && t.TargetId == targetId)).SingleOrDefaultAsync(ct);
        if (target is null) return null;
        var round = await db.Doors().AsNoTracking().SingleOrDefaultAsync(r => r.Id == roundId, ct);
        if (round is null) return null;
        var facts = await db.Set<OutcomeFact>().AsNoTracking().Where(o => o.RoundId == roundId && o.TargetId == targetId)
            .OrderByDescending(o => o.ReceivedAt).ThenByDescending(o => o.Id).ToListAsync(ct);
        var names = await whoSaw.NamesAsync(facts, target.ReviewedBy, ct);
        var state = target.ToState();
        var conflicts = state.Conflicts.ToDictionary(c => c.OutcomeId, c => c.Reason);
        var flags = state.Flags.ToLookup(f => f.OutcomeId, f => f.Kind);
        var corrected = facts.Where(f => f.Corrects is not null).Select(f => f.Corrects.GetValueOrDefault()).ToHashSet();
        return new TargetStory(round, target, (await responsible.ReadAsync(ct))[target.CellId],
            facts.ConvertAll(f => new HistoryLine(
                f, VisitDetail.Unseal(f.Detail, box), names.Of(f), corrected.Contains(f.Id) && f.Id != target.DecidedBy, f.Id == target.DecidedBy,
                conflicts.TryGetValue(f.Id, out var reason) ? reason : null, [.. flags[f.Id]])),
            target.ReviewedBy is { } by ? names.OfAccount(by) : null);
    }
}
