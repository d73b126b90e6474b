using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.People.KeepPlaces;
using Tongxin.People.KeepUnits;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Xunit;

namespace Tongxin.Modules.Tests.People;

/// <summary>Organisation units and places.</summary>
public sealed class TreesTests
{
    [Theory, BothProviders]
    public async Task SixGroups_PressedTwice_AreSix(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);

        var first = await town.App.CallAsync((UnitTree units) => units.AddSixGroupsAsync(town.Committee.Id, town.Office, Town.Ct));
        var second = await town.App.CallAsync((UnitTree units) => units.AddSixGroupsAsync(town.Committee.Id, town.Office, Town.Ct));

        (first.Value, second.Value).ShouldBe((6, 0));
        (await town.App.ReadAsync(db => db.Set<OrganisationUnit>().Where(u => u.Kind == UnitKind.TaskForce).OrderBy(u => u.SortKey).Select(u => u.Name).ToListAsync()))
            .ShouldBe(UnitTree.SixGroups);
    }

    [Theory, BothProviders]
    public async Task AddUnit_TemporaryBranchWithoutAnEnd_IsRefused(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);

        async Task<string?> AddAsync(UnitRequest unit, Actor actor)
        {
            var result = await town.App.CallAsync((UnitTree units) => units.AddAsync(unit, actor, Town.Ct));
            return result.IsFailure ? result.Error.Code : null;
        }

        (await AddAsync(new UnitRequest(town.Committee.Id, UnitKind.TemporaryBranch, "第一临时党支部", null), town.Office)).ShouldBe("people.unit.needs-end");
        (await AddAsync(new UnitRequest(town.Committee.Id, UnitKind.TemporaryBranch, "第一临时党支部", Town.Today), town.Office)).ShouldBe("people.unit.end-before-start");
        (await AddAsync(new UnitRequest(town.Committee.Id, UnitKind.College, "物理学院", null), town.Office)).ShouldBe("people.unit.name-taken");
        (await AddAsync(new UnitRequest(town.Committee.Id, UnitKind.TemporaryBranch, "第一临时党支部", Town.Today.AddDays(60)), town.Office)).ShouldBeNull();
        (await AddAsync(new UnitRequest(town.History.Id, UnitKind.Class, "史21", null), town.App.ActorOf(Roles.Office, ScopeKind.Unit, town.Physics.Id))).ShouldBe("people.unit.not-found");
    }

    [Theory, BothProviders]
    public async Task CloseUnit_WithTeams_EndsWhatHangsOnItAndKeepsTheRecords(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        var team = Team.Create("一队", town.Physics.Id, Town.Today.AddDays(-5), null);
        await town.App.AddAsync(team, Membership.Start(team.Id, town.Zhao.Id, TeamRole.Captain, town.App.Clock.Now.AddDays(-5)));
        using var captain = await town.App.SignInAsAsync(null, ScopeKind.Everything, null, town.Zhao.Id);

        var closed = await town.App.CallAsync((UnitTree units) => units.CloseAsync(town.Committee.Id, Town.Today, town.Office, Town.Ct));

        closed.IsFailure.ShouldBeFalse();
        (await town.App.ReadAsync(db => db.Set<OrganisationUnit>().CountAsync(u => u.EndsOn == Town.Today))).ShouldBe(3);
        (await town.App.ReadAsync(db => db.Set<Team>().SingleAsync())).EndsOn.ShouldBe(Town.Today);
        (await town.App.ReadAsync(db => db.Set<Membership>().SingleAsync())).Until.ShouldNotBeNull();
        (await town.App.ReadAsync(db => db.Set<Affiliation>().CountAsync())).ShouldBe(2);
        (await town.App.CallAsync((UnitTree units) => units.CloseAsync(town.Committee.Id, Town.Today, town.Office, Town.Ct))).Error.Code.ShouldBe("people.unit.closed");
    }

    [Theory, BothProviders]
    public async Task Affiliate_TwoUnitsAtOnce_AreBothShownAndOneEnds(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);

        (await town.App.CallAsync((UnitTree units) => units.AffiliateAsync(town.Zhao.Id, town.Committee.Id, AffiliationRole.Member, town.Office, Town.Ct))).IsFailure.ShouldBeFalse();
        (await town.App.CallAsync((UnitTree units) => units.AffiliateAsync(town.Zhao.Id, town.Committee.Id, AffiliationRole.Member, town.Office, Town.Ct)))
            .Error.Code.ShouldBe("people.affiliation.twice");

        using var office = await town.App.SignInAsAsync(Roles.Office);
        var page = await office.OpenAsync($"/people/{town.Zhao.Id}");
        page.Texts("#units .what b").ShouldBe(["学校党委", "物理学院"], ignoreOrder: true);
        var id = await town.App.ReadAsync(db => db.Set<Affiliation>().Where(a => a.UnitId == town.Committee.Id).Select(a => a.Id).SingleAsync());
        await page.SubmitAsync($"#end-{id:N} form");
        (await town.App.ReadAsync(db => db.Set<Affiliation>().SingleAsync(a => a.Id == id))).Until.ShouldBe(Town.Today);
    }

    [Theory, BothProviders]
    public async Task Places_AddedRenamedDrawn_FollowTheRules(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);

        Task<T> With<T>(Func<PlaceTree, Task<T>> act) => town.App.CallAsync(act);

        (await With(p => p.AddAsync(new NewPlace(town.East.Id, PlaceKind.Entrance, "1单元", null), town.Office, Town.Ct))).Error.Code.ShouldBe("people.place.kind-wrong");
        var id = (await With(p => p.AddAsync(new NewPlace(town.East.Id, PlaceKind.Building, "12栋", null), town.Office, Town.Ct))).Value;
        (await With(p => p.AddAsync(new NewPlace(town.East.Id, PlaceKind.Building, "12号", null), town.Office, Town.Ct))).Error.Code.ShouldBe("people.place.name-taken");
        (await With(p => p.FindAsync(id, town.Office, Town.Ct)))!.Code.ShouldBe("12"); // just made
        (await With(p => p.RenameAsync(id, "十二栋", "12", 7, town.Office, Town.Ct))).Error.Code.ShouldBe("people.changed");
        (await With(p => p.DrawAsync(id, 1, 2, 0, 4, 0, town.Office, Town.Ct))).Error.Code.ShouldBe("people.place.drawing");
        (await With(p => p.DrawAsync(id, 1, 2, 3, 4, 0, town.Office, Town.Ct))).IsFailure.ShouldBeFalse();
        (await With(p => p.RenameAsync(id, "十二栋", "12", 1, town.App.ActorOf(Roles.Office, ScopeKind.Place, town.West.Id), Town.Ct))).Error.Code.ShouldBe("people.place.not-found");
    }

    [Theory, BothProviders]
    public async Task ScopeDirectory_PlacesAndUnits_HaveNames(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);

        Task<T> With<T>(Func<IScopeDirectory, Task<T>> act) => town.App.CallAsync(act);

        (await With(s => s.ListAsync(ScopeKind.Place, null, Town.Ct))).Select(c => c.Name).ShouldBe(["东校区", "东校区 · 3栋", "西校区", "西校区 · 5栋"]);
        (await With(s => s.ListAsync(ScopeKind.Unit, "物理", Town.Ct))).ShouldHaveSingleItem().Name.ShouldBe("学校党委 · 物理学院");
        (await With(s => s.NameAsync(ScopeKind.Place, town.EastEntrance.Id, Town.Ct))).ShouldBe("东校区 · 3栋 · 2单元");
        (await With(s => s.NameAsync(ScopeKind.Unit, Guid.Empty, Town.Ct))).ShouldBeNull();
    }
}
