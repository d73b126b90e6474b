using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Data;
using Tongxin.Grid.RecordVisit;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.GapList;

/// <summary>Which targets of a round are asked for. All null: all of them.</summary>
internal sealed record GapQuery(
    Guid RoundId, TargetStatus? Status = null, OutcomeKind? Result = null, bool Untried = false, bool Escalated = false,
    Guid? CellId = null, Guid? PlaceId = null, string? Text = null, int Page = 1, int Size = 50);

/// <summary>A target and what to do about it next.</summary>
internal sealed record GapRow(
    Guid TargetId, string Label, ResponsibleCell Cell, TargetStatus Status, OutcomeKind? Result, string? Reason, int Attempts, bool IsEscalated,
    DateTimeOffset? LastSeenAt, DateTimeOffset? NextFrom, DateTimeOffset? NextUntil, string? NextBand, NextReason? NextReason, bool HasConflict);

/// <summary>A page of the list.</summary>
internal sealed record GapPage(Round Round, IReadOnlyList<GapRow> Rows, int Total, IReadOnlyDictionary<Guid, ResponsibleCell> Cells);

/// <summary>The rows behind every figure of a round: outstanding by cell and captain first of all, with the retry plan.</summary>
internal sealed class GapList(TongxinDb db, VisitScope scopes, ResponsibleCells responsible)
{
    public async Task<Result<GapPage>> ExecuteAsync(GapQuery query, Actor actor, CancellationToken ct)
    {
        var scope = await scopes.OfAsync(actor, GridPermissions.ReadRounds, ct);
        var round = await db.Doors().AsNoTracking().SingleOrDefaultAsync(r => r.Id == query.RoundId, ct);
        if (round is null) return GridErrors.RoundUnknown();
        var own = scope.Within(db.Set<Target>().AsNoTracking().Where(t => t.RoundId == round.Id));
        // A round that does not touch the actor's cells is not there, rather than empty.
        if (!scope.IsEverything && !await own.AnyAsync(ct)) return GridErrors.RoundUnknown();
        var cells = await responsible.ReadAsync(ct);
        var targets = Filter(own, query);
        var total = await targets.CountAsync(ct);
        var page = await Order(targets, query).Skip((query.Page - 1) * query.Size).Take(query.Size).ToListAsync(ct);
        return new GapPage(round, page.ConvertAll(t => Row(t, cells)), total, cells);
    }

    private static IQueryable<Target> Filter(IQueryable<Target> targets, GapQuery query)
    {
        if (query.Status is { } status) targets = targets.Where(t => t.Status == status);
        if (query.Result is { } result) targets = targets.Where(t => t.Result == result);
        if (query.Untried) targets = targets.Where(t => t.Result == null);
        if (query.Escalated) targets = targets.Where(t => t.IsEscalated);
        if (query.CellId is { } cell) targets = targets.Where(t => t.CellId == cell);
        if (query.PlaceId is { } place) targets = targets.Where(t => t.PlaceId == place);
        return string.IsNullOrWhiteSpace(query.Text) ? targets : targets.Where(t => t.Label.Contains(query.Text.Trim()));
    }

    /// <summary>What is outstanding in the order in which to act; everything else by room.</summary>
    private static IOrderedQueryable<Target> Order(IQueryable<Target> targets, GapQuery query) => query.Status == TargetStatus.Outstanding
        ? targets.OrderByDescending(t => t.IsEscalated).ThenByDescending(t => t.Misses).ThenBy(t => t.SortKey)
        : targets.OrderBy(t => t.SortKey);

    private static GapRow Row(Target t, IReadOnlyDictionary<Guid, ResponsibleCell> cells) => new(
        t.TargetId, t.Label, cells[t.CellId], t.Status, t.Result, t.Reason, t.Attempts, t.IsEscalated,
        t.LastSeenAt, t.NextFrom, t.NextUntil, t.NextBand, t.NextReason, t.Conflicts is not null);
}
