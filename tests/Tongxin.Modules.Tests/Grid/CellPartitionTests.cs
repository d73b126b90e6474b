using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Text;
using Tongxin.Grid.Data;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Grid;

/// <summary>The database itself keeps every household in exactly one cell, past all code of ours.</summary>
public sealed class CellPartitionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task RawDelete_OfARow_IsRefused(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        await Estate.BuildAsync(app);

        await Should.ThrowAsync<DbException>(() => app.ReadAsync(db => db.Database.ExecuteSqlRawAsync("DELETE FROM grid_cell_households", Ct)));

        (await app.ReadAsync(db => db.Set<CellHousehold>().CountAsync(Ct))).ShouldBe(16);
    }

    [Theory, BothProviders]
    public async Task RawInsert_OfASecondRow_IsRefused(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        await Estate.BuildAsync(app);

        await Should.ThrowAsync<DbException>(() => app.ReadAsync(db => db.Database.ExecuteSqlRawAsync(
            "INSERT INTO grid_cell_households (household_id, cell_id) SELECT household_id, cell_id FROM grid_cell_households", Ct)));
    }

    [Theory, BothProviders]
    public async Task RawUpdate_ToNoCell_IsRefused(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        await Estate.BuildAsync(app);

        await Should.ThrowAsync<DbException>(() => app.ReadAsync(db => db.Database.ExecuteSqlRawAsync("UPDATE grid_cell_households SET cell_id = NULL", Ct)));
        await Should.ThrowAsync<DbException>(() => app.ReadAsync(db => db.Database.ExecuteSqlRawAsync("DELETE FROM grid_cells", Ct)));
    }

    [Theory, BothProviders]
    public async Task Household_Inserted_IsInTheReserve_Deleted_IsGone(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app, withPeople: false);
        var home = NewHome(estate, 901);

        await app.AddAsync(home);
        (await app.ReadAsync(db => db.Set<CellHousehold>().AsNoTracking().SingleAsync(c => c.HouseholdId == home.Id, Ct))).CellId.ShouldBe(Cell.ReserveId);

        await app.ReadAsync(db => db.Set<Household>().Where(h => h.Id == home.Id).ExecuteDeleteAsync(Ct));
        (await app.ReadAsync(db => db.Set<CellHousehold>().AnyAsync(c => c.HouseholdId == home.Id, Ct))).ShouldBeFalse();
    }

    [Theory, BothProviders]
    public async Task Households_InsertedInBulk_AreInOneCellEach(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app, withPeople: false);
        await app.AddAsync(CellPlace.Of(estate.Entrances[0].Id, estate.Cells[0].Id));
        var homes = Enumerable.Range(2000, 1500).Select(n => NewHome(estate, n, n % 2)).ToList();

        await app.ReadAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            await db.BulkInsertAsync(homes, Ct);
            db.Raise(new HouseholdsAdded([.. homes.Select(h => new HouseholdPlace(h.Id, h.PlaceId))]));
            db.Record(Actor.System, "test.imported", "test", null);
            await db.CommitAsync(Ct);
            await transaction.CommitAsync(Ct);
            return 0;
        });

        var cells = await app.ReadAsync(db => db.Set<CellHousehold>().AsNoTracking().ToDictionaryAsync(c => c.HouseholdId, c => c.CellId, Ct));
        cells.Count.ShouldBe(1516);
        homes.Where(h => h.PlaceId == estate.Entrances[0].Id).ShouldAllBe(h => cells[h.Id] == estate.Cells[0].Id);
        homes.Where(h => h.PlaceId == estate.Entrances[1].Id).ShouldAllBe(h => cells[h.Id] == Cell.ReserveId);
    }

    private static Household NewHome(Estate estate, int room, int entrance = 0) => Household.Create(
        estate.Entrances[entrance], HouseholdKind.Family, $"{room}", $"1-{entrance + 1}-{room}", $"{estate.Entrances[entrance].SortKey} {room:00000}", HousingUse.OwnerOccupied);
}
