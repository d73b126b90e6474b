using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Common;
using Tongxin.Grid.Cells;
using Tongxin.Grid.Contracts;
using Tongxin.Grid.Data;
using Tongxin.Grid.Responsibilities;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Journal;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Xunit;

namespace Tongxin.Modules.Tests.Grid;

/// <summary>What lower modules tell, and who answers for whom after it.</summary>
public sealed class CellEventsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task HouseholdMoved_ToAPlaceOfAnotherCell_GoesThereAndIsAConflict(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app);
        await app.AddAsync(CellPlace.Of(estate.Entrances[1].Id, estate.Cells[1].Id));
        var home = estate.Homes[0].Id;

        await RaiseAsync(app, new HouseholdMoved(home, estate.Entrances[0].Id, estate.Entrances[1].Id));

        (await CellOfAsync(app, home)).ShouldBe(estate.Cells[1].Id);
        (await app.ReadAsync(db => db.Set<JournalEntry>().AnyAsync(j => j.Action == "grid.household.followed" && j.SubjectId == home, Ct))).ShouldBeTrue();
        var conflict = await app.ReadAsync(db => db.Set<CellConflict>().AsNoTracking().SingleAsync(Ct));
        (conflict.FromCellId, conflict.ToCellId).ShouldBe((estate.Cells[0].Id, estate.Cells[1].Id));

        (await app.CallAsync<SettleConflict, Result<string>>(s => s.ExecuteAsync(conflict.Id, true, estate.Office, Ct))).Value.ShouldBe("1-1-101");
        (await CellOfAsync(app, home)).ShouldBe(estate.Cells[0].Id);
        (await app.CallAsync<SettleConflict, Result<string>>(s => s.ExecuteAsync(conflict.Id, false, estate.Office, Ct))).Error.Code.ShouldBe("cells.conflict.settled");
    }

    [Theory, BothProviders]
    public async Task HouseholdMoved_ToAPlaceWithoutCell_KeepsItsCell(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app);

        await RaiseAsync(app, new HouseholdMoved(estate.Homes[0].Id, estate.Entrances[0].Id, estate.Entrances[1].Id));

        (await CellOfAsync(app, estate.Homes[0].Id)).ShouldBe(estate.Cells[0].Id);
        (await app.ReadAsync(db => db.Set<CellConflict>().CountAsync(Ct))).ShouldBe(0);
        (await app.ReadAsync(db => db.Set<JournalEntry>().AnyAsync(j => j.Action == "grid.household.kept", Ct))).ShouldBeTrue();
    }

    [Theory, BothProviders]
    public async Task TeamEnded_ItsCells_HaveNoTeam(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app);

        await RaiseAsync(app, new TeamEnded(estate.Teams[0].Id));

        var view = await ResponsibleAsync(app, estate.Homes[0].Id);
        (view?.Team, view?.Captain).ShouldBe((null, null));
        var picture = await app.CallAsync<ReadGrid, GridPicture>(r => r.ExecuteAsync(estate.Office, "grid.cells.read", Ct));
        picture.Find(estate.Cells[0].Id)?.Gap.ShouldBe(CoverGap.NoTeam);
        picture.Find(estate.Cells[1].Id)?.Gap.ShouldBe(CoverGap.NoBackup);
    }

    [Theory, BothProviders]
    public async Task Responsible_MostSpecific_WinsAndEndsWithTheMembership(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app);
        var home = estate.Homes[0].Id;
        var person = await app.CallAsync<IHouseholds, IReadOnlyList<ResidentView>>(h => h.ResidentsAsync([home], false, Ct));
        var captain = estate.Captains[0].Id;
        var helpers = await JoinAsync(app, estate, 3);

        (await ResponsibleAsync(app, home))?.Member?.PersonId.ShouldBe(captain);
        (await AssignAsync(app, estate, ResponsibilityMode.Unit, estate.Entrances[0].Id, helpers[0])).IsFailure.ShouldBeFalse();
        (await ResponsibleAsync(app, home))?.Mode.ShouldBe(ResponsibilityMode.Unit);
        (await AssignAsync(app, estate, ResponsibilityMode.Household, home, helpers[1])).IsFailure.ShouldBeFalse();
        (await ResponsibleAsync(app, home))?.Member?.PersonId.ShouldBe(helpers[1]);
        (await AssignAsync(app, estate, ResponsibilityMode.Person, person[0].PersonId, helpers[2])).IsFailure.ShouldBeFalse();
        (await ResponsibleAsync(app, home))?.Member?.PersonId.ShouldBe(helpers[1]);
        (await ResponsibleAsync(app, home, person[0].PersonId))?.Member?.PersonId.ShouldBe(helpers[2]);

        await app.ReadAsync(db => db.Set<Membership>().Where(m => m.PersonId == helpers[1]).ExecuteUpdateAsync(s => s.SetProperty(m => m.Until, app.Clock.GetUtcNow()), Ct));
        (await ResponsibleAsync(app, home))?.Member?.PersonId.ShouldBe(helpers[0]);
        (await ResponsibleAsync(app, Guid.Empty)).ShouldBeNull();
    }

    [Theory, BothProviders]
    public async Task Assign_StrangerOrTargetElsewhere_IsRefused_Again_Replaces(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app);
        var (own, other) = (estate.Captains[0].Id, estate.Captains[1].Id);

        (await AssignAsync(app, estate, ResponsibilityMode.Unit, estate.Entrances[0].Id, other)).Error.Code.ShouldBe("cells.member.unknown");
        (await AssignAsync(app, estate, ResponsibilityMode.Unit, estate.Entrances[1].Id, own)).Error.Code.ShouldBe("cells.target.outside");
        (await AssignAsync(app, estate, ResponsibilityMode.Household, estate.Homes[8].Id, own)).Error.Code.ShouldBe("cells.target.outside");
        (await AssignAsync(app, estate, ResponsibilityMode.Person, own, own)).Error.Code.ShouldBe("cells.target.outside");
        (await AssignAsync(app, estate, ResponsibilityMode.Household, estate.Homes[0].Id, own)).IsFailure.ShouldBeFalse();
        (await AssignAsync(app, estate, ResponsibilityMode.Household, estate.Homes[0].Id, own)).IsFailure.ShouldBeFalse();
        (await app.ReadAsync(db => db.Set<Responsibility>().CountAsync(r => r.Until == null, Ct))).ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task PersonMerged_WhatTheyTookOn_GoesToTheOneKept(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app);
        var helpers = await JoinAsync(app, estate, 2);
        await AssignAsync(app, estate, ResponsibilityMode.Household, estate.Homes[0].Id, helpers[0]);

        await RaiseAsync(app, new PersonMerged(helpers[1], helpers[0]));

        (await app.ReadAsync(db => db.Set<Responsibility>().AsNoTracking().SingleAsync(Ct))).MemberId.ShouldBe(helpers[1]);
    }

    private static async Task<List<Guid>> JoinAsync(TongxinApp app, Estate estate, int count)
    {
        // People of the second entrance help in the first team.
        var persons = await app.CallAsync<IHouseholds, IReadOnlyList<ResidentView>>(h => h.ResidentsAsync([.. estate.Homes.Skip(8).Select(x => x.Id)], false, Ct));
        var ids = persons.Select(p => p.PersonId).Take(count).ToList();
        await app.AddAsync([.. ids.Select(id => Membership.Start(estate.Teams[0].Id, id, TeamRole.Member, app.Clock.GetUtcNow().AddHours(-1)))]);
        return ids;
    }

    private static Task<Result<Guid>> AssignAsync(TongxinApp app, Estate estate, ResponsibilityMode mode, Guid target, Guid member) =>
        app.CallAsync<AssignResponsibility, Result<Guid>>(s => s.ExecuteAsync(new(estate.Cells[0].Id, mode, target, member), estate.Office, Ct));

    private static Task<ResponsibleView?> ResponsibleAsync(TongxinApp app, Guid home, Guid? person = null) =>
        app.CallAsync<IResponsible, ResponsibleView?>(r => r.OfAsync(home, Ct, person));

    private static Task<Guid> CellOfAsync(TongxinApp app, Guid household) =>
        app.ReadAsync(db => db.Set<CellHousehold>().Where(c => c.HouseholdId == household).Select(c => c.CellId).SingleAsync(Ct));

    private static Task<int> RaiseAsync(TongxinApp app, object happened) => app.ReadAsync(async db =>
    {
        db.Raise(happened);
        db.Record(Actor.System, "test.happened", "test", null);
        await db.CommitAsync(Ct);
        return 0;
    });
}
