using System.Globalization;
using Tongxin.Core.Common;
using Tongxin.Core.Sampling;

namespace Tongxin.Screening.Plans;

/// <summary>Reads what the office wrote: breaks with or without buildings, and lists of buildings.</summary>
internal sealed class PlanLines(BuildingNames buildings, DateTimeOffset from, DateTimeOffset until)
{
    private const int MostLines = 60;
    private static readonly char[] Between = [' ', '\t', '、', ',', '\uFF0C', ';', '\uFF1B', '\u3000'];

    /// <summary>The buildings named, "1号楼" or "西校区 1号楼"; a name that is none, or that of several, is refused.</summary>
    public Result<List<Guid>> Buildings(string? text)
    {
        var found = new List<Guid>();
        foreach (var line in Lines(text))
        {
            var words = line.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            for (var at = 0; at < words.Length; at++)
            {
                var whole = at + 1 < words.Length ? buildings.Find($"{words[at]} {words[at + 1]}") : [];
                if (whole.Count > 0) at++;
                else whole = buildings.Find(words[at]);
                if (whole.Count == 0) return PlanErrors.Building(words[at]);
                if (whole.Count > 1) return PlanErrors.Ambiguous(words[at], buildings.Whole(whole[0]));
                found.Add(whole[0]);
            }
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
