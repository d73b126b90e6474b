using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Journeys.Harness;
using Tongxin.People.Data;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Journeys.Rounds;

/// <summary>An evening of knocking: the captain taps, the office watches, the ledger says what was found.</summary>
public sealed class RoundJourney(Chromium chromium)
{
    private const string Result = "结果(见面/无人/拒访/空房)";

    [Theory]
    [InlineData("390-light", "1280-light", Provider.Sqlite)]
    [InlineData("1280-dark", "390-dark", Provider.Postgres)]
    public async Task Captain_KnocksOnEightDoors_TheOfficeWatches_AndTheLedgerAgrees(string captainScreen, string officeScreen, Provider provider)
    {
        await using var app = await JourneyApp.StartDemoAsync(provider);
        using var office = await app.SignInAsAccountAsync("office");
        using var captain = await app.SignInAsAccountAsync("captain");
        await Journey.RunAsync(chromium, app, officeScreen, office, async board =>
        {
            var desk = new RoundDesk(board);
            var address = await desk.OpenAsync("夜间补敲");
            var round = Guid.Parse(address[(address.LastIndexOf('/') + 1)..]);
            var before = await desk.FiguresAsync();
            before.ShouldBe(new BoardFigures(1_500, 0, 0, 1_500, 0, 0, 0, 0, 1_500));
            (await board.FaultsAsync()).ShouldBeEmpty();

            await Journey.RunAsync(chromium, app, captainScreen, captain, async phone =>
            {
                await KnockAsync(phone, round);
                (await phone.FaultsAsync()).ShouldBeEmpty();
            });
            await WithoutScriptAsync(app, captain, round);

            // Nobody touches the board: it asks by itself.
            await desk.WaitForUntriedAsync(1_491);
            var after = await desk.FiguresAsync();
            (after.Met, after.Missed, after.Refused, after.Vacant).ShouldBe((4, 3, 1, 1));
            after.Adds.ShouldBeTrue(after.ToString());
            (await board.FaultsAsync()).ShouldBeEmpty();

            await LedgerAsync(board, address, after);
        });
    }

    [Fact]
    public async Task Captain_TriesTheDoorsOfOthers_FindsNothingThere()
    {
        await using var app = await JourneyApp.StartDemoAsync(Provider.Sqlite);
        using var captain = await app.SignInAsAccountAsync("captain");
        var own = (await captain.OpenAsync("/doors")).All("article.door").Count;
        own.ShouldBeGreaterThan(0);
        // The last household in the order of walking belongs to the last team.
        var other = await app.ReadAsync(db => db.Set<Household>().OrderByDescending(h => h.SortKey).FirstAsync());
        var round = await app.ReadAsync(db => db.Set<Grid.Data.Round>().Select(r => r.Id).FirstAsync());
        string[] absent = [$"/doors/{round}/{other.Id}/phone", $"/doors/{round}/{Guid.CreateVersion7()}/phone", $"/rounds/{Guid.CreateVersion7()}/ledger", "/households/1"];
        // Pages that a captain has no business on at all.
        string[] denied = [$"/households/{other.Id}", $"/rounds/{round}", "/people"];

        await Journey.RunAsync(chromium, app, "390-light", captain, async tab =>
        {
            foreach (var address in absent.Concat(denied))
            {
                (await tab.GoAsync(address)).ShouldBe(absent.Contains(address) ? 404 : 403, address);
                (await tab.Page.ContentAsync()).ShouldNotContain(other.Label);
                (await tab.FaultsAsync()).Where(f => !f.Contains("Failed to load resource")).ShouldBeEmpty();
            }
        });
    }

    private static async Task KnockAsync(Tab phone, Guid round)
    {
        var list = new PhoneList(phone);
        await list.OpenAsync(round);
        var doors = await list.WaitingAsync();
        doors.Length.ShouldBeGreaterThan(8);

        await list.TapAsync(doors[0], "Done");
        await list.ChangeAsync(doors[0], "Medicine", 3);
        (await phone.Page.InnerTextAsync($"#{doors[0]}")).ShouldContain("送药");
        await list.TapAsync(doors[1], "Done");
        await list.TapAsync(doors[2], "NotReached");
        await list.TapAsync(doors[3], "Refused");
        await list.TapAsync(doors[4], "Vacant");
        await list.TapAsync(doors[5], "Done");
        await list.UndoAsync(doors[5]);
        await list.TapAsync(doors[5], "NotReached");
        await list.TapAsync(doors[6], "Done");
        await list.TapAsync(doors[7], "NotReached");
        (await list.TallyAsync()).ShouldBe(["3", "3", "1", "1"]);
    }

    /// <summary>The ninth door, with a browser that runs no script: the form alone does it.</summary>
    private async Task WithoutScriptAsync(TongxinApp app, Visitor captain, Guid round)
    {
        await using var tab = await Tab.OpenAsync(chromium.Browser, app, Screen.Of("390-light"), captain, script: false);
        await tab.GoAsync($"/doors?round={round}");
        var door = await tab.Page.Locator("article.door:not(.door-done)").First.GetAttributeAsync("id");
        await tab.Page.ClickAsync($"#{door} .outcomes button[value=Done]");
        await tab.Page.WaitForSelectorAsync($"#{door}.door-done");
        (await new PhoneList(tab).TallyAsync())[0].ShouldBe("4");
    }

    private static async Task LedgerAsync(Tab board, string address, BoardFigures figures)
    {
        await board.GoAsync($"{address}/ledger");
        (await board.FaultsAsync()).ShouldBeEmpty();
        (await board.Page.Locator(".ledger thead th").AllTextContentsAsync()).ShouldBe(LedgerFile.Form);
        await board.Page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });
        (await board.Page.Locator(".print-head").IsVisibleAsync()).ShouldBeTrue();
        (await board.Page.Locator("nav").First.IsVisibleAsync()).ShouldBeFalse();
        (await board.Page.PdfAsync(new() { Landscape = true })).Length.ShouldBeGreaterThan(10_000);
        await board.Page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Screen });

        var download = await board.Page.RunAndWaitForDownloadAsync(() => board.Page.ClickAsync("a[href$='/ledger.xlsx']"));
        download.SuggestedFilename.ShouldStartWith("敲门行动台账");
        var ledger = LedgerFile.Read(await File.ReadAllBytesAsync(await download.PathAsync()));
        ledger.Headers.ShouldBe(LedgerFile.Form);
        ledger.Rows.Count.ShouldBe(figures.Targets);
        (ledger.Count(Result, "见面"), ledger.Count(Result, "无人"), ledger.Count(Result, "拒访"), ledger.Count(Result, "空房"), ledger.Count(Result, ""))
            .ShouldBe((figures.Met, figures.Missed, figures.Refused, figures.Vacant, figures.Untried));
        ledger.Column("实际入住人数").ShouldContain("3");
        ledger.Column("需协助事项").ShouldContain("送药");
        ledger.Column("联系电话*").Where(p => p.Length > 0).ShouldAllBe(p => p.Contains('*'));
    }
}
