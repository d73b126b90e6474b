using Tongxin.Core.Rostering;
using Tongxin.People.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Wishes;

namespace Tongxin.Workforce.Rosters;

/// <summary>A duty that somebody of the pool has in another published roster.</summary>
internal sealed record Elsewhere(Guid PersonId, DateTimeOffset Starts, DateTimeOffset Ends, string Roster, string Post);

/// <summary>A person of the roster twice at one time.</summary>
internal sealed record DoubleBooking(Guid PersonId, RosterDuty Duty, Elsewhere Other);

/// <summary>Everything known of one version of a roster, read once: the pages show it, the solver and the rules look at it.</summary>
internal sealed class Ground
{
    public required Roster Roster { get; init; }

    /// <summary>False: some of its posts are out of the reader's reach and not here.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>By start, then by post and template.</summary>
    public required IReadOnlyList<RosterDuty> Duties { get; init; }

    /// <summary>Posts of the duties, by name.</summary>
    public required IReadOnlyList<Post> Posts { get; init; }

    /// <summary>Templates of the duties: posts in order, then by start.</summary>
    public required IReadOnlyList<ShiftTemplate> Templates { get; init; }

    /// <summary>The pool and whoever else has a turn, by name.</summary>
    public required IReadOnlyList<PersonView> People { get; init; }
    public required IReadOnlyDictionary<Guid, RosterMember> Members { get; init; }
    public required IReadOnlyList<Turn> Turns { get; init; }
    public required IReadOnlyList<Elsewhere> Elsewhere { get; init; }
    public required RosterProblem Problem { get; init; }

    /// <summary>What the people wish about these duties.</summary>
    public required RosterWishes Wishes { get; init; }

    public RosterSettings Settings => RosterSettings.Of(Roster);

    public bool IsDraft => Roster.State == RosterState.Draft;

    public IReadOnlyDictionary<Guid, RosterDuty> DutyById => field ??= Duties.ToDictionary(d => d.Id);

    public IReadOnlyDictionary<Guid, Post> PostById => field ??= Posts.ToDictionary(p => p.Id);

    public IReadOnlyDictionary<Guid, ShiftTemplate> TemplateById => field ??= Templates.ToDictionary(t => t.Id);

    public IReadOnlyDictionary<Guid, string> Names => field ??= People.ToDictionary(p => p.Id, p => p.Name);

    public ILookup<Guid, Turn> TurnsOfDuty => field ??= Turns.ToLookup(t => t.DutyId);

    public ILookup<Guid, Turn> TurnsOfPerson => field ??= Turns.ToLookup(t => t.PersonId);

    /// <summary>What counts as being there: reserves do not.</summary>
    public IReadOnlyList<Assignment> Assignments => field ??= [.. Turns.Where(t => !t.IsReserve).Select(t => new Assignment(t.PersonId, t.DutyId))];

    public RosterDesk Desk => field ??= new RosterDesk(Problem, Assignments);

    public IReadOnlyList<RuleBreak> Breaks => field ??= RosterCheck.Breaks(Problem, Assignments);

    public string Name(Guid person) => Names.GetValueOrDefault(person, "");

    public int Have(RosterDuty duty) => TurnsOfDuty[duty.Id].Count(t => !t.IsReserve);

    public int Missing(RosterDuty duty) => Math.Max(0, duty.Needed - Have(duty));

    public IReadOnlyList<RosterDuty> Gaps => field ??= [.. Duties.Where(d => Missing(d) > 0)];

    public IReadOnlyList<CoverageGap> CoverageGaps => field ??= Coverage.Gaps(this);

    public IReadOnlyList<DoubleBooking> DoubleBookings => field ??=
    [
        .. from turn in Turns
           let duty = DutyById[turn.DutyId]
           from other in Elsewhere
           where other.PersonId == turn.PersonId && duty.Starts < other.Ends && other.Starts < duty.Ends
           select new DoubleBooking(turn.PersonId, duty, other),
    ];
}
