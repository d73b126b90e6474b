using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Tongxin.TestKit.Web;

namespace Tongxin.Journeys.Harness;

/// <summary>One browser tab of one person on one screen. It writes down what the browser refuses or complains about.</summary>
public sealed class Tab : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];
    private readonly Lock _lock = new();

    private Tab(IBrowserContext context, IPage page, Uri address) => (_context, Page, Address) = (context, page, address);

    public IPage Page { get; }

    public Uri Address { get; }

    /// <summary>Opens a tab; with a visitor it is signed in as that visitor.</summary>
    public static async Task<Tab> OpenAsync(IBrowser browser, TongxinApp app, Screen screen, Visitor? visitor = null, bool script = true)
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
        context.SetDefaultTimeout(60_000);
        await context.AddInitScriptAsync(
            "document.addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sourceFile + ':' + e.lineNumber + ' ' + e.sample));");
        if (visitor is not null)
        {
            await context.AddCookiesAsync(visitor.Cookies.Select(c => new Cookie { Name = c.Name, Value = c.Value, Url = app.Address.ToString() }));
        }

        var page = await context.NewPageAsync();
        var tab = new Tab(context, page, app.Address);
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
    public async Task<IReadOnlyList<string>> FaultsAsync()
    {
        var faults = new List<string>();
        var where = new Uri(Page.Url).PathAndQuery;
        var axe = await Page.RunAxe();
        faults.AddRange(axe.Violations.Select(v => $"{where} axe {v.Id}: {v.Help} ({v.Nodes.Length}) {Example(v)}"));
        var (content, window) = await WidthsAsync();
        if (content > window) faults.Add($"{where} scrolls sideways: {content} > {window}; widest: {await WidestAsync()}");
        lock (_lock)
        {
            faults.AddRange(_complaints.Select(c => $"{where} {c}"));
            _complaints.Clear();
        }

        return faults;
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

    private static string Example(AxeResultItem violation) => violation.Nodes.FirstOrDefault()?.Html is { } html ? html[..Math.Min(html.Length, 160)] : "";
}
