using Tongxin.Core.Rostering.Rules.Soft;

namespace Tongxin.Core.Rostering.Seats;

/// <summary>
/// A problem as arrays, for helpers who take a few duties each: people p, duties d, kinds k as numbers from 0. Read only after
/// construction, so that several searches may share it.
/// </summary>
internal sealed class SeatModel
{
    private readonly ulong[] _allowed;
    private readonly Dictionary<long, double> _extra = [];
    private readonly ulong[] _hasExtra;
    private readonly double[] _near;
    private readonly int[] _postOf;

    public SeatModel(RosterProblem problem)
    {
        var index = new RosterIndex(problem);
        (Problem, People, Duties, Kinds) = (problem, problem.People.Count, problem.Duties.Count, problem.Kinds.Count);
        PersonOf = Numbers(problem.People, p => p.Id);
        DutyOf = Numbers(problem.Duties, d => d.Id);
        var kindOf = Numbers(problem.Kinds, k => k.Id);
        var postOf = Numbers(problem.Posts, p => p.Id);

        var zero = new DateTimeOffset(problem.FirstDay.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        Info = [.. problem.Duties.Select(d => new SeatDuty(
            (int)(d.Starts - zero).TotalMinutes, (int)(d.Ends - zero).TotalMinutes, index.DayOf(d), kindOf[d.KindId], d.Minutes,
            d.Needed, d.Target, d.ShortPoints * problem.Weights.CoverShort, problem.Weights.CoverWished, d.OverPoints * problem.Weights.CoverOver,
            index.PostOf(d).WantsExperience && problem.Weights.Experience > 0))];
        _postOf = [.. problem.Duties.Select(d => postOf[index.KindOf(d).PostId])];
        NotFollowedBy = [.. problem.Kinds.Select(k => Mask(Kinds, k.NotFollowedBy.Where(kindOf.ContainsKey).Select(x => kindOf[x])))];
        Limits = [.. problem.People.Select(p => index.LimitsOf(p))];
        History = [.. problem.People.Select(p => p.History)];
        LastEnd = [.. problem.People.Select(p => p.History.LastDutyEnds is { } end ? (int)(end - zero).TotalMinutes : int.MinValue / 2)];
        IsExperienced = [.. problem.People.Select(p => p.IsExperienced)];
        FirstWeekday = ((int)problem.FirstDay.DayOfWeek + 6) % 7;
        MaxOfKind = new int[People * Kinds];
        Array.Fill(MaxOfKind, int.MaxValue);
        for (var p = 0; p < People; p++)
        {
            foreach (var (kind, most) in problem.People[p].MaxOfKind)
                if (kindOf.TryGetValue(kind, out var k)) MaxOfKind[(p * Kinds) + k] = most;
        }

        Loads = [.. FairLoad.Of(index)];
        _near = new double[People * problem.Posts.Count];
        _allowed = new ulong[((long)People * Duties / 64) + 1];
        _hasExtra = new ulong[_allowed.Length];
        Candidates = new int[Duties][];
        FillAllowed(index);
        FillCosts(index);
    }

    public RosterProblem Problem { get; }

    public int People { get; }

    public int Duties { get; }

    public int Kinds { get; }

    public SeatDuty[] Info { get; }

    public RosterLimits[] Limits { get; }

    public PersonHistory[] History { get; }

    /// <summary>Minute at which the last duty before the roster ended; far in the past when there was none.</summary>
    public int[] LastEnd { get; }

    public bool[] IsExperienced { get; }

    /// <summary>Most duties of a kind, at [person * Kinds + kind].</summary>
    public int[] MaxOfKind { get; }

    /// <summary>Kinds barred on the next day, as bits by kind.</summary>
    public ulong[][] NotFollowedBy { get; }

    /// <summary>The fairness rules that are switched on.</summary>
    public FairLoad[] Loads { get; }

    /// <summary>People by duty who have the skills and the time, in order.</summary>
    public int[][] Candidates { get; }

    /// <summary>0 when day 0 is a Monday.</summary>
    public int FirstWeekday { get; }

    public Dictionary<Guid, int> PersonOf { get; }

    public Dictionary<Guid, int> DutyOf { get; }

    /// <summary>Skills and availability allow it. Locked assignments count as allowed: they stay whatever they break.</summary>
    public bool IsAllowed(int p, int d) => Has(_allowed, p, d);

    public bool IsWeekend(int day) => (FirstWeekday + day) % 7 >= 5;

    /// <summary>Weekends counted from the start: Saturday and Sunday of one weekend have the same number.</summary>
    public int WeekendOf(int day) => (FirstWeekday + day) / 7;

    /// <summary>What this person on this duty costs by itself: distance, wishes, change. A wish for it makes it cheaper.</summary>
    public double CostOf(int p, int d)
    {
        var cost = _near[(p * Problem.Posts.Count) + _postOf[d]] + (Problem.Published.Count > 0 ? Problem.Weights.Stability : 0);
        return Has(_hasExtra, p, d) ? cost + _extra[((long)p * Duties) + d] : cost;
    }

    private void FillAllowed(RosterIndex index)
    {
        // Skills repeat: ask once per kind and set of skills, not for each of five thousand people.
        var skilled = new Dictionary<(string, Guid), bool>();
        var lists = Problem.Duties.Select(_ => new List<int>()).ToList();
        for (var p = 0; p < People; p++)
        {
            var person = Problem.People[p];
            var key = string.Join('\n', person.Skills.Order(StringComparer.Ordinal));
            for (var d = 0; d < Duties; d++)
            {
                var duty = Problem.Duties[d];
                if (!skilled.TryGetValue((key, duty.KindId), out var can))
                    skilled[(key, duty.KindId)] = can = !index.MissingSkills(person, duty).Any();
                if (!can || MaxOfKind[(p * Kinds) + Info[d].Kind] == 0 || IsAway(person, duty)) continue;
                Set(_allowed, p, d);
                lists[d].Add(p);
            }
        }

        for (var d = 0; d < Duties; d++) Candidates[d] = [.. lists[d]];
        foreach (var a in Problem.Locked) Set(_allowed, PersonOf[a.PersonId], DutyOf[a.DutyId]);
    }

    private static bool IsAway(RosterPerson person, Duty duty)
    {
        if (person.DaysOff.Count > 0 && person.DaysOff.Contains(duty.Day)) return true;
        foreach (var t in person.Unavailable)
            if (duty.Starts < t.To && t.From < duty.Ends) return true;
        return false;
    }

    private void FillCosts(RosterIndex index)
    {
        var (weights, posts) = (Problem.Weights, Problem.Posts.Count);
        var someDuty = new Duty?[posts];
        for (var d = 0; d < Duties; d++) someDuty[_postOf[d]] ??= Problem.Duties[d];
        for (var p = 0; p < People; p++)
        {
            for (var post = 0; post < posts; post++)
                if (someDuty[post] is { } duty) _near[(p * posts) + post] = weights.Near * NearRule.Points(index, Problem.People[p], duty);
            foreach (var wish in Problem.People[p].Wishes)
                Extra(p, DutyOf[wish.DutyId], wish.IsOn ? -weights.WishOn * wish.Points : weights.WishOff * wish.Points);
        }

        foreach (var a in Problem.Published.Where(index.Knows)) Extra(PersonOf[a.PersonId], DutyOf[a.DutyId], -weights.Stability);
    }

    private void Extra(int p, int d, double cost)
    {
        Set(_hasExtra, p, d);
        var key = ((long)p * Duties) + d;
        _extra[key] = _extra.GetValueOrDefault(key) + cost;
    }

    private bool Has(ulong[] bits, int p, int d)
    {
        var at = ((long)p * Duties) + d;
        return (bits[at >> 6] >> (int)(at & 63) & 1) != 0;
    }

    private void Set(ulong[] bits, int p, int d)
    {
        var at = ((long)p * Duties) + d;
        bits[at >> 6] |= 1UL << (int)(at & 63);
    }

    private static ulong[] Mask(int size, IEnumerable<int> members)
    {
        var mask = new ulong[(size / 64) + 1];
        foreach (var m in members) mask[m >> 6] |= 1UL << (m & 63);
        return mask;
    }

    private static Dictionary<Guid, int> Numbers<T>(IReadOnlyList<T> list, Func<T, Guid> id)
    {
        var numbers = new Dictionary<Guid, int>(list.Count);
        for (var i = 0; i < list.Count; i++) numbers.Add(id(list[i]), i);
        return numbers;
    }
}

/// <summary>A duty as numbers. Times in minutes since midnight UTC of the first roster day; prices are weight times points.</summary>
internal readonly record struct SeatDuty(
    int Start, int End, int Day, int Kind, int Minutes, int Needed, int Target, double Short, double Wished, double Over, bool WantsExperience)
{
    /// <summary>What it costs to have so many people on the duty.</summary>
    public double CoverCost(int people) =>
        (Math.Max(0, Needed - people) * Short) + (Math.Max(0, Target - Math.Max(Needed, people)) * Wished) + (Math.Max(0, people - Target) * Over);
}
