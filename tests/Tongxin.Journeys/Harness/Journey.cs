using System.Runtime.CompilerServices;
using Tongxin.TestKit.Web;

namespace Tongxin.Journeys.Harness;

/// <summary>Runs a journey in a tab; when it fails, a picture of the page it failed on lies in artifacts/journeys.</summary>
public static class Journey
{
    public static async Task RunAsync(
        Chromium chromium, TongxinApp app, string screen, Visitor? visitor, Func<Tab, Task> travel, [CallerMemberName] string name = "")
    {
        await using var tab = await Tab.OpenAsync(chromium.Browser, app, Screen.Of(screen), visitor);
        try
        {
            await travel(tab);
        }
        catch (Exception failure)
        {
            await PhotographAsync(tab, $"{name}-{screen}");
            if (JourneyApp.ErrorsOf(app) is { Count: > 0 } errors) throw new InvalidOperationException($"{failure.Message}\nThe product logged:\n{string.Join('\n', errors)}", failure);
            throw;
        }
    }

    /// <summary>A picture of what the tab shows now.</summary>
    public static Task PhotographAsync(Tab tab, string name) =>
        tab.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder(), $"{name}.png") });

    private static string Folder()
    {
        // artifacts/bin/Tongxin.Journeys/release -> artifacts/journeys
        var artifacts = new DirectoryInfo(AppContext.BaseDirectory).Parent?.Parent?.Parent?.FullName ?? Path.GetTempPath();
        return Directory.CreateDirectory(Path.Combine(artifacts, "journeys")).FullName;
    }
}
