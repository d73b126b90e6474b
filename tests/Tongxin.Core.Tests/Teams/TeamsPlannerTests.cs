using Shouldly;
using Tongxin.Core.Teams;
using Xunit;

namespace Tongxin.Core.Tests.Teams;

public class TeamsPlannerTests
{
    [Fact]
    public void Qinyuan_51Teams_IsComplete()
    {
        var request = Estate.Make(51, 1500, 389, 51, seed: 7, leaders: 60);

        var proposal = Propose(request);

        proposal.Teams.Count.ShouldBe(51);
        proposal.Gaps.ShouldBeEmpty();
        proposal.Unplaced.ShouldBeEmpty();
    }

    [Fact]
    public void Qinyuan_20TeamsOver51Entrances_StaysEven()
    {
        var proposal = Propose(Estate.Make(51, 1500, 389, 20, seed: 7));

        proposal.Teams.Max(t => t.Households).ShouldBeLessThan(2 * 1500 / 20);
    }

    [Fact]
    public void LargeEstate_2000EntrancesAnd5000Helpers_IsAnswered() =>
        Propose(Estate.Make(2000, 60_000, 5_000, 500, seed: 3) with { Steps = 100_000 });

    [Fact]
    public void Captains_TwoOfThree_GapIsAtTheSmallestCell()
    {
        var request = Estate.Make(3, 90, 12, 3, seed: 1, leaders: 2) with { Volunteers = [.. Estate.Make(3, 90, 12, 3, 1, 2).Volunteers.Select(v => v with { BarredUnitIds = null })] };

        var proposal = Propose(request);

        var gap = proposal.Gaps.Single(g => g.Why.Code == "teams.gap.no_captain");
        gap.Why.Args.ShouldBe([2, 3]);
        proposal.Teams.Single(t => t.Number == gap.Team).Households.ShouldBe(proposal.Teams.Min(t => t.Households));
    }

    [Fact]
    public void Captain_BarredFromTheOnlyCell_IsExplained()
    {
        var only = new CoverUnit(Estate.Id(1, 1), Estate.Id(2, 1), 30, 0);
        var leader = new Volunteer(Estate.Id(3, 1), only.Id, CanLead: true, BarredUnitIds: [only.Id]);

        var proposal = Propose(new() { Units = [only], Volunteers = [leader], TeamCount = 1 });

        proposal.Gaps.Select(g => g.Why.Code).ShouldBe(["teams.gap.no_captain_allowed", "teams.gap.too_small", "teams.gap.no_substitute"]);
        proposal.Unplaced.Single().Why.Code.ShouldBe("teams.unplaced.barred");
    }

    [Fact]
    public void Entrance_OverTheCap_IsDividedAndOnlyThatOne()
    {
        CoverUnit tower = new(Estate.Id(1, 1), Estate.Id(2, 1), 130, 0), small = new(Estate.Id(1, 2), Estate.Id(2, 2), 40, 1);

        var proposal = Propose(new() { Units = [tower, small], Volunteers = [], TeamCount = 4, EntranceCap = 50 });

        proposal.Teams.SelectMany(t => t.Cell).ShouldBe(
        [
            new CellPart(tower.Id, 0, 44, false), new CellPart(tower.Id, 44, 43, false),
            new CellPart(tower.Id, 87, 43, false), new CellPart(small.Id, 0, 40, true),
        ]);
    }

    [Fact]
    public void Entrance_OverTheCapInOneCell_IsWholeAgain()
    {
        CoverUnit tower = new(Estate.Id(1, 1), Estate.Id(2, 1), 130, 0);

        Propose(new() { Units = [tower], Volunteers = [], TeamCount = 1, EntranceCap = 50 })
            .Teams.Single().Cell.ShouldBe([new CellPart(tower.Id, 0, 130, true)]);
    }

    [Fact]
    public void Teams_MoreThanEntrances_GetOneEachAndAGap()
    {
        var proposal = Propose(Estate.Make(3, 90, 20, 5, seed: 1));

        proposal.Teams.Count.ShouldBe(3);
        proposal.Gaps.ShouldContain(g => g.Team == null && g.Why.Code == "teams.gap.fewer_cells");
    }

    [Fact]
    public void Helper_LivingInTheCell_IsPlacedThere()
    {
        CoverUnit[] units = [.. Enumerable.Range(0, 4).Select(i => new CoverUnit(Estate.Id(1, i), Estate.Id(2, i), 30, i))];
        Volunteer[] people = [.. Enumerable.Range(0, 16).Select(i => new Volunteer(Estate.Id(3, i), units[i % 4].Id, CanLead: i < 4))];

        var proposal = Propose(new() { Units = units, Volunteers = people, TeamCount = 4 });

        proposal.Teams.SelectMany(t => t.Seats).ShouldAllBe(s => s.Why.Code == "teams.seat.lives_in_cell");
        proposal.Teams.ShouldAllBe(t => t.Size == 3 && t.Seats.Count == 4);
    }

    [Fact]
    public void Helpers_MoreThanSeats_AreNamed()
    {
        var proposal = Propose(Estate.Make(4, 100, 30, 2, seed: 2) with { MaxSize = 4, Substitutes = 2 });

        proposal.Teams.ShouldAllBe(t => t.Seats.Count == 6);
        proposal.Unplaced.Count.ShouldBe(18);
    }

    [Fact]
    public void Propose_Cancelled_Stops() =>
        Should.Throw<OperationCanceledException>(() => TeamsPlanner.Propose(Estate.Make(51, 1500, 389, 20, 1), new CancellationToken(canceled: true)));

    [Fact]
    public void Request_OutOfRange_IsRefusedByField()
    {
        var fine = Estate.Make(3, 90, 5, 2, seed: 1);

        Code(fine with { Units = [] }).ShouldBe("teams.request.no_units");
        Code(fine with { TeamCount = 0 }).ShouldBe("teams.request.out_of_range");
        Code(fine with { MinSize = 5, MaxSize = 4 }).ShouldBe("teams.request.out_of_range");
        Code(fine with { Weights = new() { Near = double.NaN } }).ShouldBe("teams.request.out_of_range");
        Code(fine with { Units = [fine.Units[0], fine.Units[0]] }).ShouldBe("teams.request.twice");
        Code(fine with { Volunteers = [new(Estate.Id(3, 1), Estate.Id(1, 99), true)] }).ShouldBe("teams.request.home_unknown");
    }

    [Fact]
    public void Checker_AnswerTampered_SaysSo()
    {
        var request = Estate.Make(12, 300, 60, 4, seed: 5);
        var good = Propose(request);
        var (first, second) = (good.Teams[0], good.Teams[1]);

        TeamsCheck.Run(request, good with { Teams = [first with { Seats = [.. first.Seats, second.Seats[0]] }, .. good.Teams.Skip(1)] }).ShouldNotBeEmpty();
        TeamsCheck.Run(request, good with { Teams = [first with { Cell = second.Cell }, .. good.Teams.Skip(1)] }).ShouldNotBeEmpty();
        TeamsCheck.Run(request, good with { Unplaced = [new(Guid.Empty, new("x"))] }).ShouldNotBeEmpty();
        TeamsCheck.Run(request, good with { Gaps = [new(1, new("teams.gap.too_small"))] }).ShouldNotBeEmpty();
        TeamsCheck.Run(request, good with { Score = new([.. good.Score.Rules.Select(r => r with { Points = r.Points / 2 })]) }).ShouldNotBeEmpty();
    }

    private static string Code(TeamsRequest request) => TeamsPlanner.Propose(request, TestContext.Current.CancellationToken).Error.Code;

    private static TeamsProposal Propose(TeamsRequest request)
    {
        var proposal = TeamsPlanner.Propose(request, TestContext.Current.CancellationToken).Value;
        TeamsCheck.Run(request, proposal).ShouldBeEmpty();
        return proposal;
    }
}
