using System.Numerics;

namespace Tongxin.Core.Rostering.Rows;

/// <summary>
/// The shape of a row table, without prices: which states there are on each day, which minutes they can have, and which leads to which.
/// A state is a block of the table: days off or a sort of work with the length of the row, the weekends used, the count of the tracked
/// kind. Inside a block lie the minutes, only those from which the limits can still be met. People with the same limits share a plan.
/// </summary>
internal sealed class RowPlan
{
    /// <summary>Entries behind each block that vector operations may touch: they are honest prices of rows that lead nowhere.</summary>
    private static readonly int Slack = Vector<int>.Count;

    private readonly RowPerson _person;
    private readonly RowGroups _groups;
    private readonly int _days, _weekends, _counts;
    private readonly int[] _low, _width, _offset;
    private readonly Step[][] _steps;

    public RowPlan(RowProblem problem, RowPerson person, RowGroups groups, int? play)
    {
        (_person, _groups, _days) = (person, groups, problem.Days);
        _weekends = Math.Min(person.MaxWeekends, (_days / 7) + 2) + 1;
        _counts = groups.TrackedMost + 1;
        Blocks = (person.MinOff + (groups.Count * person.MaxRun)) * _weekends * _counts;
        _low = new int[(_days + 1) * Blocks];
        (_width, _offset) = (new int[_low.Length], new int[_low.Length]);
        Starts = [.. StartSteps(problem)];
        _steps = StepsByDay(problem);
        Bands(play);
        Size = LayOut();
        Moves = MovesByTarget(out var firsts);
        FirstMove = firsts;
    }

    /// <summary>Blocks on a day.</summary>
    public int Blocks { get; }

    /// <summary>Entries of the whole table.</summary>
    public int Size { get; }

    /// <summary>How day 0 may begin.</summary>
    public IReadOnlyList<Start> Starts { get; }

    /// <summary>Everything that leads from one day to the next, in the order of the days and then of the blocks reached.</summary>
    public Move[] Moves { get; }

    /// <summary>At [day * Blocks + block]: the first move that reaches the block at the end of the day; one more at the very end.</summary>
    public int[] FirstMove { get; }

    /// <summary>Where a block at the end of so many days begins in the table, and how many entries it has; 0: the state cannot be.</summary>
    public (int Offset, int Width) Block(int days, int block) => (_offset[(days * Blocks) + block], _width[(days * Blocks) + block]);

    /// <summary>Where the minutes of a start lie in the table; -1 when they cannot be.</summary>
    public int At(Start start)
    {
        var at = Blocks + start.Block;
        return start.Units < _low[at] || start.Units >= _low[at] + _width[at] ? -1 : _offset[at] + start.Units - _low[at];
    }

    private int Off(int run) => (run - 1) * _weekends * _counts;

    private int Work(int group, int run) => (_person.MinOff + (group * _person.MaxRun) + run - 1) * _weekends * _counts;

    private int Units(int group) => group < 0 ? 0 : _groups.Units[group];

    private int Count(int group) => group >= 0 && _groups.IsTracked(group) ? 1 : 0;

    private IEnumerable<Start> StartSteps(RowProblem problem)
    {
        // The edge lets a row of days off count as long enough.
        yield return new(Off(_person.MinOff), -1, 0);
        var (run, weekend) = (_person.RunBefore + 1, problem.IsSaturday(0) || problem.IsSunday(0) ? 1 : 0);
        if (run > _person.MaxRun || weekend >= _weekends) yield break;
        for (var g = 0; g < _groups.Count; g++)
            if (Count(g) < _counts) yield return new(Work(g, run) + (weekend * _counts) + Count(g), g, Units(g));
    }

    private Step[][] StepsByDay(RowProblem problem)
    {
        var steps = new Step[_days][];
        var alike = new Dictionary<(bool, bool, int), Step[]>();
        for (var d = 1; d < _days; d++)
        {
            // Only while a row of work may reach back to day 0 does the number of the day matter.
            var key = (problem.IsSaturday(d), problem.IsSunday(d), Math.Min(d, _person.MaxRun + 1));
            if (!alike.TryGetValue(key, out var known)) alike[key] = known = [.. StepsOf(problem, d).OrderBy(s => s.To)];
            steps[d] = known;
        }

        return steps;
    }

    /// <summary>Which states lead to which on day d, with the group worked (-1: off) and whether the day opens a weekend.</summary>
    private IEnumerable<Step> StepsOf(RowProblem problem, int d)
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
            yield return new(Off(_person.MinOff), Work(g, 1), g, problem.IsSaturday(d) || problem.IsSunday(d) ? 1 : 0);
            for (var before = 0; before < _groups.Count; before++)
            {
                if (!_groups.MayFollow(before, g)) continue;
                for (var run = 1; run < _person.MaxRun; run++) yield return new(Work(before, run), Work(g, run + 1), g, problem.IsSaturday(d) ? 1 : 0);
            }
        }
    }

    /// <summary>Pairs of blocks that a step joins, with weekends and counts added.</summary>
    private IEnumerable<(int From, int To)> Pairs(Step step)
    {
        var count = Count(step.Group);
        for (var w = 0; w + step.Weekend < _weekends; w++)
        {
            for (var c = 0; c + count < _counts; c++)
                yield return (step.From + (w * _counts) + c, step.To + ((w + step.Weekend) * _counts) + c + count);
        }
    }

    /// <summary>
    /// The minutes of each block: those that can be reached, forwards, and from which a legal end can be reached, backwards.
    /// </summary>
    private void Bands(int? play)
    {
        var high = new int[_low.Length];
        Array.Fill(_low, int.MaxValue);
        Array.Fill(high, int.MinValue);
        foreach (var start in Starts) (_low[Blocks + start.Block], high[Blocks + start.Block]) = (start.Units, start.Units);
        for (var d = 1; d < _days; d++)
        {
            foreach (var step in _steps[d])
            {
                foreach (var (from, to) in Pairs(step))
                {
                    var (a, b) = ((d * Blocks) + from, ((d + 1) * Blocks) + to);
                    if (high[a] < _low[a]) continue;
                    (_low[b], high[b]) = (Math.Min(_low[b], _low[a] + Units(step.Group)), Math.Max(high[b], high[a] + Units(step.Group)));
                }
            }
        }

        var (first, last) = (new int[_low.Length], new int[_low.Length]);
        Array.Fill(first, int.MaxValue);
        Array.Fill(last, int.MinValue);
        for (var b = 0; b < Blocks; b++) (first[(_days * Blocks) + b], last[(_days * Blocks) + b]) = Limits(b % _counts);
        for (var d = _days - 1; d >= 1; d--)
        {
            foreach (var step in _steps[d])
            {
                foreach (var (from, to) in Pairs(step))
                {
                    var (a, b) = ((d * Blocks) + from, ((d + 1) * Blocks) + to);
                    if (last[b] < first[b]) continue;
                    (first[a], last[a]) = (Math.Min(first[a], first[b] - Units(step.Group)), Math.Max(last[a], last[b] - Units(step.Group)));
                }
            }
        }

        var (least, most) = (Limits(_counts - 1).Least, Limits(0).Most);
        for (var at = 0; at < _low.Length; at++)
        {
            var day = at / Blocks;
            var low = Math.Max(_low[at], first[at]);
            var top = Math.Min(high[at], last[at]);
            // Nor need weekends be used up much earlier than at an even pace.
            if (play is { } && at % Blocks / _counts % _weekends > ((_weekends - 1) * day / _days) + 2) top = low - 1;
            if (play is { } width) (low, top) = (Math.Max(low, (int)((long)least * day / _days) - width), Math.Min(top, (int)((long)most * day / _days) + width));
            (_low[at], _width[at]) = (low, day == 0 || low > top ? 0 : top - low + 1);
        }
    }

    /// <summary>Least and most minutes at the end, in units and less those of the tracked kind.</summary>
    private (int Least, int Most) Limits(int count)
    {
        var (tracked, unit) = (count * _groups.TrackedMinutes, _groups.MinuteUnit);
        var least = (int)Math.Ceiling((_person.MinMinutes - tracked) / (double)unit);
        return (least, (int)Math.Floor((_person.MaxMinutes - tracked) / (double)unit));
    }

    private int LayOut()
    {
        var size = 0;
        for (var at = 0; at < _low.Length; at++)
        {
            if (_width[at] == 0) continue;
            _offset[at] = size;
            size += _width[at] + Slack;
        }

        return size + Slack;
    }

    private Move[] MovesByTarget(out int[] firsts)
    {
        var moves = new List<Move>();
        firsts = new int[((_days + 1) * Blocks) + 1];
        for (var d = 1; d < _days; d++)
        {
            var steps = _steps[d];
            for (var s = 0; s < steps.Length;)
            {
                var end = s;
                while (end < steps.Length && steps[end].To == steps[s].To) end++;
                for (var block = 0; block < _weekends * _counts; block++)
                {
                    firsts[((d + 1) * Blocks) + steps[s].To + block] = moves.Count + 1;
                    for (var i = s; i < end; i++) AddMove(moves, d, steps[i], block);
                }

                s = end;
            }
        }

        // States that nothing leads to have no moves of their own: theirs begin where the next ones do.
        firsts[^1] = moves.Count + 1;
        for (var at = firsts.Length - 2; at >= 0; at--)
            if (firsts[at] == 0) firsts[at] = firsts[at + 1];
        for (var at = 0; at < firsts.Length; at++) firsts[at]--;
        return [.. moves];
    }

    private void AddMove(List<Move> moves, int d, Step step, int block)
    {
        var (weekend, count, units) = ((block / _counts) - step.Weekend, (block % _counts) - Count(step.Group), Units(step.Group));
        if (weekend < 0 || count < 0) return;
        var (source, target) = ((d * Blocks) + step.From + (weekend * _counts) + count, ((d + 1) * Blocks) + step.To + block);
        var first = Math.Max(_low[target], _low[source] + units);
        var length = Math.Min(_low[target] + _width[target], _low[source] + _width[source] + units) - first;
        if (_width[target] == 0 || _width[source] == 0 || length <= 0) return;
        moves.Add(new(_offset[source] + first - units - _low[source], _offset[target] + first - _low[target], length, step.Group, step.From + (weekend * _counts) + count));
    }

    /// <summary>A first day: the block it leads to, the group worked (-1: off) and its units.</summary>
    public readonly record struct Start(int Block, int Group, int Units);

    /// <summary>Entries of one day, in block <paramref name="From"/>, that lead to entries of the next by working a group (-1: a day off).</summary>
    public readonly record struct Move(int Source, int Target, int Length, int Group, int From);

    private readonly record struct Step(int From, int To, int Group, int Weekend);
}
