using Tongxin.Core.Rostering.Columns;
using Tongxin.Core.Rostering.Search;

namespace Tongxin.Core.Rostering.Rows;

/// <summary>
/// Improves a roster by solving parts of it anew with columns: a few people for some weeks, all the others as they are. A part is given
/// up as soon as its bound shows that nothing is to be gained. Its size follows how long the last ones took.
/// </summary>
internal sealed class RowNeighbourhoods
{
    /// <summary>Weeks of a part when the roster is longer.</summary>
    private static readonly int[] Weeks = [3, 4, 6, 8, 12, 18, 26, 52];

    /// <summary>Ways down that are tried in a part.</summary>
    private const int Dives = 4;

    /// <summary>Rows of a person kept from one part to the next.</summary>
    private const int MostRemembered = 40;

    private readonly RowProblem _problem;
    private readonly Dice _dice;
    private readonly double _wanted;
    private readonly double[] _worth;
    private readonly List<byte[]>[] _rows;
    private double _size = 300;

    /// <param name="problem">The rows to fill.</param>
    /// <param name="dice">For choices.</param>
    /// <param name="wanted">Steps that a part should take.</param>
    public RowNeighbourhoods(RowProblem problem, Dice dice, double wanted)
    {
        (_problem, _dice, _wanted) = (problem, dice, wanted);
        _worth = new double[problem.Days * problem.Width];
        _rows = [.. Enumerable.Range(0, problem.People).Select(_ => new List<byte[]>())];
    }

    /// <summary>Steps made by all parts so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Size of the parts at the moment, in days of people.</summary>
    public double Size => _size;

    /// <summary>Prices of covers and rows from a master program over the whole: the parts need not find them again.</summary>
    public void StartFrom(ColumnSearch whole)
    {
        whole.ReadWorth(_worth);
        Remember([.. Enumerable.Range(0, _problem.People)], whole);
    }

    /// <summary>Tries one part: a better roster, or null. <paramref name="isOver"/> is asked with the steps made so far.</summary>
    public byte[]? Try(byte[] rows, Func<long, bool> isOver)
    {
        var (from, to) = Stretch(rows, out var focus);
        // Not always as large as could be: other people, other dives.
        var people = People(Math.Clamp((int)(_size * (0.6 + (0.4 * _dice.Unit())) / (to - from)), Math.Min(2, _problem.People), _problem.People), focus);
        var part = new RowPart(_problem, rows, people, from, to);
        var before = part.Problem.Cost(part.Rows);
        var search = new ColumnSearch(part.Problem, [part.Rows], new Dice(_dice.Below(1 << 30), 7));
        search.StartFrom(_worth.AsSpan(part.First * _problem.Width, part.Problem.Days * _problem.Width));
        var isWhole = part.Problem.Days == _problem.Days && to - from == _problem.Days;
        if (isWhole) Recall(people, search);
        bool IsOver() => isOver(Steps + search.Steps) || search.Steps > 3 * _wanted;
        var pace = new Pace(() => search.Steps / (2.5 * _wanted), IsOver);
        var better = search.Improve(before - 0.9, Dives, pace);
        search.ReadWorth(_worth.AsSpan(part.First * _problem.Width, part.Problem.Days * _problem.Width));
        if (isWhole) Remember(people, search);
        Steps += search.Steps;
        Adapt(search.Steps);
        return better is not null && part.Problem.Cost(better) < before ? part.Insert(rows, better) : null;
    }

    /// <summary>Rows that were good for these people in other parts. Only where no day is fixed are they surely legal again.</summary>
    private void Recall(int[] people, ColumnSearch search)
    {
        for (var i = 0; i < people.Length; i++)
            foreach (var row in _rows[people[i]]) search.Add(i, row);
    }

    private void Remember(int[] people, ColumnSearch search)
    {
        foreach (var (person, row) in search.RootRows)
        {
            var known = _rows[people[person]];
            if (known.Exists(r => r.AsSpan().SequenceEqual(row))) continue;
            if (known.Count >= MostRemembered) known.RemoveAt(0);
            known.Add(row);
        }
    }

    private void Adapt(long steps)
    {
        var most = (double)_problem.People * _problem.Days;
        _size = Math.Clamp(steps > 1.5 * _wanted ? _size * 0.9 : steps < _wanted ? _size * 1.04 : _size, 60, Math.Max(60, 1.5 * most));
    }

    /// <summary>Which days are free; half of the time around a day on which somebody is missing.</summary>
    private (int From, int To) Stretch(byte[] rows, out (int Day, int Kind)? focus)
    {
        focus = _dice.Below(2) == 0 ? Shortage(rows) : null;
        if (_problem.Days <= 42) return (0, _problem.Days);
        // Rather many people for a few weeks than a few for long, but not less than all people fill.
        var least = Array.FindIndex(Weeks, w => 7 * w * _problem.People >= 0.8 * _size || 7 * w >= _problem.Days);
        var length = Math.Min(_problem.Days, 7 * Weeks[Math.Min(Weeks.Length - 1, Math.Max(0, least) + _dice.Below(4))]);
        var from = focus is { } f ? f.Day - _dice.Below(length) : _dice.Below(_problem.Days + length) - length;
        from = Math.Clamp(from, 0, _problem.Days - length);
        return (from, from + length);
    }

    private (int Day, int Kind)? Shortage(byte[] rows)
    {
        var have = new int[_problem.Days * _problem.Width];
        for (var i = 0; i < rows.Length; i++) have[(i % _problem.Days * _problem.Width) + rows[i]]++;
        var start = _dice.Below(have.Length);
        for (var i = 0; i < have.Length; i++)
        {
            var at = (start + i) % have.Length;
            if (at % _problem.Width > 0 && have[at] < _problem.Need[at] && _problem.Under[at] > 0) return (at / _problem.Width, at % _problem.Width);
        }

        return null;
    }

    /// <summary>Who is free: at random, and where somebody is missing rather those who could work that.</summary>
    private int[] People(int count, (int Day, int Kind)? focus)
    {
        var chances = Enumerable.Range(0, _problem.People).Select(p => (Person: p, Chance: _dice.Unit() - (focus is { } f && Can(p, f) ? 0.4 : 0)));
        return [.. chances.OrderBy(c => c.Chance).Take(count).Select(c => c.Person).Order()];
    }

    private bool Can(int p, (int Day, int Kind) cell) => _problem.Price[_problem.Cell(p, cell.Day) + cell.Kind] < RowProblem.Never;
}
