using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Tongxin.Access.FieldPack;
using Tongxin.Access.Gates.Data;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Field;
using Tongxin.TestKit.Web;

namespace Tongxin.Benchmarks.Field;

/// <summary>The demo estate with one gate, and an enrolled phone of its guard in Chromium.</summary>
internal sealed class MeasuredPhone(TongxinApp app, PassDesk desk, IPlaywright playwright, IBrowser browser, IPage page) : IAsyncDisposable
{
    private const string Pin = "739154";

    public TongxinApp App => app;

    public PassDesk Desk => desk;

    public IPage Page => page;

    public static async Task<MeasuredPhone> OpenAsync()
    {
        var desk = new PassDesk();
        var app = await TongxinApp.StartDemoOnPortAsync(Provider.Sqlite, services => services.AddSingleton<IPassMatters>(desk));
        var place = await app.ReadAsync(db => (from u in db.Users join g in db.Set<Grant>() on u.Id equals g.AccountId where u.UserName == "guard" select g.ScopeId).FirstAsync());
        await app.AddAsync(Gate.Create(new GateFacts { Name = "测试门", PlaceId = place.GetValueOrDefault() }, GateState.Guarded, app.Clock.Now));
        var guard = await app.SignInAsAccountAsync("guard");

        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Headless = true,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 390, Height = 844 }, IsMobile = true, HasTouch = true, Locale = "zh-CN", TimezoneId = "Asia/Shanghai" });
        await context.AddCookiesAsync(guard.Cookies.Select(c => new Cookie { Name = c.Name, Value = c.Value, Url = app.Address.ToString() }));
        // Playwright's own clock takes the page's performance timeline away, which is what is measured here: only the date is moved.
        await context.AddInitScriptAsync($"{{ const now = Date.now, ahead = {app.Clock.Now.ToUnixTimeMilliseconds()} - now(); Date.now = () => now() + ahead }}");
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(app.Address, "/field/").ToString());
        await page.FillAsync("input[name=pin]", Pin);
        await page.FillAsync("input[name=pin2]", Pin);
        await page.ClickAsync("form button[type=submit]");
        await page.WaitForSelectorAsync(".scanner, .menu .row");
        var choice = page.Locator(".menu .row", new() { HasText = "测试门" });
        if (await choice.CountAsync() > 0) await choice.First.ClickAsync();
        await page.WaitForSelectorAsync(".scanner");
        // The first of a kind pays for the loading of the verifier.
        var phone = new MeasuredPhone(app, desk, playwright, browser, page);
        await phone.TypeAsync([desk.Issue(), desk.Issue(), desk.Issue()], save: false);
        return phone;
    }

    /// <summary>Gives texts to the app as a scanner would, one after the other; saves each with In, or closes it.</summary>
    public Task TypeAsync(string[] texts, bool save) => page.EvaluateAsync(
        """
        async ([texts, save]) => {
          // Messages, not timers: a background tab waits a second for each of those.
          const turn = () => new Promise(done => { const c = new MessageChannel(); c.port1.onmessage = done; c.port2.postMessage(0) });
          const until = async there => { while (!there()) await turn() };
          for (const text of texts) {
            document.querySelector('.tools button').click();
            document.querySelector('dialog input[name=typed]').value = text;
            document.querySelector('dialog form').requestSubmit();
            await until(() => document.querySelector('.answer'));
            document.querySelector(save ? '.answer .ways .btn' : '.answer-close').click();
            await until(() => !document.querySelector('.answer, dialog'));
          }
        }
        """, new object[] { texts, save });

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
        await app.DisposeAsync();
        desk.Dispose();
    }
}
