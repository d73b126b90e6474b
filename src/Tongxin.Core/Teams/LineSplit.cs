namespace Tongxin.Core.Teams;

/// <summary>
/// The best split of a line of pieces into exactly k cells of consecutive pieces: exact, by dynamic programming with sums from
/// the left. What cannot beat an even cut is not looked at: O(k w²) for a band of w pieces around the even cuts, O(k n²) at
/// worst; memory O(k n).
/// </summary>
internal sealed class LineSplit
{
    private readonly IReadOnlyList<Piece> _pieces;
    private readonly int[] _order, _sum;
    private readonly int _cells;
    private readonly CellCost _cost;
    private readonly int[] _seen; // the segment that last met a building
    private int _segment;

    private LineSplit(IReadOnlyList<Piece> pieces, int[] order, int buildings, int cells, CellCost cost)
    {
        (_pieces, _order, _cells, _cost) = (pieces, order, cells, cost);
        _seen = new int[buildings];
        _sum = new int[order.Length + 1];
        for (var i = 0; i < order.Length; i++) _sum[i + 1] = _sum[i] + pieces[order[i]].Households;
    }

    /// <summary>The cell of each piece (by its index in <paramref name="pieces"/>) and the cost; null when none costs less than <paramref name="below"/>.</summary>
    public static (int[] CellOf, double Cost)? Solve(
        IReadOnlyList<Piece> pieces, int[] order, int buildings, int cells, CellCost cost, double below, CancellationToken ct)
    {
        var line = new LineSplit(pieces, order, buildings, cells, cost);
        var even = line.EvenCuts();
        var evenCost = line.CostOf(even);
        var found = line.Best(Math.Min(below, evenCost), ct) ?? (evenCost < below ? (even, evenCost) : null);
        return found is { } split ? (line.CellOf(split.Cuts), split.Cost) : null;
    }

    /// <summary>Cuts[k] is where cell k begins; Cuts[cells] is the end.</summary>
    private (int[] Cuts, double Cost)? Best(double below, CancellationToken ct)
    {
        var n = _order.Length;
        var (before, best) = (new double[n + 1], new double[n + 1]);
        Array.Fill(before, double.PositiveInfinity);
        before[0] = 0;
        var start = new int[_cells + 1][];
        for (var k = 1; k <= _cells; k++)
        {
            ct.ThrowIfCancellationRequested();
            Array.Fill(best, double.PositiveInfinity);
            start[k] = new int[n + 1];
            for (var end = k; end <= n - (_cells - k); end++)
            {
                // Even if both sides were cut evenly, would it be worth it?
                var rest = _cost.EvenBalance(_sum[n] - _sum[end], _cells - k);
                if (_cost.EvenBalance(_sum[end], k) + rest >= below) continue;
                (best[end], start[k][end]) = BestLast(k, end, before, below - rest);
            }

            (before, best) = (best, before);
        }

        if (double.IsPositiveInfinity(before[n])) return null;
        var cuts = new int[_cells + 1];
        cuts[_cells] = n;
        for (var k = _cells; k > 0; k--) cuts[k - 1] = start[k][cuts[k]];
        return (cuts, before[n]);
    }

    /// <summary>The best last cell of the first <paramref name="end"/> pieces in k cells.</summary>
    private (double Cost, int Start) BestLast(int k, int end, double[] before, double below)
    {
        _segment++;
        var (best, start, met) = (double.PositiveInfinity, 0, 0);
        double x = 0, y = 0, squares = 0;
        for (var i = end - 1; i >= k - 1; i--)
        {
            var p = _pieces[_order[i]];
            (x, y, squares) = (x + p.X, y + p.Y, squares + (p.X * p.X) + (p.Y * p.Y));
            if (_seen[p.Building] != _segment) (_seen[p.Building], met) = (_segment, met + 1);

            var households = _sum[end] - _sum[i];
            var spread = _cost.Spread(end - i, x, y, squares, met);
            var balance = _cost.Balance(households);
            var total = before[i] + spread + balance;
            if (total < best && total < below) (best, start) = (total, i);

            // From here on the cell only grows, and so does this.
            if (spread + (households > _cost.Mean ? balance : 0) >= Math.Min(best, below)) break;
        }

        return (best, start);
    }

    /// <summary>A cut wherever another even share is full; good enough to measure others by.</summary>
    private int[] EvenCuts()
    {
        var n = _order.Length;
        var cuts = new int[_cells + 1];
        for (int k = 1, i = 0; k < _cells; k++)
        {
            while (_sum[i] < (double)_sum[n] * k / _cells) i++;
            cuts[k] = Math.Clamp(i, cuts[k - 1] + 1, n - (_cells - k));
        }

        cuts[_cells] = n;
        return cuts;
    }

    private double CostOf(int[] cuts)
    {
        var total = 0.0;
        for (var k = 0; k < _cells; k++)
        {
            var cell = Enumerable.Range(cuts[k], cuts[k + 1] - cuts[k]).Select(i => _pieces[_order[i]]).ToList();
            total += _cost.Of(
                cell.Count, cell.Sum(p => p.Households), cell.Sum(p => p.X), cell.Sum(p => p.Y),
                cell.Sum(p => (p.X * p.X) + (p.Y * p.Y)), cell.DistinctBy(p => p.Building).Count());
        }

        return total;
    }

    private int[] CellOf(int[] cuts)
    {
        var cellOf = new int[_order.Length];
        for (var k = 0; k < _cells; k++)
        {
            for (var i = cuts[k]; i < cuts[k + 1]; i++) cellOf[_order[i]] = k;
        }

        return cellOf;
    }
}
