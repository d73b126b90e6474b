using System.Globalization;
using Microsoft.Playwright;
using Tongxin.Journeys.Harness;

namespace Tongxin.Journeys.Import;

/// <summary>The figures of one import as the page shows them.</summary>
internal sealed record DeskFigures(int RowsIn, int New, int Changed, int Unchanged, int MovedOut, int Rejected, int Duplicates, int Remarks)
{
    public int Accepted => New + Changed + Unchanged;
}

/// <summary>The import desk as a person uses it.</summary>
internal sealed class ImportDesk(Tab tab)
{
    private IPage Page => tab.Page;

    /// <summary>Chooses a file and lands on the columns.</summary>
    public async Task UploadAsync(string path)
    {
        await tab.GoAsync("/people/import");
        await ChooseAsync(path);
    }

    /// <summary>Being at the desk: chooses a file and lands on the columns.</summary>
    public async Task ChooseAsync(string path)
    {
        await Page.SetInputFilesAsync("#upload input[type=file]", path);
        await Page.ClickAsync("#upload button[type=submit]");
        await Page.WaitForSelectorAsync("#columns table");
    }

    /// <summary>Header of the file to the field that was guessed, for columns that will be read.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ColumnsAsync()
    {
        var rows = await Page.EvalOnSelectorAllAsync<string[][]>(
            "#columns tbody tr", "rows => rows.map(r => [r.cells[0].innerText.trim(), r.querySelector('select').value])");
        return rows.Where(r => r[1].Length > 0).ToDictionary(r => r[0], r => r[1], StringComparer.Ordinal);
    }

    /// <summary>Agrees with the columns and waits for the preview.</summary>
    public async Task PreviewAsync()
    {
        await Page.ClickAsync("#columns button[type=submit]");
        await Page.WaitForSelectorAsync("#rows nav a[aria-current=true]");
    }

    /// <summary>Takes the preview into the register and waits until it is there.</summary>
    public async Task CommitAsync()
    {
        await Page.ClickAsync("#result a[href='#commit']");
        await Page.ClickAsync("#commit button[type=submit]");
        await Page.WaitForSelectorAsync("#result a[href='/people']");
    }

    /// <summary>The figures shown: those on the tabs, and the balance above them that must say the same.</summary>
    public async Task<DeskFigures> FiguresAsync()
    {
        var shown = (await Page.EvalOnSelectorAllAsync<string[][]>(
                "#rows nav a", "links => links.map(a => [new URL(a.href).searchParams.get('kind'), a.innerText.match(/[0-9][0-9,]*$/)[0]])"))
            .ToDictionary(p => p[0], p => Number(p[1]), StringComparer.Ordinal);
        var said = (await Page.Locator("#result .balance-item b").AllInnerTextsAsync()).Select(Number).ToList();
        var figures = new DeskFigures(said[0], shown["New"], shown["Changed"], shown["Unchanged"], shown["MovedOut"], shown["Rejected"], shown["Duplicate"], shown["Remark"]);
        return (said[1], said[2], said[3]) == (figures.Accepted, figures.Rejected, figures.Duplicates)
            ? figures
            : throw new InvalidOperationException($"The balance says {string.Join(", ", said)}, the tabs {figures}.");
    }

    /// <summary>Opens the rows of one kind; what stands in each line.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string kind)
    {
        await Page.ClickAsync($"#rows nav a[href*='kind={kind}']");
        await Page.WaitForSelectorAsync($"#rows nav a[href*='kind={kind}'][aria-current=true]");
        return await Page.Locator("#rows tbody tr").AllInnerTextsAsync();
    }

    /// <summary>Downloads the refused rows.</summary>
    public async Task<byte[]> DownloadRejectedAsync()
    {
        var download = await Page.RunAndWaitForDownloadAsync(() => Page.ClickAsync("#result a[href$='/rejected.xlsx']"));
        return await File.ReadAllBytesAsync(await download.PathAsync());
    }

    private static int Number(string shown) => int.Parse(shown, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
