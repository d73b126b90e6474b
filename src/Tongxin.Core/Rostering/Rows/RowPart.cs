namespace Tongxin.Core.Rostering.Rows;

/// <summary>
/// A part of a roster as a problem of its own: some people on a stretch of days, while everybody else and all other days stay as they
/// are. Whole weeks around the stretch are in it as cells that may not change, enough for every rule on rows to see across the edge;
/// what lies farther off is taken from the limits on hours, weekends and kinds. A legal part makes a legal whole, and the penalty of
/// the whole changes by as much as that of the part.
/// </summary>
internal sealed class RowPart
{
    private readonly RowProblem _whole;
    private readonly int[] _people;

    /// <param name="whole">The problem.</param>
    /// <param name="rows">Its roster.</param>
    /// <param name="people">Who may change.</param>
    /// <param name="from">First day that may change.</param>
    /// <param name="to">First day after that may not.</param>
    public RowPart(RowProblem whole, byte[] rows, int[] people, int from, int to)
    {
        (_whole, _people) = (whole, people);
        var context = 1 + people.Max(p => Math.Max(whole.Persons[p].MaxRun, Math.Max(whole.Persons[p].MinRun, whole.Persons[p].MinOff)));
        First = Math.Max(0, from - context);
        // Weekends must not be cut in two.
        while (First > 0 && (whole.FirstWeekday + First) % 7 != 0) First--;
        var end = Math.Min(whole.Days, to + context);
        while (end < whole.Days && (whole.FirstWeekday + end) % 7 != 0) end++;
        var (days, width) = (end - First, whole.Width);
        Rows = new byte[people.Length * days];
        var price = new int[people.Length * days * width];
        for (var i = 0; i < people.Length; i++)
        {
            rows.AsSpan((people[i] * whole.Days) + First, days).CopyTo(Rows.AsSpan(i * days));
            whole.Price.AsSpan(whole.Cell(people[i], First), days * width).CopyTo(price.AsSpan(i * days * width));
            for (var d = 0; d < days; d++)
            {
                if (d + First >= from && d + First < to) continue;
                price.AsSpan(((i * days) + d) * width, width).Fill(RowProblem.Never);
                price[(((i * days) + d) * width) + Rows[(i * days) + d]] = 0;
            }
        }

        var (need, under, over) = (new int[days * width], new int[days * width], new int[days * width]);
        var open = (Start: from * width, Length: (to - from) * width, At: (from - First) * width);
        whole.Need.AsSpan(open.Start, open.Length).CopyTo(need.AsSpan(open.At));
        whole.Under.AsSpan(open.Start, open.Length).CopyTo(under.AsSpan(open.At));
        whole.Over.AsSpan(open.Start, open.Length).CopyTo(over.AsSpan(open.At));
        foreach (var p in Enumerable.Range(0, whole.People).Except(people))
        {
            // A need below 0: there are too many already.
            for (var d = from; d < to; d++) need[((d - First) * width) + rows[(p * whole.Days) + d]]--;
        }

        Problem = new RowProblem
        {
            Days = days,
            People = people.Length,
            Kinds = whole.Kinds,
            FirstWeekday = (whole.FirstWeekday + First) % 7,
            Minutes = whole.Minutes,
            Barred = whole.Barred,
            Persons = [.. people.Select(p => Inside(p, rows, end))],
            Price = price,
            Need = need,
            Under = under,
            Over = over,
            Constant = 0,
        };
    }

    public RowProblem Problem { get; }

    /// <summary>First day of the part, with what surrounds the free stretch.</summary>
    public int First { get; }

    /// <summary>The part of the roster as it is.</summary>
    public byte[] Rows { get; }

    /// <summary>A copy of the whole roster with another part.</summary>
    public byte[] Insert(byte[] whole, byte[] part)
    {
        var changed = (byte[])whole.Clone();
        for (var i = 0; i < _people.Length; i++) part.AsSpan(i * Problem.Days, Problem.Days).CopyTo(changed.AsSpan((_people[i] * _whole.Days) + First));
        return changed;
    }

    /// <summary>A person's limits less what they use outside of the part.</summary>
    private RowPerson Inside(int p, byte[] rows, int end)
    {
        var person = _whole.Persons[p];
        var row = rows.AsSpan(p * _whole.Days, _whole.Days);
        var (minutes, weekends, counts) = (0, 0, (int[])person.MaxCount.Clone());
        for (var d = 0; d < _whole.Days; d++)
        {
            if (d >= First && d < end) continue;
            minutes += _whole.Minutes[row[d]];
            if (row[d] > 0) counts[row[d]]--;
            if (_whole.IsSunday(d) ? row[d] > 0 || (d > 0 && row[d - 1] > 0) : _whole.IsSaturday(d) && d + 1 == _whole.Days && row[d] > 0) weekends++;
        }

        return person with
        {
            MinMinutes = person.MinMinutes - minutes,
            MaxMinutes = person.MaxMinutes - minutes,
            MaxWeekends = person.MaxWeekends - weekends,
            RunBefore = First == 0 ? person.RunBefore : 0,
            MaxCount = counts,
        };
    }
}
