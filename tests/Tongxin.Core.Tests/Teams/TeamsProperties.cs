using FsCheck;
using FsCheck.Fluent;
using Tongxin.Core.Teams;
using Xunit;

namespace Tongxin.Core.Tests.Teams;

public class TeamsProperties
{
    [Fact]
    public void Proposal_AnyRequest_PassesTheChecker() => Holds(request => TeamsCheck.Run(request, Propose(request)).Count == 0);

    [Fact]
    public void Proposal_SameRequest_IsTheSame() => Holds(request => Text(Propose(request)) == Text(Propose(request)));

    [Fact]
    public void Proposal_InputsInAnotherOrder_CutsTheSameCells() => Holds(request =>
        Cells(Propose(request)) == Cells(Propose(request with { Units = [.. request.Units.Reverse()], Volunteers = [.. request.Volunteers.Reverse()] })));

    [Fact]
    public void Search_MoreSteps_IsNeverWorseThanTheSplitOfALine() => Holds(request =>
        CellScore(Propose(request)) <= CellScore(Propose(request with { Steps = 0 })) + 1e-6);

    [Fact]
    public void Captains_AsManyAsThereCanBe_WhenNobodyIsBarred() => Holds(request =>
    {
        var free = request with { Volunteers = [.. request.Volunteers.Select(v => v with { BarredUnitIds = null })] };
        var proposal = Propose(free);
        return proposal.Teams.Count(t => t.CaptainId is not null) == Math.Min(proposal.Teams.Count, free.Volunteers.Count(v => v.CanLead));
    });

    private static void Holds(Func<TeamsRequest, bool> property)
    {
        var requests =
            from entrances in Gen.Choose(1, 30)
            from volunteers in Gen.Choose(0, 80)
            from teams in Gen.Choose(1, 12)
            from seed in Gen.Choose(0, 1_000_000)
            from cap in Gen.Choose(5, 60)
            from max in Gen.Choose(2, 9)
            from flags in Gen.Choose(0, 7)
            let request = Estate.Make(entrances, entrances * 20, volunteers, teams, seed)
            select request with
            {
                Steps = 2_000,
                Seed = seed,
                MinSize = Math.Min(3, max),
                MaxSize = max,
                Substitutes = flags & 1,
                EntranceCap = (flags & 2) == 0 ? null : cap,
                Units = (flags & 4) == 0 ? request.Units : [.. request.Units.Select(u => u with { At = null })],
            };
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(requests.ToArbitrary(), property));
    }

    private static TeamsProposal Propose(TeamsRequest request) => TeamsPlanner.Propose(request, TestContext.Current.CancellationToken).Value;

    private static string Cells(TeamsProposal p) => string.Join("|", p.Teams.Select(t => string.Join(",", t.Cell)));

    private static string Text(TeamsProposal p) => Cells(p) + string.Join("|", p.Teams.Select(t => string.Join(",", t.Seats.Select(s => s.VolunteerId))));

    private static double CellScore(TeamsProposal p) => p.Score.Rules.Take(3).Sum(r => r.Weight * r.Points);
}
