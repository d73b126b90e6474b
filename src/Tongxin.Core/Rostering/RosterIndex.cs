namespace Tongxin.Core.Rostering;

/// <summary>Finds people, duties and kinds of a problem by id. Holds nothing that the search computes.</summary>
internal sealed class RosterIndex
{
    private readonly RosterProblem _problem;
    private readonly Dictionary<Guid, RosterPerson> _people;
    private readonly Dictionary<Guid, Duty> _duties;
    private readonly Dictionary<Guid, DutyKind> _kinds;
    private readonly Dictionary<Guid, RosterPost> _posts;

    public RosterIndex(RosterProblem problem)
    {
        _problem = problem;
        _people = problem.People.ToDictionary(p => p.Id);
        _duties = problem.Duties.ToDictionary(d => d.Id);
        _kinds = problem.Kinds.ToDictionary(k => k.Id);
        _posts = problem.Posts.ToDictionary(p => p.Id);
    }

    public RosterProblem Problem => _problem;

    public RosterPerson Person(Guid id) => _people[id];

    public Duty Duty(Guid id) => _duties[id];

    public bool Knows(Assignment a) => _people.ContainsKey(a.PersonId) && _duties.ContainsKey(a.DutyId);

    public DutyKind KindOf(Duty duty) => _kinds[duty.KindId];

    public RosterPost PostOf(Duty duty) => _posts[_kinds[duty.KindId].PostId];

    /// <summary>0 on the first roster day.</summary>
    public int DayOf(Duty duty) => duty.Day.DayNumber - _problem.FirstDay.DayNumber;

    public DateOnly Date(int day) => _problem.FirstDay.AddDays(day);

    public static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    public RosterLimits LimitsOf(RosterPerson person) => person.Limits ?? _problem.Limits;

    /// <summary>Skills that the duty asks for and the person does not hold.</summary>
    public IEnumerable<string> MissingSkills(RosterPerson person, Duty duty) =>
        KindOf(duty).Skills.Concat(PostOf(duty).Skills).Where(s => !person.Skills.Contains(s));
}
