using Tongxin.Core.Rostering.Rules.Hard;
using Tongxin.Core.Rostering.Rules.Soft;

namespace Tongxin.Core.Rostering.Rows;

/// <summary>
/// Puts a problem into rows when it fits them: one duty a day at most, the same times every day, and no soft rule that looks at more
/// than one cell or one cover. Staff with working patterns fit; helpers who share turns fairly go to the search over seats.
/// </summary>
internal sealed class RowCompiler
{
    private readonly RosterIndex _index;
    private readonly RosterProblem _source;
    private readonly Dictionary<Guid, int> _kindOf = [];
    private readonly Duty?[,] _duties;
    private double _scale = 1;

    private RowCompiler(RosterProblem source)
    {
        (_source, _index) = (source, new RosterIndex(source));
        foreach (var kind in source.Kinds) _kindOf[kind.Id] = _kindOf.Count + 1;
        _duties = new Duty?[source.Days, source.Kinds.Count + 1];
    }

    /// <summary>The rows, or null when the problem does not fit.</summary>
    public static (RowProblem Rows, RowCompiler Names)? TryCompile(RosterProblem source)
    {
        if (source.Kinds.Count is 0 or > 250 || source.People.Count == 0 || !SoftFits(source)) return null;
        var compiler = new RowCompiler(source);
        return compiler.PlaceDuties() && compiler.Compile() is { } rows ? (rows, compiler) : null;
    }

    /// <summary>Assignments of a roster of rows, in the order of the duties.</summary>
    public List<Assignment> Assignments(ReadOnlySpan<byte> rows)
    {
        var byDuty = new Dictionary<Guid, List<Assignment>>();
        for (var p = 0; p < _source.People.Count; p++)
        {
            for (var d = 0; d < _source.Days; d++)
            {
                if (_duties[d, rows[(p * _source.Days) + d]] is not { } duty) continue;
                if (!byDuty.TryGetValue(duty.Id, out var list)) byDuty[duty.Id] = list = [];
                list.Add(new(_source.People[p].Id, duty.Id));
            }
        }

        return [.. _source.Duties.SelectMany(d => byDuty.GetValueOrDefault(d.Id) ?? [])];
    }

    /// <summary>A penalty of the rows in the units of the problem.</summary>
    public double Unscale(double cost) => cost / _scale;

    private static bool SoftFits(RosterProblem p)
    {
        var w = p.Weights;
        var isFair = w.FairTurns + w.FairHours + w.FairNights + w.FairWeekends > 0 && p.People.Any(x => x.Share > 0);
        var mixes = w.Experience > 0 && p.Posts.Any(x => x.WantsExperience);
        return !isFair && !mixes && (w.CoverWished == 0 || p.Duties.All(d => d.Target == d.Needed));
    }

    private bool PlaceDuties()
    {
        foreach (var duty in _source.Duties)
        {
            ref var place = ref _duties[_index.DayOf(duty), _kindOf[duty.KindId]];
            if (place is not null) return false;
            place = duty;
        }

        return _source.People.All(p => _index.LimitsOf(p) is var l && l.MaxDutiesPerDay == 1 && l.MinDaysOff <= RowProblem.LongestRun
            && l.MinDaysInRow <= RowProblem.LongestRun);
    }

    private RowProblem? Compile()
    {
        var (days, width) = (_source.Days, _source.Kinds.Count + 1);
        if (Minutes(width) is not { } minutes || Barred(width) is not { } barred) return null;
        var (need, under, over) = (new double[days * width], new double[days * width], new double[days * width]);
        for (var d = 0; d < days; d++)
        {
            for (var k = 1; k < width; k++)
            {
                if (_duties[d, k] is not { } duty) continue;
                var at = (d * width) + k;
                (need[at], under[at], over[at]) = (duty.Target, duty.ShortPoints * _source.Weights.CoverShort, duty.OverPoints * _source.Weights.CoverOver);
            }
        }

        var (price, constant) = Prices(width);
        double[] all = [.. under, .. over, .. price.Where(x => !double.IsInfinity(x)), constant];
        // Whole prices stay whole; others are counted in hundredths.
        _scale = Array.TrueForAll(all, x => Math.Abs(x - Math.Round(x)) < 1e-9) ? 1 : 100;
        if (all.Max(Math.Abs) * _scale > RowProblem.Never / 20.0) return null;
        return new RowProblem
        {
            Days = days,
            People = _source.People.Count,
            Kinds = width - 1,
            FirstWeekday = ((int)_source.FirstDay.DayOfWeek + 6) % 7,
            Minutes = minutes,
            Barred = barred,
            Persons = [.. _source.People.Select(p => Person(p, width))],
            Price = [.. price.Select(x => double.IsInfinity(x) ? RowProblem.Never : (int)Math.Round(x * _scale))],
            Need = [.. need.Select(x => (int)x)],
            Under = [.. under.Select(x => (int)Math.Round(x * _scale))],
            Over = [.. over.Select(x => (int)Math.Round(x * _scale))],
            Constant = (long)Math.Round(constant * _scale),
        };
    }

    private RowPerson Person(RosterPerson person, int width)
    {
        var limits = _index.LimitsOf(person);
        var counts = new int[width];
        Array.Fill(counts, _source.Days);
        foreach (var (kind, most) in person.MaxOfKind)
            if (_kindOf.TryGetValue(kind, out var k)) counts[k] = Math.Min(most, _source.Days);
        return new(
            limits.MinMinutes, limits.MaxMinutes ?? _source.Days * 24 * 60, Math.Clamp(limits.MaxDaysInRow, 1, RowProblem.LongestRun), Math.Max(1, limits.MinDaysInRow),
            Math.Max(1, limits.MinDaysOff), limits.MaxWeekends ?? _source.Days, Math.Min(person.History.DaysInRow, RowState.Pad), counts);
    }

    /// <summary>Length of each kind; null when it differs from day to day.</summary>
    private int[]? Minutes(int width)
    {
        var minutes = new int[width];
        foreach (var duty in _source.Duties)
        {
            ref var known = ref minutes[_kindOf[duty.KindId]];
            if (known != 0 && known != duty.Minutes) return null;
            known = duty.Minutes;
        }

        return minutes;
    }

    /// <summary>
    /// Which kinds may not follow which: the succession rule, and rest by the clock. Null when the clock says different things on
    /// different days or for different people, or when rest reaches over more than one night.
    /// </summary>
    private bool[]? Barred(int width)
    {
        var barred = new bool[width * width];
        var rests = _source.People.Select(p => _index.LimitsOf(p).MinRest).Distinct().ToList();
        foreach (var kind in _source.Kinds)
        {
            foreach (var next in kind.NotFollowedBy)
                if (_kindOf.TryGetValue(next, out var k)) barred[(_kindOf[kind.Id] * width) + k] = true;
        }

        for (var a = 1; a < width; a++)
        {
            for (var b = 1; b < width; b++)
            {
                if (TooClose(a, b, 2, rests).Contains(true)) return null;
                var verdicts = TooClose(a, b, 1, rests).ToList();
                if (barred[(a * width) + b] || verdicts.Count == 0) continue;
                if (verdicts.Distinct().Count() > 1) return null;
                barred[(a * width) + b] = verdicts[0];
            }
        }

        return barred;
    }

    private IEnumerable<bool> TooClose(int a, int b, int days, List<int> rests)
    {
        for (var d = 0; d + days < _source.Days; d++)
        {
            if (_duties[d, a] is not { } first || _duties[d + days, b] is not { } second) continue;
            foreach (var rest in rests) yield return (second.Starts - first.Ends).TotalMinutes < rest;
        }
    }

    private (double[] Price, double Constant) Prices(int width)
    {
        var price = new double[_source.People.Count * _source.Days * width];
        double constant = 0;
        var published = _source.Published.ToHashSet();
        var locked = _source.Locked.ToLookup(l => l.PersonId, l => l.DutyId);
        for (var p = 0; p < _source.People.Count; p++)
        {
            var person = _source.People[p];
            var wishes = person.Wishes.ToLookup(w => w.DutyId);
            var mine = locked[person.Id].Select(_index.Duty).ToDictionary(_index.DayOf);
            constant += _source.Weights.WishOn * person.Wishes.Where(w => w.IsOn).Sum(w => w.Points);
            for (var d = 0; d < _source.Days; d++)
            {
                var cell = ((p * _source.Days) + d) * width;
                if (mine.ContainsKey(d)) price[cell] = double.PositiveInfinity;
                for (var k = 1; k < width; k++)
                {
                    price[cell + k] = _duties[d, k] is not { } duty || (mine.TryGetValue(d, out var only) && only.Id != duty.Id) || IsBarredAlone(person, duty)
                        ? double.PositiveInfinity
                        : OwnPrice(person, duty, wishes[duty.Id], published);
                }
            }
        }

        return (price, constant);
    }

    private bool IsBarredAlone(RosterPerson person, Duty duty)
    {
        // The quick tests first: a year of duties for 150 people is asked about here.
        if (person.MaxOfKind.TryGetValue(duty.KindId, out var most) && most == 0) return true;
        var alone = new PersonDuties(_index, person, duty);
        return HardRule.All.Any(r => r.IsAboutOneDuty && r.Breaks(alone).Any());
    }

    private double OwnPrice(RosterPerson person, Duty duty, IEnumerable<Wish> wishes, HashSet<Assignment> published)
    {
        var w = _source.Weights;
        var price = w.Near * NearRule.Points(_index, person, duty);
        foreach (var wish in wishes) price += wish.IsOn ? -w.WishOn * wish.Points : w.WishOff * wish.Points;
        return published.Count == 0 || published.Contains(new(person.Id, duty.Id)) ? price : price + w.Stability;
    }
}
