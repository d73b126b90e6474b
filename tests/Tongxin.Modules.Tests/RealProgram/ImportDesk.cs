using System.Net;
using Shouldly;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Processes;
using Tongxin.TestKit.Web;

namespace Tongxin.Modules.Tests.RealProgram;

/// <summary>The office of a fresh installation, at the import desk of the running program.</summary>
internal sealed class ImportDesk(string password)
{
    private const string Own = "一个足够长的新口令-2026";

    /// <summary>The first accounts; the office's first password is taken from what the program prints.</summary>
    public static async Task<ImportDesk> SetUpAsync(TestDatabase database)
    {
        var (code, said) = await HostProcess.RunAsync(["setup", .. database.Arguments]);
        code.ShouldBe(0, said);
        var line = said.Split('\n').Single(l => l.TrimStart().StartsWith("office ", StringComparison.Ordinal));
        return new ImportDesk(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
    }

    /// <summary>Signs in with the first password and chooses an own one, as the program demands.</summary>
    public async Task<Visitor> FirstSignInAsync(HostProcess host)
    {
        var office = host.Anonymous();
        var change = await SignInAsync(office, password);
        await change.SubmitAsync("main form", ("Form.Old", password), ("Form.New", Own), ("Form.Again", Own));
        return office;
    }

    /// <summary>Signs in again, after a restart.</summary>
    public static async Task<Visitor> SignInAsync(HostProcess host)
    {
        var office = host.Anonymous();
        await SignInAsync(office, Own);
        return office;
    }

    /// <summary>Uploads, agrees with the columns, and waits for the preview; its address.</summary>
    public static async Task<string> PreviewAsync(Visitor office, string name, byte[] workbook)
    {
        var desk = await office.OpenAsync("/people/import");
        var columns = await office.SubmitAsync(desk.Form("#upload form").Attach("file", name, workbook));
        await columns.SubmitAsync("#columns form");
        await WorkedAsync(office, columns.Address.AbsolutePath);
        return columns.Address.AbsolutePath;
    }

    /// <summary>Asks until nothing is being worked on; the page then.</summary>
    public static async Task<HtmlPage> WorkedAsync(Visitor office, string address)
    {
        var page = await Glance.UntilWithoutAsync(office, address, "#import-progress");
        page.Status.ShouldBe(HttpStatusCode.OK);
        return page;
    }

    private static async Task<HtmlPage> SignInAsync(Visitor office, string password)
    {
        var page = await (await office.OpenAsync("/sign-in")).SubmitAsync("main form", ("Form.UserName", "office"), ("Form.Password", password));
        page.Address.AbsolutePath.ShouldNotBe("/sign-in", page.Text);
        return page;
    }
}
