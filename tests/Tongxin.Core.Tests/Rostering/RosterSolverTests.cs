using Shouldly;
using Tongxin.Core.Rostering;
using Xunit;

namespace Tongxin.Core.Tests.Rostering;

public sealed class RosterSolverTests
{
    private static RosterResult Solve(RosterProblem problem, long steps = 300_000, int seed = 1)
    {
        var result = RosterSolver.Solve(problem, Make.Steps(steps, seed), TestContext.Current.CancellationToken).Value;
        RosterCheck.Run(problem, result).ShouldBeEmpty();
        return result;
    }

    [Fact]
    public void Solve_College_NoGapAndTurnsOneApartAtMost()
    {
        var problem = Make.College();

        var result = Solve(problem, 3_000_000);

        result.Assignments.Count.ShouldBe(720);
        result.Gaps.ShouldBeEmpty();
        var turns = problem.People.Select(p => result.Assignments.Count(a => a.PersonId == p.Id)).ToList();
        (turns.Max() - turns.Min()).ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public void Solve_ThirdDropsOut_FillsAndChangesLittle()
    {
        var problem = Make.College();
        var published = Solve(problem, 2_000_000).Assignments;
        var gone = problem.People.Where((_, i) => i % 10 < 3).Select(p => p.Id).ToHashSet();
        var smaller = problem with { People = [.. problem.People.Where(p => !gone.Contains(p.Id))], Published = published };

        var result = Solve(smaller, 3_000_000);

        result.Gaps.ShouldBeEmpty();
        result.Changes.Unavoidable.ShouldBe(published.Count(a => gone.Contains(a.PersonId)));
        ((double)result.Changes.Added.Count / result.Changes.Unavoidable).ShouldBeLessThanOrEqualTo(1.3);
    }

    [Fact]
    public void Solve_RandomProblems_BreaksNoHardRule()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var problem = Make.Random(seed);
            Solve(problem, 20_000).Breaks.ShouldBeEmpty();
        }
    }

    [Fact]
    public void Solve_SameSeedAndSteps_SameRoster()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var problem = Make.Random(seed);
            Solve(problem, 50_000, seed).Assignments.ShouldBe(Solve(problem, 50_000, seed).Assignments);
        }
    }
}
