using Tongxin.Core.Rostering.Rows;
using Tongxin.Core.Rostering.Search;

namespace Tongxin.Core.Rostering.Columns;

/// <summary>Turns prices of covers into the cheapest row of each person, and rows into columns of the master program.</summary>
internal sealed class ColumnPricing
{
    private readonly RowProblem _problem;
    private readonly int[] _coverAt;
    private readonly RowPricer[] _pricers;
    private readonly int[] _prices;
    private readonly double _scale;
    private readonly Dice _dice;
    private readonly Dictionary<RowKey, int> _known = [];

    public ColumnPricing(RowProblem problem, Dice dice)
    {
        (_problem, _dice) = (problem, dice);
        _coverAt = new int[problem.Days * problem.Width];
        Array.Fill(_coverAt, -1);
        var dearest = 1;
        for (var d = 0; d < problem.Days; d++)
        {
            for (var k = 1; k <= problem.Kinds; k++)
            {
                var at = (d * problem.Width) + k;
                if (problem.Under[at] == 0 && problem.Over[at] == 0) continue;
                _coverAt[at] = problem.People + Covers.Count;
                Covers.Add((problem.Need[at], problem.Under[at], problem.Over[at]));
                dearest = Math.Max(dearest, Math.Max(problem.Under[at], problem.Over[at]));
            }
        }

        var scratch = new RowScratch();
        _pricers = [.. Enumerable.Range(0, problem.People).Select(p => new RowPricer(problem, p, scratch))];
        Work = scratch.Built;
        _prices = new int[problem.Days * problem.Width];
        // Fine enough not to matter, coarse enough that a whole row stays far from the price of barred cells.
        _scale = Math.Min(1024, (1 << 26) / (2.0 * dearest * problem.Days));
    }

    /// <summary>Need and prices of each cover that can cost anything.</summary>
    public List<(int Need, int Under, int Over)> Covers { get; } = [];

    /// <summary>What a missing person costs when that is the same on every cover; null: it is not.</summary>
    public int? OnePrice => Covers.Where(c => c.Under > 0).Select(c => c.Under).Distinct().Take(2).ToList() is [var one] ? one : null;

    /// <summary>Changes what a missing person costs, where they cost anything.</summary>
    public void Charge(int under)
    {
        for (var i = 0; i < Covers.Count; i++)
            if (Covers[i].Under > 0) Covers[i] = Covers[i] with { Under = under };
    }

    /// <summary>The constraint of a cover at [day * Width + kind]; -1: it costs nothing.</summary>
    public int CoverAt(int at) => _coverAt[at];

    /// <summary>Table entries computed so far: what the work is measured by.</summary>
    public long Work { get; private set; }

    /// <summary>
    /// The cheapest row of a person when covers pay <paramref name="dual"/> (people first, then covers), its cost, and a cost that no row
    /// of theirs can undercut. Null: no row at all.
    /// </summary>
    public byte[]? Cheapest(int p, ReadOnlySpan<double> dual, out double cost, out double bound)
    {
        for (var d = 0; d < _problem.Days; d++)
        {
            var cell = _problem.Cell(p, d);
            for (var k = 0; k < _problem.Width; k++)
            {
                var (at, price) = ((d * _problem.Width) + k, _problem.Price[cell + k]);
                // Rounded down, so that the bound is one.
                _prices[at] = price >= RowProblem.Never ? RowTable.Infinite : (int)Math.Floor((price - (_coverAt[at] < 0 ? 0 : dual[_coverAt[at]])) * _scale);
            }
        }

        var row = _pricers[p].Solve(_prices, out var scaled);
        Work += _pricers[p].Work;
        bound = _pricers[p].LowerBound / _scale;
        cost = row is null ? double.PositiveInfinity : Cost(p, row, dual);
        return row;
    }

    /// <summary>The cheapest row of a person who has one, beside others counted in <paramref name="have"/>.</summary>
    public byte[] CheapestBeside(int p, ReadOnlySpan<int> have)
    {
        RowStart.Price(_problem, p, have, _prices);
        var row = _pricers[p].Solve(_prices, out _) ?? throw new InvalidOperationException("Nobody without a legal row takes part.");
        Work += _pricers[p].Work;
        return row;
    }

    /// <summary>Price of a row less what the covers pay for it.</summary>
    public double Cost(int p, byte[] row, ReadOnlySpan<double> dual)
    {
        double cost = 0;
        for (var d = 0; d < row.Length; d++)
        {
            var at = (d * _problem.Width) + row[d];
            cost += _problem.Price[_problem.Cell(p, d) + row[d]] - (_coverAt[at] < 0 ? 0 : dual[_coverAt[at]]);
        }

        return cost;
    }

    /// <summary>Adds a row to the pool; false when it has been there before. <paramref name="id"/> is its number either way.</summary>
    public bool Add(RowPool pool, int p, byte[] row, out int id)
    {
        if (_known.TryGetValue(new(p, row), out id)) return false;
        Span<ushort> constraints = stackalloc ushort[row.Length + 1];
        constraints[0] = (ushort)p;
        var (count, price) = (1, 0.004 * _dice.Unit());
        for (var d = 0; d < row.Length; d++)
        {
            var at = (d * _problem.Width) + row[d];
            price += _problem.Price[_problem.Cell(p, d) + row[d]];
            if (_coverAt[at] >= 0) constraints[count++] = (ushort)_coverAt[at];
        }

        id = pool.Add(p, row, constraints[..count], price);
        _known.Add(new(p, row), id);
        return true;
    }

    private readonly record struct RowKey(int Person, byte[] Row)
    {
        public bool Equals(RowKey other) => Person == other.Person && Row.AsSpan().SequenceEqual(other.Row);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.Add(Person);
            hash.AddBytes(Row);
            return hash.ToHashCode();
        }
    }
}
