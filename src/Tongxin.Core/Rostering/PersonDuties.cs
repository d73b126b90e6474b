namespace Tongxin.Core.Rostering;

/// <summary>One person with their duties in order of time: what the hard rules look at.</summary>
internal sealed class PersonDuties
{
    public PersonDuties(RosterIndex index, RosterPerson person, IEnumerable<Duty> duties)
    {
        (Index, Person, Limits) = (index, person, index.LimitsOf(person));
        Duties = [.. duties.OrderBy(d => d.Starts).ThenBy(d => d.Ends).ThenBy(d => d.Id)];
        Works = new bool[index.Problem.Days];
        foreach (var duty in Duties) Works[index.DayOf(duty)] = true;
    }

    /// <summary>Somebody with a single duty and no days to look along: for the rules about one duty.</summary>
    public PersonDuties(RosterIndex index, RosterPerson person, Duty only)
        => (Index, Person, Limits, Duties, Works) = (index, person, index.LimitsOf(person), [only], []);

    public RosterIndex Index { get; }

    public RosterPerson Person { get; }

    public RosterLimits Limits { get; }

    /// <summary>By start.</summary>
    public IReadOnlyList<Duty> Duties { get; }

    /// <summary>By roster day: has a duty.</summary>
    public bool[] Works { get; }

    public RuleBreak Break(string rule, Duty? duty, params object?[] args) => new(rule, Person.Id, duty?.Id, args);

    /// <summary>Rows of equal days: (worked, first day, number of days).</summary>
    public IEnumerable<(bool Worked, int First, int Days)> Runs()
    {
        for (var first = 0; first < Works.Length;)
        {
            var next = first + 1;
            while (next < Works.Length && Works[next] == Works[first]) next++;
            yield return (Works[first], first, next - first);
            first = next;
        }
    }

    /// <summary>A row of days that has a real neighbour on both sides.</summary>
    public bool IsInside(int first, int days) => first > 0 && first + days < Works.Length;
}
