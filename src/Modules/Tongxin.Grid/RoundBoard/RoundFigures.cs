using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Data;
using Tongxin.Grid.RecordVisit;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.RoundBoard;

/// <summary>How many targets of one entrance and cell stand alike.</summary>
internal sealed record FigureRow(Guid PlaceId, Guid CellId, TargetStatus Status, OutcomeKind? Result, bool IsEscalated, int Count);

/// <summary>The figures of a round, by entrance and cell: one grouped query over an index, whatever the size of the round.</summary>
internal sealed class RoundFigures(TongxinDb db)
{
    public async Task<IReadOnlyList<FigureRow>> ReadAsync(Guid roundId, TargetScope scope, CancellationToken ct) =>
        await scope.Within(db.Set<Target>().AsNoTracking().Where(t => t.RoundId == roundId))
            .GroupBy(t => new { t.PlaceId, t.CellId, t.Status, t.Result, t.IsEscalated })
            .Select(g => new FigureRow(g.Key.PlaceId, g.Key.CellId, g.Key.Status, g.Key.Result, g.Key.IsEscalated, g.Count()))
            .ToListAsync(ct);
}

/// <summary>Sums of figures.</summary>
internal static class Figures
{
    public static RoundBalance Balance(this IEnumerable<FigureRow> rows)
    {
        int targets = 0, done = 0, excused = 0;
        foreach (var row in rows)
        {
            targets += row.Count;
            if (row.Status == TargetStatus.Done) done += row.Count;
            else if (row.Status == TargetStatus.Excused) excused += row.Count;
        }
        return new RoundBalance(targets, done, excused);
    }

    public static int Of(this IEnumerable<FigureRow> rows, OutcomeKind? result) => rows.Where(r => r.Result == result).Sum(r => r.Count);

    public static RoundTally Tally(this IReadOnlyCollection<FigureRow> rows) => new(
        rows.Of(OutcomeKind.Done), rows.Of(OutcomeKind.NotReached), rows.Of(OutcomeKind.Refused),
        rows.Of(OutcomeKind.Vacant), rows.Of(OutcomeKind.Excused), rows.Of(null));
}
