using Shouldly;
using Tongxin.Journeys.Harness;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Journeys;

/// <summary>The tests that judge pages are judged first: a page with every fault must be found guilty of each.</summary>
public sealed class HarnessTests(Chromium chromium)
{
    private const string Bad =
        "<!doctype html><html><head><title>x</title></head><body><div id=wide>wide</div><img src=\"data:,\"><div style=\"color:red\">x</div><script>go()</script></body></html>";

    [Fact]
    public async Task BadSample_PageWithEveryFault_IsFoundGuiltyOfEach()
    {
        await using var app = await TongxinApp.StartOnPortAsync(Provider.Sqlite);
        await using var tab = await Tab.OpenAsync(chromium.Browser, app, Screen.Of("390-light"));
        await tab.Page.RouteAsync("**/bad", route => route.FulfillAsync(new()
        {
            ContentType = "text/html; charset=utf-8",
            Headers = new Dictionary<string, string> { ["Content-Security-Policy"] = "default-src 'self'" },
            Body = Bad,
        }));

        await tab.GoAsync("/bad");
        await tab.Page.EvaluateAsync("() => { document.getElementById('wide').style.width = '2000px'; }");
        var faults = await tab.FaultsAsync();

        faults.ShouldContain(f => f.Contains("axe html-has-lang", StringComparison.Ordinal));
        faults.ShouldContain(f => f.Contains("axe image-alt", StringComparison.Ordinal));
        faults.ShouldContain(f => f.Contains("scrolls sideways", StringComparison.Ordinal));
        faults.ShouldContain(f => f.Contains("CSP style-src", StringComparison.Ordinal));
        faults.ShouldContain(f => f.Contains("CSP script-src", StringComparison.Ordinal));
    }
}
