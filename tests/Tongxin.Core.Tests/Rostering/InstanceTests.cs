using Shouldly;
using Tongxin.Core.Rostering;
using Tongxin.Rosters;
using Xunit;

namespace Tongxin.Core.Tests.Rostering;

/// <summary>The benchmark's format and whole solves of problems in it, made by hand or made up.</summary>
public sealed class InstanceTests
{
    private static readonly string[] Small =
    [
        "SECTION_HORIZON", "4", "SECTION_SHIFTS", "E,480,", "L,480,E", "SECTION_STAFF", "A,E=4|L=4,1440,480,3,1,1,1", "B,E=4|L=0,960,0,3,1,1,1",
        "SECTION_DAYS_OFF", "A,0", "SECTION_SHIFT_ON_REQUESTS", "B,1,E,2", "SECTION_SHIFT_OFF_REQUESTS", "A,2,L,3",
        "SECTION_COVER", "0,E,1,100,1", "1,L,1,100,1", "2,L,1,100,1", "3,E,1,100,1",
    ];

    private static RosterResult Solve(RosterProblem problem, long steps, int seed = 1) => Until(problem, steps, seed, TestContext.Current.CancellationToken);

    private static RosterResult Until(RosterProblem problem, long steps, int seed, CancellationToken ct)
    {
        var result = RosterSolver.Solve(problem, Make.Steps(steps, seed), ct).Value;
        RosterCheck.Run(problem, result).ShouldBeEmpty();
        return result;
    }

    [Fact]
    public void Read_SmallInstance_SolvedToTheKnownBest()
    {
        var instance = InstanceReader.Read("small.txt", Small);

        var result = Solve(instance.Problem, 400_000);

        // B early on 0, A late on 1 and 2 against the wish (3), B's wish on day 1 costs nobody's cover but an extra head (1) instead of 2.
        result.Penalty.ShouldBe(AllRosters(instance).Min());
        result.LowerBound.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(result.Penalty);
        instance.Lines(result).ShouldContain("A,1,L");
    }

    [Theory]
    [InlineData(1, "fourteen", "small.txt:2: the number of days 'fourteen' is not a number from 1 to 400. Remedy: correct the number.")]
    [InlineData(6, "A,E=4|X=4,1440,480,3,1,1,1", "small.txt:7: unknown shift 'X'. Remedy: name one of SECTION_SHIFTS, which must come first.")]
    [InlineData(6, "A,E=4,1440,480,3,1,1", "small.txt:7: 7 fields instead of 8. Remedy: write employee,max shifts,max minutes,min minutes,max run,min run,min days off,max weekends.")]
    [InlineData(7, "A,E=4,1440,480,3,1,1,1", "small.txt:8: employee 'A' stands twice. Remedy: keep one of the lines.")]
    [InlineData(9, "C,0", "small.txt:10: unknown employee 'C'. Remedy: name one of SECTION_STAFF, which must come first.")]
    [InlineData(11, "B,9,E,2", "small.txt:12: the day '9' is not a number from 0 to 3. Remedy: correct the number.")]
    [InlineData(4, "L,480,Q", "small.txt:5: unknown shift 'Q'. Remedy: name one of SECTION_SHIFTS.")]
    public void Read_BrokenLine_SaysFileLineFaultAndRemedy(int line, string text, string message)
    {
        var lines = Small.ToArray();
        lines[line] = text;
        Should.Throw<InstanceException>(() => InstanceReader.Read("small.txt", lines)).Message.ShouldBe(message);
    }

    [Theory]
    [InlineData(14, 8, 1)]
    [InlineData(14, 12, 3)]
    [InlineData(28, 10, 4)]
    [InlineData(90, 6, 2)]
    public void Solve_MadeUpStaff_LegalAndRepeatable(int days, int staff, int kinds)
    {
        var instance = InstanceReader.Read("made.txt", MadeInstance.Lines(days, staff, kinds, seed: days + staff));

        var one = Solve(instance.Problem, 1_500_000);
        var other = Solve(instance.Problem, 1_500_000);

        other.Assignments.ShouldBe(one.Assignments);
        other.Steps.ShouldBe(one.Steps);
    }

    [Fact]
    public void Solve_ManySmallInstances_NeverBelowTheBoundAndOftenOnIt()
    {
        var proven = 0;
        for (var seed = 0; seed < 12; seed++)
        {
            var instance = InstanceReader.Read("made.txt", MadeInstance.Lines(14, 6 + (seed % 4), 1 + (seed % 3), seed));
            var result = Solve(instance.Problem, 600_000, seed);
            if (result.LowerBound is { } bound && result.Penalty < bound + 1) proven++;
        }

        proven.ShouldBeGreaterThan(3);
    }

    [Fact]
    public void Solve_CancelledAtOnce_ReturnsALegalRoster()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var instance = InstanceReader.Read("made.txt", MadeInstance.Lines(28, 12, 3, 5));

        var result = Until(instance.Problem, 100_000_000, 1, stop.Token);

        result.WasCancelled.ShouldBeTrue();
        result.Breaks.Where(b => !result.Collisions.Any(c => b.PersonId.Equals(c.Args[0]))).ShouldBeEmpty();
    }

    [Fact]
    public void Solve_LockedAndUnlucky_LockStaysAndCollisionIsNamed()
    {
        var problem = InstanceReader.Read("small.txt", Small).Problem;
        var late = problem.Duties.First(d => d.Day == problem.FirstDay.AddDays(1) && d.Needed == 1);
        var kept = Solve(problem with { Locked = [new(problem.People[0].Id, late.Id)] }, 200_000);
        kept.Assignments.ShouldContain(new Assignment(problem.People[0].Id, late.Id));

        // A is off on day 0: the lock and the day off cannot both be.
        var dayZero = problem.Duties.First(d => d.Day == problem.FirstDay && d.Needed == 1);
        var torn = Solve(problem with { Locked = [new(problem.People[0].Id, dayZero.Id)] }, 200_000);
        torn.Collisions.ShouldContain(c => c.Code == "roster.collision.locked" && c.Args[1]!.Equals("unavailable"));
    }

    /// <summary>Penalties of every legal roster of the small instance.</summary>
    private static IEnumerable<double> AllRosters(Instance instance)
    {
        var problem = instance.Problem;
        var cells = problem.People.SelectMany(p => problem.Duties.GroupBy(d => d.Day).Select(day => (p, Duties: day.ToList()))).ToList();
        var count = (int)Math.Pow(3, cells.Count);
        for (var n = 0; n < count; n++)
        {
            var roster = new List<Assignment>();
            var rest = n;
            foreach (var (person, duties) in cells)
            {
                if (rest % 3 > 0) roster.Add(new(person.Id, duties[(rest % 3) - 1].Id));
                rest /= 3;
            }

            if (RosterCheck.Breaks(problem, roster).Count == 0) yield return RosterCheck.Scores(problem, roster).Sum(s => s.Weight * s.Points);
        }
    }
}
