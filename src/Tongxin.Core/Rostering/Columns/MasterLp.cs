namespace Tongxin.Core.Rostering.Columns;

/// <summary>
/// The linear program over rows: each person has weights that sum to 1, each cover is met or pays for what is missing or too much.
/// Revised simplex method with a dense inverse by columns: both the look at a column and the change of the basis are then sums of whole
/// columns. Constraints: one per person, then one per cover.
/// </summary>
internal sealed partial class MasterLp
{
    private const double Tiny = 1e-9;
    private const int CandidateList = 100;

    /// <summary>A column must save this much to be let in: more than the noise on its price, less than any honest difference.</summary>
    private const double Attractive = 5e-3;

    /// <summary>Pivots after which the inverse is computed afresh, before rounding errors add up.</summary>
    private const int FreshAfter = 1500;

    private readonly int _size;
    private readonly double[] _inverse;
    private readonly LpColumn[] _basis;
    private readonly LpColumn[] _artificial;
    private readonly LpColumn[] _missing;
    private readonly LpColumn[] _surplus;
    private readonly double[] _value;
    private readonly double[] _dual;
    private readonly double[] _right;
    private readonly double[] _alpha;
    private readonly double[] _rowOfPivot;
    private readonly double[] _norm;
    private readonly List<LpColumn> _candidates = [];
    private readonly int _people;
    private readonly Func<double> _noise;
    private int _pivotsSinceFresh;

    /// <param name="people">Number of people.</param>
    /// <param name="covers">Need, price of one missing and of one too many, per cover.</param>
    /// <param name="noise">Small numbers from 0 to 1 against ties.</param>
    public MasterLp(int people, IReadOnlyList<(int Need, int Under, int Over)> covers, Func<double> noise)
    {
        (_people, _size, _noise) = (people, people + covers.Count, noise);
        _inverse = new double[_size * _size];
        _basis = new LpColumn[_size];
        (_value, _dual, _right) = (new double[_size], new double[_size], new double[_size]);
        (_alpha, _rowOfPivot, _norm) = (new double[_size], new double[_size], new double[_size]);
        _artificial = [.. Enumerable.Range(0, people).Select(p => new LpColumn { Rows = [p], Price = 1e7, FirstPrice = 1e7, IsBarred = true })];
        _missing = [.. covers.Select((c, i) => new LpColumn { Rows = [people + i], Price = c.Under, FirstPrice = c.Under })];
        _surplus = [.. covers.Select((c, i) => new LpColumn { Rows = [people + i], Price = c.Over, FirstPrice = c.Over, Sign = -1 })];
        for (var p = 0; p < people; p++) _right[p] = 1;
        for (var i = 0; i < covers.Count; i++) _right[people + i] = covers[i].Need + (2e-5 * noise());
        for (var i = 0; i < _size; i++) _basis[i] = i < people ? _artificial[i] : _missing[i - people];
    }

    /// <summary>Rows of people to choose from.</summary>
    public List<LpColumn> Pool { get; } = [];

    /// <summary>Prices of the constraints: people, then covers.</summary>
    public ReadOnlySpan<double> Dual => _dual;

    /// <summary>Pivots made since the start: what the work is measured by.</summary>
    public long Pivots { get; private set; }

    public int Size => _size;

    public double Objective
    {
        get
        {
            double sum = 0;
            for (var i = 0; i < _size; i++) sum += _basis[i].Price * _value[i];
            return sum;
        }
    }

    public double ValueOf(LpColumn column) => column.At < 0 ? 0 : _value[column.At];

    /// <summary>Columns of the basis, to come back to with <see cref="Restart"/>.</summary>
    public List<LpColumn> Basis => [.. _basis];

    /// <summary>
    /// Makes these the basis, as far as they are independent; the rest is filled with slacks. Starts from the slacks and lets the others
    /// in one by one, each where its coefficient is largest.
    /// </summary>
    public void Restart(IEnumerable<LpColumn> wanted)
    {
        var columns = wanted.ToList();
        for (var i = 0; i < _size; i++) _basis[i].At = -1;
        Array.Clear(_inverse);
        var taken = new bool[_size];
        for (var i = 0; i < _size; i++)
        {
            _inverse[(i * _size) + i] = 1;
            _basis[i] = i < _people ? _artificial[i] : _missing[i - _people];
            _basis[i].At = i;
        }

        foreach (var column in columns.Where(c => c.Rows.Length == 1))
        {
            if (column.At < 0) Enter(column, column.Rows[0]);
            taken[column.Rows[0]] = true;
        }

        foreach (var column in columns.Where(c => c.Rows.Length > 1))
        {
            Look(column);
            var at = -1;
            for (var i = 0; i < _size; i++)
                if (!taken[i] && (at < 0 || Math.Abs(_alpha[i]) > Math.Abs(_alpha[at]))) at = i;
            if (at < 0 || Math.Abs(_alpha[at]) < 1e-7) continue;
            Pivot(at, column, 0);
            taken[at] = true;
        }

        Recompute();
        SwapNegativeSlacks();

        void Enter(LpColumn column, int row)
        {
            Look(column);
            Pivot(row, column, 0);
        }
    }

    /// <summary>Primal simplex over the pool. False when the limit of pivots came first.</summary>
    public bool Optimize(int mostPivots)
    {
        _candidates.Clear();
        for (var pivots = 0; pivots < mostPivots; pivots++)
        {
            if (_pivotsSinceFresh > FreshAfter) Restart(Basis);
            if (Entering(out var reduced) is not { } column) return true;
            Look(column);
            var leaving = Leaving(out var step);
            if (leaving < 0) throw new InvalidOperationException("The master program is unbounded.");
            Vectors.Add(_value, _alpha, -step);
            Pivot(leaving, column, reduced);
            _value[leaving] = step;
        }

        return false;
    }

    /// <summary>Price of a column less what its constraints pay for it.</summary>
    public double Reduced(LpColumn column)
    {
        double paid = 0;
        foreach (var row in column.Rows) paid += _dual[row];
        return column.Price - (column.Sign * paid);
    }

    private LpColumn? Entering(out double reduced)
    {
        for (var round = 0; round < 2; round++)
        {
            var (best, lowest) = ((LpColumn?)null, 0.0);
            for (var i = _candidates.Count - 1; i >= 0; i--)
            {
                var c = _candidates[i];
                var price = c.At >= 0 || c.IsBarred ? 0 : Reduced(c);
                if (price > -Attractive)
                {
                    _candidates[i] = _candidates[^1];
                    _candidates.RemoveAt(_candidates.Count - 1);
                }
                else if (price * c.Steepness < lowest) (best, lowest) = (c, price * c.Steepness);
            }

            if (best is not null)
            {
                reduced = lowest / best.Steepness;
                return best;
            }

            if (round == 0) FindCandidates();
        }

        reduced = 0;
        return null;
    }

    private void FindCandidates()
    {
        var found = new List<(double Price, LpColumn Column)>();
        foreach (var list in (ReadOnlySpan<IReadOnlyList<LpColumn>>)[Pool, _missing, _surplus])
        {
            foreach (var c in list)
                if (c.At < 0 && !c.IsBarred && Reduced(c) is < -Attractive and var price) found.Add((price * c.Steepness, c));
        }

        found.Sort((a, b) => a.Price.CompareTo(b.Price));
        _candidates.Clear();
        _candidates.AddRange(found.Take(CandidateList).Select(f => f.Column));
    }

    /// <summary>The column in terms of the basis, in <see cref="_alpha"/>.</summary>
    private void Look(LpColumn column)
    {
        Array.Clear(_alpha);
        foreach (var row in column.Rows) Vectors.Add(_alpha, _inverse.AsSpan(row * _size, _size), column.Sign);
    }

    /// <summary>
    /// Whoever reaches 0 first; among those nearly first the largest coefficient, for the sake of precision. Barred columns may not
    /// gain a value and leave at once.
    /// </summary>
    private int Leaving(out double step)
    {
        var bound = double.PositiveInfinity;
        for (var i = 0; i < _size; i++)
        {
            if (_alpha[i] > Tiny) bound = Math.Min(bound, (Math.Max(_value[i], 0) + 1e-9) / _alpha[i]);
            else if (_alpha[i] < -1e-7 && _basis[i].IsBarred) bound = 0;
        }

        var (leaving, largest) = (-1, 0.0);
        for (var i = 0; i < _size; i++)
        {
            var size = Math.Abs(_alpha[i]);
            var isFirst = _alpha[i] > Tiny ? Math.Max(_value[i], 0) / _alpha[i] <= bound : size > 1e-7 && _basis[i].IsBarred;
            if (isFirst && size > largest) (leaving, largest) = (i, size);
        }

        step = leaving < 0 || _alpha[leaving] < 0 ? 0 : Math.Max(0, _value[leaving]) / _alpha[leaving];
        return leaving;
    }

    /// <summary>Puts the column of <see cref="_alpha"/> into the basis at a place; the caller looks after the values.</summary>
    private void Pivot(int at, LpColumn column, double reduced)
    {
        var pivot = 1 / _alpha[at];
        for (var j = 0; j < _size; j++)
        {
            var entry = _inverse[(j * _size) + at];
            if (entry == 0) continue;
            var share = entry * pivot;
            Vectors.Add(_inverse.AsSpan(j * _size, _size), _alpha, -share);
            _inverse[(j * _size) + at] = share;
            _dual[j] += reduced * share;
        }

        _basis[at].At = -1;
        _basis[at] = column;
        column.At = at;
        Pivots++;
        _pivotsSinceFresh++;
    }

    private void Recompute()
    {
        _pivotsSinceFresh = 0;
        Array.Clear(_value);
        for (var j = 0; j < _size; j++)
        {
            var column = _inverse.AsSpan(j * _size, _size);
            Vectors.Add(_value, column, _right[j]);
            double dual = 0;
            for (var i = 0; i < _size; i++) dual += _basis[i].Price * column[i];
            _dual[j] = dual;
        }
    }

    /// <summary>A negative number of missing people is a positive number too many: the same column with the other sign.</summary>
    private void SwapNegativeSlacks()
    {
        for (var i = 0; i < _size; i++)
        {
            var column = _basis[i];
            if (_value[i] >= 0 || column.Rows.Length > 1 || column.Rows[0] < _people) continue;
            var cover = column.Rows[0] - _people;
            var other = column.Sign > 0 ? _surplus[cover] : _missing[cover];
            for (var j = 0; j < _size; j++) _inverse[(j * _size) + i] = -_inverse[(j * _size) + i];
            (column.At, other.At, _basis[i]) = (-1, i, other);
        }

        Recompute();
    }
}
