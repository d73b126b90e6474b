namespace Tongxin.Core.Teams;

/// <summary>
/// Betters cells by moving an entrance to a neighbour's cell or swapping two, first with annealing, then downhill until no
/// single move or swap of neighbours helps. A move costs O(1). No cell ever becomes empty.
/// </summary>
internal sealed class CellSearch
{
    private const int Neighbours = 8;
    private const double Hot = 1.0, Cold = 0.002;

    private readonly IReadOnlyList<Piece> _pieces;
    private readonly CellCost _cost;
    private readonly int[] _cellOf;
    private readonly int[][] _near;
    private readonly int _buildings;
    private readonly int[] _count, _households, _met, _perBuilding;
    private readonly double[] _x, _y, _squares, _cellCost;

    public CellSearch(PieceMap map, int cells, int[] cellOf, CellCost cost)
    {
        (_pieces, _cost, _buildings) = (map.Pieces, cost, map.Buildings);
        _cellOf = [.. cellOf];
        (_count, _households, _met) = (new int[cells], new int[cells], new int[cells]);
        (_x, _y, _squares, _cellCost) = (new double[cells], new double[cells], new double[cells], new double[cells]);
        _perBuilding = new int[cells * _buildings];
        _near = Near(map.Pieces);
        for (var p = 0; p < _cellOf.Length; p++) Put(p, _cellOf[p], 1);
        for (var c = 0; c < cells; c++) _cellCost[c] = CostOf(c);
    }

    public int[] Run(int steps, int seed, CancellationToken ct)
    {
        if (steps == 0 || _count.Length == 1) return _cellOf;
        Anneal(steps, new Random(seed), ct);
        Descend(ct);
        return _cellOf;
    }

    private void Anneal(int steps, Random random, CancellationToken ct)
    {
        var best = (int[])_cellOf.Clone();
        double now = 0, lowest = 0; // relative to the start
        var heat = Hot;
        var cooling = Math.Pow(Cold / Hot, 1.0 / steps);
        for (var step = 0; step < steps; step++, heat *= cooling)
        {
            if ((step & 1023) == 0) ct.ThrowIfCancellationRequested();
            var p = random.Next(_pieces.Count);
            var q = _near[p][random.Next(_near[p].Length)];
            var swap = random.Next(2) == 0;
            if (_cellOf[p] == _cellOf[q] || (!swap && _count[_cellOf[p]] == 1)) continue;
            var change = Try(p, q, swap);
            if (change > 0 && random.NextDouble() >= Math.Exp(-change / heat))
            {
                Undo(p, q, swap);
                continue;
            }

            now += change;
            if (now >= lowest - 1e-9) continue;
            lowest = now;
            Array.Copy(_cellOf, best, best.Length);
        }

        for (var p = 0; p < best.Length; p++)
        {
            if (best[p] != _cellOf[p]) Shift(p, best[p]);
        }
    }

    private void Descend(CancellationToken ct)
    {
        // Each pass gains something, so this ends long before; the limit is for rounding that pretends to gain.
        var better = true;
        for (var pass = 0; better && pass < 1_000; pass++)
        {
            ct.ThrowIfCancellationRequested();
            better = false;
            for (var p = 0; p < _pieces.Count; p++)
            {
                foreach (var q in _near[p])
                {
                    better |= Helps(p, q, swap: false) || Helps(p, q, swap: true);
                }
            }
        }
    }

    private bool Helps(int p, int q, bool swap)
    {
        if (_cellOf[p] == _cellOf[q] || (!swap && _count[_cellOf[p]] == 1)) return false;
        if (Try(p, q, swap) < -1e-9) return true;
        Undo(p, q, swap);
        return false;
    }

    private int _from, _to;

    /// <summary>Moves p to the cell of q (and q to that of p), and says what it changed.</summary>
    private double Try(int p, int q, bool swap)
    {
        (_from, _to) = (_cellOf[p], _cellOf[q]);
        var before = _cellCost[_from] + _cellCost[_to];
        Shift(p, _to);
        if (swap) Shift(q, _from);
        return _cellCost[_from] + _cellCost[_to] - before;
    }

    private void Undo(int p, int q, bool swap)
    {
        Shift(p, _from);
        if (swap) Shift(q, _to);
    }

    private void Shift(int p, int cell)
    {
        var from = _cellOf[p];
        Put(p, from, -1);
        Put(p, cell, 1);
        _cellOf[p] = cell;
        _cellCost[from] = CostOf(from);
        _cellCost[cell] = CostOf(cell);
    }

    private void Put(int p, int cell, int sign)
    {
        var piece = _pieces[p];
        _count[cell] += sign;
        _households[cell] += sign * piece.Households;
        _x[cell] += sign * piece.X;
        _y[cell] += sign * piece.Y;
        _squares[cell] += sign * ((piece.X * piece.X) + (piece.Y * piece.Y));
        ref var here = ref _perBuilding[(cell * _buildings) + piece.Building];
        here += sign;
        if (here == (sign > 0 ? 1 : 0)) _met[cell] += sign;
    }

    private double CostOf(int c) => _cost.Of(_count[c], _households[c], _x[c], _y[c], _squares[c], _met[c]);

    private static int[][] Near(IReadOnlyList<Piece> pieces)
    {
        var all = Enumerable.Range(0, pieces.Count).ToArray();
        var distance = new double[pieces.Count];
        return [.. all.Select(p =>
        {
            var others = (int[])all.Clone();
            for (var q = 0; q < distance.Length; q++)
            {
                double dx = pieces[p].X - pieces[q].X, dy = pieces[p].Y - pieces[q].Y;
                distance[q] = q == p ? double.PositiveInfinity : (dx * dx) + (dy * dy);
            }

            return NearestFew(others, distance, Math.Min(Neighbours, pieces.Count - 1));
        })];
    }

    private static int[] NearestFew(int[] ids, double[] distance, int few)
    {
        // A bounded insertion: n is a few thousand and few is 8, so a full sort per piece would dominate the run.
        var found = new int[few];
        var n = 0;
        foreach (var id in ids)
        {
            if (double.IsPositiveInfinity(distance[id]) || (n == few && (few == 0 || distance[id] >= distance[found[n - 1]]))) continue;
            var at = n < few ? n++ : n - 1;
            while (at > 0 && distance[found[at - 1]] > distance[id])
            {
                found[at] = found[at - 1];
                at--;
            }

            found[at] = id;
        }

        return found;
    }
}
