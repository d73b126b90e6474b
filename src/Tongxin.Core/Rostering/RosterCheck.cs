using Tongxin.Core.Rostering.Rules.Hard;
using Tongxin.Core.Rostering.Rules.Soft;

namespace Tongxin.Core.Rostering;

/// <summary>
/// Looks at a roster from outside: every hard rule and every point counted anew from problem and assignments alone, without the
/// search's code. Every answer of <see cref="RosterSolver"/> is scored with it, and the tests run it on every roster.
/// </summary>
public static class RosterCheck
{
    /// <summary>Every hard rule that the roster breaks; empty for a legal roster. Broken locks and doubled lines are reported too.</summary>
    public static IReadOnlyList<RuleBreak> Breaks(RosterProblem problem, IReadOnlyList<Assignment> assignments) =>
        Breaks(new RosterIndex(problem), assignments);

    /// <summary>Points of every soft rule.</summary>
    public static IReadOnlyList<RosterScore> Scores(RosterProblem problem, IReadOnlyList<Assignment> assignments) =>
        Scores(new RosterIndex(problem), assignments);

    /// <summary>Everything wrong with an answer, as sentences for a programmer; empty when all is well.</summary>
    public static IReadOnlyList<string> Run(RosterProblem problem, RosterResult result)
    {
        var index = new RosterIndex(problem);
        var wrong = new List<string>();
        var breaks = Breaks(index, result.Assignments);
        if (!breaks.SequenceEqual(result.Breaks)) wrong.Add("The broken rules are not those that the answer names.");
        if (breaks.Count > 0 && result.Collisions.Count == 0 && !result.WasCancelled) wrong.Add("Rules are broken and no collision says why: " + breaks[0]);
        foreach (var (mine, theirs) in Scores(index, result.Assignments).Zip(result.Scores))
        {
            if (mine.Rule != theirs.Rule || Math.Abs(mine.Points - theirs.Points) > 1e-6) wrong.Add($"{mine.Rule}: {mine.Points} points, not {theirs.Points}.");
        }

        Gaps(problem, result, wrong);
        Changes(problem, result, wrong);
        if (result.LowerBound > result.Penalty + 1e-6) wrong.Add("The lower bound lies above the penalty.");
        return wrong;
    }

    internal static IReadOnlyList<RuleBreak> Breaks(RosterIndex index, IReadOnlyList<Assignment> assignments)
    {
        var breaks = new List<RuleBreak>();
        var given = new HashSet<Assignment>();
        var dutiesOf = new Dictionary<Guid, List<Duty>>();
        foreach (var a in assignments)
        {
            if (!index.Knows(a)) breaks.Add(new("stranger", a.PersonId, a.DutyId));
            else if (!given.Add(a)) breaks.Add(new("doubled", a.PersonId, a.DutyId));
            else if (dutiesOf.TryGetValue(a.PersonId, out var list)) list.Add(index.Duty(a.DutyId));
            else dutiesOf[a.PersonId] = [index.Duty(a.DutyId)];
        }

        breaks.AddRange(index.Problem.Locked.Where(l => !given.Contains(l)).Select(l => new RuleBreak("locked", l.PersonId, l.DutyId)));
        foreach (var person in index.Problem.People)
            breaks.AddRange(Breaks(new PersonDuties(index, person, dutiesOf.GetValueOrDefault(person.Id) ?? [])));
        return breaks;
    }

    internal static IEnumerable<RuleBreak> Breaks(PersonDuties who) => HardRule.All.SelectMany(r => r.Breaks(who));

    internal static IReadOnlyList<RosterScore> Scores(RosterIndex index, IReadOnlyList<Assignment> assignments)
    {
        var view = new RosterView(index, assignments);
        return [.. SoftRule.All.Select(r => new RosterScore(r.Name, r.Weight(index.Problem.Weights), r.Points(view)))];
    }

    private static void Gaps(RosterProblem problem, RosterResult result, List<string> wrong)
    {
        var named = result.Gaps.ToDictionary(g => g.DutyId, g => g.Missing);
        var have = result.Assignments.CountBy(a => a.DutyId).ToDictionary();
        foreach (var duty in problem.Duties)
        {
            var missing = Math.Max(0, duty.Needed - have.GetValueOrDefault(duty.Id));
            if (missing != named.GetValueOrDefault(duty.Id)) wrong.Add($"Duty {duty.Id} misses {missing}, not {named.GetValueOrDefault(duty.Id)}.");
        }
    }

    private static void Changes(RosterProblem problem, RosterResult result, List<string> wrong)
    {
        if (problem.Published.Count == 0) return;
        var (old, now) = (problem.Published.ToHashSet(), result.Assignments.ToHashSet());
        if (!now.Except(old).ToHashSet().SetEquals(result.Changes.Added)) wrong.Add("The added assignments are not those that the answer names.");
        if (!old.Except(now).ToHashSet().SetEquals(result.Changes.Removed)) wrong.Add("The removed assignments are not those that the answer names.");
        if (result.Changes.Unavoidable > result.Changes.Added.Count) wrong.Add("More changes are called unavoidable than were made.");
    }
}
