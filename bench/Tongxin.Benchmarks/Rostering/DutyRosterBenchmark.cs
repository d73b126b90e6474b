using System.Diagnostics;
using Tongxin.Benchmarks.Harness;
using Tongxin.Core.Rostering;

namespace Tongxin.Benchmarks.Rostering;

/// <summary>Our own rosters: the college in under 5 s, the university in under 60 s and 1.5 GB, new plans in under 10 s with few changes.</summary>
internal sealed class DutyRosterBenchmark : IBenchmark
{
    private const double MostChangesRatio = 1.3;

    public string Name => "duty-rosters";

    public string About => "Duty rosters: 195 helpers and 720 turns; 5,000 applicants, 24 posts, 14 days; 30 % of the helpers drop out";

    public Task<Measurement> RunAsync(CancellationToken ct)
    {
        var (college, collegeTime) = Solve(DutyRosters.College(), 3, ct);
        var turns = DutyRosters.College().People.Select(p => college.Assignments.Count(a => a.PersonId == p.Id)).ToList();
        var without = DutyRosters.WithoutSome(DutyRosters.College(), college.Assignments, 30);
        var (replan, replanTime) = Solve(without, 4, ct);
        var (university, universityTime) = Solve(DutyRosters.University(), 30, ct);
        var megabytes = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6;
        var isEven = turns.Max() - turns.Min() <= 1 && college.Gaps.Count == 0;
        var ratio = (double)replan.Changes.Added.Count / Math.Max(1, replan.Changes.Unavoidable);
        return Task.FromResult(new Measurement("1.3 x the unavoidable changes", ratio / MostChangesRatio, 1, new Dictionary<string, object>
        {
            ["college s"] = Math.Round(collegeTime, 1),
            ["college gaps"] = college.Gaps.Count,
            ["college turns, fewest"] = turns.Min(),
            ["college turns, most"] = turns.Max(),
            ["new plan s"] = Math.Round(replanTime, 1),
            ["new plan gaps"] = replan.Gaps.Count,
            ["changed duties"] = replan.Changes.Added.Count,
            ["unavoidable"] = replan.Changes.Unavoidable,
            ["university s"] = Math.Round(universityTime, 1),
            ["university gaps"] = university.Gaps.Count,
            ["university seats"] = university.Assignments.Count,
            ["peak MB"] = Math.Round(megabytes),
        }, isEven && replan.Gaps.Count == 0 && university.Gaps.Count == 0 && collegeTime < 5 && replanTime < 10 && universityTime < 60 && megabytes < 1500));
    }

    private static (RosterResult Result, double Seconds) Solve(RosterProblem problem, double seconds, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var result = RosterSolver.Solve(problem, new() { Time = TimeSpan.FromSeconds(seconds), Clock = TimeProvider.System }, ct).Value;
        var time = clock.Elapsed.TotalSeconds;
        var wrong = RosterCheck.Run(problem, result);
        return wrong.Count == 0 && result.Breaks.Count == 0 ? (result, time) : throw new InvalidOperationException(string.Join(' ', wrong));
    }
}
