using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Access.Gates;
using Tongxin.Access.Gates.Data;
using Tongxin.Access.Gates.Readings;
using Tongxin.Core.Common;
using Tongxin.Modules.Tests.People;
using Tongxin.Modules.Tests.Workforce;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Xunit;

namespace Tongxin.Modules.Tests.Gates;

/// <summary>Gates are registered, kept, guarded, and reached by whoever stands there.</summary>
public sealed class GateTests
{
    [Theory, BothProviders]
    public async Task Pages_GateRegistered_IsThereWithItsHoursAndLanes(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        using var office = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Everything, null, personId: null, unitId: town.Physics.Id);
        (await office.OpenAsync("/gates")).Text.ShouldContain("还没有门岗");

        var gate = await (await office.OpenAsync("/gates/new")).SubmitAsync(
            "main form[method=post]", ("Form.Name", "南小门"), ("Form.Kind", "Small"), ("Form.State", "Sealed"), ("Form.Place", town.East.Id.ToString()), ("Form.Zone", town.East.Id.ToString()));

        gate.Text.ShouldContain("每天 全天");
        var lanes = await gate.SubmitAsync("#lanes form[action$='/lanes']", ("name", "人行"), ("rate", "120"), ("direction", "In"));
        lanes.Text.ShouldContain("每 30 分钟可进 120 人、可出 0 人");
        (await office.OpenAsync("/gates")).Text.ShouldContain("封闭");
        using var leader = await town.App.SignInAsAsync(Roles.DutyLeader);
        (await leader.OpenAsync(gate.Address.AbsolutePath)).Status.ShouldBe(HttpStatusCode.OK);
        (await leader.OpenAsync("/gates/new")).Status.ShouldNotBe(HttpStatusCode.OK);
        var form = await office.OpenAsync($"{gate.Address.AbsolutePath}/edit");
        (await form.SubmitAsync("main form[method=post]", ("Form.Name", "南门"), ("Form.PassBack", "Enforce"))).One("main [role=alert]").TextContent.ShouldContain("原因");
        var edited = await form.SubmitAsync("main form[method=post]", ("Form.Name", "南门"), ("Form.PassBack", "Enforce"), ("Form.Why", "反复有人代刷"));
        edited.Text.ShouldContain("南门");
        edited.One(".flash").TextContent.ShouldContain("已提交审批");
        (await town.App.ReadAsync(db => db.Set<Gate>().SingleAsync())).PassBack.ShouldBe(PassBackMode.Warn);
        using var second = await town.App.SignInAsAsync(Roles.DutyLeader, ScopeKind.Everything, null, personId: null, unitId: town.History.Id);
        var open = await second.OpenAsync((await second.OpenAsync("/approvals")).One("main a[href^='/approvals/']").GetAttribute("href") ?? "");
        open.Text.ShouldContain("重复进入改为拒绝");
        await second.SubmitAsync(open.Form("#decide form").Set("Form.Why", "同意").Tick("Form.Verdict", "approve"));
        (await office.OpenAsync(gate.Address.AbsolutePath)).Text.ShouldContain("拒绝");
    }

    [Theory, BothProviders]
    public async Task Gate_NamedTwiceWithoutNameOrSeenBeforeAChange_IsRefused(Provider provider)
    {
        await using var town = await GateTown.BuildAsync(provider);
        Task<string?> Create(string name, Func<GateFacts, GateFacts>? facts = null) => town.CodeAsync((KeepGates k) =>
            k.CreateAsync((facts ?? (f => f))(new GateFacts { Name = name, PlaceId = town.Town.East.Id }), GateState.Guarded, town.Office, Town.Ct));

        (await Create("东门")).ShouldBe("gates.name-taken");
        (await Create(" ")).ShouldBe("gates.name-missing");
        (await Create("北门", f => f with { PlaceId = Guid.Empty })).ShouldBe("gates.place");
        (await Create("北门", f => f with { Hours = [] })).ShouldBe("gates.hours");
        (await Create("北门", f => f with { Lanes = [new Lane("一", 0, LaneDirection.In)] })).ShouldBe("gates.lane.rate");
        (await Create("北门", f => f with { PassBackMinutes = 0 })).ShouldBe("gates.pass-back.minutes");
        (await Create("北门", f => f with { PassBack = PassBackMode.Enforce })).ShouldBe("gates.pass-back.two");
        (await town.CodeAsync((KeepGates k) => k.ChangeAsync(town.EastGate, 0, f => f with { PassBack = PassBackMode.Enforce }, town.Office, Town.Ct))).ShouldBe("gates.pass-back.two");
        (await town.CodeAsync((KeepGates k) => k.ChangeAsync(town.EastGate, 0, f => f with { Name = "东一门" }, town.Office, Town.Ct))).ShouldBeNull();
        (await town.CodeAsync((KeepGates k) => k.ChangeAsync(town.EastGate, 0, f => f with { Name = "东二门" }, town.Office, Town.Ct))).ShouldBe("gates.changed");
        (await town.CodeAsync((KeepGates k) => k.KeepAsync(town.EastGate, GateState.Sealed, " ", town.Office, Town.Ct))).ShouldBe("gates.why-missing");
        (await town.CodeAsync((KeepGates k) => k.KeepAsync(town.EastGate, GateState.Sealed, "夜间封闭", town.Office, Town.Ct))).ShouldBeNull();
        (await town.CodeAsync((KeepGates k) => k.KeepAsync(town.EastGate, GateState.Sealed, "再封", town.Office, Town.Ct))).ShouldBe("gates.already-so");
        (await town.App.ReadAsync(db => db.Set<GateStateFact>().CountAsync(s => s.GateId == town.EastGate))).ShouldBe(2);
    }

    [Theory, BothProviders]
    public async Task Gate_OfAnotherPlace_IsNotThere(Provider provider)
    {
        await using var town = await GateTown.BuildAsync(provider);
        using var east = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Place, town.Town.East.Id);
        using var west = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Place, town.Town.West.Id);

        (await east.OpenAsync($"/gates/{town.EastGate}")).Status.ShouldBe(HttpStatusCode.OK);
        (await west.OpenAsync($"/gates/{town.EastGate}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await west.OpenAsync($"/gates/{town.EastGate}/edit")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await west.OpenAsync("/gates")).Text.ShouldNotContain("东门");
        var actor = town.App.ActorOf(Roles.Office, ScopeKind.Place, town.Town.West.Id);
        (await town.CodeAsync((KeepGates k) => k.KeepAsync(town.EastGate, GateState.Sealed, "封", actor, Town.Ct))).ShouldBe("gates.not-found");
        (await town.CodeAsync((Occupancy o) => o.CorrectAsync(town.Town.East.Id, 5, "清点", actor, Town.Ct))).ShouldBe("gates.zone.not-found");
        (await town.CodeAsync((KeepGates k) => k.CreateAsync(new GateFacts { Name = "偏门", PlaceId = town.Town.East.Id }, GateState.Open, actor, Town.Ct))).ShouldBe("gates.place");
    }

    [Theory, BothProviders]
    public async Task Directory_OfAGuardAndOfAHelperOnDuty_HoldsTheOwnGates(Provider provider)
    {
        await using var roster = await RosterTown.BuildAsync(provider);
        var (app, east) = (roster.App, roster.Town.East.Id);
        var post = await roster.PostAsync("岗亭", "none", f => f with { PlaceId = east });
        await roster.ShiftAsync(post, 480, 600);
        var id = await roster.RosterAsync([post], days: 2, first: CampusCalendar.DayOf(app.Clock.GetUtcNow()));
        var duty = (await roster.DutiesAsync(id))[0];
        (await roster.AssignAsync(id, duty, roster.Helpers[0])).ShouldBeNull();
        await roster.SolveAsync(id);
        (await roster.PublishAsync(id)).ShouldBeNull();
        async Task<Guid> Gate(string name, Guid place, Func<GateFacts, GateFacts>? f = null) =>
            (await app.CallAsync((KeepGates k) => k.CreateAsync((f ?? (x => x))(new GateFacts { Name = name, PlaceId = place }), GateState.Guarded, roster.Office, Town.Ct))).Value;
        var (eastGate, westGate) = (await Gate("东门", east), await Gate("西门", roster.Town.West.Id));
        var far = await Gate("东北门", roster.Town.West.Id, f => f with { PostId = post });

        Task<IReadOnlySet<Guid>> Reach(Actor actor) => app.CallAsync((IGateDirectory d) => d.ScopeAsync(actor, Town.Ct));
        var guard = app.ActorOf(Roles.Guard, ScopeKind.Place, east);
        var onDuty = (await roster.TurnsAsync(id)).First(t => t.DutyId == duty.Id).PersonId;
        (await Reach(guard)).ShouldBe([eastGate]);
        (await Reach(app.ActorOf(Roles.OnDuty, ScopeKind.Team, Guid.Empty, onDuty))).ShouldBe([eastGate, far], ignoreOrder: true);
        (await Reach(app.ActorOf(Roles.OnDuty, ScopeKind.Team, Guid.Empty, roster.Town.Li.Id))).ShouldBeEmpty();
        (await app.CallAsync((IGateDirectory d) => d.AtAsync(roster.Town.West.Id, Town.Ct))).Select(g => g.Id).ShouldBe([far, westGate], ignoreOrder: true);
        // Nobody has come: the gates that this post guards are alarms, the other has no post.
        var alarms = (await app.CallAsync((GateWatch w) => w.ReadAsync(roster.Office, GatePermissions.Read, Town.Ct))).ToDictionary(g => g.Gate.Id, g => g.Alarm);
        alarms.ShouldBe(new Dictionary<Guid, GateAlarm?> { [eastGate] = GateAlarm.Unmanned, [far] = GateAlarm.Unmanned, [westGate] = GateAlarm.NoPost }, ignoreOrder: true);
        app.Clock.Advance(TimeSpan.FromDays(3));
        (await Reach(app.ActorOf(Roles.OnDuty, ScopeKind.Team, Guid.Empty, onDuty))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(GateState.Open, GateKind.Small, 0, 0, GateAlarm.SmallOpen)]
    [InlineData(GateState.Open, GateKind.Main, 0, 0, null)]
    [InlineData(GateState.Sealed, GateKind.Small, 0, 0, null)]
    [InlineData(GateState.Guarded, GateKind.Small, -1, 0, GateAlarm.NoPost)]
    [InlineData(GateState.Guarded, GateKind.Small, 0, 0, GateAlarm.NoShift)]
    [InlineData(GateState.Guarded, GateKind.Small, 2, 0, GateAlarm.Unmanned)]
    [InlineData(GateState.Guarded, GateKind.Small, 2, 1, null)]
    internal void Alarm_OfAGate_FollowsFromWhoIsThere(GateState state, GateKind kind, int needed, int here, GateAlarm? expected)
    {
        var gate = Gate.Create(new GateFacts { Name = "门", Kind = kind }, state, DateTimeOffset.UnixEpoch);
        IReadOnlyList<StaffedPost> posts = needed < 0 ? [] : [new StaffedPost(Guid.Empty, "岗", null, Guid.Empty, needed, [.. Enumerable.Range(0, here).Select(i => new PersonOnPost(Guid.Empty, "甲"))], [])];

        GateWatch.AlarmOf(gate, posts, DateTimeOffset.UnixEpoch).ShouldBe(expected);
    }

    [Theory]
    [InlineData("2022-04-06 05:59:59", false)]
    [InlineData("2022-04-06 06:00:00", true)]
    [InlineData("2022-04-06 21:59:59", true)]
    [InlineData("2022-04-06 22:00:00", false)]
    [InlineData("2022-04-08 23:59:59", true)]
    [InlineData("2022-04-09 01:59:59", true)]
    [InlineData("2022-04-09 02:00:00", false)]
    [InlineData("2022-04-10 12:00:00", false)]
    public void Hours_ToTheSecondAndOverMidnight_AreKept(string local, bool open)
    {
        // Friday runs over midnight; at the weekend it stays shut.
        var hours = new DayHours?[] { new(360, 1320), new(360, 1320), new(360, 1320), new(360, 1320), new(360, 120), null, null };
        var gate = Gate.Create(new GateFacts { Name = "门", Hours = hours }, GateState.Guarded, DateTimeOffset.UnixEpoch);

        gate.IsOpenAt(new DateTimeOffset(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(8))).ShouldBe(open);
    }

    [Theory, BothProviders]
    public async Task Occupancy_Corrected_HoldsFromThen(Provider provider)
    {
        await using var town = await GateTown.BuildAsync(provider);

        (await town.CodeAsync((Occupancy o) => o.CorrectAsync(town.Town.East.Id, 1200, "夜间清点", town.Office, Town.Ct))).ShouldBeNull();

        var zones = await town.App.CallAsync((Occupancy o) => o.ReadAsync(town.Office, Town.Ct));
        zones.Single(z => z.Id == town.Town.East.Id).People.ShouldBe(1200);
        zones.Single(z => z.Id == town.Town.West.Id).Since.ShouldBeNull();
        (await town.CodeAsync((Occupancy o) => o.CorrectAsync(town.Town.East.Id, -1, "夜间清点", town.Office, Town.Ct))).ShouldBe("gates.zone.people");
        (await town.CodeAsync((Occupancy o) => o.CorrectAsync(town.Town.EastEntrance.Id, 1, "夜间清点", town.Office, Town.Ct))).ShouldBe("gates.zone.not-found");
    }
}
