using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Contracts;
using Tongxin.Grid.Data;
using Tongxin.Grid.RecordVisit;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.RoundList;

internal sealed class RoundRegister(TongxinDb db, VisitScope scopes) : IRounds
{
    /// <summary>Ids in one query.</summary>
    private const int Chunk = 1000;

    public async Task<IReadOnlyList<RoundView>> ListOpenAsync(CancellationToken ct) =>
        await ReadAsync(db.Set<Round>().Where(r => r.ClosedAt == null).OrderBy(r => r.DueAt), TargetScope.All, ct);

    public async Task<IReadOnlyList<RoundView>> ListAsync(RoundKind kind, RoundReach reach, CancellationToken ct)
    {
        var ofKind = db.Set<Round>().Where(r => r.Kind == kind).OrderBy(r => r.ClosedAt == null ? 0 : 1).ThenByDescending(r => r.OpenedAt);
        return [.. (await ReadAsync(ofKind, TargetScope.Of(reach), ct)).Where(v => v.Balance.Targets > 0)];
    }

    public async Task<RoundView?> FindAsync(Guid roundId, RoundReach reach, CancellationToken ct) =>
        (await ReadAsync(db.Set<Round>().Where(r => r.Id == roundId), TargetScope.Of(reach), ct)).Find(v => v.Balance.Targets > 0);

    public async Task<RoundReach> ReachAsync(Actor actor, string permission, CancellationToken ct) => (await scopes.OfAsync(actor, permission, ct)).ToReach();

    public async Task<IReadOnlyList<RoundFigure>> FiguresAsync(Guid roundId, RoundReach reach, CancellationToken ct) =>
        await TargetScope.Of(reach).Within(db.Set<Target>().AsNoTracking().Where(t => t.RoundId == roundId))
            .GroupBy(t => new { t.PlaceId, t.CellId, t.Status, t.Result })
            .Select(g => new RoundFigure(g.Key.CellId, g.Key.PlaceId, g.Key.Status, g.Key.Result, g.Count())).ToListAsync(ct);

    public async Task<TargetPage> TargetsAsync(TargetQuery query, RoundReach reach, CancellationToken ct)
    {
        var targets = TargetScope.Of(reach).Within(db.Set<Target>().AsNoTracking().Where(t => t.RoundId == query.RoundId));
        var also = query.Also ?? [];
        if (query.Status is { } status) targets = targets.Where(t => t.Status == status || also.Contains(t.TargetId));
        if (query.NotDone) targets = targets.Where(t => t.Status != TargetStatus.Done || also.Contains(t.TargetId));
        if (query.Only is { } only) targets = targets.Where(t => only.Contains(t.TargetId));
        if (query.Except is { } except) targets = targets.Where(t => !except.Contains(t.TargetId));
        if (query.CellId is { } cell) targets = targets.Where(t => t.CellId == cell);
        if (query.Places is { } places) targets = targets.Where(t => places.Contains(t.PlaceId));
        if (query.Result is { } result) targets = targets.Where(t => t.Result == result);
        if (query.Untried) targets = targets.Where(t => t.Result == null);
        if (!string.IsNullOrWhiteSpace(query.Text)) targets = targets.Where(t => t.Label.Contains(query.Text.Trim()));
        var total = await targets.CountAsync(ct);
        var rows = await targets.OrderBy(t => t.SortKey).ThenBy(t => t.TargetId).Skip(query.Skip).Take(query.Take).ToListAsync(ct);
        return new TargetPage(rows.ConvertAll(View), total);
    }

    public async Task<IReadOnlyDictionary<Guid, TargetView>> StatesAsync(Guid roundId, IReadOnlyCollection<Guid> targetIds, CancellationToken ct)
    {
        var found = new Dictionary<Guid, TargetView>(targetIds.Count);
        foreach (var some in targetIds.Distinct().Chunk(Chunk))
        {
            await foreach (var target in db.Set<Target>().AsNoTracking().Where(t => t.RoundId == roundId && some.Contains(t.TargetId)).AsAsyncEnumerable().WithCancellation(ct))
                found[target.TargetId] = View(target);
        }
        return found;
    }

    public async Task<IReadOnlyList<TargetStanding>> StandingsAsync(Guid roundId, DateTimeOffset asOf, CancellationToken ct)
    {
        if (await db.Set<Round>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == roundId, ct) is not { } round) return [];
        var targets = await db.Set<Target>().AsNoTracking().Where(t => t.RoundId == roundId).Select(t => new { t.TargetId, t.CellId }).ToListAsync(ct);
        var facts = await db.Set<OutcomeFact>().AsNoTracking().Where(o => o.RoundId == roundId && o.ReceivedAt <= asOf).ToListAsync(ct);
        var byTarget = facts.ToLookup(f => f.TargetId, f => f.ToOutcome());
        return targets.ConvertAll(t =>
        {
            var state = TargetFold.Of(round.Rules, t.TargetId, byTarget[t.TargetId]);
            return new TargetStanding(t.TargetId, t.CellId, state.Status, state.Reason);
        });
    }

    private static TargetView View(Target t) => new(
        t.TargetId, t.CellId, t.PlaceId, t.PlacePath, t.Label, t.SortKey, t.Status, t.Result, t.DecidedBy, t.Reason, t.Attempts, t.LastSeenAt);

    private async Task<List<RoundView>> ReadAsync(IQueryable<Round> rounds, TargetScope scope, CancellationToken ct)
    {
        var all = await rounds.AsNoTracking().ToListAsync(ct);
        var ids = all.ConvertAll(r => r.Id);
        var counts = await scope.Within(db.Set<Target>().Where(t => ids.Contains(t.RoundId)))
            .GroupBy(t => new { t.RoundId, t.Status }).Select(g => new { g.Key.RoundId, g.Key.Status, Count = g.Count() }).ToListAsync(ct);
        return all.ConvertAll(r =>
        {
            var own = counts.Where(c => c.RoundId == r.Id).ToList();
            var balance = new RoundBalance(
                own.Sum(c => c.Count), own.Where(c => c.Status == TargetStatus.Done).Sum(c => c.Count), own.Where(c => c.Status == TargetStatus.Excused).Sum(c => c.Count));
            return new RoundView(r.Id, r.Number, r.Kind, r.Title, r.OpenedAt, r.DueAt, r.ClosedAt, balance) { CloseReason = r.CloseReason };
        });
    }
}
