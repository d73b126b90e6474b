using Tongxin.Core.Common;

namespace Tongxin.Core.Rostering;

/// <summary>What can be wrong with a problem.</summary>
public static class RosterErrors
{
    /// <summary>More days, people or duties than the solver takes, or no day at all. Args: days, people, duties.</summary>
    public static Error Size(RosterProblem p) => Error.Invalid("roster.problem.size", p.Days, p.People.Count, p.Duties.Count);

    /// <summary>Two people, posts, kinds or duties have one id. Args: what, id.</summary>
    public static Error Doubled(string what, Guid id) => Error.Invalid("roster.problem.doubled", what, id);

    /// <summary>Something refers to an id that is not there. Args: what, id.</summary>
    public static Error Unknown(string what, Guid id) => Error.Invalid("roster.problem.unknown", what, id);

    /// <summary>A duty lies outside the roster days, does not end after its start within 24 h, or needs fewer than 0. Args: duty.</summary>
    public static Error Duty(Guid id) => Error.Invalid("roster.problem.duty", id);

    /// <summary>A weight, a limit, a share or points are negative or not a number. Args: what.</summary>
    public static Error Negative(string what) => Error.Invalid("roster.problem.negative", what);

    /// <summary>The first thing wrong with the problem, or ok. Published assignments may name people and duties that are gone.</summary>
    public static Result Check(RosterProblem p)
    {
        if (p.Days is < 1 or > RosterProblem.MostDays || p.People.Count > RosterProblem.MostPeople || p.Duties.Count > RosterProblem.MostDuties) return Size(p);
        if (Twice(p) is { } twice) return twice;
        if (Strangers(p) is { } stranger) return stranger;
        foreach (var d in p.Duties)
        {
            var day = d.Day.DayNumber - p.FirstDay.DayNumber;
            if (day < 0 || day >= p.Days || d.Ends <= d.Starts || d.Ends - d.Starts > TimeSpan.FromDays(1) || d.Needed < 0) return Duty(d.Id);
            if (!(d.ShortPoints >= 0) || !(d.OverPoints >= 0) || d.Wished < 0) return Negative("duty");
        }

        var w = p.Weights;
        double[] weights =
        [
            w.CoverShort, w.CoverWished, w.CoverOver, w.WishOn, w.WishOff, w.FairTurns, w.FairHours, w.FairNights, w.FairWeekends, w.Experience, w.Near, w.Stability,
        ];
        if (Array.Exists(weights, x => !(x >= 0) || double.IsInfinity(x))) return Negative("weight");
        if (p.People.Any(x => !(x.Share >= 0) || x.Wishes.Any(y => !(y.Points >= 0)))) return Negative("person");
        return p.People.Select(x => x.Limits).OfType<RosterLimits>().Append(p.Limits).Any(IsNegative) ? Negative("limit") : Result.Ok;
    }

    private static bool IsNegative(RosterLimits l) =>
        l.MinMinutes < 0 || l.MaxMinutes < 0 || l.MaxMinutesPerDay < 0 || l.MaxDutiesPerDay < 0 || l.MinRest < 0 || l.MaxDaysInRow < 0
        || l.MinDaysInRow < 0 || l.MinDaysOff < 0 || l.MaxWeekends < 0;

    private static Error? Twice(RosterProblem p)
    {
        return Of("person", p.People.Select(x => x.Id)) ?? Of("post", p.Posts.Select(x => x.Id)) ?? Of("kind", p.Kinds.Select(x => x.Id))
            ?? Of("duty", p.Duties.Select(x => x.Id)) ?? Of("lock", p.Locked.GroupBy(x => x).Where(g => g.Count() > 1).SelectMany(g => g).Select(x => x.DutyId));

        static Error? Of(string what, IEnumerable<Guid> ids)
        {
            var seen = new HashSet<Guid>();
            foreach (var id in ids)
                if (!seen.Add(id)) return Doubled(what, id);
            return null;
        }
    }

    private static Error? Strangers(RosterProblem p)
    {
        var (people, posts) = (p.People.Select(x => x.Id).ToHashSet(), p.Posts.Select(x => x.Id).ToHashSet());
        var (kinds, duties) = (p.Kinds.Select(x => x.Id).ToHashSet(), p.Duties.Select(x => x.Id).ToHashSet());
        return Of("post", p.Kinds.Select(x => x.PostId), posts)
            ?? Of("kind", p.Duties.Select(x => x.KindId), kinds)
            ?? Of("person", p.Locked.Select(x => x.PersonId), people)
            ?? Of("duty", p.Locked.Select(x => x.DutyId).Concat(p.People.SelectMany(x => x.Wishes.Select(w => w.DutyId))), duties);

        static Error? Of(string what, IEnumerable<Guid> ids, HashSet<Guid> known)
        {
            foreach (var id in ids)
                if (!known.Contains(id)) return Unknown(what, id);
            return null;
        }
    }
}
