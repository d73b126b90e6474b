using Microsoft.Playwright;
using Tongxin.Journeys.Harness;

namespace Tongxin.Journeys.Rounds;

/// <summary>The captain's list as a thumb uses it.</summary>
internal sealed class PhoneList(Tab tab)
{
    private IPage Page => tab.Page;

    /// <summary>Chooses the round where several are open.</summary>
    public async Task OpenAsync(Guid round)
    {
        await tab.GoAsync("/doors");
        await Page.SelectOptionAsync(".door-rounds select", round.ToString());
        await Page.ClickAsync(".door-rounds button[type=submit]");
        await Page.WaitForURLAsync(url => url.Contains(round.ToString(), StringComparison.Ordinal));
    }

    /// <summary>Anchors of the doors that wait, in their order.</summary>
    public Task<string[]> WaitingAsync() => Page.EvalOnSelectorAllAsync<string[]>("article.door:not(.door-done)", "doors => doors.map(d => d.id)");

    /// <summary>Taps one of the four buttons and waits until the card has shrunk.</summary>
    public async Task TapAsync(string door, string kind)
    {
        await Page.ClickAsync($"#{door} .outcomes button[value={kind}]");
        await Page.WaitForSelectorAsync($"#{door}.door-done");
    }

    public async Task UndoAsync(string door)
    {
        await Page.ClickAsync($"#{door} form[action$='/undo'] button");
        await Page.WaitForSelectorAsync($"#{door}:not(.door-done) .outcomes");
    }

    /// <summary>After 见面: says only what is different.</summary>
    public async Task ChangeAsync(string door, string need, int residents)
    {
        await Page.ClickAsync($"#{door} details summary");
        await Page.ClickAsync($"#{door} label:has(input[name=needs][value={need}])");
        await Page.FillAsync($"#{door} input[name=residents]", residents.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await Page.ClickAsync($"#{door} details button[type=submit]");
        await Page.WaitForSelectorAsync($"#{door} details:not([open])", new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached });
    }

    /// <summary>见面, 无人, 拒访, 空房 as the head counts them.</summary>
    public async Task<IReadOnlyList<string>> TallyAsync() => await Page.Locator("#helper-head .tally dd").AllInnerTextsAsync();
}
