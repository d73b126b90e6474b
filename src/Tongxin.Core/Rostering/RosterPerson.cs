using Tongxin.Core.Teams;

namespace Tongxin.Core.Rostering;

/// <summary>Somebody who can be given duties.</summary>
/// <param name="Id">The person.</param>
public sealed record RosterPerson(Guid Id)
{
    /// <summary>Skills they hold on all days of the roster.</summary>
    public IReadOnlyCollection<string> Skills { get; init; } = [];

    /// <summary>Home or workplace; null: unknown.</summary>
    public Position? Home { get; init; }

    /// <summary>Knows the work: one of them is wanted beside newcomers.</summary>
    public bool IsExperienced { get; init; }

    /// <summary>Times at which no duty may touch them.</summary>
    public IReadOnlyList<Period> Unavailable { get; init; } = [];

    /// <summary>Roster days without any duty that belongs to them.</summary>
    public IReadOnlyCollection<DateOnly> DaysOff { get; init; } = [];

    /// <summary>Most duties of a kind (its id) over the roster; 0: never. A kind not named has no limit.</summary>
    public IReadOnlyDictionary<Guid, int> MaxOfKind { get; init; } = new Dictionary<Guid, int>();

    /// <summary>Own limits; null: those of the problem.</summary>
    public RosterLimits? Limits { get; init; }

    /// <summary>What they did before the first day.</summary>
    public PersonHistory History { get; init; } = new();

    /// <summary>What they ask for.</summary>
    public IReadOnlyList<Wish> Wishes { get; init; } = [];

    /// <summary>Share of the fair load: 1 for everybody alike, 0.5 for half a place. 0 takes the person out of the fairness rules.</summary>
    public double Share { get; init; } = 1;
}

/// <summary>A stretch of time, <c>[From, To)</c>.</summary>
/// <param name="From">First instant.</param>
/// <param name="To">First instant after it.</param>
public readonly record struct Period(DateTimeOffset From, DateTimeOffset To);

/// <summary>A wish about one duty.</summary>
/// <param name="DutyId">The duty.</param>
/// <param name="IsOn">True: wants it; false: would rather not.</param>
/// <param name="Points">How much it counts.</param>
public sealed record Wish(Guid DutyId, bool IsOn, double Points = 1);

/// <summary>What somebody did before the roster begins; counts for rest, for days in a row and for fair load.</summary>
public sealed record PersonHistory
{
    /// <summary>When the last duty before the roster ended.</summary>
    public DateTimeOffset? LastDutyEnds { get; init; }

    /// <summary>Days worked without a break, ending on the eve of the first day.</summary>
    public int DaysInRow { get; init; }

    /// <summary>Duties in the time that fairness looks back on.</summary>
    public int Turns { get; init; }

    /// <summary>Minutes in that time.</summary>
    public int Minutes { get; init; }

    /// <summary>Night duties in that time.</summary>
    public int Nights { get; init; }

    /// <summary>Weekend duties in that time.</summary>
    public int Weekends { get; init; }
}
