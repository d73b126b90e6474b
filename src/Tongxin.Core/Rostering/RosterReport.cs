using Tongxin.Core.Rostering.Search;

namespace Tongxin.Core.Rostering;

/// <summary>Makes the answer out of assignments: scores, gaps with their reasons, changes and collisions.</summary>
internal static class RosterReport
{
    /// <summary>Gaps whose reasons are looked up; the lists of more would help nobody and cost a look at everybody each.</summary>
    private const int ExplainedGaps = 200;

    /// <summary><paramref name="impossible"/>: the rules that collide for people who were shown to have no legal set of duties.</summary>
    public static RosterResult Of(
        RosterProblem problem, IReadOnlyList<Assignment> roster, SearchBudget budget, TimeSpan last, double? bound,
        IReadOnlyDictionary<Guid, IReadOnlyList<string>>? impossible = null)
    {
        var index = new RosterIndex(problem);
        var breaks = RosterCheck.Breaks(index, roster);
        return new RosterResult
        {
            Assignments = roster,
            Scores = RosterCheck.Scores(index, roster),
            Breaks = breaks,
            Gaps = Gaps(problem, roster),
            Collisions = RosterCollisions.Find(index, breaks, impossible ?? new Dictionary<Guid, IReadOnlyList<string>>()),
            Changes = Changes(problem, index, roster),
            Steps = budget.Steps,
            LastImprovement = last,
            LowerBound = bound,
            WasCancelled = budget.Cancel.IsCancellationRequested,
        };
    }

    private static List<RosterGap> Gaps(RosterProblem problem, IReadOnlyList<Assignment> roster)
    {
        var have = roster.CountBy(a => a.DutyId).ToDictionary();
        var desk = new RosterDesk(problem, roster);
        var gaps = new List<RosterGap>();
        foreach (var duty in problem.Duties)
        {
            var missing = duty.Needed - have.GetValueOrDefault(duty.Id);
            if (missing > 0) gaps.Add(new(duty.Id, missing, gaps.Count < ExplainedGaps ? desk.WhyNobody(duty.Id) : []));
        }

        return gaps;
    }

    /// <summary>
    /// Unavoidable: where a duty now has more people than can stay of those published, the others must be new, whoever they are.
    /// </summary>
    private static RosterChanges Changes(RosterProblem problem, RosterIndex index, IReadOnlyList<Assignment> roster)
    {
        if (problem.Published.Count == 0) return new([], [], 0);
        var (old, now) = (problem.Published.ToHashSet(), roster.ToHashSet());
        var canStay = problem.Published.Where(a => index.Knows(a) && MayHave(index, a)).CountBy(a => a.DutyId).ToDictionary();
        var unavoidable = roster.CountBy(a => a.DutyId)
            .Sum(duty => Math.Max(0, Math.Min(duty.Value, index.Duty(duty.Key).Needed) - canStay.GetValueOrDefault(duty.Key)));
        return new([.. roster.Where(a => !old.Contains(a))], [.. problem.Published.Where(a => !now.Contains(a))], unavoidable);
    }

    /// <summary>Looks at the one duty alone: whoever may not have it even so cannot keep it in any roster.</summary>
    private static bool MayHave(RosterIndex index, Assignment a)
    {
        var who = new PersonDuties(index, index.Person(a.PersonId), [index.Duty(a.DutyId)]);
        return !Rules.Hard.HardRule.All.Any(r => r.AllowsFewer && r.Breaks(who).Any());
    }
}
