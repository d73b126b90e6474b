using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Modules.Tests.People;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Teams;
using Tongxin.Workforce.Volunteers;
using Xunit;

namespace Tongxin.Modules.Tests.Workforce;

/// <summary>Teams have one captain at every moment; volunteers offer and withdraw.</summary>
public sealed class TeamTests
{
    [Theory, BothProviders]
    public async Task Captain_Changed_IsExactlyOneAndTheFormerIsAMember(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        var team = await TeamAsync(town);
        await DoAsync(town, k => k.AddAsync(team, town.Li.Id, TeamRole.Substitute, town.Office, Town.Ct));

        (await DoAsync(town, k => k.ChangeCaptainAsync(team, town.Li.Id, town.Office, Town.Ct))).ShouldBeNull();

        var now = await town.App.ReadAsync(db => db.Set<Membership>().Where(m => m.Until == null).OrderBy(m => m.Role).ToListAsync());
        now.Select(m => (m.PersonId, m.Role)).ShouldBe([(town.Li.Id, TeamRole.Captain), (town.Wang.Id, TeamRole.Member)]);
        // Pressed twice: nothing more happens.
        (await DoAsync(town, k => k.ChangeCaptainAsync(team, town.Li.Id, town.Office, Town.Ct))).ShouldBeNull();
        (await town.App.ReadAsync(db => db.Set<Membership>().CountAsync())).ShouldBe(4);
    }

    [Theory, BothProviders]
    public async Task Member_AddedTwiceAsCaptainOrRemovedAsCaptain_IsRefused(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        var team = await TeamAsync(town);

        (await DoAsync(town, k => k.AddAsync(team, town.Wang.Id, TeamRole.Member, town.Office, Town.Ct))).ShouldBe("workforce.team.already-in");
        (await DoAsync(town, k => k.AddAsync(team, town.Li.Id, TeamRole.Captain, town.Office, Town.Ct))).ShouldBe("workforce.team.one-captain");
        (await DoAsync(town, k => k.RemoveAsync(team, town.Wang.Id, town.Office, Town.Ct))).ShouldBe("workforce.team.one-captain");
        (await DoAsync(town, k => k.AddAsync(Guid.Empty, town.Li.Id, TeamRole.Member, town.Office, Town.Ct))).ShouldBe("workforce.team.not-found");
    }

    [Theory, BothProviders]
    public async Task Team_Ended_TakesItsRightsWithIt(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        var team = await TeamAsync(town);
        Task<IReadOnlyList<DerivedGrant>> Grants() => town.App.CallAsync((IEnumerable<IGrantSource> sources) => sources.OfType<TeamGrants>().Single().GrantsOfAsync(town.Wang.Id, town.App.Clock.Now, Town.Ct));
        (await Grants()).ShouldHaveSingleItem().Role.ShouldBe(Roles.Captain);

        (await DoAsync(town, k => k.EndAsync(team, town.Office, Town.Ct))).ShouldBeNull();

        (await Grants()).ShouldBeEmpty();
        (await DoAsync(town, k => k.EndAsync(team, town.Office, Town.Ct))).ShouldBe("workforce.team.not-found");
    }

    [Theory, BothProviders]
    public async Task Pages_TeamMadeAndMemberAdded_ShowThem(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        var made = await (await office.OpenAsync("/teams/new?who=wxm")).SubmitAsync("main form[method=post]", ("Form.Captain", town.Wang.Id.ToString()), ("Form.Name", "第一队"));
        made.Text.ShouldContain("队长：王小明");

        var add = await (await made.FollowAsync("a[href$='/add']")).SubmitAsync("main form[method=get]", ("who", "李雷"));
        var team = await add.SubmitAsync("main form[method=post]", ("Form.Person", town.Li.Id.ToString()), ("Form.Role", "Substitute"));

        team.Texts("#members .what b").ShouldBe(["王小明", "李雷"]);
        (await office.OpenAsync("/teams")).Text.ShouldContain("第一队");
        using var leader = await town.App.SignInAsAsync(Roles.DutyLeader);
        (await leader.OpenAsync("/teams")).Status.ShouldBe(HttpStatusCode.OK);
        (await leader.OpenAsync("/teams/new")).Status.ShouldNotBe(HttpStatusCode.OK);
    }

    [Theory, BothProviders]
    public async Task Volunteer_OfferedTwiceAndWithdrawn_IsListedOnce(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        for (var i = 0; i < 2; i++)
            (await town.App.CallAsync((KeepVolunteers k) => k.OfferAsync(town.Wang.Id, true, false, town.Office, Town.Ct))).IsFailure.ShouldBeFalse();

        var page = await office.OpenAsync("/volunteers");
        page.Texts("#volunteers tbody .p1").ShouldBe(["王小明"]);
        await page.SubmitAsync($"#withdraw-{town.Wang.Id:N} form");

        (await office.OpenAsync("/volunteers")).All("#volunteers tbody tr").ShouldBeEmpty();
        (await office.OpenAsync("/volunteers?state=withdrawn")).Texts("#volunteers tbody .p1").ShouldBe(["王小明"]);
        (await town.App.CallAsync((KeepVolunteers k) => k.WithdrawAsync(town.Wang.Id, town.Office, Town.Ct))).Error.Code.ShouldBe("workforce.volunteer.not-found");
    }

    [Theory, BothProviders]
    public async Task Team_OfAnotherPlace_IsNotThere(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        var team = await TeamAsync(town);
        using var east = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Place, town.East.Id);
        using var west = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Place, town.West.Id);

        (await east.OpenAsync($"/teams/{team}")).Status.ShouldBe(HttpStatusCode.OK);
        (await west.OpenAsync($"/teams/{team}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await west.OpenAsync($"/teams/{team}/add")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await west.OpenAsync("/teams")).Text.ShouldNotContain("一队");
        (await west.OpenAsync("/teams/new?who=wxm")).Text.ShouldNotContain("王小明");
        var actor = town.App.ActorOf(Roles.Office, ScopeKind.Place, town.West.Id);
        (await DoAsync(town, k => k.EndAsync(team, actor, Town.Ct))).ShouldBe("workforce.team.not-found");
    }

    private static async Task<Guid> TeamAsync(Town town) =>
        (await town.App.CallAsync((KeepTeams keep) => keep.CreateAsync("一队", null, town.Wang.Id, null, town.Office, Town.Ct))).Value;

    private static async Task<string?> DoAsync(Town town, Func<KeepTeams, Task<Tongxin.Core.Common.Result>> act)
    {
        var result = await town.App.CallAsync(act);
        return result.IsFailure ? result.Error.Code : null;
    }
}
