using Tongxin.Core.Rostering;
using Tongxin.Core.Teams;

namespace Tongxin.Benchmarks.Rostering;

/// <summary>Rosters of helpers at the sizes of the reports, made from a seed.</summary>
internal static class DutyRosters
{
    private static readonly DateOnly Monday = new(2026, 9, 14);

    /// <summary>Three campuses, four people in four shifts a day at the gate of each, 15 days: 720 turns for 195 helpers.</summary>
    public static RosterProblem College() => Make(sites: 3, kindsPerSite: 1, shifts: 4, perShift: 4, days: 15, people: 195, skills: 0, seed: 1);

    /// <summary>Four sites with six sorts of duty in three shifts, 14 days, 5,000 applicants of whom some have the skill for two of the sorts.</summary>
    public static RosterProblem University() => Make(sites: 4, kindsPerSite: 6, shifts: 3, perShift: 10, days: 14, people: 5_000, skills: 2, seed: 2);

    /// <summary>The roster as published, and every third or so of its people gone.</summary>
    public static RosterProblem WithoutSome(RosterProblem problem, IReadOnlyList<Assignment> published, int percent)
    {
        var random = new Random(3);
        return problem with { People = [.. problem.People.Where(_ => random.Next(100) >= percent)], Published = published };
    }

    private static RosterProblem Make(int sites, int kindsPerSite, int shifts, int perShift, int days, int people, int skills, int seed)
    {
        var random = new Random(seed);
        var (posts, kinds, duties) = (new List<RosterPost>(), new List<DutyKind>(), new List<Duty>());
        for (var site = 0; site < sites; site++)
        {
            for (var sort = 0; sort < kindsPerSite; sort++)
            {
                posts.Add(new(Id(1, posts.Count)) { At = new Position(site * 4_000, sort * 150), Skills = sort < skills ? [$"s{sort}"] : [], WantsExperience = true });
                for (var shift = 0; shift < shifts; shift++)
                {
                    kinds.Add(new(Id(2, kinds.Count), posts[^1].Id) { IsNight = shift == 3 });
                    for (var day = 0; day < days; day++)
                    {
                        var starts = new DateTimeOffset(Monday.AddDays(day).ToDateTime(new TimeOnly(6, 0)), TimeSpan.FromHours(8)).AddHours(6 * shift);
                        duties.Add(new(Id(3, duties.Count), kinds[^1].Id, Monday.AddDays(day), starts, starts.AddHours(6), perShift));
                    }
                }
            }
        }

        return new()
        {
            FirstDay = Monday,
            Days = days,
            Posts = posts,
            Kinds = kinds,
            Duties = duties,
            People = [.. Enumerable.Range(0, people).Select(p => new RosterPerson(Id(4, p))
            {
                Home = new Position(random.Next(sites) * 4_000, random.Next(900)),
                Skills = [.. Enumerable.Range(0, skills).Where(_ => random.Next(4) == 0).Select(s => $"s{s}")],
                IsExperienced = random.Next(4) == 0,
                DaysOff = random.Next(5) == 0 ? [Monday.AddDays(random.Next(days))] : [],
            })],
        };
    }

    private static Guid Id(int kind, int number) => new(kind, 0, 0, 0, 0, 0, 0, 0, (byte)(number >> 16), (byte)(number >> 8), (byte)number);
}
