using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Data;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Grid;

/// <summary>队长审核, through the pages.</summary>
public sealed class ReviewVisitsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Review_VacantFlat_WaitsUntilTheCaptainConfirms(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (app, estate, round) = evening;
        await estate.RecordAsync(estate.Captain(0), new(Ids.New(), round.Id, estate.Homes[0].Id, OutcomeKind.Vacant, Channel.Visit));
        using var captain = await estate.SignInCaptainAsync(0);
        using var other = await estate.SignInCaptainAsync(1);

        (await other.OpenAsync("/reviews")).Text.ShouldNotContain("1-1-101");
        var list = await captain.OpenAsync("/reviews");
        list.Text.ShouldContain("1-1-101");
        var after = await captain.SubmitAsync(list.Form("main form"));

        after.Text.ShouldContain("没有待审核");
        (await estate.TargetAsync(round.Id, estate.Homes[0].Id)).ReviewedBy.ShouldBe(captain.AccountId);
        (await app.ReadAsync(db => db.Set<Review>().CountAsync(Ct))).ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Withdraw_OneOfTwo_LetsTheOtherStand(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (app, estate, round) = evening;
        var home = estate.Homes[0].Id;
        var vacant = await estate.RecordAsync(estate.Captain(0), new(Ids.New(), round.Id, home, OutcomeKind.Vacant, Channel.Visit));
        app.Clock.Advance(TimeSpan.FromHours(1));
        var met = await estate.RecordAsync(estate.Captain(0), new(Ids.New(), round.Id, home, OutcomeKind.Done, Channel.Phone));
        using var office = await app.SignInAsAsync(Roles.Office);
        var page = await office.OpenAsync($"/rounds/{round.Id}/targets/{home}");
        page.All(".timeline > li").Count.ShouldBe(2);

        var after = await office.SubmitAsync(page.Form($".timeline form:has(input[value='{met.Id}'])").Set("reason", "打错了电话"));

        after.Status.ShouldBe(HttpStatusCode.OK);
        var target = await estate.TargetAsync(round.Id, home);
        target.Result.ShouldBe(OutcomeKind.Vacant);
        target.DecidedBy.ShouldBe(vacant.Id);
        target.Conflicts.ShouldBeNull();
    }

    [Theory, BothProviders]
    public async Task Target_OfAnotherTeam_IsNotFound(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (_, estate, round) = evening;
        using var captain = await estate.SignInCaptainAsync(0);

        (await captain.OpenAsync($"/rounds/{round.Id}/targets/{estate.Homes[^1].Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await captain.OpenAsync($"/slips/{round.Id}?target={estate.Homes[^1].Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, BothProviders]
    public async Task Excuse_ByForm_IsAFactWithAReason(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (app, estate, round) = evening;
        using var office = await app.SignInAsAsync(Roles.Office);
        var page = await office.OpenAsync($"/rounds/{round.Id}/targets/{estate.Homes[0].Id}");

        await office.SubmitAsync(page.Form("#excuse form").Set("reason", "住院，有出入院凭据"));

        (await estate.BalanceAsync(round.Id)).Excused.ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Slips_OfMissedDoors_CarryTheCodes(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (_, estate, round) = evening;
        await estate.RecordAsync(estate.Captain(0), new(Ids.New(), round.Id, estate.Homes[0].Id, OutcomeKind.NotReached, Channel.Visit));
        await estate.RecordAsync(estate.Captain(1), new(Ids.New(), round.Id, estate.Homes[^1].Id, OutcomeKind.NotReached, Channel.Visit));
        var code = (await estate.TargetAsync(round.Id, estate.Homes[0].Id)).Code;
        using var captain = await estate.SignInCaptainAsync(0);

        var slips = await captain.OpenAsync($"/slips/{round.Id}");

        slips.All(".slip").Count.ShouldBe(1);
        slips.Text.ShouldContain($"/report/{code}");
    }
}
