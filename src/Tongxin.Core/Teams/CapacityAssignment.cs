namespace Tongxin.Core.Teams;

/// <summary>
/// The cheapest assignment of rows to columns with capacities: exact, by shortest augmenting paths with prices (the Hungarian
/// method on columns: a full column passes one of its rows on, and what that costs at least is kept until the column changes).
/// Whole numbers, so no rounding. At most O(rows · columns²), usually far less, since a path ends at the first free column.
/// </summary>
internal sealed class CapacityAssignment
{
    /// <summary>Marks a pair that must not be.</summary>
    public const long Forbidden = long.MaxValue;

    private const long Far = long.MaxValue / 4;

    private readonly long[][] _cost;
    private readonly int[] _capacity;
    private readonly long[] _unplaced;
    private readonly List<int>[] _taken;
    private readonly int[] _columnOf;
    private readonly Passing?[] _passing;
    private readonly long[] _price, _distance;
    private readonly int[] _by;
    private readonly bool[] _done;

    private CapacityAssignment(long[][] cost, int[] capacity, long[] unplaced)
    {
        (_cost, _capacity, _unplaced) = (cost, capacity, unplaced);
        _columnOf = new int[cost.Length];
        Array.Fill(_columnOf, -1);
        var columns = capacity.Length;
        _taken = [.. capacity.Select(_ => new List<int>())];
        _passing = new Passing?[columns];
        (_price, _distance, _by, _done) = (new long[columns], new long[columns], new int[columns], new bool[columns]);
    }

    /// <summary>The column of each row, or -1 where leaving it out at <paramref name="unplaced"/> is cheaper or the only way.</summary>
    /// <param name="cost">cost[row][column] in 0..10^12 or <see cref="Forbidden"/>.</param>
    /// <param name="capacity">Rows a column takes, 0 or more.</param>
    /// <param name="unplaced">What leaving a row out costs, per row, in 0..10^14.</param>
    /// <param name="ct">Ends the search with an exception.</param>
    public static int[] Solve(long[][] cost, int[] capacity, long[] unplaced, CancellationToken ct)
    {
        var search = new CapacityAssignment(cost, capacity, unplaced);
        for (var row = 0; row < cost.Length; row++)
        {
            ct.ThrowIfCancellationRequested();
            search.Insert(row);
        }

        return search._columnOf;
    }

    private void Insert(int row)
    {
        Array.Fill(_distance, Far);
        Array.Clear(_done);
        var (outAt, outBy) = (_unplaced[row], row); // being left out is a column without limit, at price 0
        for (var j = 0; j < _capacity.Length; j++)
        {
            if (_cost[row][j] != Forbidden) (_distance[j], _by[j]) = (_cost[row][j] - _price[j], row);
        }

        var reached = -1;
        long length;
        while (true)
        {
            var next = Nearest();
            if (next < 0 || outAt <= _distance[next])
            {
                length = outAt;
                break;
            }

            _done[next] = true;
            length = _distance[next];
            if (_taken[next].Count < _capacity[next])
            {
                reached = next;
                break;
            }

            if (_capacity[next] == 0) continue;
            var passing = _passing[next] ??= PassingFrom(next);
            var start = length + _price[next];
            if (start + passing.OutCost < outAt) (outAt, outBy) = (start + passing.OutCost, passing.OutRow);
            for (var j = 0; j < _capacity.Length; j++)
            {
                var distance = start + passing.Cost[j] - _price[j];
                if (!_done[j] && distance < _distance[j]) (_distance[j], _by[j]) = (distance, passing.Row[j]);
            }
        }

        for (var j = 0; j < _capacity.Length; j++)
        {
            if (_done[j]) _price[j] -= length - _distance[j];
        }

        Augment(row, reached, reached < 0 ? outBy : _by[reached]);
    }

    private int Nearest()
    {
        var next = -1;
        for (var j = 0; j < _distance.Length; j++)
        {
            if (!_done[j] && _distance[j] < Far / 2 && (next < 0 || _distance[j] < _distance[next])) next = j;
        }

        return next;
    }

    /// <summary>The cheapest row to pass on to each other column, and to leave out.</summary>
    private Passing PassingFrom(int column)
    {
        var columns = _capacity.Length;
        var (cost, row) = (new long[columns], new int[columns]);
        Array.Fill(cost, Far);
        var (outCost, outRow) = (Far, -1);
        foreach (var r in _taken[column])
        {
            var costs = _cost[r];
            var here = costs[column];
            for (var j = 0; j < columns; j++)
            {
                if (costs[j] != Forbidden && costs[j] - here < cost[j]) (cost[j], row[j]) = (costs[j] - here, r);
            }

            if (_unplaced[r] - here < outCost) (outCost, outRow) = (_unplaced[r] - here, r);
        }

        return new(cost, row, outCost, outRow);
    }

    /// <summary>Walks the path back: each row on it takes the column that was found through it.</summary>
    private void Augment(int row, int reached, int mover)
    {
        for (var column = reached; ;)
        {
            var left = _columnOf[mover];
            _columnOf[mover] = column;
            if (column >= 0)
            {
                _taken[column].Add(mover);
                _passing[column] = null;
            }

            if (mover == row) return;
            _taken[left].Remove(mover);
            (column, mover) = (left, _by[left]);
        }
    }

    private sealed record Passing(long[] Cost, int[] Row, long OutCost, int OutRow);
}
