using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Journeys.Harness;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Journeys.Rounds;

/// <summary>The ledger in the clear takes two people of two units.</summary>
public sealed class ExportJourney(Chromium chromium)
{
    [Theory, MemberData(nameof(Screen.BothWidths), MemberType = typeof(Screen))]
    public async Task Office_AsksForTheLedgerInTheClear_AnotherUnitAllowsIt(string screen)
    {
        await using var app = await JourneyApp.StartDemoAsync(Provider.Sqlite);
        using var office = await app.SignInAsAccountAsync("office");
        using var leader = await app.SignInAsAccountAsync("leader");
        var unit = await app.ReadAsync(db => db.Users.Where(a => a.UserName == "office").Select(a => a.UnitId).SingleAsync());
        using var colleague = await app.SignInAsAsync(Roles.DutyLeader, ScopeKind.Everything, null, personId: null, unit);
        var ledger = $"/rounds/{await app.ReadAsync(db => db.Set<Grid.Data.Round>().Select(r => r.Id).FirstAsync())}/ledger";

        await Journey.RunAsync(chromium, app, screen, office, async tab =>
        {
            await tab.GoAsync(ledger);
            await tab.Page.FillAsync("#ask input[name=purpose]", "夜间送药，逐户电话核对");
            await tab.Page.ClickAsync("#ask button[type=submit]");
            await tab.Page.WaitForSelectorAsync(".flash");
            (await tab.Page.Locator("#ask form").CountAsync()).ShouldBe(0);
            (await tab.FaultsAsync()).ShouldBeEmpty();

            // Before the leave the address answers nothing, and one's own request is not for oneself.
            (await tab.Page.APIRequest.GetAsync(new Uri(tab.Address, $"{ledger}/full.xlsx").ToString())).Status.ShouldBe(404);
            await tab.GoAsync("/approvals");
            (await tab.Page.Locator("#waiting a.btn-primary").CountAsync()).ShouldBe(0);
        });

        await Journey.RunAsync(chromium, app, screen, colleague, async tab =>
        {
            await tab.GoAsync("/approvals");
            (await tab.Page.Locator("#waiting a.btn-primary").CountAsync()).ShouldBe(0);
            (await tab.FaultsAsync()).ShouldBeEmpty();
        });

        await Journey.RunAsync(chromium, app, screen, leader, async tab =>
        {
            await tab.GoAsync("/approvals");
            await tab.Page.ClickAsync("#waiting a.btn-primary");
            await tab.Page.FillAsync("#decide textarea", "同意，仅限今晚");
            (await tab.FaultsAsync()).ShouldBeEmpty();
            await tab.Page.ClickAsync("#decide button[value=approve]");
            await tab.Page.WaitForURLAsync(url => url.EndsWith("/approvals", StringComparison.Ordinal));
        });

        await Journey.RunAsync(chromium, app, screen, office, async tab =>
        {
            await tab.GoAsync(ledger);
            var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Page.ClickAsync("a[href$='/ledger/full.xlsx']"));
            var file = LedgerFile.Read(await File.ReadAllBytesAsync(await download.PathAsync()));
            file.Headers.ShouldBe(LedgerFile.Form);
            file.Column("联系电话*").Count(p => p.Length == 11 && !p.Contains('*')).ShouldBeGreaterThan(1_000);
            (await tab.FaultsAsync()).ShouldBeEmpty();
        });

        // The leave is the office's alone.
        using var other = await app.SignInAsAsync(Roles.Office);
        (await other.OpenAsync($"{ledger}/full.xlsx")).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }
}
