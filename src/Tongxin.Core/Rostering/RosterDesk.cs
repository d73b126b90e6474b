using Tongxin.Core.Rostering.Rules.Hard;

namespace Tongxin.Core.Rostering;

/// <summary>
/// Answers single questions about a given roster: what would break if somebody took, left or swapped a duty. For drag and drop, swaps
/// and substitutes. Cheap to make; a question costs as much as looking at one person's duties. Not safe for several threads.
/// </summary>
public sealed class RosterDesk
{
    private readonly RosterIndex _index;
    private readonly Dictionary<Guid, List<Duty>> _dutiesOf = [];
    private readonly HashSet<Assignment> _locked;

    /// <summary>A desk for this roster. Assignments of people or duties that the problem does not know are left out.</summary>
    public RosterDesk(RosterProblem problem, IReadOnlyList<Assignment> assignments)
    {
        _index = new RosterIndex(problem);
        _locked = [.. problem.Locked];
        foreach (var a in assignments.Where(_index.Knows)) ListOf(a.PersonId).Add(_index.Duty(a.DutyId));
    }

    /// <summary>The rules that <paramref name="personId"/> would newly break by taking <paramref name="dutyId"/>; empty: they may.</summary>
    public IReadOnlyList<RuleBreak> IfTakes(Guid personId, Guid dutyId) => NewBreaks(personId, take: dutyId, leave: null);

    /// <summary>The rules that <paramref name="personId"/> would newly break by leaving <paramref name="dutyId"/>, locks included.</summary>
    public IReadOnlyList<RuleBreak> IfLeaves(Guid personId, Guid dutyId) => NewBreaks(personId, take: null, leave: dutyId);

    /// <summary>The rules that one person would newly break by giving one duty for another.</summary>
    public IReadOnlyList<RuleBreak> IfExchanges(Guid personId, Guid leave, Guid take) => NewBreaks(personId, take, leave);

    /// <summary>The rules that either would newly break if two people swapped duties; empty: a legal swap.</summary>
    public IReadOnlyList<RuleBreak> IfSwap(Assignment one, Assignment other) =>
        [.. IfExchanges(one.PersonId, one.DutyId, other.DutyId), .. IfExchanges(other.PersonId, other.DutyId, one.DutyId)];

    /// <summary>People who could take the duty without breaking a rule, in the order of the problem; those who have it are left out.</summary>
    public IEnumerable<Guid> WhoCouldTake(Guid dutyId) => _index.Problem.People
        .Where(p => !Has(p.Id, dutyId) && IfTakes(p.Id, dutyId).Count == 0)
        .Select(p => p.Id);

    /// <summary>Why nobody else can take the duty: the first rule that keeps each person away, with numbers; most people first.</summary>
    public IReadOnlyList<GapCause> WhyNobody(Guid dutyId) =>
    [
        .. _index.Problem.People
            .Where(p => !Has(p.Id, dutyId))
            .Select(p => IfTakes(p.Id, dutyId)is [var first, ..] ? first.Rule : null)
            .OfType<string>()
            .CountBy(rule => rule)
            .Select(c => new GapCause(c.Key, c.Value))
            .OrderByDescending(c => c.People).ThenBy(c => c.Rule, StringComparer.Ordinal),
    ];

    /// <summary>Puts somebody on a duty, whatever breaks: the desk then speaks of the roster so changed.</summary>
    public void Put(Guid personId, Guid dutyId)
    {
        if (!Has(personId, dutyId)) ListOf(personId).Add(_index.Duty(dutyId));
    }

    /// <summary>Takes somebody off a duty.</summary>
    public void Remove(Guid personId, Guid dutyId) => ListOf(personId).RemoveAll(d => d.Id == dutyId);

    private bool Has(Guid personId, Guid dutyId) => _dutiesOf.TryGetValue(personId, out var list) && list.Exists(d => d.Id == dutyId);

    private List<RuleBreak> NewBreaks(Guid personId, Guid? take, Guid? leave)
    {
        var person = _index.Person(personId);
        var before = _dutiesOf.GetValueOrDefault(personId) ?? [];
        var after = before.Where(d => d.Id != leave).ToList();
        if (take is { } id && !after.Exists(d => d.Id == id)) after.Add(_index.Duty(id));

        var had = RosterCheck.Breaks(new PersonDuties(_index, person, before)).ToHashSet();
        var breaks = RosterCheck.Breaks(new PersonDuties(_index, person, after)).Where(b => !had.Contains(b) && !IsMilder(b, had)).ToList();
        if (leave is { } left && _locked.Contains(new(personId, left))) breaks.Insert(0, new("locked", personId, left));
        return breaks;
    }

    /// <summary>Somebody short of hours who takes a duty is still short of hours, but nothing new is broken.</summary>
    private static bool IsMilder(RuleBreak now, HashSet<RuleBreak> had) =>
        now.Rule == LeastHoursRule.RuleName && had.FirstOrDefault(b => b.Rule == now.Rule) is { } before && (int)now.Args[0]! >= (int)before.Args[0]!;

    private List<Duty> ListOf(Guid personId)
    {
        if (!_dutiesOf.TryGetValue(personId, out var list)) _dutiesOf[personId] = list = [];
        return list;
    }
}
