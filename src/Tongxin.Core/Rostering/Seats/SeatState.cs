namespace Tongxin.Core.Rostering.Seats;

/// <summary>
/// A roster of a <see cref="SeatModel"/> under change: who is on which duty, with every sum that a step needs. <see cref="Add"/> and
/// <see cref="Remove"/> return what the penalty changes by, so that a search tries a move by making it and takes it back by its opposite.
/// </summary>
internal sealed class SeatState
{
    private readonly SeatModel _model;
    private readonly int _words;
    private readonly int[][] _held;
    private readonly int[] _heldCount;
    private readonly int[][] _on;
    private readonly int[] _onCount;
    private readonly int[] _experienced;
    private readonly double[][] _load;
    private readonly int[] _minutes;
    private readonly ulong[] _days;
    private readonly HashSet<long> _locked;
    private readonly bool[] _hasPattern;
    private readonly double _patternPrice;

    public SeatState(SeatModel model)
    {
        _model = model;
        _words = (model.Problem.Days / 64) + 1;
        _held = [.. Enumerable.Range(0, model.People).Select(_ => new int[4])];
        _heldCount = new int[model.People];
        _on = [.. model.Info.Select(d => new int[d.Target + 1])];
        _onCount = new int[model.Duties];
        _experienced = new int[model.Duties];
        _load = [.. model.Loads.Select(l => (double[])l.Start.Clone())];
        _minutes = new int[model.People];
        _days = new ulong[model.People * _words];
        _locked = [.. model.Problem.Locked.Select(a => Key(model.PersonOf[a.PersonId], model.DutyOf[a.DutyId]))];
        _hasPattern = [.. model.Limits.Select(l => l.MinMinutes > 0 || l.MinDaysInRow > 1 || l.MinDaysOff > 1)];
        // Dearer than any empty seat: a legal roster comes before a full one.
        _patternPrice = 100 + (2 * model.Info.Select(d => d.Short).DefaultIfEmpty().Max());
    }

    /// <summary>Duties of a person by start.</summary>
    public ReadOnlySpan<int> Held(int p) => _held[p].AsSpan(0, _heldCount[p]);

    /// <summary>People on a duty in no order.</summary>
    public ReadOnlySpan<int> On(int d) => _on[d].AsSpan(0, _onCount[d]);

    public bool IsLocked(int p, int d) => _locked.Count > 0 && _locked.Contains(Key(p, d));

    public bool Has(int p, int d) => Held(p).Contains(d);

    /// <summary>Puts a person on a duty without asking whether they may. Returns the change of the penalty.</summary>
    public double Add(int p, int d)
    {
        ref readonly var duty = ref _model.Info[d];
        var delta = _model.CostOf(p, d) + duty.CoverCost(_onCount[d] + 1) - duty.CoverCost(_onCount[d]) - PatternCost(p) - ExperienceCost(d);
        Insert(p, d);
        if (_onCount[d] == _on[d].Length) Array.Resize(ref _on[d], _onCount[d] + 4);
        _on[d][_onCount[d]++] = p;
        if (_model.IsExperienced[p]) _experienced[d]++;
        _minutes[p] += duty.Minutes;
        _days[(p * _words) + (duty.Day >> 6)] |= 1UL << (duty.Day & 63);
        return delta + Shift(p, d, 1) + PatternCost(p) + ExperienceCost(d);
    }

    /// <summary>Takes a person off a duty that they have. Returns the change of the penalty.</summary>
    public double Remove(int p, int d)
    {
        ref readonly var duty = ref _model.Info[d];
        var delta = duty.CoverCost(_onCount[d] - 1) - duty.CoverCost(_onCount[d]) - _model.CostOf(p, d) - PatternCost(p) - ExperienceCost(d);
        var held = Held(p);
        var at = held.IndexOf(d);
        held[(at + 1)..].CopyTo(_held[p].AsSpan(at));
        _heldCount[p]--;
        var on = On(d).IndexOf(p);
        _on[d][on] = _on[d][--_onCount[d]];
        if (_model.IsExperienced[p]) _experienced[d]--;
        _minutes[p] -= duty.Minutes;
        if (!WorksOn(p, duty.Day)) _days[(p * _words) + (duty.Day >> 6)] &= ~(1UL << (duty.Day & 63));
        return delta + Shift(p, d, -1) + PatternCost(p) + ExperienceCost(d);
    }

    /// <summary>Whether the rules that fewer duties cannot break allow this duty beside those that the person has.</summary>
    public bool CanAdd(int p, int d)
    {
        if (!_model.IsAllowed(p, d)) return false;
        ref readonly var duty = ref _model.Info[d];
        var limits = _model.Limits[p];
        if (duty.Start - _model.LastEnd[p] < limits.MinRest || _minutes[p] + duty.Minutes > (limits.MaxMinutes ?? int.MaxValue)) return false;
        if (duty.Minutes > limits.MaxMinutesPerDay || limits.MaxDutiesPerDay < 1) return false;
        int sameDay = 1, sameDayMinutes = duty.Minutes, sameKind = 1;
        foreach (var other in Held(p))
        {
            ref readonly var o = ref _model.Info[other];
            if (o.Kind == duty.Kind) sameKind++;
            if (o.Day == duty.Day)
            {
                sameDay++;
                sameDayMinutes += o.Minutes;
                if (other == d || (o.Start < duty.End && duty.Start < o.End)) return false;
            }
            else if (o.Start <= duty.Start ? duty.Start - o.End < limits.MinRest : o.Start - duty.End < limits.MinRest) return false;

            if (o.Day == duty.Day - 1 ? IsBarred(o.Kind, duty.Kind) : o.Day == duty.Day + 1 && IsBarred(duty.Kind, o.Kind)) return false;
        }

        return sameDay <= limits.MaxDutiesPerDay && sameDayMinutes <= limits.MaxMinutesPerDay && sameKind <= _model.MaxOfKind[(p * _model.Kinds) + duty.Kind]
            && (sameDay > 1 || (RunThrough(p, duty.Day) <= limits.MaxDaysInRow && WeekendsWith(p, duty.Day) <= (limits.MaxWeekends ?? int.MaxValue)));
    }

    /// <summary>Pairs (person, duty) in the order of the duties.</summary>
    public List<Assignment> Assignments()
    {
        var list = new List<Assignment>();
        for (var d = 0; d < _model.Duties; d++)
        {
            foreach (var p in On(d).ToArray().Order()) list.Add(new(_model.Problem.People[p].Id, _model.Problem.Duties[d].Id));
        }

        return list;
    }

    /// <summary>Makes this roster equal to another of the same model.</summary>
    public void CopyFrom(SeatState other)
    {
        for (var d = 0; d < _model.Duties; d++)
        {
            foreach (var p in On(d).ToArray())
                if (!other.Has(p, d)) Remove(p, d);
        }

        for (var d = 0; d < _model.Duties; d++)
        {
            foreach (var p in other.On(d))
                if (!Has(p, d)) Add(p, d);
        }
    }

    /// <summary>Penalty counted from nothing, as the search counts it; constants such as unfulfilled wishes are left out.</summary>
    public double Cost()
    {
        double cost = 0;
        for (var d = 0; d < _model.Duties; d++)
        {
            cost += _model.Info[d].CoverCost(_onCount[d]) + ExperienceCost(d);
            foreach (var p in On(d)) cost += _model.CostOf(p, d);
        }

        for (var p = 0; p < _model.People; p++)
        {
            cost += PatternCost(p);
            for (var r = 0; r < _load.Length; r++)
                if (_model.Loads[r].Counts[p]) cost += _model.Loads[r].Weight * _load[r][p] * _load[r][p];
        }

        return cost;
    }

    private double Shift(int p, int d, int sign)
    {
        double delta = 0;
        for (var r = 0; r < _load.Length; r++)
        {
            var rule = _model.Loads[r];
            var by = sign * rule.OfDuty[d];
            if (by == 0 || !rule.Counts[p]) continue;
            delta += rule.Weight * by * ((2 * _load[r][p]) + by);
            _load[r][p] += by;
        }

        return delta;
    }

    private double ExperienceCost(int d) =>
        _model.Info[d].WantsExperience && _onCount[d] >= 2 && _experienced[d] == 0 ? _model.Problem.Weights.Experience : 0;

    private void Insert(int p, int d)
    {
        if (_heldCount[p] == _held[p].Length) Array.Resize(ref _held[p], _heldCount[p] * 2);
        var held = _held[p];
        var at = _heldCount[p]++;
        for (; at > 0 && _model.Info[held[at - 1]].Start > _model.Info[d].Start; at--) held[at] = held[at - 1];
        held[at] = d;
    }

    private bool WorksOn(int p, int day)
    {
        foreach (var d in Held(p))
            if (_model.Info[d].Day == day) return true;
        return false;
    }

    private bool Works(int p, int day) => (_days[(p * _words) + (day >> 6)] >> (day & 63) & 1) != 0;

    private bool IsBarred(int first, int second) => (_model.NotFollowedBy[first][second >> 6] >> (second & 63) & 1) != 0;

    /// <summary>Days in a row if this day were worked.</summary>
    private int RunThrough(int p, int day)
    {
        var (first, last) = (day, day);
        while (first > 0 && Works(p, first - 1)) first--;
        while (last + 1 < _model.Problem.Days && Works(p, last + 1)) last++;
        return last - first + 1 + (first == 0 ? _model.History[p].DaysInRow : 0);
    }

    /// <summary>Weekends with work if this day were worked.</summary>
    private int WeekendsWith(int p, int day)
    {
        if (!_model.IsWeekend(day) || _model.Limits[p].MaxWeekends is null) return 0;
        var (count, last) = (1, _model.WeekendOf(day));
        foreach (var d in Held(p))
        {
            var other = _model.Info[d].Day;
            if (!_model.IsWeekend(other) || _model.WeekendOf(other) == last || _model.WeekendOf(other) == _model.WeekendOf(day)) continue;
            last = _model.WeekendOf(other);
            count++;
        }

        return count;
    }

    /// <summary>Price of the rules that more duties can mend: least hours, short rows of work, short rows of days off.</summary>
    private double PatternCost(int p)
    {
        if (!_hasPattern[p]) return 0;
        var limits = _model.Limits[p];
        var broken = Math.Max(0, limits.MinMinutes - _minutes[p]) / 60.0;
        if (limits.MinDaysInRow > 1 || limits.MinDaysOff > 1) broken += ShortRuns(p, limits);
        return broken * _patternPrice;
    }

    private int ShortRuns(int p, RosterLimits limits)
    {
        int missing = 0, first = 0, days = _model.Problem.Days;
        while (first < days)
        {
            var worked = Works(p, first);
            var next = first + 1;
            while (next < days && Works(p, next) == worked) next++;
            if (first > 0 && next < days) missing += Math.Max(0, (worked ? limits.MinDaysInRow : limits.MinDaysOff) - (next - first));
            first = next;
        }

        return missing;
    }

    private long Key(int p, int d) => ((long)p * _model.Duties) + d;
}
