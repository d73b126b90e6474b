using Shouldly;
using Tongxin.Core.Rounds;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Grid;

/// <summary>The household's page says who answers for the door and how its rounds went.</summary>
public sealed class HouseholdStoryTests
{
    [Theory, BothProviders]
    public async Task HouseholdPage_AfterAVisit_NamesTheCaptainAndTheResult(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (app, estate, round) = evening;
        var home = estate.Homes[0].Id;
        await estate.RecordAsync(estate.Captain(0), new(Ids.New(), round.Id, home, OutcomeKind.Refused, Channel.Visit));
        using var office = await app.SignInAsAsync(Roles.Office);

        var page = await office.OpenAsync($"/households/{home}");

        page.One("#responsible").TextContent.ShouldContain("队长1");
        page.One("#rounds").TextContent.ShouldContain("拒访");
        page.One("#rounds a").GetAttribute("href").ShouldBe($"/rounds/{round.Id}/targets/{home}");
    }

    [Theory, BothProviders]
    public async Task HouseholdPage_BeforeAnyRound_ShowsNoVisits(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app);
        using var office = await app.SignInAsAsync(Roles.Office);

        var page = await office.OpenAsync($"/households/{estate.Homes[0].Id}");

        page.All("#responsible").Count.ShouldBe(1);
        page.All("#rounds").ShouldBeEmpty();
    }
}
