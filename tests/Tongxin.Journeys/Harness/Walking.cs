using Microsoft.Playwright;

namespace Tongxin.Journeys.Harness;

/// <summary>Getting about by what the screen offers: the side menu of a desk, the tabs of a phone, links and buttons.</summary>
internal static class Walking
{
    /// <summary>Chooses an entry of the menu.</summary>
    public static async Task MenuAsync(this Tab tab, string href)
    {
        var direct = tab.Page.Locator($"nav.side a[href='{href}']:visible, nav.tabs > a[href='{href}']:visible");
        if (await direct.CountAsync() > 0)
        {
            await direct.First.ClickAsync();
        }
        else
        {
            await tab.Page.ClickAsync("nav.tabs summary");
            await tab.Page.ClickAsync($"nav.tabs .more-sheet a[href='{href}']");
        }

        await tab.ArriveAsync(href);
    }

    /// <summary>Follows a link of the page itself.</summary>
    public static async Task FollowAsync(this Tab tab, string href)
    {
        await tab.Page.ClickAsync($"main a[href='{href}']:visible");
        await tab.ArriveAsync(href);
    }

    /// <summary>Opens a question ("#accept") and says yes.</summary>
    public static async Task ConfirmAsync(this Tab tab, string id)
    {
        await tab.Page.ClickAsync($"main a[href='#{id}']");
        await tab.Page.ClickAsync($"#{id} button[type=submit]");
    }

    /// <summary>Waits until the address begins so.</summary>
    public static Task ArriveAsync(this Tab tab, string path) =>
        tab.Page.WaitForURLAsync(url => new Uri(url).PathAndQuery.StartsWith(path, StringComparison.Ordinal));

    /// <summary>Presses the main button of the page's form.</summary>
    public static Task SubmitAsync(this Tab tab) => tab.Page.ClickAsync("main form .form-actions button.btn-primary[type=submit]");
}
