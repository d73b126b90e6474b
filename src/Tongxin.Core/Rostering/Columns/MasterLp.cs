namespace Tongxin.Core.Rostering.Columns;

/// <summary>
/// The linear program over rows: each person has weights that sum to 1, each cover is met or pays for what is missing or too much.
/// Revised simplex method. A cover is either loose, with people missing (+) or too many (-) as its slack in the basis and the price of
/// that as its dual value, or tight; only tight constraints and rows in the basis have a part in the inverse (<see cref="Kernel"/>).
/// Constraints: one per person, always tight, then one per cover.
/// </summary>
internal sealed partial class MasterLp
{
    private const double Tiny = 1e-9;

    /// <summary>Pivots after which the inverse is computed afresh, before rounding errors add up.</summary>
    private const int FreshAfter = 800;

    /// <summary>
    /// Needs are lowered by trifles of this size, so that many covers are not met by the same pivot. Raised, they would make covers that
    /// nobody should meet worth the price of a missing person.
    /// </summary>
    private const double Nudge = 2e-3;

    private readonly int _people, _size;
    private readonly Kernel _kernel;
    private readonly Func<double> _noise;
    private readonly int[] _fixedRow;
    private readonly double[] _need, _right, _dual, _under, _over, _firstUnder, _firstOver;

    // Weights of the rows in the basis by place, slacks of the loose covers and the side they are on.
    private readonly double[] _weight, _slack;
    private readonly sbyte[] _side;

    // The entering column in terms of the basis: rows by place, slacks by constraint. And a constraint times the inverse.
    private readonly double[] _alpha, _slackAlpha, _own;
    private int _pivotsSinceFresh;

    /// <param name="people">Number of people.</param>
    /// <param name="covers">Need, price of one missing and of one too many, per cover.</param>
    /// <param name="noise">Small numbers from 0 to 1 against ties.</param>
    public MasterLp(int people, IReadOnlyList<(int Need, int Under, int Over)> covers, Func<double> noise)
    {
        (_people, _size, _noise) = (people, people + covers.Count, noise);
        Pool = new RowPool();
        _kernel = new Kernel(Pool, _size);
        _fixedRow = new int[people];
        Array.Fill(_fixedRow, -1);
        (_right, _dual, _slack, _slackAlpha) = (new double[_size], new double[_size], new double[_size], new double[_size]);
        (_under, _over, _side) = (new double[_size], new double[_size], new sbyte[_size]);
        (_weight, _alpha, _own) = (new double[_size + 1], new double[_size + 1], new double[_size + 1]);
        _row = new double[_size];
        (_need, _slackEdge) = (new double[_size], new double[_size]);
        for (var p = 0; p < people; p++) _need[p] = _right[p] = 1;
        for (var i = 0; i < covers.Count; i++)
        {
            _right[people + i] = covers[i].Need - (Nudge * noise());
            _need[people + i] = covers[i].Need;
            (_under[people + i], _over[people + i]) = (covers[i].Under, covers[i].Over);
        }

        (_firstUnder, _firstOver) = ((double[])_under.Clone(), (double[])_over.Clone());
    }

    /// <summary>Rows of people to choose from.</summary>
    public RowPool Pool { get; }

    /// <summary>Prices of the constraints: people, then covers.</summary>
    public ReadOnlySpan<double> Dual => _dual;

    /// <summary>Pivots made since the start, and the squares of the kernel's size that they cost: what the work is measured by.</summary>
    public long Pivots { get; private set; }

    public long Work { get; private set; }

    public int Size => _size;

    /// <summary>Missing people, where they cost anything.</summary>
    public double Missing
    {
        get
        {
            double sum = 0;
            for (var c = _people; c < _size; c++)
                if (_kernel.TightAt[c] < 0 && _side[c] > 0 && _under[c] > 0) sum += _slack[c];
            return sum;
        }
    }

    /// <summary>Changes what a missing person costs, where they cost anything.</summary>
    public void Charge(double under)
    {
        for (var c = _people; c < _size; c++)
            if (_firstUnder[c] > 0) (_under[c], _firstUnder[c]) = (under, under);
        Reprice();
    }

    /// <summary>Rows in the basis.</summary>
    public int KernelSize => _kernel.Size;

    /// <summary>What the program costs at the true needs.</summary>
    public double Objective
    {
        get
        {
            double sum = 0;
            for (var c = 0; c < _size; c++) sum += _dual[c] * _need[c];
            return sum;
        }
    }

    /// <summary>Rows in the basis and their weights.</summary>
    public IEnumerable<(int Row, double Weight)> Chosen => Enumerable.Range(0, _kernel.Size).Select(i => (_kernel.Rows[i], _weight[i]));

    /// <summary>The basis, to come back to with <see cref="Restart"/>.</summary>
    public LpBasis Basis => new(_kernel.Rows[.._kernel.Size], _kernel.Tight[.._kernel.Size]);

    /// <summary>Holds a person to one row, or frees them (-1).</summary>
    public void Fix(int person, int row) => _fixedRow[person] = row;

    public int FixedRow(int person) => _fixedRow[person];

    /// <summary>
    /// Makes this the basis, as far as it is independent. Starts with one row for each person, which is surely a basis, and lets the
    /// others in one by one, each for the constraint where its entry is largest. <paramref name="keepSides"/>: slacks keep their sides,
    /// right or wrong; without it their sides follow their values.
    /// </summary>
    public void Restart(LpBasis basis, bool keepSides = false)
    {
        _kernel.Clear();
        var wanted = new bool[_size];
        foreach (var c in basis.Tight) wanted[c] = true;
        var first = FirstRows(basis.Rows);
        for (var p = 0; p < _people; p++) _kernel.Enlarge(first[p], p, Cleared(_own), 1, Cleared(_alpha));
        foreach (var row in basis.Rows)
        {
            if (Pool.At[row] >= 0) continue;
            Look(row);
            var at = -1;
            for (var c = _people; c < _size; c++)
                if (wanted[c] && _kernel.TightAt[c] < 0 && (at < 0 || Math.Abs(_slackAlpha[c]) > Math.Abs(_slackAlpha[at]))) at = c;
            if (at < 0 || Math.Abs(_slackAlpha[at]) < 1e-7) continue;
            Own(at);
            _kernel.Enlarge(row, at, _own, _slackAlpha[at], _alpha);
        }

        Recompute(keepSides);
    }

    /// <summary>Price of a row less what its constraints pay for it.</summary>
    public double Reduced(int row)
    {
        double paid = 0;
        foreach (var c in Pool.Constraints(row)) paid += _dual[c];
        return Pool.Price[row] - paid;
    }

    private int[] FirstRows(IEnumerable<int> rows)
    {
        var first = new int[_people];
        Array.Fill(first, -1);
        foreach (var row in rows)
            if (first[Pool.PersonOf(row)] < 0 || _fixedRow[Pool.PersonOf(row)] == row) first[Pool.PersonOf(row)] = row;
        for (var row = 0; row < Pool.Count; row++)
            if (first[Pool.PersonOf(row)] < 0 && !IsBarred(row)) first[Pool.PersonOf(row)] = row;
        return first;
    }

    /// <summary>May not have a weight: another row of the person is fixed.</summary>
    private bool IsBarred(int row) => _fixedRow[Pool.PersonOf(row)] is >= 0 and var own && own != row;

    private double SlackPrice(int cover) => _side[cover] > 0 ? _under[cover] : -_over[cover];

    private static double[] Cleared(double[] values)
    {
        Array.Clear(values);
        return values;
    }

    /// <summary>A row of the pool in terms of the basis, in <see cref="_alpha"/> and <see cref="_slackAlpha"/>.</summary>
    private void Look(int row)
    {
        _kernel.Look(row, _alpha);
        Array.Clear(_slackAlpha);
        foreach (var c in Pool.Constraints(row)) _slackAlpha[c] = 1;
        SpreadToSlacks();
    }

    /// <summary>The slack of a tight cover, on the side of <paramref name="sign"/>, in terms of the basis.</summary>
    private void LookAtSlack(int cover, double sign)
    {
        _kernel.LookAtSlack(_kernel.TightAt[cover], sign, _alpha);
        Array.Clear(_slackAlpha);
        SpreadToSlacks();
    }

    private void SpreadToSlacks()
    {
        for (var i = 0; i < _kernel.Size; i++)
        {
            if (_alpha[i] is not (not 0 and var share)) continue;
            foreach (var c in Pool.Constraints(_kernel.Rows[i])) _slackAlpha[c] -= share;
        }
    }

    /// <summary>A loose cover times the inverse, in <see cref="_own"/>: the sum over the rows in the basis that stand in it.</summary>
    private void Own(int cover)
    {
        Array.Clear(_own);
        for (var i = 0; i < _kernel.Size; i++)
            if (Pool.Constraints(_kernel.Rows[i]).Contains((ushort)cover)) Vectors.Add(_own.AsSpan(0, _kernel.Size), _kernel.Of(i), 1);
    }

    /// <summary>Weights, slacks and duals from the inverse alone.</summary>
    private void Recompute(bool keepSides)
    {
        _pivotsSinceFresh = 0;
        for (var i = 0; i < _kernel.Size; i++)
        {
            var mine = _kernel.Of(i);
            double sum = 0;
            for (var t = 0; t < mine.Length; t++) sum += mine[t] * _right[_kernel.Tight[t]];
            _weight[i] = sum;
        }

        _right.CopyTo(_slack, 0);
        for (var i = 0; i < _kernel.Size; i++)
            foreach (var c in Pool.Constraints(_kernel.Rows[i])) _slack[c] -= _weight[i];
        for (var c = _people; c < _size; c++)
        {
            if (_kernel.TightAt[c] >= 0) (_slack[c], _side[c]) = (0, 0);
            else if (!keepSides || _side[c] == 0) _side[c] = (sbyte)(_slack[c] < 0 ? -1 : 1);
        }

        Reprice();
    }

    private void Reprice()
    {
        for (var c = _people; c < _size; c++) _dual[c] = _kernel.TightAt[c] < 0 ? SlackPrice(c) : 0;
        var sum = Cleared(_own).AsSpan(0, _kernel.Size);
        for (var i = 0; i < _kernel.Size; i++)
        {
            var price = Pool.Price[_kernel.Rows[i]];
            foreach (var c in Pool.Constraints(_kernel.Rows[i]))
                if (_kernel.TightAt[c] < 0) price -= _dual[c];
            Vectors.Add(sum, _kernel.Of(i), price);
        }

        for (var t = 0; t < _kernel.Size; t++) _dual[_kernel.Tight[t]] = sum[t];
    }
}

/// <summary>A basis: rows of the pool, and the constraints that are tight.</summary>
internal sealed record LpBasis(int[] Rows, int[] Tight);
