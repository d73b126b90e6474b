using Tongxin.Core.Rostering;
using Tongxin.Core.Teams;

namespace Tongxin.Core.Tests.Rostering;

/// <summary>Small problems, made by hand or from a seed.</summary>
internal static class Make
{
    public static readonly DateOnly Monday = new(2026, 2, 23);

    public static Guid Id(int kind, int number) => new(kind, 0, 0, 0, 0, 0, 0, (byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number);

    public static Guid P(int i) => Id(1, i);

    public static Guid D(int i) => Id(2, i);

    public static Guid K(int i) => Id(3, i);

    public static Guid Post(int i) => Id(4, i);

    public static DateTimeOffset At(int day, double hour) => new DateTimeOffset(Monday.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddDays(day).AddHours(hour);

    /// <summary>A duty of kind 0 unless said otherwise; an end before the start is after midnight.</summary>
    public static Duty Duty(int id, int day, double from, double to, int needed = 1, int kind = 0) =>
        new(D(id), K(kind), Monday.AddDays(day), At(day, from), At(to > from ? day : day + 1, to), needed);

    public static RosterPerson Person(int id) => new(P(id));

    public static RosterProblem Problem(int days, IEnumerable<RosterPerson> people, params Duty[] duties) => new()
    {
        FirstDay = Monday,
        Days = days,
        People = [.. people],
        Posts = [new(Post(0))],
        Kinds = [new(K(0), Post(0)), new(K(1), Post(0)) { IsNight = true }],
        Duties = duties,
    };

    public static Assignment On(int person, int duty) => new(P(person), D(duty));

    public static RosterOptions Steps(long steps, int seed = 1) => new() { Steps = steps, Seed = seed };

    /// <summary>The college of the reports: three campuses, gates with four people in four shifts a day, fifteen days.</summary>
    public static RosterProblem College(int people = 195, int days = 15)
    {
        double[] starts = [6, 12, 18, 0];
        var kinds = new List<DutyKind>();
        var duties = new List<Duty>();
        for (var campus = 0; campus < 3; campus++)
        {
            for (var s = 0; s < 4; s++)
            {
                kinds.Add(new(K((campus * 4) + s), Post(campus)) { IsNight = s == 3 });
                for (var day = 0; day < days; day++)
                {
                    var starting = At(s == 3 ? day + 1 : day, starts[s]);
                    duties.Add(new(D(duties.Count), kinds[^1].Id, Monday.AddDays(day), starting, starting.AddHours(6), 4));
                }
            }
        }

        return new()
        {
            FirstDay = Monday,
            Days = days,
            Posts = [.. Enumerable.Range(0, 3).Select(i => new RosterPost(Post(i)) { At = new Position(3000 * i, 0), WantsExperience = true })],
            Kinds = kinds,
            Duties = duties,
            People = [.. Enumerable.Range(0, people).Select(i => Person(i) with { Home = new Position(3000 * (i % 3), 400), IsExperienced = i % 3 == 0 })],
        };
    }

    /// <summary>A random problem with skills, days off, limits, wishes, history and locks that hold together.</summary>
    public static RosterProblem Random(int seed)
    {
        var random = new Random(seed);
        int days = random.Next(3, 12), people = random.Next(4, 16), kinds = random.Next(1, 5);
        string[] skills = ["a", "b"];
        var list = Enumerable.Range(0, kinds).Select(k => new DutyKind(K(k), Post(k % 2))
        {
            IsNight = k == 3,
            Skills = random.Next(4) == 0 ? [skills[random.Next(2)]] : [],
            NotFollowedBy = k > 0 && random.Next(2) == 0 ? [K(k - 1)] : [],
        }).ToList();
        var duties = new List<Duty>();
        for (var day = 0; day < days; day++)
        {
            for (var k = 0; k < kinds; k++)
            {
                if (random.Next(5) > 0) duties.Add(Duty(duties.Count, day, 6 + (k * 5.5), (6 + (k * 5.5) + 7) % 24, random.Next(3), k));
            }
        }

        return new()
        {
            FirstDay = Monday,
            Days = days,
            Posts = [new(Post(0)) { At = new Position(0, 0), WantsExperience = true }, new(Post(1)) { At = new Position(900, 300) }],
            Kinds = list,
            Duties = duties,
            Limits = new() { MaxDutiesPerDay = random.Next(1, 3), MinRest = 60 * random.Next(6, 13), MaxDaysInRow = random.Next(2, 6), MaxMinutesPerDay = 14 * 60 },
            People = [.. Enumerable.Range(0, people).Select(i => Person(i) with
            {
                Skills = [.. skills.Where(_ => random.Next(3) > 0)],
                IsExperienced = random.Next(3) == 0,
                Home = random.Next(3) == 0 ? null : new Position(random.Next(2000), random.Next(2000)),
                DaysOff = random.Next(3) == 0 ? [Monday.AddDays(random.Next(days))] : [],
                Unavailable = random.Next(3) == 0 ? [new(At(random.Next(days), 8), At(days, 1))] : [],
                MaxOfKind = random.Next(3) == 0 ? new Dictionary<Guid, int> { [K(random.Next(kinds))] = random.Next(3) } : [],
                Limits = random.Next(3) == 0 ? new() { MaxMinutes = 60 * random.Next(8, 40), MaxWeekends = random.Next(3), MaxDaysInRow = 4 } : null,
                History = random.Next(3) == 0 ? new() { DaysInRow = random.Next(3), LastDutyEnds = At(0, 3), Turns = random.Next(4), Nights = random.Next(2) } : new(),
                Wishes = duties.Count == 0 ? [] : [.. Enumerable.Range(0, random.Next(4)).Select(_ => new Wish(D(random.Next(duties.Count)), random.Next(2) == 0))],
            })],
        };
    }
}
