namespace Tongxin.Core.Rostering.Columns;

/// <summary>The dual simplex method: back to a legal solution after rows were fixed, keeping the prices right.</summary>
internal sealed partial class MasterLp
{
    /// <summary>Least distance of a column from being attractive when the dual method begins.</summary>
    private const double Apart = 0.004;

    private readonly List<LpColumn> _shifted = [];
    private double[] _entry = [];
    private double[] _price = [];

    /// <summary>
    /// Drives barred columns and negative values out of the basis. Needs prices at which nothing in the pool is attractive; what rounding
    /// has made slightly attractive has its price shifted for the while. False when the limit of pivots came first.
    /// </summary>
    public bool Repair(int mostPivots)
    {
        PullApart();
        var isLegal = DriveOut(mostPivots);
        if (_shifted.Count == 0) return isLegal;
        foreach (var column in _shifted) column.Price = column.FirstPrice;
        _shifted.Clear();
        Recompute();
        return isLegal;
    }

    /// <summary>
    /// Columns that are just as good as those chosen would enter in circles: each is made a little dearer, by different amounts.
    /// </summary>
    private void PullApart()
    {
        foreach (var list in (ReadOnlySpan<IReadOnlyList<LpColumn>>)[Pool, _missing, _surplus])
        {
            foreach (var c in list)
            {
                if (c.At >= 0 || c.IsBarred) continue;
                var least = Apart * (1 + _noise());
                var reduced = Reduced(c);
                if (reduced >= least) continue;
                c.Price += least - reduced;
                _shifted.Add(c);
            }
        }
    }

    private bool DriveOut(int mostPivots)
    {
        for (var pivots = 0; pivots < mostPivots; pivots++)
        {
            if (_pivotsSinceFresh > FreshAfter) Restart(Basis);
            var at = MostBroken();
            if (at < 0) return true;
            for (var j = 0; j < _size; j++) _rowOfPivot[j] = _inverse[(j * _size) + at];
            // A barred column has to fall to 0, a negative value to rise to it.
            if (EnteringFor(fall: _value[at] > 0, out var reduced) is not { } column) return false;
            Look(column);
            if (Math.Abs(_alpha[at]) < 1e-8)
            {
                if (_pivotsSinceFresh == 0) return false;
                Restart(Basis);
                continue;
            }

            var step = _value[at] / _alpha[at];
            Vectors.Add(_value, _alpha, -step);
            Pivot(at, column, reduced);
            _value[at] = step;
        }

        return false;
    }

    /// <summary>
    /// The place farthest from legal, measured along its edge: its row of the inverse is the unit. Without this the method takes many
    /// times as many steps.
    /// </summary>
    private int MostBroken()
    {
        Array.Clear(_norm);
        for (var j = 0; j < _size; j++) Vectors.AddSquares(_norm, _inverse.AsSpan(j * _size, _size));
        var (at, worst) = (-1, 0.0);
        for (var i = 0; i < _size; i++)
        {
            var broken = _basis[i].IsBarred ? Math.Abs(_value[i]) : -_value[i];
            if (broken > 1e-7 && broken * broken > worst * _norm[i]) (at, worst) = (i, broken * broken / _norm[i]);
        }

        return at;
    }

    private LpColumn? EnteringFor(bool fall, out double reduced)
    {
        ReadOnlySpan<IReadOnlyList<LpColumn>> lists = [Pool, _missing, _surplus];
        var count = Pool.Count + (2 * _missing.Length);
        if (_entry.Length < count) (_entry, _price) = (new double[count * 2], new double[count * 2]);
        var (bound, at) = (double.PositiveInfinity, 0);
        foreach (var list in lists)
        {
            foreach (var c in list)
            {
                var entry = c.At >= 0 || c.IsBarred ? 0 : EntryOf(c) * (fall ? 1 : -1);
                _entry[at] = entry;
                if (entry > Tiny)
                {
                    _price[at] = Reduced(c);
                    bound = Math.Min(bound, (Math.Max(_price[at], 0) + 1e-7) / entry);
                }

                at++;
            }
        }

        (LpColumn? best, var largest, at, reduced) = (null, 0.0, 0, 0);
        foreach (var list in lists)
        {
            foreach (var c in list)
            {
                if (_entry[at] > Tiny && _entry[at] > largest && Math.Max(_price[at], 0) / _entry[at] <= bound)
                    (best, largest, reduced) = (c, _entry[at], _price[at]);
                at++;
            }
        }

        if (best is not null && reduced < 0)
        {
            best.Price -= reduced;
            _shifted.Add(best);
            reduced = 0;
        }

        return best;
    }

    private double EntryOf(LpColumn column)
    {
        double sum = 0;
        foreach (var row in column.Rows) sum += _rowOfPivot[row];
        return column.Sign * sum;
    }
}
