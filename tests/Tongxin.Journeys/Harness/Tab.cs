using Microsoft.Playwright;
using Tongxin.TestKit.Web;

namespace Tongxin.Journeys.Harness;

/// <summary>One browser tab of one person on one screen. It writes down what the browser refuses or complains about.</summary>
public sealed class Tab : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];
    private readonly Lock _lock = new();
    private bool _isDark;

    private Tab(IBrowserContext context, IPage page, Uri address, bool isDark) => (_context, Page, Address, _isDark) = (context, page, address, isDark);

    public IPage Page { get; }

    public Uri Address { get; }

    /// <summary>Opens a tab; with a visitor it is signed in as that visitor. <paramref name="judges"/>: every page it opens will be asked for its faults.</summary>
    public static async Task<Tab> OpenAsync(IBrowser browser, TongxinApp app, Screen screen, Visitor? visitor = null, bool script = true, bool judges = false)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = screen.Width, Height = screen.Height },
            IsMobile = screen.Width == Screen.Phone,
            HasTouch = screen.Width == Screen.Phone,
            ColorScheme = screen.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "zh-CN",
            TimezoneId = "Asia/Shanghai",
            AcceptDownloads = true,
            JavaScriptEnabled = script,
        });
        // Generous: two cores may carry more than this run.
        context.SetDefaultTimeout(120_000);
        await context.AddInitScriptAsync(
            "document.addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sourceFile + ':' + e.lineNumber + ' ' + e.sample));");
        if (judges) await Axe.PrepareAsync(context);
        if (visitor is not null)
        {
            await context.AddCookiesAsync(visitor.Cookies.Select(c => new Cookie { Name = c.Name, Value = c.Value, Url = app.Address.ToString() }));
        }

        var page = await context.NewPageAsync();
        var tab = new Tab(context, page, app.Address, screen.Dark);
        page.Console += (_, message) =>
        {
            if (message.Type is "error") tab.Complain($"console: {message.Text}");
        };
        page.PageError += (_, error) => tab.Complain($"script: {error}");
        page.Response += (_, response) =>
        {
            if (response.Status >= 500) tab.Complain($"{response.Status} {response.Url}");
        };
        return tab;
    }

    /// <summary>Goes to an address of the product; the answer's status.</summary>
    public async Task<int> GoAsync(string path)
    {
        var response = await Page.GotoAsync(new Uri(Address, path).ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        return response?.Status ?? 0;
    }

    /// <summary>Signs in through the page, as a person does.</summary>
    public async Task SignInAsync(string name, string password)
    {
        await GoAsync("/sign-in");
        await Page.Locator("main input[type=text], main input:not([type])").First.FillAsync(name);
        await Page.Locator("main input[type=password]").FillAsync(password);
        await Page.Locator("main form button[type=submit]").First.ClickAsync();
        await Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    /// <summary>
    /// What is wrong with the page shown: rules of accessibility, sideways scrolling, and what the browser complained about
    /// since it was last asked.
    /// </summary>
    public Task<IReadOnlyList<string>> FaultsAsync() => FaultsAsync(coloursOnly: false);

    private async Task<IReadOnlyList<string>> FaultsAsync(bool coloursOnly)
    {
        var faults = new List<string>();
        var where = new Uri(Page.Url).PathAndQuery;
        faults.AddRange((await Axe.ViolationsAsync(Page, coloursOnly)).Select(v => $"{where} {v}"));
        var (content, window) = await WidthsAsync();
        if (content > window) faults.Add($"{where} scrolls sideways: {content} > {window}; widest: {await WidestAsync()}");
        lock (_lock)
        {
            faults.AddRange(_complaints.Select(c => $"{where} {c}"));
            _complaints.Clear();
        }

        return faults;
    }

    /// <summary>
    /// The same page by day and by night: only the colours differ, so it is read once and judged by all rules once. The tab stays in the other theme, so
    /// that every second page of a walk is opened by night.
    /// </summary>
    public async Task<IReadOnlyList<string>> FaultsByDayAndNightAsync()
    {
        var faults = await FaultsInTurnAsync();
        return [.. faults, .. (await FaultsAsync(coloursOnly: true)).Select(Say)];
    }

    /// <summary>Those by day or by night; the next page is seen the other way.</summary>
    public async Task<IReadOnlyList<string>> FaultsInTurnAsync()
    {
        List<string> faults = [.. (await FaultsAsync()).Select(Say)];
        await SwitchThemeAsync();
        return faults;
    }

    private string Say(string fault) => $"{(_isDark ? "dark" : "light")} {fault}";

    /// <summary>From day to night or back, as the system's setting does it at the next page.</summary>
    public async Task SwitchThemeAsync()
    {
        _isDark = !_isDark;
        // What boot.js does before the first paint. Without transitions, so that no colour is on its way when it is asked for.
        await Page.EvaluateAsync(
            """
            dark => {
              if (document.adoptedStyleSheets.length === 0) {
                const still = new CSSStyleSheet();
                still.replaceSync('*, *::before, *::after { transition: none !important; animation: none !important }');
                document.adoptedStyleSheets = [still];
              }
              if (dark) document.documentElement.dataset.bsTheme = 'dark'; else delete document.documentElement.dataset.bsTheme;
            }
            """, _isDark);
        await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = _isDark ? ColorScheme.Dark : ColorScheme.Light });
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void Complain(string what)
    {
        lock (_lock) _complaints.Add(what);
    }

    private async Task<(int Content, int Window)> WidthsAsync()
    {
        var widths = await Page.EvaluateAsync<int[]>("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]");
        return (widths[0], widths[1]);
    }

    private Task<string> WidestAsync() => Page.EvaluateAsync<string>(
        """
        () => {
          const edge = document.documentElement.clientWidth;
          const out = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > edge + 1);
          return out.slice(0, 3).map(e => e.tagName.toLowerCase() + '.' + e.className).join(', ');
        }
        """);
}
