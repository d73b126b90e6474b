using System.Numerics;
using System.Runtime.InteropServices;

namespace Tongxin.Core.Rostering.Rows;

/// <summary>
/// The cheapest legal row of one person for given prices, exactly, by dynamic programming over the days. A state is what the rules
/// still need to know: how long the current row of days off or of work is and which sort of kind came last, how many weekends and how
/// many minutes are used, and for one chosen kind how often it was worked. Minutes are the inner axis, so that a transition is a
/// shifted addition and minimum over whole vectors.
/// </summary>
internal sealed class RowTable
{
    /// <summary>Price of a barred cell, and of a state that cannot be reached.</summary>
    public const int Infinite = 1 << 29;

    private readonly RowProblem _problem;
    private readonly RowPerson _person;
    private readonly RowGroups _groups;
    private readonly int _states, _weekends, _counts, _unit;
    private readonly int[] _low, _high;
    private readonly int _width;

    // Cheapest price of each group on each day and the kind that has it.
    private readonly int[] _groupPrice;
    private readonly byte[] _groupKind;
    private readonly RowScratch _scratch;
    private int[] _cost = [];
    private readonly Step[][] _steps;

    /// <summary>
    /// A table for one person. <paramref name="tracked"/> is a kind whose count is held exactly (0: none). <paramref name="play"/> keeps
    /// the minutes within so many units of their even pace: much smaller tables for long rosters, at the price of exactness.
    /// </summary>
    public RowTable(RowProblem problem, int p, RowScratch scratch, int tracked = 0, int? play = null)
    {
        (_problem, _person, _scratch) = (problem, problem.Persons[p], scratch);
        _groups = new RowGroups(problem, p, tracked);
        _unit = _groups.MinuteUnit;
        _states = _person.MinOff + (_groups.Count * _person.MaxRun);
        var mostWeekends = Math.Min(_person.MaxWeekends, (problem.Days / 7) + 2);
        (_weekends, _counts) = (mostWeekends + 1, tracked > 0 ? Math.Min(_person.MaxCount[tracked], problem.Days) + 1 : 1);
        (_low, _high) = Bands(play);
        _width = Enumerable.Range(0, problem.Days + 1).Max(d => Math.Max(1, _high[d] - _low[d] + 1));
        _steps = new Step[problem.Days][];
        var alike = new Dictionary<(bool, bool, int), Step[]>();
        for (var d = 1; d < problem.Days; d++)
        {
            // Only while a row of work may reach back to day 0 does the number of the day matter.
            var key = (problem.IsSaturday(d), problem.IsSunday(d), Math.Min(d, _person.MaxRun + 1));
            if (!alike.TryGetValue(key, out var steps)) alike[key] = steps = [.. Steps(d)];
            _steps[d] = steps;
        }

        (_groupPrice, _groupKind) = (new int[problem.Days * _groups.Count], new byte[problem.Days * _groups.Count]);
    }

    /// <summary>Entries of the table: what a solve costs in memory and, times about four, in operations.</summary>
    public long Size => (long)(_problem.Days + 1) * _states * Block;

    private int Block => _weekends * _counts * _width;

    /// <summary>
    /// The cheapest row for prices at [day * Width + kind]; prices from <see cref="Infinite"/>/2 on are barred. Null: no legal row.
    /// </summary>
    public byte[]? Solve(ReadOnlySpan<int> prices, out int cost)
    {
        var size = checked((int)Size);
        _cost = _scratch.Of(size);
        Array.Fill(_cost, Infinite, 0, size);
        GroupPrices(prices);
        FirstDay(prices[0]);
        for (var d = 1; d < _problem.Days; d++) NextDay(d, prices[d * _problem.Width]);
        return Trace(prices, out cost);
    }

    /// <summary>Lowest and highest minutes after each number of days from which the limits can still be met.</summary>
    private (int[] Low, int[] High) Bands(int? play)
    {
        var longest = _groups.Longest;
        int least = (_person.MinMinutes + _unit - 1) / _unit, most = (int)Math.Min((long)_problem.Days * longest, _person.MaxMinutes / _unit);
        var (low, high) = (new int[_problem.Days + 1], new int[_problem.Days + 1]);
        for (var d = 0; d <= _problem.Days; d++)
        {
            low[d] = Math.Max(0, least - ((_problem.Days - d) * longest));
            high[d] = Math.Min(most, d * longest);
            if (play is not { } width) continue;
            low[d] = Math.Max(low[d], (int)((long)least * d / _problem.Days) - width);
            high[d] = Math.Min(high[d], (int)((long)most * d / _problem.Days) + width);
        }

        return (low, high);
    }

    private void GroupPrices(ReadOnlySpan<int> prices)
    {
        _groupPrice.AsSpan().Fill(Infinite);
        for (var d = 0; d < _problem.Days; d++)
        {
            for (var k = 1; k <= _problem.Kinds; k++)
            {
                if (_groups.Of[k] is not (>= 0 and var g) || prices[(d * _problem.Width) + k] >= _groupPrice[(d * _groups.Count) + g]) continue;
                _groupPrice[(d * _groups.Count) + g] = prices[(d * _problem.Width) + k];
                _groupKind[(d * _groups.Count) + g] = (byte)k;
            }
        }
    }

    private Span<int> Table(int day, int state) => _cost.AsSpan(((day * _states) + state) * Block, Block);

    private int Off(int run) => run - 1;

    private int Work(int group, int run) => _person.MinOff + (group * _person.MaxRun) + run - 1;

    private void FirstDay(int offPrice)
    {
        // The edge lets a row of days off count as long enough.
        Put(Off(_person.MinOff), 0, 0, 0, offPrice);
        var run = _person.RunBefore + 1;
        if (run > _person.MaxRun) return;
        for (var g = 0; g < _groups.Count; g++)
        {
            if (_groupPrice[g] < Infinite / 2)
                Put(Work(g, run), _problem.IsSaturday(0) || _problem.IsSunday(0) ? 1 : 0, _groups.IsTracked(g) ? 1 : 0, _groups.Units[g], _groupPrice[g]);
        }

        void Put(int state, int weekends, int count, int units, int price)
        {
            if (price >= Infinite / 2 || weekends >= _weekends || count >= _counts || units < _low[1] || units > _high[1]) return;
            Table(1, state)[(((weekends * _counts) + count) * _width) + units - _low[1]] = price;
        }
    }

    private void NextDay(int d, int offPrice)
    {
        foreach (var step in _steps[d])
            Relax(d, step, step.Group < 0 ? offPrice : _groupPrice[(d * _groups.Count) + step.Group]);
    }

    /// <summary>Which states lead to which on day d, with the group worked (-1: off) and whether the day opens a weekend.</summary>
    private IEnumerable<Step> Steps(int d)
    {
        for (var run = 1; run <= _person.MinOff; run++) yield return new(Off(run), Off(Math.Min(run + 1, _person.MinOff)), -1, 0);
        for (var g = 0; g < _groups.Count; g++)
        {
            for (var run = 1; run <= _person.MaxRun; run++)
            {
                // A row of work may end when it is long enough or began on day 0.
                if (run >= _person.MinRun || run == d + _person.RunBefore) yield return new(Work(g, run), Off(1), -1, 0);
            }

            // A Sunday opens a weekend only when its Saturday was off.
            yield return new(Off(_person.MinOff), Work(g, 1), g, _problem.IsSaturday(d) || _problem.IsSunday(d) ? 1 : 0);
            for (var before = 0; before < _groups.Count; before++)
            {
                if (!_groups.MayFollow(before, g)) continue;
                for (var run = 1; run < _person.MaxRun; run++) yield return new(Work(before, run), Work(g, run + 1), g, _problem.IsSaturday(d) ? 1 : 0);
            }
        }
    }

    private void Relax(int d, Step step, int price)
    {
        if (price >= Infinite / 2) return;
        var (from, to, group, weekend) = step;
        var (units, count) = group < 0 ? (0, 0) : (_groups.Units[group], _groups.IsTracked(group) ? 1 : 0);
        var source = Table(d, from);
        var target = Table(d + 1, to);
        // Minutes m of today lie at m - low; tomorrow at m + units - low'.
        var shift = units + _low[d] - _low[d + 1];
        var first = Math.Max(0, -shift);
        var length = Math.Min(_high[d] - _low[d], _high[d + 1] - _low[d + 1] - shift) - first + 1;
        if (length <= 0) return;
        for (var w = 0; w + weekend < _weekends; w++)
        {
            for (var c = 0; c + count < _counts; c++)
            {
                MinAdd(
                    target.Slice(((((w + weekend) * _counts) + c + count) * _width) + first + shift, length),
                    source.Slice((((w * _counts) + c) * _width) + first, length),
                    price);
            }
        }
    }

    private static void MinAdd(Span<int> target, ReadOnlySpan<int> source, int price)
    {
        var (by, i) = (new Vector<int>(price), 0);
        ref var t = ref MemoryMarshal.GetReference(target);
        ref var s = ref MemoryMarshal.GetReference(source);
        for (; i <= target.Length - Vector<int>.Count; i += Vector<int>.Count)
        {
            var sum = Vector.LoadUnsafe(ref s, (nuint)i) + by;
            Vector.Min(sum, Vector.LoadUnsafe(ref t, (nuint)i)).StoreUnsafe(ref t, (nuint)i);
        }

        if (i == target.Length) return;
        if (target.Length >= Vector<int>.Count)
        {
            // Once more over the last whole vector: a minimum taken twice does no harm.
            i = target.Length - Vector<int>.Count;
            var sum = Vector.LoadUnsafe(ref s, (nuint)i) + by;
            Vector.Min(sum, Vector.LoadUnsafe(ref t, (nuint)i)).StoreUnsafe(ref t, (nuint)i);
            return;
        }

        for (; i < target.Length; i++) target[i] = Math.Min(target[i], source[i] + price);
    }

    /// <summary>Backwards from the cheapest end: a predecessor is whoever explains the price exactly, so none need be stored.</summary>
    private byte[]? Trace(ReadOnlySpan<int> prices, out int cost)
    {
        (cost, var state, var at) = (Infinite / 2, -1, -1);
        var least = (_person.MinMinutes + _unit - 1) / _unit;
        for (var s = 0; s < _states; s++)
        {
            var table = Table(_problem.Days, s);
            for (var i = 0; i < Block; i++)
            {
                if (table[i] >= cost || (i % _width) + _low[_problem.Days] < least) continue;
                (cost, state, at) = (table[i], s, i);
            }
        }

        if (state < 0) return null;
        var row = new byte[_problem.Days];
        for (var d = _problem.Days - 1; d > 0; d--) (state, at) = Before(d, state, at, prices[d * _problem.Width], row);
        if (state >= _person.MinOff) row[0] = _groupKind[(state - _person.MinOff) / _person.MaxRun];
        return row;
    }

    private (int State, int At) Before(int d, int state, int at, int offPrice, byte[] row)
    {
        var value = Table(d + 1, state)[at];
        var (block, minutes) = (at / _width, (at % _width) + _low[d + 1]);
        foreach (var (from, to, group, weekend) in _steps[d])
        {
            if (to != state) continue;
            var (units, count) = group < 0 ? (0, 0) : (_groups.Units[group], _groups.IsTracked(group) ? 1 : 0);
            var price = group < 0 ? offPrice : _groupPrice[(d * _groups.Count) + group];
            var (w, c, m) = ((block / _counts) - weekend, (block % _counts) - count, minutes - units - _low[d]);
            if (w < 0 || c < 0 || m < 0 || m > _high[d] - _low[d]) continue;
            var before = (((w * _counts) + c) * _width) + m;
            if (Table(d, from)[before] + price != value) continue;
            row[d] = group < 0 ? (byte)0 : _groupKind[(d * _groups.Count) + group];
            return (from, before);
        }

        throw new InvalidOperationException("A cost in the table has no predecessor.");
    }

    /// <summary>From one state to the next by working a group (-1: a day off), and whether the day opens a weekend.</summary>
    private readonly record struct Step(int From, int To, int Group, int Weekend);
}

/// <summary>Memory that the tables of one thread share: only one of them is in use at a time.</summary>
internal sealed class RowScratch
{
    private int[] _memory = [];

    public int[] Of(int size)
    {
        if (_memory.Length < size) _memory = GC.AllocateUninitializedArray<int>(size);
        return _memory;
    }
}
