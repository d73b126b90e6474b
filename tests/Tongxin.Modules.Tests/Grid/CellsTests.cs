using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Common;
using Tongxin.Grid.Cells;
using Tongxin.Grid.Contracts;
using Tongxin.Grid.Data;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Journal;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Grid;

/// <summary>Cutting the grid: every household is in exactly one cell, whatever is done.</summary>
public sealed class CellsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Cut_TwoEntrances_TakesTheirHouseholdsAndSaysSo(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app, entrances: 4);

        // The estate's cells hold the households; take them back to the reserve first, by dissolving.
        await DissolveAsync(app, estate, 0);
        await DissolveAsync(app, estate, 1);
        var cut = await CutAsync(app, estate.Office, new(null, null, null, [new(estate.Entrances[0].Id, null), new(estate.Entrances[1].Id, null)]));

        cut.Value.Households.ShouldBe(16);
        cut.Value.Number.ShouldBe("G-05");
        (await CountAsync(app, cut.Value.CellId)).ShouldBe(16);
        (await CountAsync(app, Cell.ReserveId)).ShouldBe(0);
        var cell = await app.ReadAsync(db => db.Set<Cell>().AsNoTracking().SingleAsync(c => c.Id == cut.Value.CellId, Ct));
        cell.Name.ShouldBe("1栋 1、2单元");
        (await app.ReadAsync(db => db.Set<JournalEntry>().AnyAsync(j => j.Action == "grid.cell.cut" && j.SubjectId == cell.Id, Ct))).ShouldBeTrue();
        await EveryHouseholdInOneCellAsync(app, estate);
    }

    [Theory, BothProviders]
    public async Task Cut_NothingOrUnknownOrNumberTaken_IsRefused(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app);
        var one = new PlaceClaim(estate.Entrances[0].Id, null);

        (await CutAsync(app, estate.Office, new(null, null, null, []))).Error.Code.ShouldBe("cells.nothing_ticked");
        (await CutAsync(app, estate.Office, new(null, null, null, [new(Ids.New(), null)]))).Error.Code.ShouldBe("cells.place.unknown");
        (await CutAsync(app, estate.Office, new(null, "G-01", null, [one]))).Error.Code.ShouldBe("cells.number.taken");
        (await CutAsync(app, estate.Office, new(null, new string('x', 21), null, [one]))).Error.Code.ShouldBe("cells.number");
        (await CutAsync(app, estate.Office, new(Cell.ReserveId, null, null, [one]))).Error.Code.ShouldBe("cells.reserve");
        (await CutAsync(app, estate.Office, new(Ids.New(), null, null, [one]))).Error.Code.ShouldBe("cells.cell.unknown");
        await EveryHouseholdInOneCellAsync(app, estate);
    }

    [Theory, BothProviders]
    public async Task Cut_PlaceOutOfScope_IsNotThere(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app, entrances: 4);
        var half = app.ActorOf(Roles.Office, ScopeKind.Place, estate.Buildings[0].Id);

        (await CutAsync(app, half, new(null, null, null, [new(estate.Entrances[2].Id, null)]))).Error.Code.ShouldBe("cells.place.unknown");
        (await app.CallAsync<ChangeCell, Result<int>>(s => s.DissolveAsync(estate.Cells[2].Id, 0, half, Ct))).Error.Code.ShouldBe("cells.cell.unknown");
        (await CutAsync(app, half, new(null, null, null, [new(estate.Entrances[0].Id, null)]))).IsFailure.ShouldBeFalse();
    }

    [Theory, BothProviders]
    public async Task Cut_ByTwoOfficesAtOnce_OneIsToldWhoWasFaster(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app);
        await DissolveAsync(app, estate, 0);
        var request = new CutCellRequest(null, null, null, [new(estate.Entrances[0].Id, null)]);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => CutAsync(app, estate.Office, request), Ct)));

        answers.Count(a => !a.IsFailure).ShouldBe(1);
        answers.Where(a => a.IsFailure).ShouldAllBe(a => a.Error.Code == "cells.place.taken");
        (await CountAsync(app, answers.Single(a => !a.IsFailure).Value.CellId)).ShouldBe(8);
        await EveryHouseholdInOneCellAsync(app, estate);
    }

    [Theory, BothProviders]
    public async Task Cut_EntranceOfAnotherCell_TakesItWithWhatFollowsIt(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app);
        var first = await OwnAsync(app, estate, 0);
        // One household is an exception: it has been moved to the second cell by hand.
        await MoveAsync(app, estate.Office, new(first, estate.Cells[1].Id, [estate.Homes[0].Id], "亲属"));

        var cut = await CutAsync(app, estate.Office, new(null, null, null, [new(estate.Entrances[0].Id, first)]));

        cut.Value.Households.ShouldBe(7);
        (await CellOfAsync(app, estate.Homes[0].Id)).ShouldBe(estate.Cells[1].Id);
        (await CountAsync(app, first)).ShouldBe(0);
        await EveryHouseholdInOneCellAsync(app, estate);
    }

    [Theory, BothProviders]
    public async Task Move_NotWhereItWasShown_IsRefused(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app);
        var (a, b) = (estate.Cells[0].Id, estate.Cells[1].Id);

        (await MoveAsync(app, estate.Office, new(a, b, [estate.Homes[0].Id], null))).Value.ShouldBe(1);
        (await MoveAsync(app, estate.Office, new(a, b, [estate.Homes[0].Id], null))).Error.Code.ShouldBe("cells.household.moved");
        (await MoveAsync(app, estate.Office, new(a, a, [estate.Homes[1].Id], null))).Error.Code.ShouldBe("cells.same");
        (await MoveAsync(app, estate.Office, new(a, b, [], null))).Error.Code.ShouldBe("cells.nothing_ticked");
        (await MoveAsync(app, estate.Office, new(a, b, [Ids.New()], null))).Error.Code.ShouldBe("cells.household.unknown");
        await EveryHouseholdInOneCellAsync(app, estate);
    }

    [Theory, BothProviders]
    public async Task Merge_IntoAnother_EverythingGoesThere(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app);
        await OwnAsync(app, estate, 0);

        var merged = await app.CallAsync<ChangeCell, Result<string>>(s => s.MergeAsync(estate.Cells[0].Id, 0, estate.Cells[1].Id, estate.Office, Ct));
        var again = await app.CallAsync<ChangeCell, Result<string>>(s => s.MergeAsync(estate.Cells[0].Id, 0, estate.Cells[1].Id, estate.Office, Ct));

        merged.Value.ShouldBe("G-02");
        again.Error.Code.ShouldBe("cells.cell.unknown");
        (await CountAsync(app, estate.Cells[1].Id)).ShouldBe(16);
        // Running rounds have frozen the old cell: the heir's team goes on with them.
        (await app.ReadAsync(db => db.Set<Cell>().AsNoTracking().SingleAsync(c => c.Id == estate.Cells[0].Id, Ct))).TeamId.ShouldBe(estate.Teams[1].Id);
        (await app.CallAsync<ICells, IReadOnlyList<CellView>>(c => c.ListAsync(Ct))).Select(c => c.Number).ShouldBe(["G-02", "待划"]);
        await EveryHouseholdInOneCellAsync(app, estate);
    }

    [Theory, BothProviders]
    public async Task Dissolve_Cell_HouseholdsAreInTheReserve(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app);

        await DissolveAsync(app, estate, 0);

        (await CountAsync(app, Cell.ReserveId)).ShouldBe(8);
        (await app.CallAsync<ChangeCell, Result<int>>(s => s.DissolveAsync(Cell.ReserveId, 0, estate.Office, Ct))).Error.Code.ShouldBe("cells.reserve");
        await EveryHouseholdInOneCellAsync(app, estate);
    }

    [Theory, BothProviders]
    public async Task Change_OldVersion_IsRefused(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app);
        var id = estate.Cells[0].Id;

        (await app.CallAsync<ChangeCell, Result<string>>(s => s.RenameAsync(id, 0, "A-1", "东区", estate.Office, Ct))).Value.ShouldBe("A-1");
        (await app.CallAsync<ChangeCell, Result<string>>(s => s.RenameAsync(id, 0, "A-2", "东区", estate.Office, Ct))).Error.Code.ShouldBe("cells.changed");
        (await app.CallAsync<ChangeCell, Result<string>>(s => s.RenameAsync(id, 1, "G-02", "东区", estate.Office, Ct))).Error.Code.ShouldBe("cells.number.taken");
        (await app.CallAsync<ChangeCell, Result<string>>(s => s.RenameAsync(id, 1, "A-3", "", estate.Office, Ct))).Error.Code.ShouldBe("cells.name");
        (await app.CallAsync<ChangeCell, Result<string>>(s => s.GiveAsync(id, 0, estate.Teams[1].Id, estate.Office, Ct))).Error.Code.ShouldBe("cells.changed");
        (await app.CallAsync<ChangeCell, Result<string>>(s => s.GiveAsync(id, null, Ids.New(), estate.Office, Ct))).Error.Code.ShouldBe("cells.team.unknown");
    }

    private static async Task DissolveAsync(TongxinApp app, Estate estate, int cell) =>
        (await app.CallAsync<ChangeCell, Result<int>>(s => s.DissolveAsync(estate.Cells[cell].Id, 0, estate.Office, Ct))).IsFailure.ShouldBeFalse();

    /// <summary>The fixture's cell becomes the cell of its entrance, as if it had been cut.</summary>
    private static async Task<Guid> OwnAsync(TongxinApp app, Estate estate, int cell)
    {
        await app.AddAsync(CellPlace.Of(estate.Entrances[cell].Id, estate.Cells[cell].Id));
        return estate.Cells[cell].Id;
    }

    private static Task<Result<CutCellResult>> CutAsync(TongxinApp app, Actor actor, CutCellRequest request) =>
        app.CallAsync<CutCell, Result<CutCellResult>>(s => s.ExecuteAsync(request, actor, Ct));

    private static Task<Result<int>> MoveAsync(TongxinApp app, Actor actor, MoveHouseholdsRequest request) =>
        app.CallAsync<MoveHouseholds, Result<int>>(s => s.ExecuteAsync(request, actor, Ct));

    private static Task<int> CountAsync(TongxinApp app, Guid cell) => app.ReadAsync(db => db.Set<CellHousehold>().CountAsync(c => c.CellId == cell, Ct));

    private static Task<Guid> CellOfAsync(TongxinApp app, Guid household) =>
        app.ReadAsync(db => db.Set<CellHousehold>().Where(c => c.HouseholdId == household).Select(c => c.CellId).SingleAsync(Ct));

    private static async Task EveryHouseholdInOneCellAsync(TongxinApp app, Estate estate)
    {
        var rows = await app.ReadAsync(db => db.Set<CellHousehold>().AsNoTracking().Select(c => c.HouseholdId).ToListAsync(Ct));
        rows.Order().ShouldBe(estate.Homes.Select(h => h.Id).Order());
    }
}
