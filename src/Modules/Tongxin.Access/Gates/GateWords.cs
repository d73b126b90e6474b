using System.Globalization;
using Microsoft.Extensions.Localization;
using Tongxin.Access.Gates.Data;

namespace Tongxin.Access.Gates;

/// <summary>Hours of gates as people read and type them.</summary>
internal static class GateWords
{
    /// <summary>"06:30"; the end of a day is "00:00", as the clock shows it.</summary>
    public static string Clock(int minutes) => new TimeOnly(minutes % DayHours.Day / 60, minutes % 60).ToString("HH:mm", CultureInfo.InvariantCulture);

    public static int? Minutes(string? text) =>
        TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? (int)time.ToTimeSpan().TotalMinutes : null;

    public static string Of(DayHours? hours, IStringLocalizer<GatesText> texts) => hours switch
    {
        null => texts["hours.shut"],
        { From: 0, To: DayHours.Day } => texts["hours.whole"],
        { RunsOver: true } => texts["hours.over", Clock(hours.From), Clock(hours.To)],
        _ => $"{Clock(hours.From)}–{Clock(hours.To)}",
    };

    /// <summary>Days with the same hours in one line: "周一至周五 06:00–22:00".</summary>
    public static IEnumerable<string> Week(IReadOnlyList<DayHours?> hours, IStringLocalizer<GatesText> texts)
    {
        for (var day = 0; day < hours.Count;)
        {
            var last = day;
            while (last + 1 < hours.Count && hours[last + 1] == hours[day]) last++;
            var days = (day, last) switch
            {
                (0, 6) => texts["hours.everyday"].Value,
                _ when day == last => texts[$"weekday.{day}"].Value,
                _ => texts["hours.span", texts[$"weekday.{day}"].Value, texts[$"weekday.{last}"].Value].Value,
            };
            yield return $"{days} {Of(hours[day], texts)}";
            day = last + 1;
        }
    }
}
