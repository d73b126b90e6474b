namespace Tongxin.Core.Rostering;

/// <summary>Hard limits on what one person may be given. The defaults follow the house rule: 10 h rest, 12 h a day, six days in a row.</summary>
public sealed record RosterLimits
{
    /// <summary>Most minutes over the roster; null: no limit.</summary>
    public int? MaxMinutes { get; init; }

    /// <summary>Least minutes over the roster.</summary>
    public int MinMinutes { get; init; }

    /// <summary>Most minutes of the duties of one roster day.</summary>
    public int MaxMinutesPerDay { get; init; } = 12 * 60;

    /// <summary>Most duties of one roster day.</summary>
    public int MaxDutiesPerDay { get; init; } = 1;

    /// <summary>Least minutes between the end of a duty and the start of one that belongs to a later roster day.</summary>
    public int MinRest { get; init; } = 10 * 60;

    /// <summary>Most roster days in a row with a duty, those of <see cref="PersonHistory.DaysInRow"/> included.</summary>
    public int MaxDaysInRow { get; init; } = 6;

    /// <summary>Least roster days in a row with a duty; a row that touches the first or last day may be shorter.</summary>
    public int MinDaysInRow { get; init; } = 1;

    /// <summary>Least roster days in a row without a duty; a row that touches the first or last day may be shorter.</summary>
    public int MinDaysOff { get; init; } = 1;

    /// <summary>Most weekends with a duty on Saturday or Sunday; null: no limit.</summary>
    public int? MaxWeekends { get; init; }
}
