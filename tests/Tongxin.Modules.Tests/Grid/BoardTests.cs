using System.Net;
using System.Text;
using Shouldly;
using Tongxin.Core.Rounds;
using Tongxin.Grid.RecordVisit;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Grid;

/// <summary>The office's pages: every number leads to as many rows.</summary>
public sealed class BoardTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Board_AfterVisits_ShowsTheIdentity_AndEachFigureLeadsToItsRows(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (app, estate, round) = evening;
        await estate.RecordAllAsync(estate.Office, [.. estate.Homes.Take(6).Select((h, i) => new OutcomeItem(
            Ids.New(), round.Id, h.Id, i < 3 ? OutcomeKind.Done : i == 3 ? OutcomeKind.Vacant : OutcomeKind.NotReached, Channel.Visit))]);
        using var office = await app.SignInAsAsync(Roles.Office);

        var board = await office.OpenAsync($"/rounds/{round.Id}");

        board.Texts(".balance-item b").Take(4).ShouldBe(["16", "3", "1", "12"]);
        foreach (var figure in board.All("a.balance-item, .tally-line a, #cells td.num a, #tonight a.gap-figure"))
        {
            var href = figure.GetAttribute("href") ?? "";
            var count = int.Parse(new string([.. (figure.QuerySelector("b") ?? figure).TextContent.Where(char.IsDigit)]));
            var list = await office.OpenAsync(href);
            list.Status.ShouldBe(HttpStatusCode.OK);
            list.All("#gaps tbody tr").Count.ShouldBe(count, href);
        }
        board.All(".round-map a").Count.ShouldBe(2);
        board.Text.ShouldContain("队长1");
    }

    [Theory, BothProviders]
    public async Task Live_Asked_IsTheSamePartWithoutThePage(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (app, _, round) = evening;
        using var office = await app.SignInAsAsync(Roles.Office);

        var part = await office.OpenPartAsync($"/rounds/{round.Id}/live");

        part.One("#board").GetAttribute("hx-get").ShouldBe($"/rounds/{round.Id}/live");
        part.All("main").Count.ShouldBe(0);
    }

    [Theory, BothProviders]
    public async Task Board_UnknownRoundOrWrongRole_IsNotShown(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (app, estate, round) = evening;
        using var office = await app.SignInAsAsync(Roles.Office);
        using var captain = await estate.SignInCaptainAsync(0);
        using var elsewhere = await app.SignInAsAsync(Roles.Office, ScopeKind.Place, Ids.New());

        (await office.OpenAsync($"/rounds/{Ids.New()}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await captain.OpenAsync($"/rounds/{round.Id}")).Text.ShouldNotContain("应访");
        (await elsewhere.OpenAsync($"/rounds/{round.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, BothProviders]
    public async Task List_AsCsv_HasARowForEachGap(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (app, estate, round) = evening;
        await estate.RecordAsync(estate.Office, new(Ids.New(), round.Id, estate.Homes[0].Id, OutcomeKind.Done, Channel.Visit));
        using var office = await app.SignInAsAsync(Roles.Office);

        var bytes = await office.Http.GetByteArrayAsync(new Uri($"/rounds/{round.Id}/list.csv?state=outstanding", UriKind.Relative), Ct);

        var lines = Encoding.UTF8.GetString(bytes).TrimEnd().Split("\r\n");
        lines.Length.ShouldBe(16);
        lines[0].ShouldStartWith("\ufeff房号,网格,队长");
    }

    [Theory, BothProviders]
    public async Task OpenRound_ByForm_LeadsToItsBoard(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        await Estate.BuildAsync(app, entrances: 4);
        using var office = await app.SignInAsAsync(Roles.Office);
        var form = (await office.OpenAsync("/rounds/new")).Form("main form");

        var first = form.Set("Form.Title", "").Without("Form.Places");
        var refused = await office.SubmitAsync(first);
        refused.Text.ShouldContain("请填写名称");
        var board = await office.SubmitAsync((await office.OpenAsync("/rounds/new")).Form("main form").Set("Form.Title", "第二轮"));

        board.Status.ShouldBe(HttpStatusCode.OK);
        board.One("h1").TextContent.ShouldBe("第二轮");
        board.Texts(".balance-item b")[0].ShouldBe("32");
        (await office.OpenAsync("/rounds")).Text.ShouldContain("R-2022-001");
    }

    [Theory]
    [InlineData(30, 50)]
    [InlineData(200, 50)]
    public async Task Board_OfManyHouseholds_IsSmall(int entrances, int rooms)
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        var estate = await Estate.BuildAsync(app, entrances, rooms, withPeople: false);
        var round = await estate.OpenAsync();
        foreach (var batch in estate.Homes.Where((_, i) => i % 3 != 0).Select((h, i) => new OutcomeItem(
            Ids.New(), round.Id, h.Id, (OutcomeKind)(i % 4), Channel.Visit)).Chunk(1000)) await estate.RecordAllAsync(estate.Office, batch);
        using var office = await app.SignInAsAsync(Roles.Office);
        var address = new Uri($"/rounds/{round.Id}", UriKind.Relative);

        var size = (await office.Http.GetByteArrayAsync(address, Ct)).Length;

        size.ShouldBeLessThan(200_000);
    }
}
