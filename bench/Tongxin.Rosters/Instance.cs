using Tongxin.Core.Rostering;

namespace Tongxin.Rosters;

/// <summary>A published instance as a problem, with the names that its file uses.</summary>
/// <param name="Name">File name without extension.</param>
/// <param name="Problem">For the solver.</param>
/// <param name="Staff">Names by person id.</param>
/// <param name="Shifts">Names by kind id.</param>
internal sealed record Instance(string Name, RosterProblem Problem, IReadOnlyDictionary<Guid, string> Staff, IReadOnlyDictionary<Guid, string> Shifts)
{
    /// <summary>Lines "employee,day,shift" in the order of staff and days.</summary>
    public IEnumerable<string> Lines(RosterResult result)
    {
        var duties = Problem.Duties.ToDictionary(d => d.Id);
        var order = Problem.People.Select((p, i) => (p.Id, i)).ToDictionary(x => x.Id, x => x.i);
        return result.Assignments
            .Select(a => (a.PersonId, Duty: duties[a.DutyId]))
            .OrderBy(x => order[x.PersonId]).ThenBy(x => x.Duty.Day)
            .Select(x => $"{Staff[x.PersonId]},{x.Duty.Day.DayNumber - Problem.FirstDay.DayNumber},{Shifts[x.Duty.KindId]}");
    }
}
