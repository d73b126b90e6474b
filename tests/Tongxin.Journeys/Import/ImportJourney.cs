using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Journeys.Harness;
using Tongxin.People.Data;
using Tongxin.Platform.Access;
using Tongxin.Samples;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Journeys.Import;

/// <summary>An estate office with a workbook as it really is: look, confirm, mend what was refused, bring it again.</summary>
public sealed class ImportJourney(Chromium chromium)
{
    private static readonly DemoPlace Estate = Tongxin.Samples.DemoEstate.Qinyuan();

    [Theory]
    [InlineData("390-light", Provider.Sqlite)]
    [InlineData("1280-light", Provider.Sqlite)]
    [InlineData("1280-dark", Provider.Postgres)]
    public async Task Office_ImportsAMessyWorkbook_MendsWhatWasRefused_AndNothingIsLost(string screen, Provider provider)
    {
        await using var app = await JourneyApp.StartEmptyAsync(provider);
        using var office = await app.SignInAsAsync(Roles.Office);
        using var files = new TempFolder();
        var (messy, wrong) = Messy(files);

        await Journey.RunAsync(chromium, app, screen, office, async tab =>
        {
            var desk = new ImportDesk(tab);

            // Upload: the columns are guessed under two title lines and two header rows.
            await desk.UploadAsync(messy);
            var columns = await desk.ColumnsAsync();
            columns["姓 名"].ShouldBe("Name");
            (columns["身份证号码"], columns["出生年月日"], columns["房间号"], columns["联系电话(手机)"]).ShouldBe(("Document", "BirthDate", "Room", "Phone"));
            (await tab.FaultsAsync()).ShouldBeEmpty();

            // Preview: all or explained, and nothing written.
            await desk.PreviewAsync();
            var preview = await desk.FiguresAsync();
            preview.ShouldBe(new DeskFigures(wrong.RowsIn, wrong.Accepted, 0, 0, 0, wrong.Rejected, wrong.Duplicates, preview.Remarks));
            preview.RowsIn.ShouldBe(preview.Accepted + preview.Rejected + preview.Duplicates);
            (await PersonsAsync(app)).ShouldBe(0);
            var refused = await desk.RowsAsync("Rejected");
            foreach (var defect in wrong.Defects.Where(d => d.Outcome == MessyOutcome.Rejected)) refused.ShouldContain(line => line.Contains(defect.Address));
            (await desk.RowsAsync("Duplicate")).Count.ShouldBe(wrong.Duplicates);
            (await tab.FaultsAsync()).ShouldBeEmpty();

            // Confirm: what was shown is what there is.
            await desk.CommitAsync();
            (await desk.FiguresAsync()).ShouldBe(preview);
            (await PersonsAsync(app)).ShouldBe(wrong.PersonsAccepted);
            (await tab.FaultsAsync()).ShouldBeEmpty();

            // Mend the refused rows and bring only them.
            var (reasons, mended) = Mending.Mend(await desk.DownloadRejectedAsync(), Estate);
            reasons.Count.ShouldBe(wrong.Rejected);
            reasons.ShouldAllBe(reason => reason.Length > 3 && !reason.Contains("text.") && !reason.Contains("import."));
            await desk.UploadAsync(files.Write("退回-已改.xlsx", mended));
            await desk.PreviewAsync();
            (await desk.FiguresAsync()).ShouldBe(new DeskFigures(wrong.Rejected, wrong.Rejected, 0, 0, 0, 0, 0, 0));
            await desk.CommitAsync();
            (await PersonsAsync(app)).ShouldBe(wrong.PersonsAccepted + wrong.Rejected);

            // The first file again: nothing to write.
            await desk.UploadAsync(messy);
            await desk.PreviewAsync();
            (await desk.FiguresAsync()).ShouldBe(new DeskFigures(wrong.RowsIn, 0, 0, wrong.Accepted, 0, wrong.Rejected, wrong.Duplicates, preview.Remarks));
            (await tab.Page.Locator("#result a[href='#commit']").CountAsync()).ShouldBe(0);
            (await PersonsAsync(app)).ShouldBe(wrong.PersonsAccepted + wrong.Rejected);

            // The desk remembers, and the register shows everybody.
            await tab.GoAsync("/people/import");
            (await tab.Page.Locator("#history tbody tr").CountAsync()).ShouldBe(3);
            (await tab.FaultsAsync()).ShouldBeEmpty();
            await tab.GoAsync("/people");
            (await tab.FaultsAsync()).ShouldBeEmpty();
        });
    }

    private static (string Path, MessyList Wrong) Messy(TempFolder files)
    {
        using var stream = new MemoryStream();
        var wrong = MessyWorkbook.Write(stream, Estate);
        return (files.Write("沁园人口台账.xlsx", stream.ToArray()), wrong);
    }

    private static Task<int> PersonsAsync(TongxinApp app) => app.ReadAsync(db => db.Set<Person>().CountAsync());
}
