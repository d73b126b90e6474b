namespace Tongxin.Core.Rostering.Columns;

/// <summary>The primal simplex method: rows that save something come in until none is left.</summary>
internal sealed partial class MasterLp
{
    private const int CandidateList = 100;

    /// <summary>A column must save this much to be let in: more than the noise on its price, less than any honest difference.</summary>
    private const double Attractive = 5e-3;

    /// <summary>In a smaller kernel a pivot costs so little that lengths of edges, which would spare some, cost more.</summary>
    private const int WorthMeasuring = 200;

    private readonly List<int> _candidates = [];

    // Devex weights: about how long the edge is along which a column would enter, squared, in the frame of the last list of candidates.
    private readonly double[] _slackEdge;
    private double[] _edge = [];

    /// <summary>Primal simplex over the pool. False when the limit of pivots came first.</summary>
    public bool Optimize(int mostPivots)
    {
        _candidates.Clear();
        Array.Fill(_slackEdge, 1);
        for (var pivots = 0; pivots < mostPivots; pivots++)
        {
            if (_pivotsSinceFresh > FreshAfter) Restart(Basis);
            if (Entering(out var reduced) is not { } column) return true;
            if (column.IsSlack) LookAtSlack(column.Id, column.Sign);
            else Look(column.Id);
            var leaving = LongStep(ref reduced, out var step);
            LookAlong(leaving);
            if (_kernel.Size >= WorthMeasuring) MeasureEdges(column, leaving);
            Pivot(column, leaving, step, reduced);
        }

        return false;
    }

    /// <summary>
    /// Who leaves. A cover that would be the first to leave goes over from missing to surplus people, or back, when the entering column
    /// saves something even then: that is one pivot instead of two.
    /// </summary>
    private Place LongStep(ref double reduced, out double step)
    {
        while (true)
        {
            var leaving = Leaving(out step) ?? throw new InvalidOperationException("The master program is unbounded.");
            if (!leaving.IsSlack) return leaving;
            var after = reduced + (Math.Abs(_slackAlpha[leaving.At]) * (_under[leaving.At] + _over[leaving.At]));
            if (after > -Attractive) return leaving;
            LookAlong(leaving);
            Flip(leaving.At);
            reduced = after;
        }
    }

    private Column? Entering(out double reduced)
    {
        var slack = EnteringSlack(out var most);
        for (var round = 0; round < 2; round++)
        {
            var (row, best) = (-1, most);
            reduced = 0;
            for (var i = _candidates.Count - 1; i >= 0; i--)
            {
                var c = _candidates[i];
                var price = Pool.At[c] >= 0 || IsBarred(c) ? 0 : Reduced(c);
                if (price > -Attractive)
                {
                    _candidates[i] = _candidates[^1];
                    _candidates.RemoveAt(_candidates.Count - 1);
                }
                else if (price * price > best * _edge[c]) (row, best, reduced) = (c, price * price / _edge[c], price);
            }

            if (row >= 0) return new(row, 0);
            if (round == 0 && slack is null) FindCandidates();
        }

        reduced = slack is { } s ? ReducedSlack(s) : 0;
        return slack;
    }

    private double ReducedSlack(Column slack) => slack.Sign > 0 ? _under[slack.Id] - _dual[slack.Id] : _over[slack.Id] + _dual[slack.Id];

    /// <summary>The tight cover whose price lies farthest outside of what missing or surplus people cost, for the length of its edge.</summary>
    private Column? EnteringSlack(out double most)
    {
        (most, Column? best) = (0, null);
        for (var t = 0; t < _kernel.Size; t++)
        {
            var c = _kernel.Tight[t];
            if (c < _people) continue;
            var (under, over) = (_under[c] - _dual[c], _over[c] + _dual[c]);
            var reduced = Math.Min(under, over);
            if (reduced < -Attractive && reduced * reduced > most * _slackEdge[c]) (most, best) = (reduced * reduced / _slackEdge[c], new(c, under < over ? 1 : -1));
        }

        return best;
    }

    /// <summary>A new list, and a new frame for the lengths of edges with it.</summary>
    private void FindCandidates()
    {
        var found = new List<(double Price, int Row)>();
        for (var row = 0; row < Pool.Count; row++)
            if (Pool.At[row] < 0 && !IsBarred(row) && Reduced(row) is < -Attractive and var price) found.Add((price, row));
        found.Sort();
        _candidates.Clear();
        _candidates.AddRange(found.Take(CandidateList).Select(f => f.Row));
        if (_edge.Length < Pool.Count) _edge = new double[2 * Pool.Count];
        foreach (var row in _candidates) _edge[row] = 1;
        Array.Fill(_slackEdge, 1);
    }

    /// <summary>
    /// Devex (Harris 1973): what the entering column drags along lengthens the edges of all others. The column that gains most for the
    /// length of its edge, not for its weight, is the one that leads on; without this most pivots lead nowhere.
    /// </summary>
    private void MeasureEdges(Column entering, Place leaving)
    {
        var pivot = leaving.IsSlack ? _slackAlpha[leaving.At] : _alpha[leaving.At];
        var length = (entering.IsSlack ? _slackEdge[entering.Id] : _edge[entering.Id]) / (pivot * pivot);
        foreach (var row in _candidates)
            if (EntryOf(row) is not 0 and var entry) _edge[row] = Math.Max(_edge[row], entry * entry * length);
        for (var t = 0; t < _kernel.Size; t++)
        {
            var c = _kernel.Tight[t];
            _slackEdge[c] = Math.Max(_slackEdge[c], _row[c] * _row[c] * length);
        }

        if (leaving.IsSlack) _slackEdge[leaving.At] = Math.Max(1, length);
    }

    /// <summary>
    /// Whoever reaches 0 first; among those nearly first the largest coefficient, for the sake of precision. Barred rows may not gain a
    /// weight and leave at once.
    /// </summary>
    private Place? Leaving(out double step)
    {
        var bound = double.PositiveInfinity;
        for (var i = 0; i < _kernel.Size; i++)
        {
            if (_alpha[i] > Tiny) bound = Math.Min(bound, (Math.Max(_weight[i], 0) + 1e-9) / _alpha[i]);
            else if (_alpha[i] < -1e-7 && IsBarred(_kernel.Rows[i])) bound = 0;
        }

        for (var c = _people; c < _size; c++)
        {
            if (_kernel.TightAt[c] < 0 && _slackAlpha[c] * _side[c] is > Tiny and var alpha) bound = Math.Min(bound, (Math.Max(_slack[c] * _side[c], 0) + 1e-9) / alpha);
        }

        (Place? leaving, var largest, step) = (null, 0.0, 0);
        for (var i = 0; i < _kernel.Size; i++)
        {
            var size = Math.Abs(_alpha[i]);
            var isFirst = _alpha[i] > Tiny ? Math.Max(_weight[i], 0) / _alpha[i] <= bound : size > 1e-7 && IsBarred(_kernel.Rows[i]);
            if (isFirst && size > largest) (leaving, largest, step) = (new(i, false), size, _alpha[i] < 0 ? 0 : Math.Max(0, _weight[i]) / _alpha[i]);
        }

        for (var c = _people; c < _size; c++)
        {
            if (_kernel.TightAt[c] >= 0 || _slackAlpha[c] * _side[c] is not (> Tiny and var alpha)) continue;
            var ratio = Math.Max(_slack[c] * _side[c], 0) / alpha;
            if (ratio <= bound && alpha > largest) (leaving, largest, step) = (new(c, true), alpha, ratio);
        }

        return leaving;
    }
}
