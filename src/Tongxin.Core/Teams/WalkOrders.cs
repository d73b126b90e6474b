namespace Tongxin.Core.Teams;

/// <summary>Orders in which neighbours on the ground tend to be neighbours on the line.</summary>
internal static class WalkOrders
{
    private const int Side = 1 << 10;

    public static IEnumerable<int[]> Of(IReadOnlyList<Piece> pieces, int cells)
    {
        var all = Enumerable.Range(0, pieces.Count).ToArray();
        yield return all;

        double left = pieces.Min(p => p.X), low = pieces.Min(p => p.Y);
        var extent = Math.Max(pieces.Max(p => p.X) - left, pieces.Max(p => p.Y) - low);
        if (extent <= 0) yield break;

        int Cell(double v, double from) => (int)((v - from) / extent * (Side - 1));
        yield return [.. all.OrderBy(i => Hilbert(Cell(pieces[i].X, left), Cell(pieces[i].Y, low))).ThenBy(i => i)];
        yield return Rows(all, i => pieces[i].X - left, i => pieces[i].Y - low, extent, cells);
        yield return Rows(all, i => pieces[i].Y - low, i => pieces[i].X - left, extent, cells);
    }

    /// <summary>To and fro along rows, as one mows a lawn.</summary>
    private static int[] Rows(int[] all, Func<int, double> along, Func<int, double> across, double extent, int cells)
    {
        var rows = Math.Max(1, (int)Math.Round(Math.Sqrt(cells)));
        int Row(int i) => Math.Min(rows - 1, (int)(across(i) / extent * rows));
        return [.. all.OrderBy(Row).ThenBy(i => Row(i) % 2 == 0 ? along(i) : -along(i)).ThenBy(i => i)];
    }

    /// <summary>Distance along the Hilbert curve.</summary>
    private static long Hilbert(int x, int y)
    {
        long distance = 0;
        for (var s = Side / 2; s > 0; s /= 2)
        {
            var (rx, ry) = ((x & s) > 0 ? 1 : 0, (y & s) > 0 ? 1 : 0);
            distance += (long)s * s * ((3 * rx) ^ ry);
            if (ry != 0) continue;
            if (rx == 1) (x, y) = (Side - 1 - x, Side - 1 - y);
            (x, y) = (y, x);
        }

        return distance;
    }
}
