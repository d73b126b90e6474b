using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Data;
using Tongxin.Grid.RecordVisit;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.RoundBoard;

/// <summary>One cell on the board.</summary>
internal sealed record BoardCell(ResponsibleCell Cell, RoundBalance Balance, int Escalated);

/// <summary>One entrance (or a building without entrances) on the board.</summary>
internal sealed record BoardPlace(PlaceView Place, RoundBalance Balance, IReadOnlyList<FigureRow> Rows);

/// <summary>Closed targets by half-hours since the opening.</summary>
internal sealed record BoardSlot(int Slot, int Count);

/// <summary>What else somebody has to look at.</summary>
internal sealed record BoardWatch(int Escalated, int Reviews, int CellsWithoutCaptain, int Refused);

/// <summary>The whole board: sums only, no target is loaded.</summary>
internal sealed record BoardView(
    Round Round, RoundBalance Balance, RoundTally Tally, IReadOnlyList<BoardCell> Cells, IReadOnlyList<BoardPlace> Places,
    IReadOnlyList<PlaceView> AllPlaces, IReadOnlyList<BoardSlot> Slots, BoardWatch Watch)
{
    public string Address => $"/rounds/{Round.Id}";
}

/// <summary>Reads the board of a round: three grouped queries and the small tables of places, cells and captains.</summary>
internal sealed class Board(TongxinDb db, VisitScope scopes, RoundFigures figures, ResponsibleCells responsible, IPlaces places)
{
    private BoardView? _read;

    /// <summary>Read once a request: the page and its live part ask for the same.</summary>
    public async Task<Result<BoardView>> ExecuteAsync(Guid roundId, Actor actor, CancellationToken ct)
    {
        if (_read is { } known && known.Round.Id == roundId) return known;
        var round = await db.Doors().AsNoTracking().SingleOrDefaultAsync(r => r.Id == roundId, ct);
        if (round is null) return GridErrors.RoundUnknown();
        var scope = await scopes.OfAsync(actor, GridPermissions.ReadRounds, ct);
        var rows = await figures.ReadAsync(roundId, scope, ct);
        if (rows.Count == 0) return GridErrors.RoundUnknown();

        var cells = await responsible.ReadAsync(ct);
        var all = await places.ListAsync(ct);
        var byId = all.ToDictionary(p => p.Id);
        List<BoardCell> byCell = [.. rows.GroupBy(r => r.CellId)
            .Select(g => new BoardCell(cells[g.Key], g.Balance(), g.Where(r => r.IsEscalated).Sum(r => r.Count)))
            .OrderByDescending(c => c.Balance.Outstanding).ThenBy(c => c.Cell.SortKey, StringComparer.Ordinal)];
        List<BoardPlace> byPlace = [.. rows.GroupBy(r => r.PlaceId).Where(g => byId.ContainsKey(g.Key))
            .Select(g => new BoardPlace(byId[g.Key], g.Balance(), [.. g])).OrderBy(p => p.Place.SortKey, StringComparer.Ordinal)];

        var own = scope.Within(db.Set<Target>().AsNoTracking().Where(t => t.RoundId == roundId));
        var slots = await own.Where(t => t.ClosedSlot != null)
            .GroupBy(t => t.ClosedSlot).Select(g => new BoardSlot(g.Key ?? 0, g.Count())).ToListAsync(ct);
        var reviews = await own.CountAsync(Waiting.ForReview, ct);
        var watch = new BoardWatch(
            rows.Where(r => r.IsEscalated).Sum(r => r.Count), reviews,
            byCell.Count(c => c.Cell.CaptainId is null && c.Balance.Outstanding > 0),
            rows.Where(r => r.Status == TargetStatus.Outstanding).Of(OutcomeKind.Refused));
        return _read = new BoardView(round, rows.Balance(), rows.Tally(), byCell, byPlace, all, [.. slots.OrderBy(s => s.Slot)], watch);
    }
}

/// <summary>The one sentence for "somebody has to look at it", in the database.</summary>
internal static class Waiting
{
    public static readonly System.Linq.Expressions.Expression<Func<Target, bool>> ForReview =
        t => t.Conflicts != null || (t.Review != null && (t.ReviewedOutcome == null || t.ReviewedOutcome != t.DecidedBy));
}
