using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Journeys.Harness;
using Tongxin.People.Data;
using Tongxin.Platform.Data;
using Tongxin.Platform.Jobs;
using Tongxin.TestKit.Processes;
using Tongxin.TestKit.Web;

namespace Tongxin.Journeys.Import;

/// <summary>An import in each state that its page can show, made through the desk's own forms.</summary>
internal static class ImportStates
{
    // Somebody new, somebody without a room, somebody without a name.
    private const string Table = "小区,楼栋,单元,房号,姓名\n沁园小区,1号楼,1单元,101,测试甲\n沁园小区,1号楼,1单元,,测试乙\n沁园小区,1号楼,1单元,102,\n";

    /// <summary>State to address.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ArrangeAsync(TongxinApp app, Visitor office)
    {
        var made = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["mapping"] = (await UploadAsync(office)).Address.AbsolutePath,
            ["discarded"] = await DiscardAsync(office),
            ["outdated"] = await PreviewAsync(office),
            ["committed"] = await PreviewAsync(office),
        };
        await CommitAsync(office, made["committed"]);
        await CommitAsync(office, made["outdated"]);
        made["previewed"] = await PreviewAsync(office);
        made["working"] = await WorkAsync(app, office, await PreviewAsync(office), fails: false);
        made["failed"] = await WorkAsync(app, office, await PreviewAsync(office), fails: true);
        return made;
    }

    private static async Task<HtmlPage> UploadAsync(Visitor office) => await office.SubmitAsync(
        (await office.OpenAsync("/people/import")).Form("#upload form").Attach("file", "补录.csv", Encoding.UTF8.GetBytes(Table)));

    private static async Task<string> DiscardAsync(Visitor office)
    {
        var uploaded = await UploadAsync(office);
        await uploaded.SubmitAsync("#discard form");
        return uploaded.Address.AbsolutePath;
    }

    private static async Task<string> PreviewAsync(Visitor office)
    {
        var uploaded = await UploadAsync(office);
        await uploaded.SubmitAsync("#columns form");
        await EndedAsync(office, uploaded.Address.AbsolutePath);
        return uploaded.Address.AbsolutePath;
    }

    private static async Task CommitAsync(Visitor office, string address)
    {
        await (await office.OpenAsync(address)).SubmitAsync("#commit form");
        await EndedAsync(office, address);
    }

    /// <summary>A commit whose job has not begun, or did not come to its end.</summary>
    private static Task<string> WorkAsync(TongxinApp app, Visitor office, string address, bool fails) => app.InScopeAsync(async services =>
    {
        var (db, jobs) = (services.GetRequiredService<TongxinDb>(), services.GetRequiredService<IJobs>());
        var id = Guid.Parse(address[(address.LastIndexOf('/') + 1)..]);
        var batch = await db.Set<ImportBatch>().SingleAsync(b => b.Id == id);
        var owner = app.ActorOf(Tongxin.Platform.Access.Roles.Office) with { AccountId = office.AccountId };
        batch.StartCommit(fails ? LongWork.Fail(jobs, batch.FileName, owner) : LongWork.Wait(db, jobs, batch.FileName, owner));
        db.Record(owner, "test.arranged", "import", id);
        await db.CommitAsync(CancellationToken.None);
        if (fails) await EndedAsync(office, address);
        return address;
    });

    /// <summary>The worker is real: asked until it is done.</summary>
    private static async Task EndedAsync(Visitor office, string address) => await Glance.UntilWithoutAsync(office, address, "#import-progress");
}
