using Shouldly;
using Tongxin.Core.Rostering;
using Xunit;

namespace Tongxin.Core.Tests.Rostering;

public sealed class CollisionTests
{
    [Fact]
    public void Solve_EachDutyCouldButNotAllAtOnce_NamesTheDutiesThatCollide()
    {
        // The clinic and the table want a nurse each and there is one; guards there are enough.
        var problem = Make.Problem(
            1, [Make.Person(0) with { Skills = ["nurse"] }, .. Enumerable.Range(1, 5).Select(Make.Person)],
            Make.Duty(0, 0, 8, 16, kind: 1), Make.Duty(1, 0, 9, 12, kind: 1), Make.Duty(2, 0, 8, 16, needed: 3)) with
        {
            Kinds = [new(Make.K(0), Make.Post(0)), new(Make.K(1), Make.Post(0)) { Skills = ["nurse"] }],
        };

        var collision = RosterSolver.Solve(problem, Make.Steps(20_000), TestContext.Current.CancellationToken).Value.Collisions.ShouldHaveSingleItem();

        collision.Code.ShouldBe("roster.collision.too_few");
        collision.Args[..4].ShouldBe([Make.Monday, Make.At(0, 9), 2, 1]);
        collision.Args[4].ShouldBeAssignableTo<IEnumerable<Guid>>()!.ShouldBe([Make.D(0), Make.D(1)], ignoreOrder: true);
    }

    [Fact]
    public void Solve_OneAfterTheOther_IsNoCollision()
    {
        var problem = Make.Problem(1, [Make.Person(0)], Make.Duty(0, 0, 8, 12), Make.Duty(1, 0, 12, 16));

        RosterSolver.Solve(problem, Make.Steps(5_000), TestContext.Current.CancellationToken).Value.Collisions.ShouldBeEmpty();
    }

    /// <summary>Against all ways to seat four people at three duties.</summary>
    [Fact]
    public void TooFew_RandomSkills_IsToldExactlyWhenNoSeatingExists()
    {
        var random = new Random(7);
        var told = Enumerable.Range(0, 400).Count(_ => IsTold(random.Next(1 << 12), random.Next(1 << 6)));

        told.ShouldBeInRange(100, 300);
    }

    private static bool IsTold(int skills, int needs)
    {
        int[] needed = [needs & 3, (needs >> 2) & 3, (needs >> 4) & 3];
        bool Can(int person, int duty) => (skills >> ((person * 3) + duty) & 1) == 1;
        var problem = Make.Problem(
            1, Enumerable.Range(0, 4).Select(p => Make.Person(p) with { Skills = [.. Enumerable.Range(0, 3).Where(d => Can(p, d)).Select(d => $"s{d}")] }),
            [.. Enumerable.Range(0, 3).Select(d => Make.Duty(d, 0, 8, 16, needed[d], d))]) with
        {
            Kinds = [.. Enumerable.Range(0, 3).Select(d => new DutyKind(Make.K(d), Make.Post(0)) { Skills = [$"s{d}"] })],
        };

        var told = RosterSolver.Solve(problem, Make.Steps(100), TestContext.Current.CancellationToken).Value.Collisions.Any(c => c.Code == "roster.collision.too_few");

        told.ShouldBe(!CanSeat(0, needed), $"skills {skills}, needs {needs}");
        return told;

        bool CanSeat(int person, int[] left) =>
            left.All(n => n == 0) || (person < 4 && (CanSeat(person + 1, left) || Enumerable.Range(0, 3).Any(d =>
                left[d] > 0 && Can(person, d) && CanSeat(person + 1, [.. left.Select((n, i) => i == d ? n - 1 : n)]))));
    }
}
