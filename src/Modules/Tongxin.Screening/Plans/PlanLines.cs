using System.Globalization;
using Tongxin.Core.Common;
using Tongxin.Core.Sampling;

namespace Tongxin.Screening.Plans;

/// <summary>Reads what the office wrote: breaks with or without buildings, and lists of buildings.</summary>
internal sealed class PlanLines(IReadOnlyDictionary<string, Guid> buildings, DateTimeOffset from, DateTimeOffset until)
{
    private const int MostLines = 60;
    private static readonly char[] Between = [' ', '\t', '、', ',', '\uFF0C', ';', '\uFF1B', '\u3000'];

    /// <summary>The buildings named; a name that is none is refused.</summary>
    public Result<List<Guid>> Buildings(string? text)
    {
        var found = new List<Guid>();
        foreach (var name in Lines(text).SelectMany(l => l.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            if (!buildings.TryGetValue(name, out var id)) return PlanErrors.Building(name);
            found.Add(id);
        }
        return found;
    }

    /// <summary>"11:30-12:30" for all, "08:00-12:00 学一楼 学二楼" for some; on each day of the round.</summary>
    public Result<List<(Guid? Building, SamplingWindow Window)>> Breaks(string? text)
    {
        var found = new List<(Guid? Building, SamplingWindow Window)>();
        foreach (var line in Lines(text))
        {
            var words = line.Replace('\uFF1A', ':').Split(Between, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var times = words[0].Split(['-', '–', '—', '~', '\uFF5E'], StringSplitOptions.TrimEntries);
            if (times.Length != 2 || !TryTime(times[0], out var starts) || !TryTime(times[1], out var ends) || ends <= starts) return PlanErrors.Line(line);
            var where = Buildings(words.Length > 1 ? words[1] : null);
            if (where.IsFailure) return where.Error;
            for (var day = CampusCalendar.DayOf(from); day <= CampusCalendar.DayOf(until); day = day.AddDays(1))
            {
                var window = new SamplingWindow(CampusCalendar.At(day, starts), CampusCalendar.At(day, ends));
                if (window.Ends <= from || window.Starts >= until) continue;
                if (where.Value.Count == 0) found.Add((null, window));
                foreach (var building in where.Value) found.Add((building, window));
            }
        }
        return found;
    }

    private static IEnumerable<string> Lines(string? text) => (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(MostLines);

    private static bool TryTime(string text, out TimeOnly time) => TimeOnly.TryParseExact(text, ["H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}
