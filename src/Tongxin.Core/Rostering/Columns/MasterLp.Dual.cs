namespace Tongxin.Core.Rostering.Columns;

/// <summary>The dual simplex method: back to a legal solution after rows were fixed, keeping the prices right.</summary>
internal sealed partial class MasterLp
{
    /// <summary>Least distance of a column from being attractive when the dual method begins.</summary>
    private const double Apart = 0.004;

    /// <summary>Rows looked at per open person; those dearer wait until the primal method asks for them.</summary>
    private const int NearPerPerson = 40;

    private readonly List<int> _shifted = [];
    private int[] _near = [];
    private double[] _nearPrice = [];
    private double[] _nearEntry = [];
    private int _nearCount;

    /// <summary>
    /// Drives barred rows and slacks on the wrong side out of the basis. Needs prices at which nothing in the pool is attractive; what
    /// rounding has made slightly attractive has its price shifted for the while. False when the limit of pivots came first.
    /// </summary>
    public bool Repair(int mostPivots)
    {
        FindNear();
        PullApart();
        _kernel.KeepsNorms = true;
        var isLegal = DriveOut(mostPivots);
        _kernel.KeepsNorms = false;
        foreach (var row in _shifted) Pool.Price[row] = Pool.FirstPrice[row];
        _shifted.Clear();
        _firstUnder.CopyTo(_under, 0);
        _firstOver.CopyTo(_over, 0);
        Reprice();
        return isLegal;
    }

    /// <summary>The rows that could enter: those of open people with the smallest reduced prices.</summary>
    private void FindNear()
    {
        if (_near.Length < Pool.Count + 4096) (_near, _nearPrice, _nearEntry) = (new int[2 * (Pool.Count + 4096)], new double[2 * (Pool.Count + 4096)], new double[2 * (Pool.Count + 4096)]);
        _nearCount = 0;
        for (var row = 0; row < Pool.Count; row++)
        {
            if (Pool.At[row] >= 0 || IsBarred(row)) continue;
            (_near[_nearCount], _nearPrice[_nearCount]) = (row, Reduced(row));
            _nearCount++;
        }

        var most = NearPerPerson * (1 + _fixedRow.Count(f => f < 0));
        if (_nearCount <= most) return;
        Array.Sort(_nearPrice, _near, 0, _nearCount);
        _nearCount = most;
        // Back to the order of the pool, so that its arrays are read from front to back.
        Array.Sort(_near, _nearPrice, 0, _nearCount);
    }

    /// <summary>
    /// Columns that are just as good as those chosen would enter in circles: each is made a little dearer, by different amounts.
    /// </summary>
    private void PullApart()
    {
        for (var i = 0; i < _nearCount; i++)
        {
            var least = Apart * (1 + _noise());
            if (_nearPrice[i] >= least) continue;
            Pool.Price[_near[i]] += least - _nearPrice[i];
            _nearPrice[i] = least;
            _shifted.Add(_near[i]);
        }

        for (var t = 0; t < _kernel.Size; t++)
        {
            var c = _kernel.Tight[t];
            if (c < _people) continue;
            _under[c] = Math.Max(_under[c], _dual[c] + (Apart * (1 + _noise())));
            _over[c] = Math.Max(_over[c], (Apart * (1 + _noise())) - _dual[c]);
        }
    }

    private bool DriveOut(int mostPivots)
    {
        for (var pivots = 0; pivots < mostPivots; pivots++)
        {
            if (_pivotsSinceFresh > FreshAfter) Refresh();
            if (MostBroken(out var sign) is not { } leaving) return true;
            LookAlong(leaving);
            if (EnteringFor(leaving, sign, out var entry, out var reduced) is not { } column) return false;
            if (column.IsSlack && leaving.IsSlack && column.Id == leaving.At) Flip(leaving.At);
            else if (!DriveOut(leaving, column, sign * entry, reduced))
            {
                if (_pivotsSinceFresh == 0) return false;
                Refresh();
                continue;
            }

            MoveNearPrices(reduced / entry);
        }

        return false;
    }

    private void Refresh()
    {
        Restart(Basis, keepSides: true);
        for (var i = 0; i < _nearCount; i++) _nearPrice[i] = Reduced(_near[i]);
    }

    /// <summary>One pivot of the dual method. False when the inverse is too worn for it.</summary>
    private bool DriveOut(Place leaving, Column column, double expected, double reduced)
    {
        if (column.IsSlack) LookAtSlack(column.Id, column.Sign);
        else Look(column.Id);
        var pivot = leaving.IsSlack ? _slackAlpha[leaving.At] : _alpha[leaving.At];
        if (Math.Abs(pivot) < 1e-8 || Math.Abs(pivot - expected) > 1e-6 + (1e-4 * Math.Abs(expected))) return false;
        var step = (leaving.IsSlack ? _slack[leaving.At] : _weight[leaving.At]) / pivot;
        var gone = leaving.IsSlack ? -1 : _kernel.Rows[leaving.At];
        Pivot(column, leaving, step, reduced);
        if (gone < 0 || IsBarred(gone)) return true;
        // Whoever leaves may come back; its price rises from 0 as the others' fall.
        var at = _near.AsSpan(0, _nearCount).IndexOf(gone);
        if (at < 0 && _nearCount == _near.Length) return true;
        if (at < 0) at = _nearCount++;
        (_near[at], _nearPrice[at], _nearEntry[at]) = (gone, 0, -1);
        return true;
    }

    /// <summary>
    /// The place farthest from legal, measured along its edge: its row of the inverse is the unit. Without this the method takes many
    /// times as many steps. <paramref name="sign"/>: 1 when its value has to fall, -1 when it has to rise.
    /// </summary>
    private Place? MostBroken(out int sign)
    {
        (Place? place, var worst, sign) = (null, 0.0, 0);
        for (var i = 0; i < _kernel.Size; i++)
        {
            var broken = IsBarred(_kernel.Rows[i]) ? Math.Abs(_weight[i]) : -_weight[i];
            if (broken > 1e-7 && broken * broken > worst * _kernel.Norm(i))
                (place, worst, sign) = (new(i, false), broken * broken / _kernel.Norm(i), _weight[i] > 0 ? 1 : -1);
        }

        for (var c = _people; c < _size; c++)
        {
            if (_kernel.TightAt[c] >= 0 || -_slack[c] * _side[c] is not (> 1e-7 and var broken) || broken * broken <= worst) continue;
            Own(c);
            var norm = 1 + Vectors.Squares(_own.AsSpan(0, _kernel.Size));
            if (broken * broken > worst * norm) (place, worst, sign) = (new(c, true), broken * broken / norm, _slack[c] > 0 ? 1 : -1);
        }

        return place;
    }

    /// <summary>
    /// What may enter without making anything attractive: the smallest ratio of reduced price to entry, among those nearly smallest the
    /// largest entry. <paramref name="entry"/> is positive.
    /// </summary>
    private Column? EnteringFor(Place leaving, int sign, out double entry, out double reduced)
    {
        var bound = double.PositiveInfinity;
        for (var i = 0; i < _nearCount; i++)
        {
            var mine = Pool.At[_near[i]] >= 0 ? 0 : sign * EntryOf(_near[i]);
            _nearEntry[i] = mine;
            if (mine > Tiny) bound = Math.Min(bound, (Math.Max(_nearPrice[i], 0) + 1e-7) / mine);
        }

        for (var t = 0; t < _kernel.Size; t++)
        {
            var c = _kernel.Tight[t];
            if (c < _people) continue;
            var mine = sign * _row[c];
            if (Math.Abs(mine) > Tiny) bound = Math.Min(bound, (Math.Max(mine > 0 ? _under[c] - _dual[c] : _over[c] + _dual[c], 0) + 1e-7) / Math.Abs(mine));
        }

        (Column? best, entry, reduced) = (null, 0, 0);
        for (var i = 0; i < _nearCount; i++)
        {
            if (_nearEntry[i] > Tiny && _nearEntry[i] > entry && Math.Max(_nearPrice[i], 0) / _nearEntry[i] <= bound)
                (best, entry, reduced) = (new(_near[i], 0), _nearEntry[i], _nearPrice[i]);
        }

        for (var t = 0; t < _kernel.Size; t++)
        {
            var c = _kernel.Tight[t];
            if (c < _people) continue;
            var mine = Math.Abs(_row[c]);
            var side = sign * _row[c] > 0 ? 1 : -1;
            var price = side > 0 ? _under[c] - _dual[c] : _over[c] + _dual[c];
            if (mine > Tiny && mine > entry && Math.Max(price, 0) / mine <= bound) (best, entry, reduced) = (new(c, side), mine, price);
        }

        if (leaving.IsSlack && _under[leaving.At] + _over[leaving.At] <= bound)
            (best, entry, reduced) = (new(leaving.At, -_side[leaving.At]), 1, _under[leaving.At] + _over[leaving.At]);
        if (best is { } chosen && reduced < 0) Shift(chosen, -reduced);
        reduced = Math.Max(reduced, 0);
        return best;
    }

    private void Shift(Column column, double by)
    {
        if (column.Sign > 0) _under[column.Id] += by;
        else if (column.Sign < 0) _over[column.Id] += by;
        else
        {
            Pool.Price[column.Id] += by;
            _shifted.Add(column.Id);
        }
    }

    private double EntryOf(int row)
    {
        double sum = 0;
        foreach (var c in Pool.Constraints(row)) sum += _row[c];
        return sum;
    }

    private void MoveNearPrices(double ratio)
    {
        for (var i = 0; i < _nearCount; i++) _nearPrice[i] -= ratio * _nearEntry[i];
    }
}
