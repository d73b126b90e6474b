using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Grid.Data;
using Tongxin.Journeys.Harness;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Journeys.Rounds;

/// <summary>Nobody was at home: the captain calls, leaves a note, and the household answers by itself.</summary>
public sealed class ReportJourney(Chromium chromium)
{
    [Theory, MemberData(nameof(Screen.BothWidths), MemberType = typeof(Screen))]
    public async Task Resident_FindsTheNoteAtTheDoor_AndReports(string screen)
    {
        await using var app = await JourneyApp.StartDemoAsync(Provider.Sqlite);
        using var captain = await app.SignInAsAccountAsync("captain");
        var (address, tail) = ("", "");
        await Journey.RunAsync(chromium, app, "390-light", captain, async phone =>
        {
            await phone.GoAsync("/doors");
            await phone.Page.Locator("article.door:not(.door-done) a[href$='/phone']").First.ClickAsync();
            await phone.Page.Locator("button[name='Form.Person']").First.ClickAsync();
            tail = (await phone.Page.InnerTextAsync("a[href^='tel:']")).Trim()[^4..];
            (await phone.FaultsAsync()).ShouldBeEmpty();
            await phone.Page.ClickAsync("button[value=NotReached]");
            await phone.ArriveAsync("/doors");
            var door = new Uri(phone.Page.Url).Fragment;
            await phone.Page.ClickAsync($"{door} a[href^='/slips/']");
            address = new Uri($"http://{await phone.Page.InnerTextAsync(".slip-code b")}").AbsolutePath;
        });

        await Journey.RunAsync(chromium, app, screen, visitor: null, async tab =>
        {
            await tab.GoAsync(address);
            await tab.Page.FillAsync("[name='Key.Tail']", tail);
            await tab.SubmitAsync();
            await tab.Page.WaitForSelectorAsync("main form[action$='/send']");
            (await tab.FaultsByDayAndNightAsync()).ShouldBeEmpty();
            await tab.Page.ClickAsync("label:has(input[name=needs][value=Groceries])");
            await tab.SubmitAsync();
            await tab.Page.WaitForURLAsync(url => url.Contains("done", StringComparison.Ordinal));
            (await tab.FaultsByDayAndNightAsync()).ShouldBeEmpty();
        });

        var code = address[(address.LastIndexOf('/') + 1)..];
        (await app.ReadAsync(db => db.Set<Target>().Where(t => t.Code == code).Select(t => t.Result).SingleAsync())).ShouldBe(Core.Rounds.OutcomeKind.Done);
    }
}
