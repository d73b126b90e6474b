using Microsoft.Playwright;
using Tongxin.Journeys.Harness;

namespace Tongxin.Journeys.Duties;

/// <summary>What the duty office clicks, from the call to the published roster.</summary>
internal sealed class DutyOffice(Tab tab)
{
    private IPage Page => tab.Page;

    /// <summary>Calls for helpers; the address that is passed on.</summary>
    public async Task<string> CallAsync(string title, int places)
    {
        await tab.GoAsync("/");
        await tab.MenuAsync("/calls");
        await tab.FollowAsync("/calls/new");
        await Page.FillAsync("[name='Form.Title']", title);
        await Page.FillAsync("[name='Form.Purpose']", "校门查验，每班六小时。提供口罩和餐食。");
        await Page.ClickAsync("label:has(input[name='Form.Duties'][value=Supplies])");
        await Page.FillAsync("[name='Form.Places']", $"{places}");
        await tab.SubmitAsync();
        await Page.WaitForSelectorAsync("#figures");
        return await Page.GetAttributeAsync("#figures a[href^='/j/']", "href") ?? "";
    }

    /// <summary>Takes everybody who applied; what the page says then.</summary>
    public async Task<string> AcceptAllAsync()
    {
        await tab.GoAsync("/");
        await tab.MenuAsync("/calls");
        await Page.ClickAsync("main a[href^='/calls/']:not([href='/calls/new']):visible");
        await Page.WaitForSelectorAsync("#pick");
        await Page.ClickAsync("label:has(input[name=who][value=all])");
        await Page.ClickAsync("#pick button[value=Accepted]");
        await Page.ClickAsync("#confirm button[type=submit]");
        return await FlashAsync();
    }

    /// <summary>Names a post with shifts of its own; its address.</summary>
    public async Task<string> PostAsync(string name, params (string Mark, string From, string To)[] shifts)
    {
        await tab.MenuAsync("/posts");
        await tab.FollowAsync("/posts/new");
        await Page.FillAsync("[name='Form.Name']", name);
        await Page.SelectOptionAsync("[name='Form.Preset']", "none");
        await Page.FillAsync("[name='Form.Checklist']", "* 查验通行码\n清点物资");
        await Page.FillAsync("[name='Form.Issue']", "N95 口罩 2");
        await tab.SubmitAsync();
        await Page.WaitForSelectorAsync("#shifts");
        foreach (var (mark, from, to) in shifts)
        {
            await Page.FillAsync("[name=mark]", mark);
            await Page.FillAsync("[name=from]", from);
            await Page.FillAsync("[name=to]", to);
            await Page.ClickAsync("#add-shift button[type=submit]");
            await Page.WaitForSelectorAsync($"#shifts :text('{mark} {from}')");
        }

        return new Uri(Page.Url).AbsolutePath;
    }

    /// <summary>A roster of these days over everything there is; its address.</summary>
    public async Task<string> RosterAsync(int days)
    {
        await tab.MenuAsync("/rosters");
        await tab.FollowAsync("/rosters/new");
        await Page.FillAsync("[name='Form.Days']", $"{days}");
        await Page.FillAsync("[name=seconds]", "1");
        await tab.SubmitAsync();
        await Page.WaitForSelectorAsync("form[action$='/solve']");
        return new Uri(Page.Url).AbsolutePath;
    }

    /// <summary>Has the roster worked out and comes back to it.</summary>
    public async Task SolveAsync(string roster)
    {
        await Page.ClickAsync("form[action$='/solve'] button");
        await tab.ArriveAsync("/jobs/");
        await Page.ClickAsync(".progress-box a.btn-primary");
        await tab.ArriveAsync(roster);
        await Page.WaitForSelectorAsync("#blocks");
    }

    /// <summary>Puts it in force; what the page says then.</summary>
    public async Task<string> PublishAsync()
    {
        await tab.ConfirmAsync("publish");
        return await FlashAsync();
    }

    /// <summary>Agrees to the swap that waits.</summary>
    public async Task<string> AgreeAsync()
    {
        await tab.GoAsync("/");
        await tab.MenuAsync("/desk/swaps");
        await Page.ClickAsync("#cases form button");
        return await FlashAsync();
    }

    /// <summary>Makes the address of the screen at a post, starting at the desk.</summary>
    public async Task<string> ScreenAsync(string post)
    {
        await tab.GoAsync("/");
        await tab.MenuAsync("/desk");
        await tab.FollowAsync($"/desk{post}/screen");
        await Page.ClickAsync("#screen form button");
        return await Page.GetAttributeAsync("#screen a[href*='/post-screen/']", "href") ?? "";
    }

    public async Task<string> FlashAsync() => await Page.InnerTextAsync("#flash .flash");
}
