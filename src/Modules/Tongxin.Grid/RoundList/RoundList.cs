using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Contracts;
using Tongxin.Grid.Data;
using Tongxin.Grid.RecordVisit;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.RoundList;

/// <summary>All rounds with their identity, open ones first.</summary>
internal sealed class RoundList(TongxinDb db, VisitScope scopes) : IRounds
{
    public async Task<IReadOnlyList<RoundView>> ListOpenAsync(CancellationToken ct) =>
        await ReadAsync(db.Set<Round>().Where(r => r.ClosedAt == null).OrderBy(r => r.DueAt), TargetScope.All, ct);

    public async Task<IReadOnlyList<RoundView>> ListAsync(Actor actor, CancellationToken ct)
    {
        var scope = await scopes.OfAsync(actor, GridPermissions.ReadRounds, ct);
        var views = await ReadAsync(db.Set<Round>().OrderBy(r => r.ClosedAt == null ? 0 : 1).ThenByDescending(r => r.OpenedAt), scope, ct);
        return [.. views.Where(v => v.Balance.Targets > 0)];
    }

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
            return new RoundView(r.Id, r.Number, r.Kind, r.Title, r.OpenedAt, r.DueAt, r.ClosedAt, balance);
        });
    }
}
