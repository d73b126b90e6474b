using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tongxin.Core.Common;
using Tongxin.Core.Teams;
using Tongxin.Grid.Cells;
using Tongxin.Grid.Contracts;
using Tongxin.Grid.Data;
using Tongxin.Grid.ProposeTeams;
using Tongxin.People.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Jobs;
using Tongxin.Platform.Outbox;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Tongxin.Workforce.Contracts;
using Xunit;

namespace Tongxin.Modules.Tests.Grid;

/// <summary>From a proposal to cells and teams: worked out, changed by hand, accepted once, or refused when the ground has moved.</summary>
public sealed class ProposeTeamsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly ProposalRequest Two = new() { Teams = 2, MinSize = 2, MaxSize = 4, TeamName = "先锋队" };

    [Theory, BothProviders]
    public async Task Accept_Draft_MakesCellsAndTeamsOfEveryHousehold(Provider provider)
    {
        await using var app = await StartAsync(provider);
        var estate = await VolunteersAsync(app);
        var draft = await DraftAsync(app, estate);
        var document = ProposalDocument.Read(draft.Answer ?? "");
        document.Teams.Count.ShouldBe(2);
        document.Gaps.ShouldBeEmpty();

        (await AcceptAsync(app, estate, draft)).Value.ShouldBe(2);

        var cells = await app.CallAsync<ICells, IReadOnlyList<CellView>>(c => c.ListAsync(Ct));
        cells.Select(c => (c.Number, c.Households)).ShouldBe([("G-05", 16), ("G-06", 16), ("待划", 0)]);
        var teams = await app.CallAsync<ITeams, IReadOnlyList<TeamView>>(t => t.ListAsync(Ct));
        foreach (var cell in cells.Where(c => !c.IsReserve))
        {
            var team = teams.Single(t => t.Id == cell.TeamId);
            team.Captain.ShouldNotBeNull();
            team.Members.Count.ShouldBeGreaterThanOrEqualTo(2);
        }
        (await app.ReadAsync(db => db.Set<CellPlace>().CountAsync(Ct))).ShouldBe(4);
        (await AcceptAsync(app, estate, draft)).Error.Code.ShouldBe("teams.proposal.decided");
    }

    [Theory, BothProviders]
    public async Task Accept_AfterAHouseholdMoved_IsRefusedAndNothingIsMade(Provider provider)
    {
        await using var app = await StartAsync(provider);
        var estate = await VolunteersAsync(app);
        var draft = await DraftAsync(app, estate);

        await app.CallAsync<MoveHouseholds, Result<int>>(s => s.ExecuteAsync(new(estate.Cells[0].Id, estate.Cells[1].Id, [estate.Homes[0].Id], null), estate.Office, Ct));

        (await AcceptAsync(app, estate, draft)).Error.Code.ShouldBe("teams.proposal.stale");
        (await app.CallAsync<ITeams, IReadOnlyList<TeamView>>(t => t.ListAsync(Ct))).Count.ShouldBe(4);
    }

    [Theory, BothProviders]
    public async Task Accept_SomebodyElseHasTakenAMember_IsRefused(Provider provider)
    {
        await using var app = await StartAsync(provider);
        var estate = await VolunteersAsync(app);
        var draft = await DraftAsync(app, estate);
        var seat = ProposalDocument.Read(draft.Answer ?? "").Teams[0].Seats[^1].PersonId;

        await app.AddAsync(Tongxin.Workforce.Data.Membership.Start(estate.Teams[0].Id, seat, TeamRole.Member, app.Clock.GetUtcNow()));

        (await AcceptAsync(app, estate, draft)).Error.Code.ShouldBe("teams.proposal.people_taken");
    }

    [Theory, BothProviders]
    public async Task Accept_ByTwoAtOnce_MakesThemOnce(Provider provider)
    {
        await using var app = await StartAsync(provider);
        var estate = await VolunteersAsync(app);
        var draft = await DraftAsync(app, estate);

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => AcceptAsync(app, estate, draft), Ct)));

        answers.Count(a => !a.IsFailure).ShouldBe(1);
        answers.Where(a => a.IsFailure).ShouldAllBe(a => a.Error.Code == "teams.proposal.decided");
        (await app.CallAsync<ICells, IReadOnlyList<CellView>>(c => c.ListAsync(Ct))).Count(c => !c.IsReserve).ShouldBe(2);
    }

    [Theory, BothProviders]
    public async Task Adjust_EntranceAndCaptain_AreInTheAcceptedCells(Provider provider)
    {
        await using var app = await StartAsync(provider);
        var estate = await VolunteersAsync(app);
        var draft = await DraftAsync(app, estate);
        var document = ProposalDocument.Read(draft.Answer ?? "");
        var part = AdjustProposal.Name(document.Teams[0].Cell[0]);
        var newCaptain = document.Teams[0].Seats[^1].PersonId;

        (await PartsAsync(0, new(1, [part], 2))).Value.ShouldBe(1);
        (await PartsAsync(0, new(1, [part], 2))).Error.Code.ShouldBe("teams.proposal.changed");
        (await PartsAsync(1, new(1, [AdjustProposal.Name(document.Teams[0].Cell[1])], 2))).Error.Code.ShouldBe("teams.proposal.last_entrance");
        (await PartsAsync(1, new(1, [], 2))).Error.Code.ShouldBe("teams.proposal.nothing_ticked");
        (await PartsAsync(1, new(1, [part], 9))).Error.Code.ShouldBe("teams.proposal.team_unknown");
        (await PeopleAsync(1, new([newCaptain], 2, SeatRole.Captain))).Value.ShouldBe(2);

        var changed = await FindAsync(app);
        (await AcceptAsync(app, estate, changed)).Value.ShouldBe(2);
        var cells = await app.CallAsync<ICells, IReadOnlyList<CellView>>(c => c.ListAsync(Ct));
        cells.Where(c => !c.IsReserve).Select(c => c.Households).Order().ShouldBe([8, 24]);
        var teams = await app.CallAsync<ITeams, IReadOnlyList<TeamView>>(t => t.ListAsync(Ct));
        teams.Single(t => t.Name == "先锋队02").Captain?.PersonId.ShouldBe(newCaptain);

        Task<Result<int>> PartsAsync(int seen, MoveParts move) => app.CallAsync<AdjustProposal, Result<int>>(s => s.MovePartsAsync(draft.Id, seen + draft.Version, move, estate.Office, Ct));
        Task<Result<int>> PeopleAsync(int seen, MovePeople move) => app.CallAsync<AdjustProposal, Result<int>>(s => s.MovePeopleAsync(draft.Id, seen + draft.Version, move, estate.Office, Ct));
    }

    [Theory, BothProviders]
    public async Task Propose_Nonsense_IsRefusedAtOnce(Provider provider)
    {
        await using var app = await StartAsync(provider);
        var estate = await VolunteersAsync(app);

        (await AskAsync(Two with { Teams = 0 })).ShouldBe("teams.request.out_of_range");
        (await AskAsync(Two with { MinSize = 5 })).ShouldBe("teams.request.out_of_range");
        (await AskAsync(Two with { Buildings = [Ids.New()] })).ShouldBe("teams.request.no_units");
        (await AskAsync(Two with { TeamName = " " })).ShouldBe("teams.proposal.team_name");
        (await app.CallAsync<DecideProposal, Result<int>>(s => s.DiscardAsync(Ids.New(), estate.Office, Ct))).Error.Code.ShouldBe("teams.proposal.unknown");

        async Task<string> AskAsync(ProposalRequest request) =>
            (await app.CallAsync<ProposeTeams, Result<Guid>>(s => s.ExecuteAsync(request, "t", estate.Office, Ct))).Error.Code;
    }

    [Theory, BothProviders]
    public async Task Discard_Draft_CannotBeAccepted(Provider provider)
    {
        await using var app = await StartAsync(provider);
        var estate = await VolunteersAsync(app);
        var draft = await DraftAsync(app, estate);

        (await app.CallAsync<DecideProposal, Result<int>>(s => s.DiscardAsync(draft.Id, estate.Office, Ct))).IsFailure.ShouldBeFalse();

        (await AcceptAsync(app, estate, draft)).Error.Code.ShouldBe("teams.proposal.decided");
    }

    /// <summary>Without the worker: the tests do its job, when it is time.</summary>
    private static Task<TongxinApp> StartAsync(Provider provider) =>
        TongxinApp.StartAsync(provider, services => services.Remove(services.Single(s => s.ImplementationType == typeof(OutboxService))));

    /// <summary>Four entrances of eight; three people of each offer to help, one of them as captain.</summary>
    private static async Task<Estate> VolunteersAsync(TongxinApp app)
    {
        var estate = await Estate.BuildAsync(app, entrances: 4);
        var residents = await app.CallAsync<IHouseholds, IReadOnlyList<ResidentView>>(h => h.ResidentsAsync([.. estate.Homes.Select(x => x.Id)], false, Ct));
        var home = estate.Homes.ToDictionary(h => h.Id, h => h.PlaceId);
        await app.AddAsync([.. residents.GroupBy(r => home[r.HouseholdId])
            .SelectMany(e => e.OrderBy(r => r.PersonId).Take(3))
            .Select(r => Tongxin.Workforce.Data.Volunteer.Offer(r.PersonId, true, false, app.Clock.GetUtcNow()))]);
        return estate;
    }

    /// <summary>Asks, and does the job as the worker would.</summary>
    private static async Task<TeamProposal> DraftAsync(TongxinApp app, Estate estate)
    {
        (await app.CallAsync<ProposeTeams, Result<Guid>>(s => s.ExecuteAsync(Two, "t", estate.Office, Ct))).IsFailure.ShouldBeFalse();
        var proposal = await FindAsync(app);
        await app.InScopeAsync(async services =>
        {
            var job = services.GetServices<IJobHandler>().Single(h => h.Kind == ProposeTeams.JobKind);
            var context = new JobContext(proposal.Id, estate.Office, (_, _) => Task.CompletedTask);
            (await job.RunAsync(context, $$"""{"proposalId":"{{proposal.Id}}"}""", Ct)).IsFailure.ShouldBeFalse();
            return 0;
        });
        return await FindAsync(app);
    }

    private static Task<TeamProposal> FindAsync(TongxinApp app) => app.ReadAsync(db => db.Set<TeamProposal>().AsNoTracking().SingleAsync(Ct));

    private static Task<Result<int>> AcceptAsync(TongxinApp app, Estate estate, TeamProposal draft) =>
        app.CallAsync<DecideProposal, Result<int>>(s => s.AcceptAsync(draft.Id, draft.Version, estate.Office, Ct));
}
