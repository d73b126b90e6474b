using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tongxin.Core.Rounds;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Grid.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Statements;
using Tongxin.Screening.Statements.Data;
using Tongxin.Screening.Tubes.Data;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Screening.Lists;

/// <summary>Statements: the figures of an instant, signed, rebuilt from the facts, never changed.</summary>
public sealed class StatementTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Sign_AfterSamples_FreezesFiguresThatAddUp(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        await SheetsTests.SampleAsync(town, 5, TubeResult.Neg);
        await town.RecordAsync(town.Fact((await town.PeopleAsync())[10].Id, OutcomeKind.Excused, reason: "Hospital:市一院"));

        (await SignAsync(town, 1)).ShouldBeNull();

        var sight = await FindAsync(town, 1);
        var figures = sight.Figures;
        figures.IsBalanced.ShouldBeTrue();
        (figures.Of("targets"), figures.Of("done"), figures.Of("excused"), figures.Of("outstanding")).ShouldBe((16, 5, 1, 10));
        (figures.Of("excuse.Hospital"), figures.Of("excuse.Away")).ShouldBe((1, 0));
        (figures.Of("tubes"), figures.Of("tube.Neg"), figures.Of("test.Neg")).ShouldBe((2, 2, 5));
        figures.Of("unexplained").ShouldBe(0);
        figures.Cells.Count.ShouldBe(2);
        sight.Signed?.IsIntact.ShouldBeTrue();
        sight.Checked!.Differences.ShouldBeEmpty();
        sight.Checked.Since.ShouldBeEmpty();
    }

    [Theory, BothProviders]
    public async Task Signed_FactsThatComeLater_ChangeNothingInIt(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        await SheetsTests.SampleAsync(town, 3);
        await SignAsync(town, 1);

        town.App.Clock.Advance(TimeSpan.FromMinutes(10));
        await town.RecordAsync(town.Fact((await town.PeopleAsync())[10].Id, OutcomeKind.Excused, reason: "Away"));

        var first = await FindAsync(town, 1);
        first.Figures.Of("excused").ShouldBe(0);
        first.Checked!.Differences.ShouldBeEmpty("the same instant rebuilt");
        first.Checked.Since.ShouldContain(d => d.Key == "excused" && d.Was == 0 && d.Now == 1);
        (await SignAsync(town, 2)).ShouldBeNull();
        (await FindAsync(town, 2)).Figures.Of("excused").ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Sign_WhileFactsAreWritten_WaitsForThem(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var excused = town.Fact((await town.PeopleAsync())[10].Id, OutcomeKind.Excused, reason: "Away");

        var signing = await town.App.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<TongxinDb>();
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            await services.GetRequiredService<IRoundDesk>().RecordAsync(town.Round, [excused], town.Office, Ct);
            var started = Task.Run(() => SignAsync(town, 1), Ct);
            town.App.Clock.Advance(TimeSpan.FromSeconds(1));
            await db.CommitAsync(Ct);
            await transaction.CommitAsync(Ct);
            return new { Signing = started };
        });

        (await signing.Signing).ShouldBeNull();
        (await FindAsync(town, 1)).Checked!.Differences.ShouldBeEmpty("what was stamped before it is in it");
    }

    [Theory, BothProviders]
    public async Task Signed_IsShownAsFrozen_AndRebuiltWhenAsked(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        await SheetsTests.SampleAsync(town, 3);
        await SignAsync(town, 1);
        // A fact that is lost behind the product's back.
        await town.App.ReadAsync(db => db.Set<TubeFactRow>().ExecuteDeleteAsync(Ct));

        var frozen = await town.App.CallAsync((SignStatement sign) => sign.FindAsync(town.Round, 1, town.Office, Ct));

        (frozen!.Figures.Of("tubes"), frozen.Checked).ShouldBe((1, null));
        (await FindAsync(town, 1)).Checked!.Differences.ShouldContain(d => d.Key == "tubes" && d.Was == 1 && d.Now == 0);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        (await office.OpenAsync($"/testing/{town.Round}/statement/1")).All("#rebuilt, #since").ShouldBeEmpty();
        (await office.OpenAsync($"/testing/{town.Round}/statement/1?check=1")).All("#rebuilt, #since").Count.ShouldBe(2);
    }

    [Theory, BothProviders]
    public async Task Sign_SentAgain_SignsOnce(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);

        (await SignAsync(town, 1)).ShouldBeNull();
        (await SignAsync(town, 1)).ShouldBe("statements.signed");
        (await SignAsync(town, 3)).ShouldBe("statements.signed");

        (await CountAsync(town)).ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Sign_TenAtOnce_SignsOnce(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => SignAsync(town, 1), Ct)));

        answers.Count(a => a is null).ShouldBe(1);
        answers.Where(a => a is not null).ShouldAllBe(a => a == "statements.signed");
        (await CountAsync(town)).ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Sign_WithoutTheRightOrTheWhole_FindsNothing(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);

        (await SignAsync(town, 1, town.Estate.Captain(0))).ShouldBe("statements.not-found");
        (await SignAsync(town, 1, town.App.ActorOf(Roles.Doctor))).ShouldBe("statements.not-found");
        (await SignAsync(town, 1, town.App.ActorOf(Roles.Office, ScopeKind.Place, town.Estate.Entrances[0].Id))).ShouldBe("statements.not-found", "a part of the round");
        (await SignAsync(town, 1, round: Ids.New())).ShouldBe("statements.not-found");
        (await SignAsync(town, 1, town.App.ActorOf(Roles.DutyLeader))).ShouldBeNull();
    }

    [Theory, BothProviders]
    public async Task Signed_ChangedBehindTheProductsBack_IsNoticed(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        await SignAsync(town, 1);

        await town.App.ReadAsync(db => db.Set<Statement>().ExecuteUpdateAsync(s => s.SetProperty(x => x.SignedName, "别人"), Ct));

        (await FindAsync(town, 1)).Signed?.IsIntact.ShouldBeFalse();
        using var office = await town.App.SignInAsAsync(Roles.Office);
        (await office.OpenAsync($"/testing/{town.Round}/statement/1")).Text.ShouldContain("与签发时不符");
    }

    [Theory, BothProviders]
    public async Task Figures_DoneWithoutATube_AreUnexplained(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        await town.RecordAsync(town.Fact((await town.PeopleAsync())[0].Id, OutcomeKind.Done));

        (await FindAsync(town, null)).Figures.Of("unexplained").ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Page_SignsAndPrints(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        await SheetsTests.SampleAsync(town, 3);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        using var nowhere = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Place, Ids.New());

        var page = await office.OpenAsync($"/testing/{town.Round}/statement");
        page.One("tr[data-key='done'] td.num").TextContent.ShouldBe("3");
        (await page.SubmitAsync("#sign form")).All("#all li").Count.ShouldBe(1);
        var signed = await office.OpenAsync($"/testing/{town.Round}/statement/1?check=1");
        signed.All("#sign").Count.ShouldBe(0);
        signed.Text.ShouldContain("与签发时一致");
        foreach (var address in (string[])[$"/testing/{town.Round}/statement", $"/testing/{town.Round}/statement/1"])
            (await nowhere.Http.GetAsync(new Uri(address, UriKind.Relative), Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound, address);
        (await office.Http.GetAsync(new Uri($"/testing/{town.Round}/statement/2", UriKind.Relative), Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<string?> SignAsync(TestingTown town, int number, Actor? actor = null, Guid? round = null) =>
        await town.App.CallAsync((SignStatement sign) => sign.ExecuteAsync(round ?? town.Round, number, actor ?? town.Office, Ct)) is { IsFailure: true } refused ? refused.Error.Code : null;

    private static async Task<StatementSight> FindAsync(TestingTown town, int? number) =>
        await town.App.CallAsync((SignStatement sign) => sign.FindAsync(town.Round, number, town.Office, Ct, isChecked: true)) ?? throw new InvalidOperationException("No statement.");

    private static Task<int> CountAsync(TestingTown town) => town.App.ReadAsync(db => db.Set<Statement>().CountAsync(Ct));
}
