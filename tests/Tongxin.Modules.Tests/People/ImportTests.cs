using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.People.Import;
using Tongxin.Platform.Access;
using Tongxin.Platform.Journal;
using Tongxin.Platform.Sheets;
using Tongxin.Samples;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.People;

public sealed class ImportTests
{
    private static readonly DemoPlace Estate = DemoEstate.Qinyuan();

    [Theory, BothProviders]
    public async Task Import_CleanWorkbook_TakesEveryPersonAndDoor(Provider provider)
    {
        await using var app = await StartAsync(provider);

        var summary = await ImportAsync(app, s => PopulationWorkbook.Write(s, Estate));

        summary.Rejected.ShouldBe(0);
        summary.Duplicates.ShouldBe(0);
        (await app.ReadAsync(db => db.Set<Person>().CountAsync())).ShouldBe(Estate.Persons.Count);
        (await app.ReadAsync(db => db.Set<Household>().CountAsync())).ShouldBe(1_500);
        (await app.ReadAsync(db => db.Set<Place>().CountAsync(p => p.Kind == PlaceKind.Entrance))).ShouldBe(51);
    }

    [Fact]
    public void Care_WordsOfAFile_TellWhoCanComeFromWhoCannot()
    {
        ImportWords.Care("残疾（可自行前往）、孕妇").ShouldBe([CareKind.Disabled, CareKind.Pregnant]);
        ImportWords.Care("残疾(可自行前往)").ShouldBe([CareKind.Disabled]);
        ImportWords.Care("Disabled").ShouldBe([CareKind.Disabled]);
        // Who says no more is visited: better once too often.
        ImportWords.Care("残疾").ShouldBe([CareKind.LimitedMobility]);
    }

    [Theory, BothProviders]
    public async Task Import_SameFileAgain_ChangesNothing(Provider provider)
    {
        await using var app = await StartAsync(provider);
        await ImportAsync(app, s => PopulationWorkbook.Write(s, Estate));

        var again = await ImportAsync(app, s => PopulationWorkbook.Write(s, Estate), completeRoll: true);

        (again.New, again.Changed, again.MovedOut).ShouldBe((0, 0, 0));
        again.Unchanged.ShouldBe(again.RowsIn);
    }

    [Theory, BothProviders]
    public async Task Import_MessyWorkbook_EveryRowIsAcceptedRefusedOrRepeatedAsListed(Provider provider)
    {
        await using var app = await StartAsync(provider);
        MessyList? list = null;

        var summary = await ImportAsync(app, s => list = MessyWorkbook.Write(s, Estate));

        var wrong = list.ShouldNotBeNull();
        var refused = wrong.Defects.Where(d => d.Outcome == MessyOutcome.Rejected).Select(d => (d.Row, d.Address, d.Code)).Order().ToList();
        summary.RejectedRows.Select(r => (r.RowNumber, r.Cell ?? "", (string?)r.Code)).Order().ShouldBe(refused);
        (summary.RowsIn, summary.New, summary.Rejected, summary.Duplicates).ShouldBe((wrong.RowsIn, wrong.Accepted, wrong.Rejected, wrong.Duplicates));
        summary.RowsIn.ShouldBe(summary.New + summary.Changed + summary.Unchanged + summary.Rejected + summary.Duplicates);
    }

    [Theory, BothProviders]
    public async Task Import_MessyWorkbook_NamesAreStoredAsWritten(Provider provider)
    {
        await using var app = await StartAsync(provider);

        await ImportAsync(app, s => MessyWorkbook.Write(s, Estate));

        var names = await app.ReadAsync(db => db.Set<Person>().Select(p => p.Name).ToListAsync());
        names.ShouldContain("迪丽努尔·艾合买提");
        names.ShouldContain(n => n.EndsWith("\U00020BB7"));
        names.ShouldNotContain(n => n.Contains('\u200B'));
    }

    [Theory, BothProviders]
    public async Task Import_WordThatIsNoAnswer_TakesTheRowAndNamesTheCell(Provider provider)
    {
        await using var app = await StartAsync(provider);

        var summary = await ImportAsync(app, s => SheetWriter.Write(s, new SheetDocument
        {
            Name = "人口",
            Columns = [new("楼栋"), new("单元"), new("房号"), new("姓名"), new("人员类别"), new("住房使用情况"), new("与户主关系")],
            Rows =
            [
                ["3", "2", "101", "王小明", "其它?", "自住", "户主"],
                ["3", "2", "102", "李小红", "教职工", "民宿", "妯娌"],
                ["3", "2", "103", "赵小刚", "/", "无", "亲戚"],
            ],
        }), campus: "沁园小区");

        (summary.New, summary.Rejected).ShouldBe((3, 0));
        summary.UnclearCells.Select(c => (c.RowNumber, c.Cell, c.Code)).ShouldBe([(2, "E2", "import.category-unknown"), (3, "G3", "import.relation-unknown"), (3, "F3", "import.use-unknown")]);
        (await app.ReadAsync(db => db.Set<Person>().OrderBy(p => p.SortKey).Select(p => p.Category).ToListAsync()))
            .ShouldBe([PersonCategory.Staff, PersonCategory.Resident, PersonCategory.Resident]);
        (await app.ReadAsync(db => db.Set<Household>().OrderBy(h => h.SortKey).Select(h => h.Use).ToListAsync()))
            .ShouldBe([HousingUse.OwnerOccupied, HousingUse.Unknown, HousingUse.Unknown]);
    }

    [Theory, BothProviders]
    public async Task Import_RefusedBecauseTheRegisterMoved_LeavesNobody(Provider provider)
    {
        await using var app = await StartAsync(provider);
        using var file = new MemoryStream();
        PopulationWorkbook.Write(file, Estate);

        // Persons are on their way into the database while the file is read: they must go with the refusal.
        var written = await app.InScopeAsync(services =>
        {
            var source = SheetReader.Open(file, "人口台账.xlsx").Value;
            var layout = ImportHeaders.All.Find(source, 0).Value;
            return services.GetRequiredService<ImportRun>().WriteAsync(
                source, 0, layout.FirstDataRow, new ImportOptions(Estate.Day.AddDays(20), CompleteRoll: false, Campus: null, layout.Columns),
                Actor.System, expected: new ImportCounts { RowsIn = 1, New = 1 }, progress: null, CancellationToken.None);
        });

        written.Error.ShouldBe(ImportErrors.RegisterChanged);
        (await app.ReadAsync(db => db.Set<Person>().CountAsync())).ShouldBe(0);
        (await ImportAsync(app, s => PopulationWorkbook.Write(s, Estate))).New.ShouldBe(Estate.Persons.Count + Estate.Households.Count(h => h.Use == HousingUse.Vacant));
    }

    [Theory, BothProviders]
    public async Task Import_WritesOneJournalEntryForTheBatch(Provider provider)
    {
        await using var app = await StartAsync(provider);

        await ImportAsync(app, s => PopulationWorkbook.Write(s, Estate));

        (await app.ReadAsync(db => db.Set<JournalEntry>().CountAsync(j => j.Action == "people.import.committed"))).ShouldBe(1);
    }

    /// <summary>The samples are true of November 2026.</summary>
    private static async Task<TongxinApp> StartAsync(Provider provider)
    {
        var app = await TongxinApp.StartAsync(provider);
        app.Clock.Set(CampusCalendar.StartOf(Estate.Day.AddDays(20)));
        return app;
    }

    private static Task<ImportSummary> ImportAsync(TongxinApp app, Action<Stream> write, bool completeRoll = false, string? campus = null) =>
        app.CallAsync<IPopulationImport, ImportSummary>(async import =>
        {
            using var file = new MemoryStream();
            write(file);
            file.Position = 0;
            var imported = await import.ImportAsync(file, "人口台账.xlsx", completeRoll, campus, Actor.System, CancellationToken.None);
            return imported.IsFailure ? throw new InvalidOperationException(imported.Error.Code) : imported.Value;
        });
}
