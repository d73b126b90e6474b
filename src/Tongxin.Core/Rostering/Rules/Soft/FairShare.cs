namespace Tongxin.Core.Rostering.Rules.Soft;

/// <summary>
/// Fair load: squared distance of each person's load, history included, from their share of all that is needed. The share does not
/// move with the roster, so that the rule is a sum over people and a square punishes one heavy load more than two light ones.
/// </summary>
internal static class FairShare
{
    /// <summary>Share of a person whose <see cref="RosterPerson.Share"/> is 1.</summary>
    public static double UnitShare(RosterIndex index, Func<Duty, double> load, Func<PersonHistory, double> past)
    {
        var sharers = index.Problem.People.Where(p => p.Share > 0).ToList();
        var shares = sharers.Sum(p => p.Share);
        return shares <= 0 ? 0 : (index.Problem.Duties.Sum(d => d.Needed * load(d)) + sharers.Sum(p => past(p.History))) / shares;
    }

    public static double Points(RosterView roster, Func<Duty, double> load, Func<PersonHistory, double> past)
    {
        var unit = UnitShare(roster.Index, load, past);
        return roster.Problem.People.Where(p => p.Share > 0).Sum(p =>
        {
            var off = roster.DutiesOf(p).Sum(load) + past(p.History) - (p.Share * unit);
            return off * off;
        });
    }
}
