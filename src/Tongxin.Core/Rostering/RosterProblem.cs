namespace Tongxin.Core.Rostering;

/// <summary>Who is needed where and when, who there is, and what must and should hold. Input of <see cref="RosterSolver"/>.</summary>
public sealed record RosterProblem
{
    /// <summary>First roster day. <see cref="RosterLimits.MaxWeekends"/> counts Saturdays and Sundays of this calendar.</summary>
    public required DateOnly FirstDay { get; init; }

    /// <summary>Roster days from <see cref="FirstDay"/> on, 1 to <see cref="MostDays"/>.</summary>
    public required int Days { get; init; }

    /// <summary>Everybody who could be given a duty, up to <see cref="MostPeople"/>.</summary>
    public required IReadOnlyList<RosterPerson> People { get; init; }

    /// <summary>Posts: gates, sampling tables, canteen.</summary>
    public required IReadOnlyList<RosterPost> Posts { get; init; }

    /// <summary>Shift templates, each at one post.</summary>
    public required IReadOnlyList<DutyKind> Kinds { get; init; }

    /// <summary>The slots to be filled, up to <see cref="MostDuties"/>.</summary>
    public required IReadOnlyList<Duty> Duties { get; init; }

    /// <summary>Limits of everybody who has none of their own.</summary>
    public RosterLimits Limits { get; init; } = new();

    /// <summary>What counts how much.</summary>
    public RosterWeights Weights { get; init; } = new();

    /// <summary>Assignments that stay whatever happens.</summary>
    public IReadOnlyList<Assignment> Locked { get; init; } = [];

    /// <summary>The roster that people know; changing it costs <see cref="RosterWeights.Stability"/>.</summary>
    public IReadOnlyList<Assignment> Published { get; init; } = [];

    /// <summary>Largest number of days.</summary>
    public const int MostDays = 400;

    /// <summary>Largest number of people.</summary>
    public const int MostPeople = 10_000;

    /// <summary>Largest number of duties.</summary>
    public const int MostDuties = 50_000;
}

/// <summary>One person on one duty.</summary>
/// <param name="PersonId">Who.</param>
/// <param name="DutyId">On which duty.</param>
public sealed record Assignment(Guid PersonId, Guid DutyId);
