namespace Tongxin.Core.Rostering;

/// <summary>The answer of <see cref="RosterSolver"/>: the best roster found, what it costs and what is missing.</summary>
public sealed record RosterResult
{
    /// <summary>Who has which duty, in the order of the duties.</summary>
    public required IReadOnlyList<Assignment> Assignments { get; init; }

    /// <summary>Every soft rule with its points.</summary>
    public required IReadOnlyList<RosterScore> Scores { get; init; }

    /// <summary>Hard rules that the roster breaks: empty, unless <see cref="Collisions"/> says why it cannot be.</summary>
    public required IReadOnlyList<RuleBreak> Breaks { get; init; }

    /// <summary>Duties with fewer people than they need.</summary>
    public required IReadOnlyList<RosterGap> Gaps { get; init; }

    /// <summary>Demands that no roster can meet together, found by counting; not necessarily all.</summary>
    public required IReadOnlyList<RosterCollision> Collisions { get; init; }

    /// <summary>What changed against the published roster.</summary>
    public required RosterChanges Changes { get; init; }

    /// <summary>Search steps made.</summary>
    public required long Steps { get; init; }

    /// <summary>Search time when the best roster was found; zero when only steps were counted.</summary>
    public required TimeSpan LastImprovement { get; init; }

    /// <summary>No roster has a lower penalty than this, when the search could show it; otherwise null.</summary>
    public double? LowerBound { get; init; }

    /// <summary>True when the search was asked to stop before its budget was used.</summary>
    public bool WasCancelled { get; init; }

    /// <summary>Weighted points of all soft rules; less is better.</summary>
    public double Penalty => Scores.Sum(s => s.Weight * s.Points);
}

/// <summary>What a soft rule makes of a roster.</summary>
/// <param name="Rule">Its name; "roster.rule." + name is the key of its text.</param>
/// <param name="Weight">Its weight in the problem.</param>
/// <param name="Points">Points before the weight; less is better.</param>
public sealed record RosterScore(string Rule, double Weight, double Points);

/// <summary>A hard rule that somebody's duties break.</summary>
/// <param name="Rule">Its name; <see cref="Code"/> is the key of its text.</param>
/// <param name="PersonId">Whose duties.</param>
/// <param name="DutyId">The duty at which it shows, if there is one.</param>
/// <param name="Args">Values for the places of the text, as the table in docs/algorithms/rostering.md lists them.</param>
public sealed record RuleBreak(string Rule, Guid PersonId, Guid? DutyId, params object?[] Args)
{
    /// <summary>Key of the text.</summary>
    public string Code => "roster.rule." + Rule;

    /// <summary>Same rule, person, duty and values.</summary>
    public bool Equals(RuleBreak? other) =>
        other is not null && Rule == other.Rule && PersonId == other.PersonId && DutyId == other.DutyId && Args.SequenceEqual(other.Args);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rule, PersonId, DutyId);
}

/// <summary>A duty with fewer people than it needs.</summary>
/// <param name="DutyId">The duty.</param>
/// <param name="Missing">How many people are missing.</param>
/// <param name="Why">The first rule that keeps each other person away, with the number of people; most people first.</param>
public sealed record RosterGap(Guid DutyId, int Missing, IReadOnlyList<GapCause> Why);

/// <summary>A rule and how many people it keeps from a duty.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="People">Number of people.</param>
public sealed record GapCause(string Rule, int People);

/// <summary>Demands that cannot be met together, shown by counting.</summary>
/// <param name="Code">
/// roster.collision.locked (person, rule, duty) | too_few (day, instant, people needed, people who could, list of duties) |
/// minutes (minutes needed, minutes that all may work) | person (person, rule): no legal set of duties exists for this person.
/// </param>
/// <param name="Args">Values for the places of the text.</param>
public sealed record RosterCollision(string Code, params object?[] Args);

/// <summary>What changed against the published roster.</summary>
/// <param name="Added">Assignments that were not published.</param>
/// <param name="Removed">Published assignments that are gone.</param>
/// <param name="Unavoidable">Any roster with these gaps adds at least this many assignments.</param>
public sealed record RosterChanges(IReadOnlyList<Assignment> Added, IReadOnlyList<Assignment> Removed, int Unavoidable);
