using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Common;
using Tongxin.People.Data;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.TestKit.Databases;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.DutyDesk;
using Xunit;

namespace Tongxin.Modules.Tests.Workforce;

/// <summary>The night at a post: code, check-in, two signatures, absent people and the reserve, the log.</summary>
public sealed class NightTests
{
    [Theory, BothProviders]
    public async Task CheckIn_ByTheCodeOnTheScreen_IsOnPostOnce(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        var turn = await town.TurnAsync(town.Town.Wang, 0, 10, 6);
        var screen = await ScreenAsync(town);
        town.Set(DutyTown.Today, 10, 7);
        using var tablet = town.App.Anonymous();
        using var wang = await town.SignInAsync(town.Town.Wang);
        var shown = (await tablet.OpenAsync($"/post-screen/{screen}")).One(".post-digits").TextContent;

        var done = await (await wang.OpenAsync($"/duties/{turn.Id}/check-in")).SubmitAsync("form[action$='/check-in']", ("code", shown));

        done.Text.ShouldContain("已签到，迟到 7 分钟");
        (await town.ReadAsync(turn)).State.ShouldBe(TurnState.OnPost);
        var repeated = await CodeAsync(town, turn, town.Town.Wang);
        repeated.ShouldBeNull();
        (await town.App.ReadAsync(db => db.Set<Attendance>().CountAsync())).ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Leaders_AreThoseWhoseTurnItIs(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        var desk = Post.Create(new PostFacts { Name = "带班领导", Role = DutyRole.Leader });
        await town.App.AddAsync(desk);
        await town.TurnAsync(await town.DutyAsync(DutyTown.Today, 10, 6, post: desk), town.Town.Wang);
        await town.TurnAsync(await town.DutyAsync(DutyTown.Today, 16, 6, post: desk), town.Town.Li);
        await town.TurnAsync(town.Town.Zhao, 0, 10, 6);

        town.Set(DutyTown.Today, 9, 30);
        (await LeadersAsync()).ShouldBeEmpty();
        town.Set(DutyTown.Today, 12);
        (await LeadersAsync()).ShouldBe([town.Town.Wang.Id]);
        town.Set(DutyTown.Today, 17);
        (await LeadersAsync()).ShouldBe([town.Town.Li.Id]);

        async Task<IEnumerable<Guid>> LeadersAsync() => (await town.App.CallAsync((IPostsNow p) => p.LeadersAsync(DutyTown.Ct))).Select(l => l.PersonId);
    }

    [Theory, BothProviders]
    public async Task Code_PassedOn_CountsNeitherLaterNorElsewhere(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        var turn = await town.TurnAsync(town.Town.Wang, 0, 10, 6);
        await ScreenAsync(town);
        var other = Post.Create(new PostFacts { Name = "西门", PlaceId = town.Town.West.Id });
        await town.App.AddAsync(other);
        var elsewhere = await ScreenAsync(town, other.Id);
        town.Set(DutyTown.Today, 10);
        var code = await ShownAsync(town);

        (await town.App.CallAsync((PostScreens s) => s.AcceptsAsync(town.Gate.Id, code, DutyTown.Ct))).ShouldBeTrue();
        (await TypeAsync(town, turn, town.Town.Wang, (await town.App.CallAsync((PostScreens s) => s.ReadAsync(elsewhere, DutyTown.Ct)))!.Code)).ShouldBe("duties.code.wrong");
        town.App.Clock.Advance(TimeSpan.FromSeconds(30));
        (await town.App.CallAsync((PostScreens s) => s.AcceptsAsync(town.Gate.Id, code, DutyTown.Ct))).ShouldBeTrue();
        town.App.Clock.Advance(TimeSpan.FromSeconds(30));
        (await TypeAsync(town, turn, town.Town.Wang, code)).ShouldBe("duties.code.wrong");
        for (var i = 0; i < 3; i++) await TypeAsync(town, turn, town.Town.Wang, "000000");
        (await TypeAsync(town, turn, town.Town.Wang, await ShownAsync(town))).ShouldBe("duties.code.too-many");
        town.App.Clock.Advance(TimeSpan.FromMinutes(6));
        (await TypeAsync(town, turn, town.Town.Wang, await ShownAsync(town))).ShouldBeNull();
    }

    [Theory, BothProviders]
    public async Task CheckIn_TooEarlyUnwellOrSomebodyElses_IsRefused(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        var turn = await town.TurnAsync(town.Town.Wang, 0, 12, 6);
        await ScreenAsync(town);

        (await CodeAsync(town, turn, town.Town.Wang)).ShouldBe("duties.check-in.not-now");
        (await CodeAsync(town, turn, town.Town.Li)).ShouldBe("duties.turn.not-found");
        await town.App.AddAsync(Unavailability.Of(town.Town.Wang.Id, town.App.Clock.Now, town.App.Clock.Now.AddDays(7), AbsenceSource.Health));
        town.Set(DutyTown.Today, 12);
        (await CodeAsync(town, turn, town.Town.Wang)).ShouldBe("duties.check-in.unwell");
    }

    [Theory, BothProviders]
    public async Task CheckIn_SentManyTimesAtOnce_IsOneFact(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        var turn = await town.TurnAsync(town.Town.Wang, 0, 10, 6);
        await ScreenAsync(town);
        town.Set(DutyTown.Today, 10);
        var code = await ShownAsync(town);

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => TypeAsync(town, turn, town.Town.Wang, code))));

        results.ShouldContain((string?)null);
        results.ShouldAllBe(r => r == null || r == "duties.changed" || r == "rosters.turn.no-such-step");
        (await town.App.ReadAsync(db => db.Set<Attendance>().CountAsync())).ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Handover_BothSigned_EndsTheDutyAndCountsTheHours(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        var before = await town.TurnAsync(town.Town.Wang, 0, 10, 6);
        var after = await town.TurnAsync(town.Town.Li, 0, 16, 6);
        await ScreenAsync(town);
        town.Set(DutyTown.Today, 10);
        (await CodeAsync(town, before, town.Town.Wang)).ShouldBeNull();
        town.Set(DutyTown.Today, 16);
        using var wang = await town.SignInAsync(town.Town.Wang);
        await (await wang.OpenAsync($"/duties/{before.Id}/handover")).SubmitAsync("form[action$='/reports']", ("source", "居民电话"), ("content", "快递堵门"), ("at", "15:10"));

        // A mandatory item is open: refused without a reason.
        (await (await wang.OpenAsync($"/duties/{before.Id}/handover")).SubmitAsync("#sheet form", ("patrol", "一切正常"), ("sign", "yes"))).Text.ShouldContain("请写明原因");
        (await (await wang.OpenAsync($"/duties/{before.Id}/handover")).SubmitAsync(
            "#sheet form", ("patrol", "一切正常"), ("openItems", "修门禁"), ("whyOpen", "设备坏了"), ("counts", "2"), ("sign", "yes"))).Text.ShouldContain("等接班人签名");
        (await town.ReadAsync(before)).State.ShouldBe(TurnState.HandingOver);
        var sheet = await town.App.ReadAsync(db => db.Set<Handover>().Select(h => h.Id).SingleAsync());

        // Late successor: the predecessor stays.
        (await TakeAsync(town, sheet, town.Town.Office)).ShouldBe("duties.handover.successor-missing");
        (await TakeAsync(town, sheet, town.ActorOf(town.Town.Li))).ShouldBe("duties.handover.not-found");
        town.Set(DutyTown.Today, 16, 20);
        (await CodeAsync(town, after, town.Town.Li)).ShouldBeNull();
        using var li = await town.SignInAsync(town.Town.Li);
        var taken = await (await li.OpenAsync($"/duties/{after.Id}/handover")).SubmitAsync($"form[action$='/{sheet}/take']");
        taken.Text.ShouldContain("交接完成");
        (await TakeAsync(town, sheet, town.ActorOf(town.Town.Li))).ShouldBe("duties.handover.signed");

        (await town.ReadAsync(before)).State.ShouldBe(TurnState.Done);
        var left = await town.App.ReadAsync(db => db.Set<Attendance>().SingleAsync(a => a.Kind == AttendanceKind.Out));
        (left.PersonId, left.At).ShouldBe((town.Town.Wang.Id, town.App.Clock.Now));

        using var office = await town.App.SignInAsAsync(Roles.Office);
        var log = await office.OpenAsync("/desk/log");
        log.Texts("thead th").ShouldBe(["日期", "班次(起止)", "岗位", "带班领导", "值班员", "到岗时间", "离岗时间", "巡查情况", "接报事项(时间/来源/内容/处置/结果)", "待办移交", "物品清点", "交班人签名", "接班人签名"]);
        log.Text.ShouldContain("15:10/居民电话/快递堵门");
        log.Text.ShouldContain("修门禁");
        using var file = await office.Http.GetAsync(new Uri("/desk/log.xlsx", UriKind.Relative), DutyTown.Ct);
        file.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, BothProviders]
    public async Task Handover_SignedByOneOfTheSameDuty_IsRefused(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider, aroundTheClock: false);
        var duty = await town.DutyAsync(DutyTown.Today, 10, 6, needed: 2);
        var (one, other) = (await town.TurnAsync(duty, town.Town.Wang), await town.TurnAsync(duty, town.Town.Li));
        await ScreenAsync(town);
        town.Set(DutyTown.Today, 10);
        await CodeAsync(town, one, town.Town.Wang);
        await CodeAsync(town, other, town.Town.Li);
        var wang = town.ActorOf(town.Town.Wang);
        (await town.App.CallAsync((Handovers h) => h.WriteAsync(one.Id, new HandoverForm { Ticks = ["0"], Sign = "yes" }, wang, DutyTown.Ct))).IsFailure.ShouldBeFalse();
        var sheet = await town.App.ReadAsync(db => db.Set<Handover>().Select(h => h.Id).SingleAsync());

        var li = town.ActorOf(town.Town.Li) with { Grants = town.Town.Office.Grants };
        (await TakeAsync(town, sheet, li)).ShouldBe("duties.handover.same-signer");
        (await TakeAsync(town, sheet, wang with { Grants = town.Town.Office.Grants })).ShouldBe("duties.handover.same-signer");
        (await TakeAsync(town, sheet, town.App.ActorOf(Roles.Office, ScopeKind.Place, town.Town.West.Id))).ShouldBe("duties.handover.not-found");
        var given = town.App.Clock.Now;
        town.App.Clock.Advance(TimeSpan.FromHours(15));
        (await TakeAsync(town, sheet, town.Town.Office)).ShouldBeNull();

        // Both are done, and left when the sheet was signed, not when the desk countersigned the next morning.
        (await town.App.ReadAsync(db => db.Set<Attendance>().Where(a => a.Kind == AttendanceKind.Out).Select(a => a.At).ToListAsync())).ShouldBe([given, given]);
    }

    [Theory, BothProviders]
    public async Task Absent_ReserveCalledAndThere_IsCovered(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        var duty = await town.DutyAsync(DutyTown.Today, 10, 6);
        var turn = await town.TurnAsync(duty, town.Town.Wang);
        var reserve = await town.TurnAsync(duty, town.Town.Li, reserve: true);
        await ScreenAsync(town);
        town.Set(DutyTown.Today, 10, 15);
        (await CodeAsync(town, reserve, town.Town.Li)).ShouldBe("duties.check-in.not-called");
        using var office = await town.App.SignInAsAsync(Roles.Office);
        var desk = await office.OpenAsync("/desk");
        desk.Text.ShouldContain("空岗");
        desk.Texts("#missing .what b").ShouldBe(["王小明"]);

        await desk.SubmitAsync("form[action$='/absent']");
        (await (await office.OpenAsync("/desk")).SubmitAsync("form[action$='/reserve']")).Text.ShouldContain("备班");
        (await CodeAsync(town, reserve, town.Town.Li)).ShouldBeNull();

        (await town.ReadAsync(turn)).State.ShouldBe(TurnState.Covered);
        (await town.ReadAsync(reserve)).State.ShouldBe(TurnState.OnPost);
        (await office.OpenAsync("/desk/wall")).Text.ShouldContain("李雷");
        (await office.OpenAsync("/desk")).All("#missing").ShouldBeEmpty();
        using var west = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Place, town.Town.West.Id);
        (await west.OpenAsync("/desk")).Text.ShouldNotContain("李雷");
        (await west.OpenAsync($"/desk/posts/{town.Gate.Id}/screen")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, BothProviders]
    public async Task Desk_ChecksInByHand_WithAReasonAndNotItself(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        var turn = await town.TurnAsync(town.Town.Wang, 0, 10, 6);
        town.Set(DutyTown.Today, 10);

        (await HandAsync(town, turn, " ", town.Town.Office)).ShouldBe("duties.why-missing");
        (await HandAsync(town, turn, "屏幕坏了", town.App.ActorOf(Roles.Office, personId: town.Town.Wang.Id))).ShouldBe("duties.check-in.own");
        (await HandAsync(town, turn, "屏幕坏了", town.App.ActorOf(Roles.Office, ScopeKind.Place, town.Town.West.Id))).ShouldBe("duties.turn.not-found");
        (await HandAsync(town, turn, "屏幕坏了", town.Town.Office)).ShouldBeNull();
        (await town.App.ReadAsync(db => db.Set<Attendance>().SingleAsync())).Source.ShouldBe(AttendanceSource.Desk);
    }

    [Theory, BothProviders]
    public async Task CheckIn_AboveTwelveHours_NeedsTwoPeople(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        await town.TurnAsync(town.Town.Wang, 0, 0, 8);
        var second = await town.TurnAsync(town.Town.Wang, 0, 10, 6);
        await ScreenAsync(town);
        town.Set(DutyTown.Today, 10);
        (await CodeAsync(town, second, town.Town.Wang)).ShouldBe("duties.check-in.too-long");

        var office = town.App.ActorOf(Roles.Office, unitId: town.Town.Physics.Id, personId: town.Town.Qian.Id);
        (await town.App.CallAsync((LongDays d) => d.RequestAsync(second.Id, "没有别人", office, DutyTown.Ct))).IsFailure.ShouldBeFalse();
        var approval = await town.App.ReadAsync(db => db.Set<Approval>().Select(a => a.Id).SingleAsync());
        (await town.App.CallAsync((IApprovals a) => a.DecideAsync(approval, true, "同意", office, DutyTown.Ct))).IsFailure.ShouldBeTrue();
        var leader = town.App.ActorOf(Roles.DutyLeader, unitId: town.Town.History.Id, personId: town.Town.Zhao.Id);
        (await town.App.CallAsync((IApprovals a) => a.DecideAsync(approval, true, "同意", leader, DutyTown.Ct))).IsFailure.ShouldBeFalse();

        (await CodeAsync(town, second, town.Town.Wang)).ShouldBeNull();
    }

    [Theory, BothProviders]
    public async Task Leave_BeforeTheHandover_EndsTheHoursOfOneAlone(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        var duty = await town.DutyAsync(DutyTown.Today, 10, 6, needed: 2);
        var (one, other) = (await town.TurnAsync(duty, town.Town.Wang), await town.TurnAsync(duty, town.Town.Li));
        await ScreenAsync(town);
        town.Set(DutyTown.Today, 10);
        (await LeaveAsync(town, one, "发烧")).ShouldBe("duties.leave.not-there");
        (await CodeAsync(town, one, town.Town.Wang)).ShouldBeNull();
        town.Set(DutyTown.Today, 12);
        (await LeaveAsync(town, one, "发烧")).ShouldBe("duties.leave.last");
        (await CodeAsync(town, other, town.Town.Li)).ShouldBeNull();
        (await LeaveAsync(town, one, " ")).ShouldBe("duties.why-missing");
        (await LeaveAsync(town, one, "发烧", town.App.ActorOf(Roles.Office, ScopeKind.Place, town.Town.West.Id))).ShouldBe("duties.turn.not-found");
        (await LeaveAsync(town, one, "发烧", town.App.ActorOf(Roles.Office, personId: town.Town.Wang.Id))).ShouldBe("duties.check-in.own");
        using var office = await town.App.SignInAsAsync(Roles.Office);
        (await (await office.OpenAsync("/desk")).SubmitAsync($"form[action='/desk/turns/{one.Id}/leave']", ("why", "发烧"))).Text.ShouldContain("已离岗");
        (await LeaveAsync(town, one, "发烧")).ShouldBeNull();

        (await town.ReadAsync(one)).State.ShouldBe(TurnState.Done);
        (await town.ReadAsync(other)).State.ShouldBe(TurnState.OnPost);
        var left = await town.App.ReadAsync(db => db.Set<Attendance>().SingleAsync(a => a.Kind == AttendanceKind.Out));
        (left.PersonId, left.Source, left.At, left.Why).ShouldBe((town.Town.Wang.Id, AttendanceSource.Desk, town.App.Clock.Now, "发烧"));
    }

    [Theory, BothProviders]
    public async Task Picture_OnTheScreen_LeadsToTheOwnTurnWithTheCode(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        var turn = await town.TurnAsync(town.Town.Wang, 0, 10, 6);
        var address = await ScreenAsync(town);
        town.Set(DutyTown.Today, 10);
        using var wang = await town.SignInAsync(town.Town.Wang);
        using var li = await town.SignInAsync(town.Town.Li);
        using var nobody = town.App.Anonymous();
        (await nobody.OpenAsync($"/post-screen/{address}")).All("svg.qr path").Count.ShouldBe(1);

        var page = await wang.OpenAsync($"/duties/here/{town.Gate.Id}?code={await ShownAsync(town)}");

        page.Address.AbsolutePath.ShouldBe($"/duties/{turn.Id}/check-in");
        (await page.SubmitAsync("main form")).Text.ShouldContain("签到");
        (await town.ReadAsync(turn)).State.ShouldBe(TurnState.OnPost);
        (await li.OpenAsync($"/duties/here/{town.Gate.Id}?code=123456")).Text.ShouldContain("没有您在这个岗位要签到的班");
        (await nobody.OpenAsync($"/duties/here/{town.Gate.Id}?code=123456")).Address.AbsolutePath.ShouldBe("/sign-in");
    }

    private static async Task<string?> LeaveAsync(DutyTown town, Turn turn, string why, Actor? actor = null)
    {
        var done = await town.App.CallAsync((DeskDeeds d) => d.LeaveAsync(Ids.New(), turn.Id, why, actor ?? town.Town.Office, DutyTown.Ct));
        return done.IsFailure ? done.Error.Code : null;
    }

    private static async Task<string> ScreenAsync(DutyTown town, Guid? post = null)
    {
        var id = post ?? town.Gate.Id;
        (await town.App.CallAsync((PostScreens s) => s.RenewAsync(id, town.Town.Office, DutyTown.Ct))).IsFailure.ShouldBeFalse();
        return (await town.App.CallAsync((PostScreens s) => s.AddressAsync(id, DutyTown.Ct)))!;
    }

    private static async Task<string> ShownAsync(DutyTown town)
    {
        var address = await town.App.CallAsync((PostScreens s) => s.AddressAsync(town.Gate.Id, DutyTown.Ct));
        return (await town.App.CallAsync((PostScreens s) => s.ReadAsync(address!, DutyTown.Ct)))!.Code;
    }

    private static async Task<string?> CodeAsync(DutyTown town, Turn turn, Person person) => await TypeAsync(town, turn, person, await ShownAsync(town));

    private static async Task<string?> TypeAsync(DutyTown town, Turn turn, Person person, string code) =>
        CodeOf(await town.App.CallAsync((CheckIn c) => c.ByCodeAsync(Ids.New(), turn.Id, code, town.ActorOf(person), DutyTown.Ct)));

    private static async Task<string?> HandAsync(DutyTown town, Turn turn, string why, Actor actor) =>
        CodeOf(await town.App.CallAsync((CheckIn c) => c.ByDeskAsync(Ids.New(), turn.Id, why, actor, DutyTown.Ct)));

    private static async Task<string?> TakeAsync(DutyTown town, Guid sheet, Actor actor)
    {
        var result = await town.App.CallAsync((Handovers h) => h.TakeAsync(sheet, actor, DutyTown.Ct));
        return result.IsFailure ? result.Error.Code : null;
    }

    private static string? CodeOf<T>(Result<T> result) => result.IsFailure ? result.Error.Code : null;
}
