namespace Tongxin.Core.Rostering.Rules.Soft;

/// <summary>A whole roster seen from the people and from the duties: what the soft rules look at.</summary>
internal sealed class RosterView
{
    private readonly ILookup<Guid, Duty> _dutiesOf;
    private readonly ILookup<Guid, RosterPerson> _peopleOn;

    public RosterView(RosterIndex index, IReadOnlyList<Assignment> assignments)
    {
        (Index, Assignments) = (index, assignments);
        _dutiesOf = assignments.ToLookup(a => a.PersonId, a => index.Duty(a.DutyId));
        _peopleOn = assignments.ToLookup(a => a.DutyId, a => index.Person(a.PersonId));
    }

    public RosterIndex Index { get; }

    public RosterProblem Problem => Index.Problem;

    public IReadOnlyList<Assignment> Assignments { get; }

    public IEnumerable<Duty> DutiesOf(RosterPerson person) => _dutiesOf[person.Id];

    public IEnumerable<RosterPerson> PeopleOn(Duty duty) => _peopleOn[duty.Id];

    public int CountOn(Duty duty) => _peopleOn[duty.Id].Count();
}
