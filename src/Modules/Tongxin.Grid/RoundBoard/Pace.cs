using System.Globalization;
using Tongxin.Core.Common;
using Tongxin.Grid.Data;

namespace Tongxin.Grid.RoundBoard;

/// <summary>The pace of a round: closed in each stretch of time, the sum so far, and the straight line that ends in time.</summary>
internal sealed record Pace(IReadOnlyList<string> Heads, IReadOnlyList<double?> Each, IReadOnlyList<double?> Sum, IReadOnlyList<double?> Needed)
{
    private const int MostHeads = 24;

    public static Pace Of(BoardView board, DateTimeOffset now)
    {
        var (opened, due) = (board.Round.OpenedAt, board.Round.DueAt);
        var end = board.Round.ClosedAt ?? now;
        var last = Math.Max(SlotsUntil(due), Math.Min(SlotsUntil(end), SlotsUntil(due) * 2));
        var step = Math.Max(1, (last + MostHeads - 1) / MostHeads);
        var count = (last / step) + 1;
        var wide = (due - opened).TotalHours > 36;

        var closed = new double[count];
        foreach (var slot in board.Slots) closed[Math.Min(count - 1, slot.Slot / step)] += slot.Count;
        var sums = new double?[count];
        var each = new double?[count];
        var needed = new double?[count];
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            var begins = opened + (Target.Slot * step * i);
            if (begins <= end)
            {
                sum += closed[i];
                (each[i], sums[i]) = (closed[i], sum);
            }
            var share = (begins + (Target.Slot * step) - opened) / (due - opened);
            if (share <= 1.0 + (1.0 / count)) needed[i] = Math.Round(board.Balance.Targets * Math.Min(1, share));
        }
        return new Pace([.. Enumerable.Range(0, count).Select(i => Head(opened + (Target.Slot * step * i)))], each, sums, needed);

        int SlotsUntil(DateTimeOffset at) => Math.Max(1, (int)Math.Ceiling((at - opened) / Target.Slot));

        string Head(DateTimeOffset at) => CampusCalendar.Local(at).ToString(wide ? "M-d HH:mm" : "H:mm", CultureInfo.InvariantCulture);
    }
}
