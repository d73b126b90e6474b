using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Access.Gates;
using Tongxin.Access.Gates.Data;
using Tongxin.Access.Permits.Data;
using Tongxin.Journeys.Harness;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Journeys.Desk;

/// <summary>Somebody is invited by a link, says who comes, is confirmed, and is let in at the gate.</summary>
public sealed class VisitorJourney(Chromium chromium)
{
    [Fact]
    public async Task Visitor_InvitedByALink_FillsIn_IsConfirmed_AndIsLetIn()
    {
        await using var app = await JourneyApp.StartDemoAsync(Provider.Sqlite);
        using var office = await app.SignInAsAccountAsync("office");
        using var guard = await app.SignInAsAccountAsync("guard");
        var link = "";
        var code = "";

        await Journey.RunAsync(chromium, app, "1280-light", office, async tab =>
        {
            await tab.GoAsync("/permits/invite");
            await tab.Page.FillAsync("input[name='Form.Purpose']", "送药");
            await tab.Page.ClickAsync("#invite form[method=post] button[type=submit]");
            link = new Uri(await tab.Page.InnerTextAsync(".code-box")).AbsolutePath;
        });

        await Journey.RunAsync(chromium, app, "390-light", null, async tab =>
        {
            await tab.GoAsync(link);
            await tab.Page.FillAsync("input[name='Form.Name']", "来远客");
            await tab.Page.FillAsync("input[name='Form.Phone']", "19900008888");
            (await tab.FaultsAsync()).ShouldBeEmpty();
            await tab.Page.ClickAsync("#visit button[type=submit]");
            await tab.Page.WaitForSelectorAsync(".flash.info");
        });

        await Journey.RunAsync(chromium, app, "1280-light", office, async tab =>
        {
            // Told on the own page; there is no code before somebody said that it is the one meant.
            await tab.GoAsync("/my-pass");
            (await tab.Page.InnerTextAsync("#visitors")).ShouldContain("来*");
            (await tab.FaultsAsync()).ShouldBeEmpty();
            await tab.Page.ClickAsync("#visitors a");
            await tab.Page.ClickAsync("form[action$='/grant'] button");
            await tab.Page.WaitForSelectorAsync("#code");
        });

        await Journey.RunAsync(chromium, app, "390-light", null, async tab =>
        {
            await tab.GoAsync(link);
            code = (await tab.Page.InnerTextAsync(".permit-code")).Trim();
            (await tab.FaultsAsync()).ShouldBeEmpty();
        });

        var place = await app.ReadAsync(db => db.Set<Permit>().Where(p => p.SecretIndex != null && p.FilledAt != null).Select(p => p.PlaceId).SingleAsync());
        var gate = (await app.CallAsync((IGateDirectory gates) => gates.AtAsync(place, CancellationToken.None))).First(g => g.State != GateState.Sealed);
        await Journey.RunAsync(chromium, app, "390-light", guard, async tab =>
        {
            await tab.GoAsync($"/gate/{gate.Id}");
            await tab.Page.FillAsync("#find input[name=find]", code);
            await tab.Page.ClickAsync("#find form[method=get] button");
            await tab.Page.WaitForSelectorAsync("#find .permit");
            (await tab.FaultsAsync()).ShouldBeEmpty();
            await tab.Page.ClickAsync("#find button[value=In]");
            await tab.Page.WaitForSelectorAsync("#last li");
        });
        (await app.ReadAsync(db => db.Set<Permit>().AsNoTracking().SingleAsync(p => p.SecretIndex != null && p.FilledAt != null))).UsedIn.ShouldBe(1);
    }
}
