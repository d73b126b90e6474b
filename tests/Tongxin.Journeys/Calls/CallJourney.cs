using Shouldly;
using Tongxin.Journeys.Harness;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Journeys.Calls;

/// <summary>The office calls, somebody applies on a phone without a script, the office decides, the applicant reads it; then who can come when.</summary>
public sealed class CallJourney(Chromium chromium)
{
    [Theory, MemberData(nameof(Screen.BothWidths), MemberType = typeof(Screen))]
    public async Task Call_AppliedByPhoneAndDecided_IsReadByTheApplicant(string screen)
    {
        await using var app = await JourneyApp.StartDemoAsync(Provider.Sqlite);
        using var office = await app.SignInAsAccountAsync("office");
        await Journey.RunAsync(chromium, app, screen, office, async desk =>
        {
            await desk.GoAsync("/calls");
            await FaultlessAsync(desk, $"calls-none-{screen}");
            await desk.FollowAsync("/calls/new");
            await desk.Page.FillAsync("[name='Form.Title']", "教职工物资搬运小分队");
            await desk.Page.FillAsync("[name='Form.Purpose']", "周六早上在东门卸货，约两小时。提供口罩、手套和早餐。");
            await desk.Page.ClickAsync("label:has(input[name='Form.Duties'][value=Supplies])");
            await desk.Page.ClickAsync("label:has(input[name='Form.Duties'][value=Meals])");
            await desk.Page.ClickAsync("label:has(input[name='Form.Skills'][value=Driving])");
            await desk.Page.FillAsync("[name='Form.Places']", "1");
            await FaultlessAsync(desk, $"calls-new-{screen}");
            await desk.SubmitAsync();
            await desk.Page.WaitForSelectorAsync("#figures");
            var call = new Uri(desk.Page.Url).AbsolutePath;
            var address = await desk.Page.GetAttributeAsync("#figures a[href^='/j/']", "href") ?? "";

            var own = await ApplyAsync(app, address, "孙武", "2022999");
            await ApplyAsync(app, address, "吴起", "2022998");
            await desk.GoAsync(call);
            await FaultlessAsync(desk, $"calls-list-{screen}");
            await desk.Page.ClickAsync("#applications tbody tr:first-child .p1 a");
            await desk.Page.WaitForSelectorAsync("#facts");
            await FaultlessAsync(desk, $"calls-one-{screen}");
            await desk.GoAsync(call);
            await desk.Page.ClickAsync("label:has(input[name=who][value=all])");
            await desk.Page.ClickAsync("#pick button[value=Accepted]");
            await desk.Page.WaitForSelectorAsync("#confirm form");
            await FaultlessAsync(desk, $"calls-decide-{screen}");
            await desk.Page.ClickAsync("#confirm button[type=submit]");
            await desk.Page.WaitForSelectorAsync("#flash .done");
            (await desk.Page.InnerTextAsync("#flash")).ShouldContain("录用 1 人。 候补 1 人。");

            await ReadAsync(app, address, own);
            await PollAsync(desk, app, screen);
        });
    }

    private async Task<string> ApplyAsync(TestKit.Web.TongxinApp app, string address, string name, string number)
    {
        await using var phone = await Tab.OpenAsync(chromium.Browser, app, Screen.Of("390-light"), visitor: null, script: false);
        return await new Applicant(phone).ApplyAsync(address, name, number);
    }

    private async Task ReadAsync(TestKit.Web.TongxinApp app, string address, string own)
    {
        await using var phone = await Tab.OpenAsync(chromium.Browser, app, Screen.Of("390-light"));
        await phone.GoAsync(address);
        (await phone.FaultsByDayAndNightAsync()).ShouldBeEmpty();
        await phone.GoAsync($"{address}/result");
        (await phone.FaultsAsync()).ShouldBeEmpty();
        await phone.Page.FillAsync("[name='Form.Own']", own);
        await phone.SubmitAsync();
        await phone.Page.WaitForSelectorAsync("#result");
        await FaultlessAsync(phone, "calls-result-390");
        (await phone.Page.InnerTextAsync("h1")).ShouldBe("已录用");
    }

    private async Task PollAsync(Tab desk, TestKit.Web.TongxinApp app, string screen)
    {
        await desk.GoAsync("/polls/new");
        await desk.Page.FillAsync("[name='Form.Title']", "第二周校门值守");
        await desk.Page.SelectOptionAsync("[name='Form.Pool']", "volunteers");
        await FaultlessAsync(desk, $"polls-new-{screen}");
        await desk.SubmitAsync();
        await desk.Page.WaitForSelectorAsync("#links .code-box a");
        await FaultlessAsync(desk, $"polls-links-{screen}");
        var link = await desk.Page.Locator("#links .code-box a").First.GetAttributeAsync("href") ?? "";
        var poll = new Uri(desk.Page.Url).AbsolutePath.Replace("/links", "", StringComparison.Ordinal);

        await using var phone = await Tab.OpenAsync(chromium.Browser, app, Screen.Of("390-light"));
        await phone.GoAsync(link);
        await phone.Page.Locator("label:has(input[name=cell])").First.ClickAsync();
        await FaultlessAsync(phone, "polls-answer-390");
        await phone.SubmitAsync();
        await phone.Page.WaitForSelectorAsync(".flash.done");
        await desk.GoAsync(poll);
        await FaultlessAsync(desk, $"polls-one-{screen}");
        (await desk.Page.Locator(".balance-item b").AllInnerTextsAsync())[1].ShouldBe("1");
    }

    private static async Task FaultlessAsync(Tab tab, string picture)
    {
        await Journey.PhotographAsync(tab, picture);
        (await tab.FaultsAsync()).ShouldBeEmpty();
    }
}
