using Tongxin.Core.Rostering.Rules.Hard;

namespace Tongxin.Core.Rostering;

/// <summary>
/// Demands that no roster can meet together, each shown by counting: locks that break rules by themselves, more seats at one time than
/// people who could sit, more minutes than people may work. What follows only from rules over several days is not found.
/// </summary>
internal static class RosterCollisions
{
    public static IReadOnlyList<RosterCollision> Find(
        RosterIndex index, IReadOnlyList<RuleBreak> breaks, IReadOnlyDictionary<Guid, IReadOnlyList<string>> impossible)
    {
        var found = new List<RosterCollision>();
        Locks(index, found);
        TooFew(index, found);
        Minutes(index, found);
        // Whoever the search could not make legal and whose locks are not to blame: the rules that were shown to collide, or those broken.
        var named = index.Problem.Locked.Select(l => l.PersonId).ToHashSet();
        foreach (var person in breaks.Where(b => !named.Contains(b.PersonId)).GroupBy(b => b.PersonId, b => b.Rule))
            found.AddRange(impossible.GetValueOrDefault(person.Key, [.. person.Distinct()]).Select(rule => new RosterCollision("roster.collision.person", person.Key, rule)));
        return found;
    }

    private static void Locks(RosterIndex index, List<RosterCollision> found)
    {
        foreach (var locks in index.Problem.Locked.GroupBy(l => l.PersonId))
        {
            var who = new PersonDuties(index, index.Person(locks.Key), locks.Select(l => index.Duty(l.DutyId)));
            var broken = HardRule.All.Where(r => r.AllowsFewer).SelectMany(r => r.Breaks(who));
            found.AddRange(broken.Select(b => new RosterCollision("roster.collision.locked", b.PersonId, b.Rule, b.DutyId)));
        }
    }

    /// <summary>At the start of each duty the duties running then want people, all of them different. One shortage a day is told.</summary>
    private static void TooFew(RosterIndex index, List<RosterCollision> found)
    {
        var problem = index.Problem;
        var could = new Dictionary<Guid, HashSet<Guid>>();
        var told = new HashSet<DateOnly>();
        var days = problem.Duties.ToLookup(d => d.Day);
        foreach (var duty in problem.Duties.Where(d => d.Needed > 0))
        {
            if (told.Contains(duty.Day)) continue;
            List<Duty> running = [.. new[] { -1, 0, 1 }.SelectMany(o => days[duty.Day.AddDays(o)]).Where(d => d.Starts <= duty.Starts && duty.Starts < d.Ends)];
            if (SeatsAtOnce.Find(running, d => Could(index, could, d)) is not { } shortage) continue;
            found.Add(new("roster.collision.too_few", duty.Day, duty.Starts, shortage.Needed, shortage.People, shortage.Duties.Select(d => d.Id).ToList()));
            told.Add(duty.Day);
        }
    }

    private static HashSet<Guid> Could(RosterIndex index, Dictionary<Guid, HashSet<Guid>> could, Duty duty)
    {
        if (could.TryGetValue(duty.Id, out var known)) return known;
        var locked = index.Problem.Locked.Where(l => l.DutyId == duty.Id).Select(l => l.PersonId);
        var skilled = index.Problem.People.Where(p =>
            !index.MissingSkills(p, duty).Any()
            && p.MaxOfKind.GetValueOrDefault(duty.KindId, int.MaxValue) > 0
            && !p.DaysOff.Contains(duty.Day)
            && !p.Unavailable.Any(t => duty.Starts < t.To && t.From < duty.Ends)).Select(p => p.Id);
        return could[duty.Id] = [.. skilled, .. locked];
    }

    private static void Minutes(RosterIndex index, List<RosterCollision> found)
    {
        var needed = index.Problem.Duties.Sum(d => (long)d.Minutes * d.Needed);
        var most = index.Problem.People.Sum(p =>
        {
            var limits = index.LimitsOf(p);
            return Math.Min(limits.MaxMinutes ?? long.MaxValue, (long)limits.MaxMinutesPerDay * index.Problem.Days);
        });
        if (needed > most) found.Add(new("roster.collision.minutes", needed, most));
    }
}
