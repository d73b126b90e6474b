using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Grid.Coverage;
using Tongxin.Grid.Data;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Grid;

/// <summary>The pages without a line of script: read, tick, post, read again.</summary>
public sealed class CellPagesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Cut_WholeBuildingInOneTick_MakesACell(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app, entrances: 4);
        using var office = await app.SignInAsAsync(Roles.Office);
        var page = await office.OpenAsync("/grid/cells/cut");
        var tick = page.One("input[name=building]").GetAttribute("value") ?? "";

        // The households of the estate are exceptions of their cells until they are back in the reserve.
        var first = await office.OpenAsync($"/grid/cells/{estate.Cells[0].Id}");
        (await first.SubmitAsync("#dissolve form")).Text.ShouldContain("8 户回到待划网格");
        var cut = await office.SubmitAsync(page.Form("main form[method=post]").Tick("building", tick));

        cut.Address.AbsolutePath.ShouldStartWith("/grid/cells/");
        cut.Text.ShouldContain("G-05 已划入 8 户");
        (await app.ReadAsync(db => db.Set<CellPlace>().CountAsync(Ct))).ShouldBe(2);
        (await office.SubmitAsync(page.Form("main form[method=post]").Tick("building", tick))).Text.ShouldContain("请看过现状再改");
    }

    [Theory, BothProviders]
    public async Task Coverage_CellWithoutTeam_IsAGapMendedWithOneForm(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app);
        using var office = await app.SignInAsAsync(Roles.Office);
        var page = await office.OpenAsync($"/grid/cells/{estate.Cells[0].Id}");
        (await page.SubmitAsync("#team form", ("team", ""))).Status.ShouldBe(HttpStatusCode.OK);

        var gaps = await office.OpenAsync("/grid/coverage");
        gaps.Texts("#gaps .what b").ShouldContain("G-01 第1网格");
        gaps.All("#map .map-unit.area-low").Count.ShouldBe(1);
        var mended = await gaps.SubmitAsync("#gaps form", ("team", estate.Teams[0].Id.ToString()));

        mended.Address.AbsolutePath.ShouldBe("/grid/coverage");
        mended.All("#map .map-unit.area-low").ShouldBeEmpty();
    }

    [Theory, BothProviders]
    public async Task Table_AllCells_HasTheHeadsAndAddsUp(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        await Estate.BuildAsync(app, entrances: 4);
        using var office = await app.SignInAsAsync(Roles.Office);

        var page = await office.OpenAsync("/grid/coverage/table");

        page.Texts("thead th").ShouldBe(["网格编号", "楼栋", "单元", "户数", "人数", "队长", "队员", "包保方式(包单元/包户/包人)", "联系电话", "起止日期"]);
        page.All("tbody tr").Sum(r => int.Parse(r.Children[3].TextContent, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(32);
        var file = await office.Http.GetAsync(new Uri("/grid/coverage/table.xlsx", UriKind.Relative), Ct);
        file.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await file.Content.ReadAsByteArrayAsync(Ct)).Length.ShouldBeGreaterThan(1000);
    }

    [Theory, BothProviders]
    public async Task Pages_UnknownOrNotPermitted_AreNotThere(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app, entrances: 4);
        using var office = await app.SignInAsAsync(Roles.Office);
        using var leader = await app.SignInAsAsync(Roles.DutyLeader);
        using var half = await app.SignInAsAsync(Roles.Office, ScopeKind.Place, estate.Buildings[0].Id);
        using var captain = await estate.SignInCaptainAsync(0);

        (await office.OpenAsync("/grid/cells/0190a000-0000-7000-8000-000000000000")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await half.OpenAsync($"/grid/cells/{estate.Cells[3].Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await half.OpenAsync($"/grid/cells/{estate.Cells[0].Id}")).Status.ShouldBe(HttpStatusCode.OK);
        (await leader.OpenAsync("/grid/cells")).Status.ShouldBe(HttpStatusCode.OK);
        (await leader.OpenAsync("/grid/cells/cut")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await captain.OpenAsync("/grid/cells")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public void Sheet_Headers_AreThoseOfTheLedger() =>
        string.Join('｜', ResponsibilitySheet.Headers).ShouldBe("网格编号｜楼栋｜单元｜户数｜人数｜队长｜队员｜包保方式(包单元/包户/包人)｜联系电话｜起止日期");
}
