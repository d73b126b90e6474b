using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Grid.CloseRound;
using Tongxin.Grid.Data;
using Tongxin.Grid.ExcuseTarget;
using Tongxin.Grid.GapList;
using Tongxin.Grid.OpenRound;
using Tongxin.Grid.RecordVisit;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Grid;

/// <summary>A round from opening to closing, through the slices.</summary>
public sealed class RoundLifeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Open_All_FreezesEveryHouseholdWithItsCell(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app);

        var round = await estate.OpenAsync();

        round.Targets.ShouldBe(16);
        round.Number.ShouldBe("R-2022-001");
        var targets = await app.ReadAsync(db => db.Set<Target>().AsNoTracking().ToListAsync(Ct));
        targets.Count(t => t.CellId == estate.Cells[0].Id).ShouldBe(8);
        targets.Select(t => t.Code).Distinct().Count().ShouldBe(16);
        (await estate.BalanceAsync(round.Id)).ShouldBe(new RoundBalance(16, 0, 0));
    }

    [Theory, BothProviders]
    public async Task Open_OneCell_FreezesOnlyThat(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app);

        (await estate.OpenAsync(estate.Cells[1].Id)).Targets.ShouldBe(8);
        (await estate.OpenAsync()).Number.ShouldBe("R-2022-002");
    }

    [Theory, BothProviders]
    public async Task Open_MalformedOrEmpty_IsRefused(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app);
        var due = app.Clock.Now.AddHours(2);

        (await Open(new("", due, [], []))).ShouldBe("grid.round.title");
        (await Open(new("轮", app.Clock.Now, [], []))).ShouldBe("grid.round.due_past");
        (await Open(new("轮", due, [Ids.New()], []))).ShouldBe("grid.round.empty");

        async Task<string> Open(OpenRoundRequest request) =>
            (await app.CallAsync<OpenRound, Result<OpenRoundResult>>(s => s.ExecuteAsync(request, estate.Office, Ct))).Error.Code;
    }

    [Theory, BothProviders]
    public async Task Household_MovedToAnotherCell_StaysWhereTheRoundFrozeIt(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (app, estate, round) = evening;

        await app.ReadAsync(db => db.Set<CellHousehold>().Where(c => c.HouseholdId == estate.Homes[0].Id)
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.CellId, estate.Cells[1].Id), Ct));

        (await estate.TargetAsync(round.Id, estate.Homes[0].Id)).CellId.ShouldBe(estate.Cells[0].Id);
        (await estate.BalanceAsync(round.Id)).Targets.ShouldBe(16);
    }

    [Theory, BothProviders]
    public async Task Excuse_WithoutReason_IsRefused_WithReason_Counts(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (app, estate, round) = evening;
        Task<Result> Excuse(string? reason, Actor actor) => app.CallAsync<ExcuseTarget, Result>(s => s.ExecuteAsync(Ids.New(), round.Id, estate.Homes[0].Id, reason, actor, Ct));

        (await Excuse(" ", estate.Office)).Error.Code.ShouldBe("grid.reason.missing");
        (await Excuse("住院", estate.Captain(0))).Error.Code.ShouldBe("rounds.target.unknown");
        (await Excuse("住院", estate.Office)).IsFailure.ShouldBeFalse();

        (await estate.BalanceAsync(round.Id)).ShouldBe(new RoundBalance(16, 0, 1));
        (await estate.TargetAsync(round.Id, estate.Homes[0].Id)).Reason.ShouldBe("住院");
    }

    [Theory, BothProviders]
    public async Task Close_WhileOutstanding_TakesAReason_AndThenRefusesNewFacts(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (app, estate, round) = evening;
        Task<Result> Close(string? reason) => app.CallAsync<CloseRound, Result>(s => s.ExecuteAsync(round.Id, reason, estate.Office, Ct));

        (await Close(null)).Error.Code.ShouldBe("grid.round.outstanding");
        (await Close("解除管控")).IsFailure.ShouldBeFalse();
        (await Close("再来一次")).Error.Code.ShouldBe("grid.round.closed");

        var late = await estate.RecordAsync(estate.Captain(0), new(Ids.New(), round.Id, estate.Homes[0].Id, OutcomeKind.Done, Channel.Visit));
        late.Error?.Code.ShouldBe("grid.round.closed");
        // A phone that was off the network reports what was seen before the end.
        var seenBefore = await estate.RecordAsync(estate.Captain(0),
            new(Ids.New(), round.Id, estate.Homes[0].Id, OutcomeKind.Done, Channel.Visit, SeenAt: app.Clock.Now.AddMinutes(-5)));
        seenBefore.Verdict.ShouldBe(ItemVerdict.Recorded);
    }

    [Theory, BothProviders]
    public async Task Gaps_Escalated_ComeFirst_WithCaptainAndPlan(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (app, estate, round) = evening;
        for (var i = 0; i < 3; i++)
        {
            await estate.RecordAsync(estate.Captain(1), new(Ids.New(), round.Id, estate.Homes[^1].Id, OutcomeKind.NotReached, Channel.Visit));
            app.Clock.Advance(TimeSpan.FromHours(3));
        }
        await estate.RecordAsync(estate.Captain(0), new(Ids.New(), round.Id, estate.Homes[0].Id, OutcomeKind.Done, Channel.Visit));

        var page = (await app.CallAsync<GapList, Result<GapPage>>(s => s.ExecuteAsync(new(round.Id, TargetStatus.Outstanding), estate.Office, Ct))).Value;

        page.Total.ShouldBe(15);
        page.Rows[0].TargetId.ShouldBe(estate.Homes[^1].Id);
        page.Rows[0].IsEscalated.ShouldBeTrue();
        (await estate.TargetAsync(round.Id, estate.Homes[^1].Id)).Review.ShouldBe(RoundReviewer.Office);
        page.Rows[0].Cell.Captain.ShouldBe("队长2");
        page.Rows[0].NextReason.ShouldNotBeNull();
        page.Rows.ShouldNotContain(r => r.TargetId == estate.Homes[0].Id);
    }
}
