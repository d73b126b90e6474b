using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Shouldly;
using Tongxin.Access.Restrictions;
using Tongxin.Journeys.Harness;
using Tongxin.People.Data;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Journeys.Desk;

/// <summary>A measure from the doctor's paper to the end of an appeal: four people, none of whom could have done it alone.</summary>
public sealed class MeasureJourney(Chromium chromium)
{
    private static readonly byte[] Paper = "%PDF-1.7 contact order"u8.ToArray();

    [Fact]
    public async Task Doctor_AsksWithAPaper_LeaderAgrees_ResidentObjects_AnotherCorrects()
    {
        await using var app = await JourneyApp.StartDemoAsync(Provider.Sqlite);
        using var doctor = await app.SignInAsAccountAsync("doctor");
        using var leader = await app.SignInAsAccountAsync("leader");
        using var resident = await app.SignInAsAccountAsync("captain2");
        using var privacy = await app.SignInAsAccountAsync("privacy");
        var person = await app.ReadAsync(db => (from u in db.Users join p in db.Set<Person>() on u.PersonId equals p.Id where u.UserName == "captain2" select p).AsNoTracking().SingleAsync());

        await Journey.RunAsync(chromium, app, "1280-light", doctor, async tab =>
        {
            await tab.GoAsync($"/access/evidence/new?person={person.Id}");
            await tab.Page.SelectOptionAsync("#evidence select[name=kind]", "ContactOrder");
            await tab.Page.FillAsync("#evidence input[name=reference]", "密-2026-099");
            await tab.Page.SetInputFilesAsync("#evidence input[type=file]", new FilePayload { Name = "order.pdf", MimeType = "application/pdf", Buffer = Paper });
            (await tab.FaultsAsync()).ShouldBeEmpty();
            await tab.Page.ClickAsync("#evidence button[type=submit]");
            await tab.Page.WaitForURLAsync(url => url.Contains("/access/measures/new", StringComparison.Ordinal));
            (await tab.Page.Locator("input[name='Form.Evidence']:checked").CountAsync()).ShouldBe(1);
            await tab.Page.SelectOptionAsync("select[name='Form.Kind']", "HomeObservation");
            await tab.Page.FillAsync("input[name='Form.Until']", LocalInstant.Write(app.Clock.Now.AddDays(2)));
            await tab.Page.FillAsync("input[name='Form.Basis']", "传染病防治法第三十九条");
            await tab.Page.FillAsync("textarea[name='Form.Least']", "同住有高龄老人");
            (await tab.FaultsAsync()).ShouldBeEmpty();
            await tab.Page.ClickAsync("main form[method=post] button[type=submit]");
            await tab.Page.WaitForURLAsync(url => url.Contains("show=Proposed", StringComparison.Ordinal));
        });

        // Nothing restricts before the second person agreed.
        (await resident.OpenAsync("/my-pass")).All(".pass-Green").Count.ShouldBe(1);
        await Journey.RunAsync(chromium, app, "1280-light", leader, async tab =>
        {
            await tab.GoAsync("/approvals");
            await tab.Page.ClickAsync("#waiting a.btn-primary");
            await tab.Page.FillAsync("#decide textarea", "材料齐全");
            await tab.Page.ClickAsync("#decide button[value=approve]");
            await tab.Page.WaitForURLAsync(url => url.EndsWith("/approvals", StringComparison.Ordinal));
        });

        await Journey.RunAsync(chromium, app, "390-light", resident, async tab =>
        {
            await tab.GoAsync("/my-pass");
            await tab.Page.WaitForSelectorAsync(".pass-Red");
            (await tab.Page.InnerTextAsync("main")).ShouldContain("同住有高龄老人");
            await tab.Page.ClickAsync(".appeal summary");
            await tab.Page.FillAsync(".appeal textarea", "那天我在外地，有车票。");
            (await tab.FaultsAsync()).ShouldBeEmpty();
            await tab.Page.ClickAsync(".appeal button[type=submit]");
            await tab.Page.WaitForSelectorAsync("#appeals");
        });

        await Journey.RunAsync(chromium, app, "1280-light", privacy, async tab =>
        {
            await tab.GoAsync("/access/appeals");
            await tab.Page.ClickAsync($"tbody a:has-text('{person.Name}')");
            await tab.Page.ClickAsync("form[action$='/accept'] button");
            await tab.Page.ClickAsync("form[action$='/check'] button");
            await tab.Page.FillAsync("#answer textarea", "车票属实，不在现场。");
            (await tab.FaultsAsync()).ShouldBeEmpty();
            await tab.Page.ClickAsync("#answer button[value=correct]");
            await tab.Page.WaitForSelectorAsync("#first");
        });

        await Journey.RunAsync(chromium, app, "390-light", resident, async tab =>
        {
            await tab.GoAsync("/my-pass");
            await tab.Page.WaitForSelectorAsync(".pass-Green");
            // The notice comes with the outbox, a moment later.
            while (!(await tab.Page.InnerTextAsync("main")).Contains("申诉已答复", StringComparison.Ordinal)) await tab.Page.ReloadAsync();
            (await tab.Page.InnerTextAsync("#history")).ShouldContain("车票属实");
            (await tab.FaultsAsync()).ShouldBeEmpty();
        });
    }
}
