using System.Globalization;

namespace Tongxin.Workforce.Rosters;

/// <summary>How days stand over the columns of a board.</summary>
internal static class BoardDay
{
    public static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    /// <summary>The day alone; with its month where a month begins.</summary>
    public static string Number(DateOnly day, DateOnly first) =>
        day.Day == 1 || day == first ? string.Create(CultureInfo.InvariantCulture, $"{day.Month}/{day.Day}") : day.Day.ToString(CultureInfo.InvariantCulture);

    /// <summary>Key of the weekday's one-character text.</summary>
    public static string Weekday(DateOnly day) => $"weekday.{((int)day.DayOfWeek + 6) % 7}";
}
