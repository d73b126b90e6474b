using Microsoft.Playwright;
using Tongxin.Journeys.Harness;

namespace Tongxin.Journeys.Duties;

/// <summary>What a helper taps.</summary>
internal sealed class HelperHand(Tab tab)
{
    private IPage Page => tab.Page;

    public async Task OpenAsync()
    {
        await tab.GoAsync("/");
        // Whoever has nothing but duties is led there at once: the same link again would race with the page that is shown.
        if (new Uri(Page.Url).AbsolutePath != "/duties") await tab.MenuAsync("/duties");
    }

    /// <summary>One tap on the card.</summary>
    public async Task<string> ConfirmAsync(Guid turn)
    {
        await Page.ClickAsync($"form[action='/duties/{turn}/confirm'] button");
        return await FlashAsync();
    }

    public async Task<string> OfferAsync(Guid turn, string note)
    {
        await tab.FollowAsync($"/duties/{turn}");
        await Page.FillAsync("#cannot [name=note]", note);
        await Page.ClickAsync($"form[action='/duties/{turn}/swap'] button");
        return await FlashAsync();
    }

    /// <summary>Gives the only turn of their own that fits.</summary>
    public async Task<string> TakeAsync()
    {
        await tab.MenuAsync("/duties/swaps");
        await Page.ClickAsync("form[action$='/take'] button");
        return await FlashAsync();
    }

    public async Task<string> SearchSubstituteAsync(Guid turn, string why)
    {
        await tab.FollowAsync($"/duties/{turn}");
        await Page.FillAsync("#cannot [name=why]", why);
        await Page.ClickAsync($"form[action='/duties/{turn}/substitute'] button");
        return await FlashAsync();
    }

    public async Task<string> StandInAsync()
    {
        await Page.ClickAsync("form[action^='/duties/asks/'] button[value=yes]");
        return await FlashAsync();
    }

    /// <summary>Types the code that the screen at the post shows.</summary>
    public async Task<string> CheckInAsync(Guid turn, string code)
    {
        await tab.FollowAsync($"/duties/{turn}/check-in");
        await Page.FillAsync("[name=code]", code);
        await Page.ClickAsync($"form[action='/duties/{turn}/check-in'] button");
        return await FlashAsync();
    }

    /// <summary>Ticks what was done, counts, and signs.</summary>
    public async Task<string> HandOverAsync(Guid turn)
    {
        await tab.FollowAsync($"/duties/{turn}/handover");
        await Page.CheckAsync("#sheet [name=ticks][value='0']");
        await Page.FillAsync("#sheet [name=patrol]", "无异常");
        await Page.Locator("#sheet [name=counts]").First.FillAsync("3");
        await Page.ClickAsync("#sheet button[name=sign]");
        return await FlashAsync();
    }

    /// <summary>Signs for what the duty before left.</summary>
    public async Task<string> TakeOverAsync(Guid turn)
    {
        await tab.FollowAsync($"/duties/{turn}/handover");
        await Page.ClickAsync("form[action$='/take'] button");
        return await FlashAsync();
    }

    /// <summary>What the own record says on top.</summary>
    public async Task<string> ServiceAsync()
    {
        await tab.MenuAsync("/duties/service");
        return await Page.InnerTextAsync("#helper-head");
    }

    private async Task<string> FlashAsync() => await Page.InnerTextAsync("#flash .flash");
}
