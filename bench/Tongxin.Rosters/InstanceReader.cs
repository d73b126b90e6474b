using System.Globalization;
using Tongxin.Core.Rostering;

namespace Tongxin.Rosters;

/// <summary>
/// Reads an instance of Curtois and Qu's shift-scheduling benchmark (schedulingbenchmarks.org): sections of comma-separated lines. Day 0
/// is a Monday. Every mistake is told with file and line.
/// </summary>
internal sealed class InstanceReader
{
    /// <summary>Any Monday; the file knows no dates.</summary>
    private static readonly DateOnly Monday = new(2026, 1, 5);

    private readonly string _file;
    private readonly Dictionary<string, ShiftLine> _shifts = [];
    private readonly Dictionary<string, StaffLine> _staff = [];
    private readonly Dictionary<(int Day, string Shift), (int Need, int Under, int Over)> _cover = [];
    private readonly List<(string Shift, string Barred, int Line)> _successions = [];
    private int _line, _days;

    private InstanceReader(string file) => _file = Path.GetFileName(file);

    public static Instance Read(string file) => Read(file, File.ReadLines(file));

    public static Instance Read(string file, IEnumerable<string> lines)
    {
        var reader = new InstanceReader(file);
        var section = "";
        foreach (var raw in lines)
        {
            reader._line++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#') continue;
            if (line.StartsWith("SECTION_", StringComparison.Ordinal)) section = line["SECTION_".Length..];
            else reader.ReadLine(section, line.Split(','));
        }

        return reader.Finish(Path.GetFileNameWithoutExtension(file));
    }

    private void ReadLine(string section, string[] f)
    {
        switch (section)
        {
            case "HORIZON":
                _days = Number(f, 0, 1, RosterProblem.MostDays, "the number of days");
                break;
            case "SHIFTS":
                ReadShift(f);
                break;
            case "STAFF":
                ReadStaff(f);
                break;
            case "DAYS_OFF":
                for (var i = 1; i < f.Length; i++) Staff(f).DaysOff.Add(Day(f, i));
                break;
            case "SHIFT_ON_REQUESTS" or "SHIFT_OFF_REQUESTS":
                Fields(f, 4, "employee,day,shift,weight");
                Staff(f).Wishes.Add((Day(f, 1), Shift(f[2]), section == "SHIFT_ON_REQUESTS", Number(f, 3, 0, 100_000, "the weight")));
                break;
            case "COVER":
                Fields(f, 5, "day,shift,requirement,weight for under,weight for over");
                _cover[(Day(f, 0), Shift(f[1]))] = (Number(f, 2, 0, 10_000, "the requirement"), Number(f, 3, 0, 100_000, "the weight for under"), Number(f, 4, 0, 100_000, "the weight for over"));
                break;
            default:
                throw Wrong(section.Length == 0 ? "a line before the first section" : $"unknown section '{section}'", "start it with SECTION_HORIZON, _SHIFTS, _STAFF, _DAYS_OFF, _SHIFT_ON_REQUESTS, _SHIFT_OFF_REQUESTS or _COVER");
        }
    }

    private void ReadShift(string[] f)
    {
        Fields(f, 3, "shift,minutes,barred next shifts");
        if (!_shifts.TryAdd(f[0], new(Number(f, 1, 1, 24 * 60, "the minutes")))) throw Wrong($"shift '{f[0]}' stands twice", "keep one of the lines");
        foreach (var barred in f[2].Split('|', StringSplitOptions.RemoveEmptyEntries)) _successions.Add((f[0], barred, _line));
    }

    private void ReadStaff(string[] f)
    {
        Fields(f, 8, "employee,max shifts,max minutes,min minutes,max run,min run,min days off,max weekends");
        var most = new Dictionary<string, int>();
        foreach (var part in f[1].Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('=') is not [var shift, var text] || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                throw Wrong($"'{part}' is not shift=number", "write for example D=14");
            most[Shift(shift)] = count;
        }

        var limits = new RosterLimits
        {
            MaxMinutes = Number(f, 2, 0, 1_000_000, "the most minutes"),
            MinMinutes = Number(f, 3, 0, 1_000_000, "the least minutes"),
            MaxDaysInRow = Number(f, 4, 1, RosterProblem.MostDays, "the longest run"),
            MinDaysInRow = Number(f, 5, 0, RosterProblem.MostDays, "the shortest run"),
            MinDaysOff = Number(f, 6, 0, RosterProblem.MostDays, "the fewest days off"),
            MaxWeekends = Number(f, 7, 0, RosterProblem.MostDays, "the most weekends"),
            MaxMinutesPerDay = 24 * 60,
            MinRest = 0,
        };
        if (!_staff.TryAdd(f[0], new(limits, most, [], []))) throw Wrong($"employee '{f[0]}' stands twice", "keep one of the lines");
    }

    private Instance Finish(string name)
    {
        if (_days == 0) throw Wrong("there is no horizon", "add SECTION_HORIZON with the number of days");
        if (_shifts.Count == 0) throw Wrong("there is no shift", "add SECTION_SHIFTS");
        if (_staff.Count == 0) throw Wrong("there is no staff", "add SECTION_STAFF");
        var shifts = _shifts.Keys.Select((s, i) => (s, Id: Id(1, i))).ToDictionary(x => x.s, x => x.Id);
        foreach (var (shift, barred, line) in _successions)
        {
            if (!shifts.TryGetValue(barred, out var id)) throw new InstanceException(_file, line, $"unknown shift '{barred}'", "name one of SECTION_SHIFTS");
            _shifts[shift].Barred.Add(id);
        }

        var post = new RosterPost(Id(3, 0));
        var duties = new Dictionary<(int, string), Duty>();
        for (var d = 0; d < _days; d++)
        {
            foreach (var (shift, line) in _shifts)
            {
                var (need, under, over) = _cover.GetValueOrDefault((d, shift));
                var starts = new DateTimeOffset(Monday.AddDays(d).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
                duties[(d, shift)] = new(Id(2, duties.Count), shifts[shift], Monday.AddDays(d), starts, starts.AddMinutes(line.Minutes), need) { ShortPoints = under, OverPoints = over };
            }
        }

        var people = _staff.Select((s, i) => new RosterPerson(Id(4, i))
        {
            Limits = s.Value.Limits,
            MaxOfKind = s.Value.Most.ToDictionary(m => shifts[m.Key], m => m.Value),
            DaysOff = [.. s.Value.DaysOff.Distinct().Select(d => Monday.AddDays(d))],
            Wishes = [.. s.Value.Wishes.Select(w => new Wish(duties[(w.Day, w.Shift)].Id, w.IsOn, w.Points))],
            Share = 0,
        }).ToList();
        var problem = new RosterProblem
        {
            FirstDay = Monday,
            Days = _days,
            People = people,
            Posts = [post],
            Kinds = [.. _shifts.Select(s => new DutyKind(shifts[s.Key], post.Id) { NotFollowedBy = s.Value.Barred })],
            Duties = [.. duties.Values],
            Weights = new() { CoverShort = 1, CoverOver = 1, WishOn = 1, WishOff = 1 },
        };
        return new(name, problem, _staff.Keys.Select((s, i) => (s, i)).ToDictionary(x => Id(4, x.i), x => x.s), shifts.ToDictionary(x => x.Value, x => x.Key));
    }

    private static Guid Id(int kind, int number) => new(kind, 0, 0, 0, 0, 0, 0, 0, (byte)(number >> 16), (byte)(number >> 8), (byte)number);

    private StaffLine Staff(string[] f) =>
        _staff.TryGetValue(f[0], out var staff) ? staff : throw Wrong($"unknown employee '{f[0]}'", "name one of SECTION_STAFF, which must come first");

    private string Shift(string name) =>
        _shifts.ContainsKey(name) ? name : throw Wrong($"unknown shift '{name}'", "name one of SECTION_SHIFTS, which must come first");

    private int Day(string[] f, int at) => Number(f, at, 0, _days - 1, "the day");

    private int Number(string[] f, int at, int least, int most, string what) =>
        at < f.Length && int.TryParse(f[at].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Wrong($"{what} '{(at < f.Length ? f[at].Trim() : "")}' is not a number from {least} to {most}", "correct the number");

    private void Fields(string[] f, int count, string shape)
    {
        if (f.Length != count) throw Wrong($"{f.Length} fields instead of {count}", $"write {shape}");
    }

    private InstanceException Wrong(string what, string remedy) => new(_file, _line, what, remedy);

    private sealed record ShiftLine(int Minutes)
    {
        public List<Guid> Barred { get; } = [];
    }

    private sealed record StaffLine(
        RosterLimits Limits, Dictionary<string, int> Most, List<int> DaysOff, List<(int Day, string Shift, bool IsOn, int Points)> Wishes);
}
