using Microsoft.Playwright;
using Tongxin.Journeys.Harness;
using Tongxin.TestKit.Web;

namespace Tongxin.Journeys.Field;

/// <summary>The phone app as a hand uses it.</summary>
internal sealed class FieldPhone : IAsyncDisposable
{
    public const string Pin = "739154";

    private readonly FieldHouse _house;

    private FieldPhone(FieldHouse house, Tab tab) => (_house, Tab) = (house, tab);

    public Tab Tab { get; }

    public IPage Page => Tab.Page;

    /// <summary>A phone whose clock is off by so much; the account is signed in on it.</summary>
    public static async Task<FieldPhone> OpenAsync(FieldHouse house, Visitor? account, TimeSpan off = default)
    {
        var tab = await Tab.OpenAsync(house.Browser, house.App, Screen.Of("390-light"), account);
        var phone = new FieldPhone(house, tab);
        await tab.Page.Context.GrantPermissionsAsync(["camera"], new() { Origin = house.App.Address.GetLeftPart(UriPartial.Authority) });
        // Timers run on; only what the phone takes for now is set.
        await tab.Page.Clock.SetFixedTimeAsync((house.App.Clock.Now + off).UtcDateTime);
        await tab.GoAsync("/field/");
        return phone;
    }

    public async Task EnrolAsync()
    {
        await Page.FillAsync("input[name=pin]", Pin);
        await Page.FillAsync("input[name=pin2]", Pin);
        await Page.ClickAsync("form button[type=submit]");
        await Page.WaitForSelectorAsync(".scanner, .menu .row, .doors");
        // Kept for a cold start: the shell by its worker.
        await Page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");
    }

    /// <summary>Stands at the test's gate, wherever else the account may stand.</summary>
    public async Task StandAsync()
    {
        var choice = Page.Locator(".menu .row", new() { HasText = "测试门" });
        await Page.WaitForSelectorAsync(".scanner, .menu .row");
        if (await choice.CountAsync() > 0) await choice.First.ClickAsync();
        await Page.WaitForSelectorAsync(".scanner");
    }

    public Task GoOfflineAsync(bool offline = true) => Page.Context.SetOfflineAsync(offline);

    public Task UnlockAsync()
    {
        return PressAsync();
        async Task PressAsync()
        {
            await Page.WaitForSelectorAsync(".keys");
            foreach (var digit in Pin) await Page.ClickAsync($".key:text-is('{digit}')");
            await Page.WaitForSelectorAsync(".scanner, .doors, .menu .row, .plain-form, main.page");
        }
    }

    /// <summary>Holds a code before the camera and waits for the answer; its tone and word.</summary>
    public async Task<(string Tone, string Word)> ScanAsync(string code)
    {
        _house.Show(code);
        await ToAsync("menu", ".menu");
        await ToAsync("gate", ".answer");
        return await AnswerAsync();
    }

    public async Task<(string Tone, string Word)> TypeAsync(string text)
    {
        await Page.ClickAsync(".tools button >> nth=0");
        await Page.FillAsync("dialog input[name=typed]", text);
        await Page.ClickAsync("dialog button[type=submit]");
        return await AnswerAsync();
    }

    /// <summary>Presses In, Out or another of the answer's buttons; waits until it is saved.</summary>
    public async Task PressAsync(string words)
    {
        await Page.ClickAsync($".answer button:has-text('{words}')");
        await Page.WaitForSelectorAsync(".answer", new() { State = WaitForSelectorState.Detached });
        await Page.WaitForSelectorAsync(".toast:has-text('已保存')");
    }

    public async Task ToAsync(string place, string shows)
    {
        await Page.EvaluateAsync("place => { location.hash = place }", place);
        await Page.WaitForSelectorAsync(shows);
    }

    /// <summary>States in the outbox, newest first.</summary>
    public async Task<string[]> OutboxAsync()
    {
        await ToAsync("outbox", ".outlist li");
        return await Page.EvalOnSelectorAllAsync<string[]>(".outlist .fact", "rows => rows.map(r => r.dataset.state)");
    }

    public async ValueTask DisposeAsync() => await Tab.DisposeAsync();

    private async Task<(string Tone, string Word)> AnswerAsync()
    {
        await Page.WaitForSelectorAsync(".answer .word");
        return (await Page.GetAttributeAsync(".answer", "data-tone") ?? "", await Page.InnerTextAsync(".answer .word"));
    }
}
