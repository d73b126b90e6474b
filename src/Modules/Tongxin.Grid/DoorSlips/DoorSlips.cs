using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Data;
using Tongxin.Grid.RecordVisit;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.DoorSlips;

/// <summary>One note for a door where nobody answered.</summary>
internal sealed record DoorSlip(string Label, string Code, string? Captain, DateTimeOffset? LastSeenAt, DateTimeOffset? NextFrom);

/// <summary>"家中无人" notes with the household's own code: for one door, or for all doors of the own cells where nobody was met.</summary>
internal sealed class DoorSlips(TongxinDb db, VisitScope scopes, ResponsibleCells responsible)
{
    /// <summary>A hundred sheets; a campus prints by building.</summary>
    private const int MostSlips = 600;

    public async Task<(Round Round, IReadOnlyList<DoorSlip> Slips)?> ReadAsync(Guid roundId, Guid? targetId, Guid? cellId, Actor actor, CancellationToken ct)
    {
        var scope = await scopes.OfAsync(actor, GridPermissions.RecordVisits, ct);
        var round = await db.Doors().AsNoTracking().SingleOrDefaultAsync(r => r.Id == roundId, ct);
        var own = scope.Within(db.Set<Target>().AsNoTracking().Where(t => t.RoundId == roundId));
        if (round is null || !await own.AnyAsync(ct)) return null;
        if (targetId is { } one) own = own.Where(t => t.TargetId == one);
        else own = own.Where(t => t.Status == TargetStatus.Outstanding && t.Result == OutcomeKind.NotReached);
        if (cellId is { } cell) own = own.Where(t => t.CellId == cell);
        var targets = await own.OrderBy(t => t.SortKey).Take(MostSlips).ToListAsync(ct);
        if (targetId is not null && targets.Count == 0) return null;

        var cells = await responsible.ReadAsync(ct);
        db.Record(actor, "grid.slips.shown", "round", roundId, details: new { slips = targets.Count });
        await db.CommitAsync(ct);
        return (round, targets.ConvertAll(t => new DoorSlip(t.Label, t.Code, cells[t.CellId].Captain, t.LastSeenAt, t.NextFrom)));
    }
}
