namespace Tongxin.Core.Rostering.Rows;

/// <summary>
/// Cheapest rows of one person under changing prices. The table ignores how often a kind may come; when that is broken it is solved
/// again with the count of the tightest broken kind held exactly, and any other broken kind is made dearer until the row is legal.
/// </summary>
internal sealed class RowPricer
{
    /// <summary>Largest count worth an axis of its own.</summary>
    private const int MostTracked = 14;

    private readonly RowProblem _problem;
    private readonly int _person;
    private readonly int? _play;
    private readonly int[] _prices;
    private readonly Dictionary<int, RowTable> _tracked = [];
    private readonly RowScratch _scratch;
    private readonly RowTable _plain;
    private int _likely;

    public RowPricer(RowProblem problem, int person, RowScratch scratch, int? play = null)
    {
        (_problem, _person, _scratch, _play) = (problem, person, scratch, play);
        _plain = new RowTable(problem, person, scratch, 0, play);
        if (OddKind() is > 0 and var odd)
        {
            // A few nights of odd length would split the minutes of all: their number is the smaller axis.
            var other = new RowTable(problem, person, scratch, odd, play);
            if (other.Work < 1.5 * _plain.Work) _plain = _tracked[odd] = other;
        }

        _prices = new int[problem.Days * problem.Width];
    }

    /// <summary>Table entries of the last solve: what it cost.</summary>
    public long Work { get; private set; }

    /// <summary>No legal row is cheaper than this at the last prices; the last row's own cost unless limits on kinds were in the way.</summary>
    public int LowerBound { get; private set; }

    /// <summary>The cheapest legal row for these prices at [day * Width + kind] and its cost; null when there is none.</summary>
    public byte[]? Solve(ReadOnlySpan<int> prices, out int cost)
    {
        Work = 0;
        // A kind whose limit was met exactly last time is likely to be in the way again.
        if (_likely > 0)
        {
            var table = _likely;
            var likely = Tracked(_likely, prices, out cost);
            if (likely is null || likely.Count(k => k == _likely) < _problem.Persons[_person].MaxCount[_likely]) _likely = 0;
            if (likely is null || Tightest(likely) == 0) return likely;
            return Dearer(_tracked[table], likely, prices, out cost);
        }

        Work += _plain.Work;
        var row = _plain.Solve(prices, out cost);
        LowerBound = cost;
        if (row is null || Tightest(row) is not (> 0 and var kind)) return row;
        if (_problem.Persons[_person].MaxCount[kind] > MostTracked) return Dearer(_plain, row, prices, out cost);

        _likely = kind;
        row = Tracked(kind, prices, out cost);
        return row is null || Tightest(row) == 0 ? row : Dearer(_tracked[kind], row, prices, out cost);
    }

    /// <summary>The only kind whose length differs from that of all others, when its count is limited; else 0.</summary>
    private int OddKind()
    {
        var most = _problem.Persons[_person].MaxCount;
        var lengths = Enumerable.Range(1, _problem.Kinds).Where(k => most[k] > 0).GroupBy(k => _problem.Minutes[k]).Where(g => g.Count() == 1).SelectMany(g => g).ToList();
        return lengths.Find(k => most[k] <= MostTracked);
    }

    private byte[]? Tracked(int kind, ReadOnlySpan<int> prices, out int cost)
    {
        if (!_tracked.TryGetValue(kind, out var table)) _tracked[kind] = table = new RowTable(_problem, _person, _scratch, kind, _play);
        Work += table.Work;
        var row = table.Solve(prices, out cost);
        LowerBound = cost;
        return row;
    }

    /// <summary>Broken kinds are barred on their least worthy days, as many as it takes. Legal, but no longer surely the cheapest.</summary>
    private byte[]? Dearer(RowTable table, byte[] row, ReadOnlySpan<int> prices, out int cost)
    {
        prices.CopyTo(_prices);
        byte[]? current = row;
        while (current is not null && Tightest(current) is > 0 and var kind)
        {
            var most = _problem.Persons[_person].MaxCount[kind];
            var days = Enumerable.Range(0, _problem.Days).Where(d => _prices[(d * _problem.Width) + kind] < RowTable.Infinite / 2)
                .OrderBy(d => _prices[(d * _problem.Width) + kind]).ThenBy(d => d).ToList();
            var used = current.Count(k => k == kind);
            // The dearest days on which it could come go first; those in use must shrink by at least one.
            foreach (var d in days.Skip(Math.Max(most, days.Count / 2))) _prices[(d * _problem.Width) + kind] = RowTable.Infinite;
            if (days.Count <= 2 * most || used > most)
            {
                var dearest = Enumerable.Range(0, _problem.Days).Where(d => current[d] == kind).MaxBy(d => _prices[(d * _problem.Width) + kind]);
                _prices[(dearest * _problem.Width) + kind] = RowTable.Infinite;
            }

            Work += table.Work;
            current = table.Solve(_prices, out cost);
        }

        cost = current is null ? RowTable.Infinite : Sum(current, prices);
        return current;
    }

    private int Sum(byte[] row, ReadOnlySpan<int> prices)
    {
        var sum = 0;
        for (var d = 0; d < row.Length; d++) sum += prices[(d * _problem.Width) + row[d]];
        return sum;
    }

    /// <summary>The kind with the smallest limit that the row breaks; 0: none.</summary>
    private int Tightest(byte[] row)
    {
        var (max, tightest) = (_problem.Persons[_person].MaxCount, 0);
        Span<int> count = stackalloc int[_problem.Width];
        foreach (var k in row) count[k]++;
        for (var k = 1; k <= _problem.Kinds; k++)
            if (count[k] > max[k] && (tightest == 0 || max[k] < max[tightest])) tightest = k;
        return tightest;
    }
}
