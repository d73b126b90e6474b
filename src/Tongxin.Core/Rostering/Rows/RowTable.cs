using System.Numerics;
using System.Runtime.InteropServices;

namespace Tongxin.Core.Rostering.Rows;

/// <summary>
/// The cheapest legal row of one person for given prices, exactly, by dynamic programming over the days on the blocks of a
/// <see cref="RowPlan"/>. Minutes are the inner axis, so that a move is a shifted addition and minimum over whole vectors.
/// </summary>
internal sealed class RowTable
{
    /// <summary>Price of a barred cell, and of a state that cannot be reached.</summary>
    public const int Infinite = 1 << 29;

    private readonly RowProblem _problem;
    private readonly RowGroups _groups;
    private readonly RowPlan _plan;

    // Cheapest price of each group on each day and the kind that has it.
    private readonly int[] _groupPrice;
    private readonly byte[] _groupKind;
    private readonly RowScratch _scratch;
    private int[] _cost = [];

    /// <summary>
    /// A table for one person. <paramref name="tracked"/> is a kind whose count is held exactly (0: none). <paramref name="play"/> keeps
    /// the minutes within so many units of their even pace: much smaller tables for long rosters, at the price of exactness.
    /// </summary>
    public RowTable(RowProblem problem, int p, RowScratch scratch, int tracked = 0, int? play = null)
    {
        (_problem, _scratch) = (problem, scratch);
        _groups = new RowGroups(problem, p, tracked);
        _plan = scratch.Plan(problem, problem.Persons[p], _groups, play);
        (_groupPrice, _groupKind) = (new int[problem.Days * _groups.Count], new byte[problem.Days * _groups.Count]);
    }

    /// <summary>Entries of the table: what it costs in memory.</summary>
    public long Size => _plan.Size;

    /// <summary>What a solve costs, in about half nanoseconds.</summary>
    public long Work => (_plan.Moves.Length * 5L) + (_plan.Size / 4);

    /// <summary>
    /// The cheapest row for prices at [day * Width + kind]; prices from <see cref="Infinite"/>/2 on are barred. Null: no legal row.
    /// </summary>
    public byte[]? Solve(ReadOnlySpan<int> prices, out int cost)
    {
        _cost = _scratch.Of(_plan.Size);
        Array.Fill(_cost, Infinite, 0, _plan.Size);
        GroupPrices(prices);
        foreach (var start in _plan.Starts)
        {
            var price = start.Group < 0 ? prices[0] : _groupPrice[start.Group];
            if (price < Infinite / 2 && _plan.At(start) is >= 0 and var at) _cost[at] = price;
        }

        for (var d = 1; d < _problem.Days; d++) NextDay(d, prices[d * _problem.Width]);
        return Trace(prices, out cost);
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

    private void NextDay(int d, int offPrice)
    {
        var moves = _plan.Moves.AsSpan(_plan.FirstMove[(d + 1) * _plan.Blocks].._plan.FirstMove[(d + 2) * _plan.Blocks]);
        var prices = _groupPrice.AsSpan(d * _groups.Count, _groups.Count);
        ref var table = ref MemoryMarshal.GetArrayDataReference(_cost);
        foreach (ref readonly var move in moves)
        {
            var price = move.Group < 0 ? offPrice : prices[move.Group];
            if (price >= Infinite / 2) continue;
            var by = new Vector<int>(price);
            // Whole vectors only: each block has room for what they write behind it, and that is never chosen.
            for (var i = 0; i < move.Length; i += Vector<int>.Count)
            {
                var sum = Vector.LoadUnsafe(ref table, (nuint)(move.Source + i)) + by;
                Vector.Min(sum, Vector.LoadUnsafe(ref table, (nuint)(move.Target + i))).StoreUnsafe(ref table, (nuint)(move.Target + i));
            }
        }
    }

    /// <summary>Backwards from the cheapest end: a predecessor is whoever explains the price exactly, so none need be stored.</summary>
    private byte[]? Trace(ReadOnlySpan<int> prices, out int cost)
    {
        (cost, var block, var at) = (Infinite / 2, -1, -1);
        for (var b = 0; b < _plan.Blocks; b++)
        {
            var (offset, width) = _plan.Block(_problem.Days, b);
            for (var i = offset; i < offset + width; i++)
                if (_cost[i] < cost) (cost, block, at) = (_cost[i], b, i);
        }

        if (block < 0) return null;
        var row = new byte[_problem.Days];
        for (var d = _problem.Days - 1; d > 0; d--) (block, at) = Before(d, block, at, prices[d * _problem.Width], row);
        if (_plan.Starts.First(s => s.Block == block) is { Group: >= 0 } start) row[0] = _groupKind[start.Group];
        return row;
    }

    private (int Block, int At) Before(int d, int block, int at, int offPrice, byte[] row)
    {
        var first = _plan.FirstMove[((d + 1) * _plan.Blocks) + block];
        foreach (var move in _plan.Moves.AsSpan(first.._plan.FirstMove[((d + 1) * _plan.Blocks) + block + 1]))
        {
            var written = (move.Length + Vector<int>.Count - 1) / Vector<int>.Count * Vector<int>.Count;
            if (at < move.Target || at >= move.Target + written) continue;
            var from = move.Source + at - move.Target;
            var price = move.Group < 0 ? offPrice : _groupPrice[(d * _groups.Count) + move.Group];
            if (price >= Infinite / 2 || _cost[from] + price != _cost[at]) continue;
            row[d] = move.Group < 0 ? (byte)0 : _groupKind[(d * _groups.Count) + move.Group];
            return (move.From, from);
        }

        throw new InvalidOperationException("A cost in the table has no predecessor.");
    }
}

/// <summary>What the tables of one thread share: memory, as only one of them is in use at a time, and plans.</summary>
internal sealed class RowScratch
{
    /// <summary>Plans of long rosters take megabytes each.</summary>
    private const int MostPlans = 60;

    private readonly Dictionary<string, RowPlan> _plans = [];
    private int[] _memory = [];

    /// <summary>What laying out plans has cost, in the unit of <see cref="RowTable.Work"/>.</summary>
    public long Built { get; private set; }

    public int[] Of(int size)
    {
        if (_memory.Length < size) _memory = GC.AllocateUninitializedArray<int>(size);
        return _memory;
    }

    public RowPlan Plan(RowProblem problem, RowPerson person, RowGroups groups, int? play)
    {
        var key = string.Join(
            ' ', person.MinMinutes, person.MaxMinutes, person.MaxRun, person.MinRun, person.MinOff, person.MaxWeekends, person.RunBefore, groups.Signature, play);
        if (_plans.TryGetValue(key, out var plan)) return plan;
        if (_plans.Count > MostPlans) _plans.Clear();
        plan = _plans[key] = new RowPlan(problem, person, groups, play);
        Built += plan.Moves.Length * 80L;
        return plan;
    }
}
