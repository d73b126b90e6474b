using System.Globalization;
using Microsoft.Playwright;
using Tongxin.Journeys.Harness;

namespace Tongxin.Journeys.Rounds;

/// <summary>What the board says of a round. The four kinds of result stand beside the balance.</summary>
internal sealed record BoardFigures(int Targets, int Done, int Excused, int Outstanding, int Met, int Missed, int Refused, int Vacant, int Untried)
{
    /// <summary>Nobody is lost between the heaps, counted either way.</summary>
    public bool Adds => Targets == Done + Excused + Outstanding;
}

/// <summary>The office's board as a person reads it.</summary>
internal sealed class RoundDesk(Tab tab)
{
    private IPage Page => tab.Page;

    /// <summary>Opens a round over all buildings; its address.</summary>
    public async Task<string> OpenAsync(string title)
    {
        await tab.GoAsync("/rounds/new");
        await Page.FillAsync("[name='Form.Title']", title);
        await Page.ClickAsync("main form .form-actions button[type=submit]");
        await Page.WaitForSelectorAsync("#board");
        return new Uri(Page.Url).AbsolutePath;
    }

    public async Task<BoardFigures> FiguresAsync()
    {
        var heaps = (await Page.Locator("#board .balance-item:not(.when) b").AllInnerTextsAsync()).Select(Number).ToList();
        var kinds = (await Page.Locator("#board .tally-line dd").AllInnerTextsAsync()).Select(Number).ToList();
        return new BoardFigures(heaps[0], heaps[1], heaps[2], heaps[3], kinds[0], kinds[1], kinds[2], kinds[3], kinds[5]);
    }

    /// <summary>Waits for the board to ask again by itself until it shows so many doors untried.</summary>
    public Task WaitForUntriedAsync(int untried) => Page.WaitForFunctionAsync(
        "n => Number(document.querySelector('#board .tally-line div:last-child dd').innerText.replace(/[^0-9]/g, '')) === n", untried);

    private static int Number(string shown) => int.Parse(shown, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
