using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Access.Returns.Data;
using Tongxin.Core.Returns;
using Tongxin.Journeys.Harness;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Journeys.Desk;

/// <summary>A student declares from home without an account, takes a time at the gate, is on the office's list, and is checked in.</summary>
public sealed class ReturnJourney(Chromium chromium)
{
    private const string Number = "2026990077";

    [Fact]
    public async Task Student_Declares_TakesATime_AndIsCheckedAtTheGate()
    {
        await using var app = await JourneyApp.StartDemoAsync(Provider.Sqlite);
        using var office = await app.SignInAsAccountAsync("office");
        using var guard = await app.SignInAsAccountAsync("guard");
        var season = await app.ReadAsync(db => db.Set<ReturnSeason>().AsNoTracking().SingleAsync());
        var arrives = season.FirstDay.AddDays(1);

        await Journey.RunAsync(chromium, app, "390-light", null, async tab =>
        {
            await tab.GoAsync($"/r/{season.Code}");
            await tab.Page.FillAsync("input[name=name]", "归小远");
            await tab.Page.FillAsync("input[name=number]", Number);
            await tab.Page.FillAsync("input[name=phone]", "19900007711");
            await tab.Page.FillAsync("input[name='place.0']", "陕西省咸阳市秦都区");
            await tab.Page.FillAsync("input[name='from.0']", $"{arrives.AddDays(-30):yyyy-MM-dd}");
            await tab.Page.FillAsync("input[name='to.0']", $"{arrives:yyyy-MM-dd}");
            await tab.Page.FillAsync("input[name=arrives]", $"{arrives:yyyy-MM-dd}");
            await tab.Page.SelectOptionAsync("select[name=transport]", "Train");
            await tab.Page.CheckAsync("input[name=consent]");
            (await tab.FaultsAsync()).ShouldBeEmpty();
            await tab.Page.ClickAsync("#declare button[type=submit]");
            var code = (await tab.Page.InnerTextAsync("#declared .code-box")).Trim();
            await tab.Page.ClickAsync("#declared a.btn-primary");
            await tab.Page.FillAsync("input[name=own]", code);
            await tab.Page.ClickAsync("#enter button[type=submit]");
            await tab.Page.WaitForURLAsync(url => url.Contains("/my-return/", StringComparison.Ordinal));
            await tab.Page.Locator("#slots form[action$='/book'] button:visible").First.ClickAsync();
            await tab.Page.WaitForSelectorAsync("#state .code-box");
            (await tab.FaultsAsync()).ShouldBeEmpty();
        });

        await Journey.RunAsync(chromium, app, "1280-light", office, async tab =>
        {
            await tab.GoAsync($"/returns/seasons/{season.Id}/list?q={Number}");
            (await tab.Page.Locator("main table tbody tr").CountAsync()).ShouldBe(1);
            (await tab.FaultsAsync()).ShouldBeEmpty();
        });

        await Journey.RunAsync(chromium, app, "390-light", guard, async tab =>
        {
            await tab.GoAsync("/arrivals");
            await tab.Page.FillAsync("#find input[name=q]", Number);
            await tab.Page.ClickAsync("#find button[type=submit]");
            await tab.Page.ClickAsync("#found a");
            (await tab.FaultsAsync()).ShouldBeEmpty();
            await tab.Page.ClickAsync("#check button[value=Pass]");
            await tab.Page.GetByText("已放行").First.WaitForAsync();
        });
        (await app.ReadAsync(db => db.Set<ReturnRecord>().AsNoTracking().SingleAsync(r => r.Number == Number))).State.ShouldBe(ReturnState.Cleared);
    }
}
