namespace Tongxin.Core.Rostering.Columns;

/// <summary>
/// The inverse of that part of the basis that is not slack: the rows in the basis by the constraints that hold them tight. Covers with
/// people to spare or missing have only their own slack and need no inverse, so this is a fraction of the whole, and the smaller the
/// more people are fixed. Dense, by rows.
/// </summary>
internal sealed class Kernel
{
    private readonly RowPool _pool;
    private readonly int _stride;
    private readonly double[] _inverse;
    private readonly int[] _positions;
    private readonly double[] _norm;

    public Kernel(RowPool pool, int constraints)
    {
        // A row fewer may be tight than there are constraints, but a row enters before another leaves.
        (_pool, _stride) = (pool, constraints + 1);
        _inverse = new double[_stride * _stride];
        (Rows, Tight, _norm) = (new int[_stride], new int[_stride], new double[_stride]);
        (TightAt, _positions) = (new int[constraints], new int[constraints]);
        Array.Fill(TightAt, -1);
    }

    public int Size { get; private set; }

    /// <summary>Rows of the pool in the basis, by place.</summary>
    public int[] Rows { get; }

    /// <summary>Tight constraints, by position.</summary>
    public int[] Tight { get; }

    /// <summary>Position of a constraint among the tight ones; -1: its slack is in the basis.</summary>
    public int[] TightAt { get; }

    /// <summary>Sum of squares of a row of the inverse: the length of the edge along which the place would leave.</summary>
    public double Norm(int place) => _norm[place];

    /// <summary>
    /// Whether <see cref="Norm"/> is kept up to date. Only the dual method asks for it, and at every pivot it is a third of the work.
    /// </summary>
    public bool KeepsNorms
    {
        get;
        set
        {
            field = value;
            for (var i = 0; value && i < Size; i++) _norm[i] = Vectors.Squares(Of(i));
        }
    }

    /// <summary>Entries of a place for all tight constraints.</summary>
    public ReadOnlySpan<double> Of(int place) => _inverse.AsSpan(place * _stride, Size);

    public void Clear()
    {
        for (var i = 0; i < Size; i++) (_pool.At[Rows[i]], TightAt[Tight[i]]) = (-1, -1);
        Size = 0;
    }

    /// <summary>A row of the pool in terms of the basis.</summary>
    public void Look(int row, Span<double> alpha)
    {
        var count = 0;
        foreach (var c in _pool.Constraints(row))
            if (TightAt[c] >= 0) _positions[count++] = TightAt[c];
        var positions = _positions.AsSpan(0, count);
        for (var i = 0; i < Size; i++)
        {
            var mine = Of(i);
            double sum = 0;
            foreach (var at in positions) sum += mine[at];
            // Rounding must not make work where there is nothing.
            alpha[i] = Math.Abs(sum) < 1e-12 ? 0 : sum;
        }
    }

    /// <summary>A tight constraint's slack in terms of the basis.</summary>
    public void LookAtSlack(int position, double sign, Span<double> alpha)
    {
        for (var i = 0; i < Size; i++) alpha[i] = sign * _inverse[(i * _stride) + position];
    }

    /// <summary>A row takes the place of another.</summary>
    public void Replace(int place, int row, ReadOnlySpan<double> alpha)
    {
        var pivot = _inverse.AsSpan(place * _stride, Size);
        Scale(pivot, 1 / alpha[place]);
        Eliminate(place, pivot, alpha);
        Measure(place);
        _pool.At[Rows[place]] = -1;
        (Rows[place], _pool.At[row]) = (row, place);
    }

    /// <summary>
    /// A row enters and a slack leaves: its constraint becomes tight. <paramref name="own"/> is the constraint times the inverse,
    /// <paramref name="pivot"/> the entering row's entry for the slack.
    /// </summary>
    public void Enlarge(int row, int constraint, ReadOnlySpan<double> own, double pivot, ReadOnlySpan<double> alpha)
    {
        var place = Size++;
        var mine = _inverse.AsSpan(place * _stride, Size);
        own[..place].CopyTo(mine);
        mine[place] = -1;
        Scale(mine, -1 / pivot);
        for (var i = 0; i < place; i++) _inverse[(i * _stride) + place] = 0;
        Eliminate(place, mine, alpha);
        Measure(place);
        (Rows[place], Tight[place], _pool.At[row], TightAt[constraint]) = (row, constraint, place, place);
    }

    /// <summary>A slack enters and a row leaves: a tight constraint becomes loose.</summary>
    public void Reduce(int place, int position, ReadOnlySpan<double> alpha)
    {
        var pivot = _inverse.AsSpan(place * _stride, Size);
        Scale(pivot, 1 / alpha[place]);
        Eliminate(place, pivot, alpha);
        (_pool.At[Rows[place]], TightAt[Tight[position]]) = (-1, -1);
        var last = --Size;
        if (place < last)
        {
            _inverse.AsSpan(last * _stride, last + 1).CopyTo(_inverse.AsSpan(place * _stride, last + 1));
            (Rows[place], _norm[place]) = (Rows[last], _norm[last]);
            _pool.At[Rows[place]] = place;
        }

        if (position < last)
        {
            for (var i = 0; i < last; i++) _inverse[(i * _stride) + position] = _inverse[(i * _stride) + last];
            Tight[position] = Tight[last];
            TightAt[Tight[position]] = position;
        }
    }

    /// <summary>One slack enters and another leaves: a constraint becomes tight in place of another.</summary>
    public void Exchange(int position, int constraint, ReadOnlySpan<double> own)
    {
        var pivot = 1 / own[position];
        for (var i = 0; i < Size; i++)
        {
            var mine = _inverse.AsSpan(i * _stride, Size);
            var share = mine[position] * pivot;
            if (share == 0) continue;
            Vectors.Add(mine, own[..Size], -share);
            mine[position] = share;
            Measure(i);
        }

        TightAt[Tight[position]] = -1;
        (Tight[position], TightAt[constraint]) = (constraint, position);
    }

    private void Eliminate(int place, ReadOnlySpan<double> pivot, ReadOnlySpan<double> alpha)
    {
        for (var i = 0; i < Size; i++)
        {
            if (i == place || i >= alpha.Length || alpha[i] == 0) continue;
            var mine = _inverse.AsSpan(i * _stride, Size);
            Vectors.Add(mine, pivot, -alpha[i]);
            Measure(i);
        }
    }

    private void Measure(int place)
    {
        if (KeepsNorms) _norm[place] = Vectors.Squares(Of(place));
    }

    private static void Scale(Span<double> values, double by)
    {
        foreach (ref var v in values) v *= by;
    }
}
