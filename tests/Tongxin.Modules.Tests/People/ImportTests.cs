using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Journal;
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

    private static Task<ImportSummary> ImportAsync(TongxinApp app, Action<Stream> write, bool completeRoll = false) =>
        app.CallAsync<IPopulationImport, ImportSummary>(async import =>
        {
            using var file = new MemoryStream();
            write(file);
            file.Position = 0;
            var imported = await import.ImportAsync(file, "人口台账.xlsx", completeRoll, campus: null, Actor.System, CancellationToken.None);
            return imported.IsFailure ? throw new InvalidOperationException(imported.Error.Code) : imported.Value;
        });
}
