namespace Tongxin.Core.Teams.Rules;

/// <summary>Entrances of a cell close together: squared distances to the middle of the cell, 1 point for 50 m.</summary>
internal static class CompactRule
{
    public const string Name = "compact";
    private const double SquareMetresPerPoint = 50 * 50;

    /// <summary>From sums over the cell's entrances: count, x, y and x² + y².</summary>
    public static double Points(int count, double x, double y, double squares) =>
        count == 0 ? 0 : Math.Max(0, squares - (((x * x) + (y * y)) / count)) / SquareMetresPerPoint;

    /// <summary>
    /// A cell's squared distances to its middle are at least half the squared edges of its shortest spanning tree (the mean tree
    /// over its points has twice the former). Any partition into k cells holds a forest of n - k edges, and none is shorter than
    /// the n - k shortest edges of the tree of all points.
    /// </summary>
    public static double LowerBound(IReadOnlyList<Piece> pieces, int cells)
    {
        var n = pieces.Count;
        var nearest = new double[n];
        Array.Fill(nearest, double.PositiveInfinity);
        var inTree = new bool[n];
        var edges = new List<double>(n);
        var at = 0;
        for (var step = 1; step < n; step++)
        {
            inTree[at] = true;
            var next = -1;
            for (var j = 0; j < n; j++)
            {
                if (inTree[j]) continue;
                double dx = pieces[at].X - pieces[j].X, dy = pieces[at].Y - pieces[j].Y;
                nearest[j] = Math.Min(nearest[j], (dx * dx) + (dy * dy));
                if (next < 0 || nearest[j] < nearest[next]) next = j;
            }

            edges.Add(nearest[next]);
            at = next;
        }

        edges.Sort();
        return edges.Take(n - cells).Sum() / 2 / SquareMetresPerPoint;
    }
}
