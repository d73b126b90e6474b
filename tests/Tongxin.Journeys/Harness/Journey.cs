using System.Runtime.CompilerServices;
using Microsoft.Playwright;
using Tongxin.TestKit.Web;

namespace Tongxin.Journeys.Harness;

/// <summary>Runs a journey in a tab; when it fails, a picture of the page it failed on lies in artifacts/journeys.</summary>
public static class Journey
{
    public static async Task RunAsync(
        Chromium chromium, TongxinApp app, string screen, Visitor? visitor, Func<Tab, Task> travel, [CallerMemberName] string name = "", bool judges = false)
    {
        await using var tab = await Tab.OpenAsync(chromium.Browser, app, Screen.Of(screen), visitor, judges: judges);
        try
        {
            await travel(tab);
        }
        catch (Exception failure)
        {
            await TryPhotographAsync(tab, $"{name}-{screen}");
            var errors = app.Errors.Entries;
            throw new InvalidOperationException($"{failure.Message}\nThe page: {await TextAsync(tab)}\nThe product logged: {(errors.Count == 0 ? "nothing" : string.Join('\n', errors))}", failure);
        }
    }

    /// <summary>A picture of what the tab shows now.</summary>
    public static Task PhotographAsync(Tab tab, string name) =>
        tab.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder(), $"{name}.png") });

    /// <summary>Where the tab is and what stands there: a build machine keeps no pictures.</summary>
    private static async Task<string> TextAsync(Tab tab)
    {
        try
        {
            var text = await tab.Page.Locator("main").First.InnerTextAsync(new() { Timeout = 5_000 });
            return $"{tab.Page.Url}\n{text[..Math.Min(text.Length, 1_000)]}";
        }
        catch (Exception failure) when (failure is PlaywrightException or TimeoutException)
        {
            return failure.Message;
        }
    }

    private static async Task TryPhotographAsync(Tab tab, string name)
    {
        try
        {
            await PhotographAsync(tab, name);
        }
        catch (PlaywrightException)
        {
            // The browser itself is gone: what the journey failed on says more.
        }
    }

    private static string Folder()
    {
        // artifacts/bin/Tongxin.Journeys/release -> artifacts/journeys
        var artifacts = new DirectoryInfo(AppContext.BaseDirectory).Parent?.Parent?.Parent?.FullName ?? Path.GetTempPath();
        return Directory.CreateDirectory(Path.Combine(artifacts, "journeys")).FullName;
    }
}
