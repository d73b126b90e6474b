using Tongxin.Journeys.Harness;
using Tongxin.Journeys.Import;
using Tongxin.Journeys.Rounds;

namespace Tongxin.Journeys.Newcomer;

/// <summary>The office on its first evening, by links and buttons alone.</summary>
internal sealed class FirstOffice(Tab tab)
{
    /// <summary>An empty product: every way leads to the import. Takes the workbook into the register.</summary>
    public async Task ImportAsync(string workbook)
    {
        await tab.GoAsync("/");
        await tab.ArriveAsync("/rounds");
        await tab.FollowAsync("/rounds/new");
        await tab.FollowAsync("/people/import");
        foreach (var page in new[] { "/grid/coverage", "/grid/propose", "/grid/cells" })
        {
            await tab.MenuAsync(page);
            await tab.FollowAsync("/people/import");
        }

        var desk = new ImportDesk(tab);
        await desk.ChooseAsync(workbook);
        await desk.PreviewAsync();
        await desk.CommitAsync();
    }

    /// <summary>The page of proposals says that nobody has offered yet; takes the offers.</summary>
    public async Task OfferAsync(IReadOnlyList<Volunteer> volunteers)
    {
        await tab.MenuAsync("/grid/propose");
        await tab.FollowAsync("/volunteers");
        foreach (var volunteer in volunteers)
        {
            await tab.FollowAsync("/volunteers/new");
            await tab.Page.FillAsync("main input[name=who]", volunteer.Phone);
            await tab.Page.ClickAsync("main form[role=search] button");
            await tab.Page.SelectOptionAsync("main select", new Microsoft.Playwright.SelectOptionValue { Index = 1 });
            if (volunteer.CanLead) await tab.Page.CheckAsync("main input[type=checkbox][name='Form.CanLead']");
            await tab.SubmitAsync();
            await tab.ArriveAsync("/volunteers");
            await tab.Page.WaitForSelectorAsync($"main :text('{volunteer.Name}')");
        }
    }

    /// <summary>Has cells and teams proposed, looks at them and accepts: the map opens.</summary>
    public async Task ProposeAsync(int teams, int members)
    {
        await tab.MenuAsync("/grid/propose");
        await tab.Page.FillAsync("[name='Form.Teams']", $"{teams}");
        await tab.Page.FillAsync("[name='Form.MinSize']", $"{members}");
        await tab.Page.FillAsync("[name='Form.Substitutes']", "0");
        await tab.SubmitAsync();
        await tab.ArriveAsync("/jobs/");
        await tab.Page.ClickAsync(".progress-box a.btn-primary");
        await tab.ArriveAsync("/grid/propose/");
        await tab.ConfirmAsync("accept");
        await tab.ArriveAsync("/grid/coverage");
    }

    /// <summary>Opens a round over everything; its address.</summary>
    public async Task<string> OpenRoundAsync()
    {
        await tab.MenuAsync("/rounds");
        await tab.FollowAsync("/rounds/new");
        await tab.SubmitAsync();
        await tab.Page.WaitForSelectorAsync("#board");
        return new Uri(tab.Page.Url).AbsolutePath;
    }

    /// <summary>From the board to the list of doors that are still open; how many it shows in all.</summary>
    public async Task<int> GapsAsync(string round)
    {
        await tab.FollowAsync($"{round}/list?state=outstanding");
        return await tab.Page.Locator("main tbody tr").CountAsync();
    }

    /// <summary>Back to the board, to the ledger, and home with it.</summary>
    public async Task<LedgerFile> LedgerAsync(string round)
    {
        await tab.FollowAsync(round);
        await tab.FollowAsync($"{round}/ledger");
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Page.ClickAsync("a[href$='/ledger.xlsx']"));
        return LedgerFile.Read(await File.ReadAllBytesAsync(await download.PathAsync()));
    }
}
