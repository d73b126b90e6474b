using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Access.Gates.Readings;
using Tongxin.Access.Permits;
using Tongxin.Access.Permits.Data;
using Tongxin.Core.Common;
using Tongxin.Modules.Tests.Gates;
using Tongxin.Modules.Tests.People;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Permits;

/// <summary>Permits are asked for, granted, used up, and end to the second.</summary>
public sealed class PermitTests
{
    [Theory, BothProviders]
    public async Task Pages_HospitalTrip_FromTheFormToTheLedger(Provider provider)
    {
        await using var town = await GateTown.BuildAsync(provider);
        using var doctor = await town.App.SignInAsAsync(Roles.Doctor, ScopeKind.Place, town.Town.East.Id);
        var form = await doctor.OpenAsync("/permits/new?kind=Hospital&who=王小明");
        var page = await form.SubmitAsync("main form[method=post]", ("Form.Person", town.Town.Wang.Id.ToString()), ("Form.Hospital", "第一医院"), ("Form.Companions", "1"), ("Form.PapersLater", "true"));
        page.Text.ShouldContain("有效");
        var code = page.One(".permit-code").TextContent;

        using var guard = await town.App.SignInAsAsync(Roles.Guard, ScopeKind.Place, town.Town.East.Id);
        var gate = await guard.OpenAsync($"/gate/{town.EastGate}?find={Uri.EscapeDataString(code)}");
        gate.Text.ShouldContain("王**");
        gate.Text.ShouldNotContain("王小明");
        gate.Text.ShouldNotContain("第一医院");
        var permit = Guid.Parse(page.Address.AbsolutePath.Split('/')[^1]);
        (await town.VerdictAsync(permit, PassageKind.Out)).ShouldBe("Passed");
        // Long after its end the patient comes back all the same.
        town.App.Clock.Advance(TimeSpan.FromDays(2));
        (await town.VerdictAsync(permit, PassageKind.In)).ShouldBe("Passed");
        (await town.VerdictAsync(permit, PassageKind.Out)).ShouldBe("Refused permits.gate.expired");

        using var office = await town.App.SignInAsAsync(Roles.Office);
        (await office.OpenAsync("/permits/papers")).Text.ShouldContain("王**");
        var done = await (await office.OpenAsync($"/permits/{permit}")).SubmitAsync("#papers form", ("papers", "转诊单"), ("afterReturn", "居家三天"));
        done.Text.ShouldContain("手续已补");
        (await office.OpenAsync("/permits/papers")).Text.ShouldContain("没有待补的手续");
        var ledger = await office.OpenAsync("/permits/hospital");
        ledger.Texts("table.grid thead th").ShouldBe("申请时间｜患者*｜病情等级｜医院｜陪同人(≤1)｜出门批准(先行/后补)｜车辆｜出门时间｜返回时间｜返回后措施｜责任人".Split('｜'));
        var row = ledger.Texts("table.grid tbody td");
        ((string[])[row[1], row[2], row[3], row[4], row[5], row[9]]).ShouldBe(["王**", "一般", "第一医院", "1", "后补（已补）", "居家三天"]);
        row[7].ShouldNotBeEmpty();
        row[8].ShouldNotBeEmpty();
        var sheet = await office.Http.GetAsync(new Uri("/permits/hospital.xlsx", UriKind.Relative), Town.Ct);
        sheet.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, BothProviders]
    public async Task Permit_AskedForWrongly_IsRefused(Provider provider)
    {
        await using var town = await GateTown.BuildAsync(provider);
        var ask = town.Ask();

        (await town.RefusalAsync(ask with { Name = " " })).ShouldBe("permits.name-missing");
        (await town.RefusalAsync(ask with { PersonId = Ids.New() })).ShouldBe("permits.person");
        (await town.RefusalAsync(ask with { Hospital = null })).ShouldBe("permits.hospital-missing");
        (await town.RefusalAsync(ask with { Companions = 2 })).ShouldBe("permits.companions");
        (await town.RefusalAsync(ask with { Until = ask.From })).ShouldBe("permits.times");
        (await town.RefusalAsync(ask with { From = ask.From.AddDays(-2), Until = ask.From.AddDays(-1) })).ShouldBe("permits.times");
        (await town.RefusalAsync(ask with { Until = ask.From.AddDays(4) })).ShouldBe("permits.too-long");
        (await town.RefusalAsync(ask with { Plate = "八八八" })).ShouldBe("text.plate.form");
        (await town.RefusalAsync(ask with { Gates = [town.WestGate] })).ShouldBe("permits.gates");
        (await town.RefusalAsync(ask with { PlaceId = town.Town.EastEntrance.Id })).ShouldBe("permits.place");
        (await town.RefusalAsync(ask with { Kind = PermitKind.Return })).ShouldBe("permits.kind");
        (await town.RefusalAsync(ask with { Purpose = new string('长', 101) })).ShouldBe("permits.too-long-text");
        (await town.RefusalAsync(ask with { Phone = "12" })).ShouldStartWith("text.phone.");
        (await town.RefusalAsync(ask with { Kind = PermitKind.Supplier })).ShouldBe("permits.plate-missing");
        (await town.RefusalAsync(ask with { Kind = PermitKind.Supplier, Plate = "陕A12345" })).ShouldBe("permits.supplier-missing");
    }

    [Theory, BothProviders]
    public async Task Permit_OfAnotherPlaceOrAnotherAsker_IsNotThere(Provider provider)
    {
        await using var town = await GateTown.BuildAsync(provider);
        var permit = await town.PermitAsync(town.Ask());
        using var west = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Place, town.Town.West.Id);
        using var captain = await town.App.SignInAsAsync(Roles.Captain, ScopeKind.Team, Ids.New());
        using var guard = await town.App.SignInAsAsync(Roles.Guard, ScopeKind.Place, town.Town.West.Id);

        (await west.OpenAsync($"/permits/{permit.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await captain.OpenAsync($"/permits/{permit.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await guard.OpenAsync($"/gate/{town.EastGate}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await guard.OpenAsync($"/gate/{town.WestGate}?find={permit.Code}")).Text.ShouldContain("没有这样的许可");
        var (office, westGuard) = (town.App.ActorOf(Roles.Office, ScopeKind.Place, town.Town.West.Id), town.App.ActorOf(Roles.Guard, ScopeKind.Place, town.Town.West.Id));
        (await town.CodeAsync((DecidePermit d) => d.RevokeAsync(permit.Id, "无", office, Town.Ct))).ShouldBe("permits.not-found");
        (await town.PassAsync(permit.Id, PassageKind.Out, town.WestGate, guard: westGuard)).Error.Code.ShouldBe("permits.not-found");
        (await town.PassAsync(permit.Id, PassageKind.Out, town.EastGate, guard: westGuard)).Error.Code.ShouldBe("gates.not-found");
        (await town.RefusalAsync(town.Ask(), office)).ShouldBe("permits.place");
        (await town.RefusalAsync(town.Ask() with { PlaceId = town.Town.West.Id, PersonId = town.Town.Wang.Id }, office)).ShouldBe("permits.person");
    }

    [Theory, BothProviders]
    public async Task Permit_AskedForByACaptain_WaitsForADecision(Provider provider)
    {
        await using var town = await GateTown.BuildAsync(provider);
        var captain = town.App.ActorOf(Roles.Captain, ScopeKind.Team, Ids.New());
        var permit = await town.PermitAsync(town.Ask(), captain);
        permit.State.ShouldBe(PermitState.Asked);
        (await town.VerdictAsync(permit.Id, PassageKind.Out)).ShouldBe("Refused permits.gate.not-granted");
        (await town.CodeAsync((DecidePermit d) => d.ConfirmAsync(permit.Id, captain, Town.Ct))).ShouldBe("permits.not-found");
        (await town.App.CallAsync((ReadPermits r) => r.CountWaitingAsync(town.Office, Town.Ct))).ShouldBe(1);

        (await town.CodeAsync((DecidePermit d) => d.RefuseAsync(permit.Id, " ", town.Office, Town.Ct))).ShouldBe("permits.why-missing");
        (await town.CodeAsync((DecidePermit d) => d.GrantAsync(permit.Id, town.Office, Town.Ct))).ShouldBeNull();

        (await town.CodeAsync((DecidePermit d) => d.GrantAsync(permit.Id, town.Office, Town.Ct))).ShouldBe("permits.not-asked");
        (await town.VerdictAsync(permit.Id, PassageKind.Out)).ShouldBe("Passed");
        (await town.CodeAsync((DecidePermit d) => d.RevokeAsync(permit.Id, "误开", town.Office, Town.Ct))).ShouldBeNull();
        // Whoever is out may come back, whatever was decided meanwhile.
        (await town.VerdictAsync(permit.Id, PassageKind.In)).ShouldBe("Passed");
        (await town.VerdictAsync(permit.Id, PassageKind.Out)).ShouldBe("Refused permits.gate.revoked");
    }

    [Theory, BothProviders]
    public async Task Permit_AtItsEnd_HoldsToTheSecond(Provider provider)
    {
        await using var town = await GateTown.BuildAsync(provider);
        var now = town.App.Clock.GetUtcNow();
        var midnight = CampusCalendar.StartOf(CampusCalendar.DayOf(now).AddDays(1));
        var ask = town.Ask(PermitKind.Staff) with { From = now.AddHours(1), Until = midnight, Multiple = true };
        var permit = await town.PermitAsync(ask);

        (await town.VerdictAsync(permit.Id, PassageKind.In)).ShouldBe("Refused permits.gate.too-early");
        town.App.Clock.Set(midnight.AddSeconds(-1));
        (await town.VerdictAsync(permit.Id, PassageKind.In)).ShouldBe("Passed");
        (await town.App.CallAsync((IGatePermits p) => p.TodayAsync([town.EastGate], Town.Ct))).Single().Remaining.ShouldBeNull();
        town.App.Clock.Set(midnight);
        (await town.VerdictAsync(permit.Id, PassageKind.In)).ShouldBe("Refused permits.gate.expired");
        (await town.PermitAsync(permit.Id)).StandingAt(midnight).ShouldBe(PermitStanding.Used);
        (await town.App.CallAsync((IGatePermits p) => p.TodayAsync([town.EastGate], Town.Ct))).ShouldBeEmpty();
    }

    [Theory, BothProviders]
    public async Task Permit_OfSomeGates_OpensThoseOnly(Provider provider)
    {
        await using var town = await GateTown.BuildAsync(provider);
        var other = await town.GateAsync("东二门", town.Town.East.Id);
        var permit = await town.PermitAsync(town.Ask(PermitKind.Staff) with { Gates = [other] });

        (await town.VerdictAsync(permit.Id, PassageKind.In)).ShouldBe("Refused permits.gate.other-gate");
        (await town.VerdictAsync(permit.Id, PassageKind.In, other)).ShouldBe("Passed");
        (await town.App.CallAsync((IGatePermits p) => p.TodayAsync([town.EastGate], Town.Ct))).ShouldBeEmpty();
        var today = (await town.App.CallAsync((IGatePermits p) => p.TodayAsync([town.EastGate, other, town.WestGate], Town.Ct))).Single();
        (today.Code, today.ShortName, today.Remaining).ShouldBe((permit.Code, "孙*", 0));
        today.Gates.ShouldBe([other]);
    }

    [Theory, BothProviders]
    public async Task SinglePermit_TakenByTwoGuardsAtOnce_WarnsOne(Provider provider)
    {
        await using var town = await GateTown.BuildAsync(provider);
        var (now, source) = (town.App.Clock.GetUtcNow(), Ids.New());
        var granted = await town.App.InScopeAsync(async services =>
        {
            var permits = (IReturnPermits)services.GetService(typeof(IReturnPermits))!; // registered by the product
            var db = (Tongxin.Platform.Data.TongxinDb)services.GetService(typeof(Tongxin.Platform.Data.TongxinDb))!; // as above
            var made = await permits.GrantAsync(new ReturnArrival(source, town.Town.Qian.Id, "钱多", town.Town.East.Id, [], now, now.AddMinutes(30)), town.Office, Town.Ct);
            await db.CommitAsync(Town.Ct);
            return made.Value;
        });

        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => town.PassAsync(granted, PassageKind.In), Town.Ct)));

        answers.Select(a => a.Value.Verdict).ShouldBe([PassageVerdict.Passed, PassageVerdict.Warned], ignoreOrder: true);
        (await town.App.ReadAsync(db => db.Set<PermitUse>().Where(u => u.PermitId == granted).Select(u => u.IsOver).ToListAsync())).ShouldBe([false, true], ignoreOrder: true);
        var entry = Ids.New();
        (await town.PassAsync(granted, PassageKind.In, entry: entry)).Value.Verdict.ShouldBe(PassageVerdict.Warned);
        (await town.PassAsync(granted, PassageKind.In, entry: entry)).Value.Verdict.ShouldBe(PassageVerdict.Passed);
        (await town.PermitAsync(granted)).UsedIn.ShouldBe(3);
    }

    [Theory, BothProviders]
    public async Task Supplier_WhoseLicenceRunsOut_GetsNoPermit(Provider provider)
    {
        await using var town = await GateTown.BuildAsync(provider);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        var today = CampusCalendar.DayOf(town.App.Clock.GetUtcNow());
        var page = await (await office.OpenAsync("/suppliers/new")).SubmitAsync(
            "#what form", ("Form.Name", "臻容食品"), ("Form.Place", town.Town.East.Id.ToString()), ("Form.Licence", "JY1610"), ("Form.Until", LedgerSpan.Text(today.AddDays(1))));
        page = await page.SubmitAsync("#drivers form[action$='/drivers']", ("name", "赵师傅"), ("plate", "陕a·d1234o"), ("phone", "19900007777"));
        page.Text.ShouldContain("车牌");
        page = await (await office.OpenAsync(page.Address.AbsolutePath)).SubmitAsync("#drivers form[action$='/drivers']", ("name", "赵师傅"), ("plate", "陕ad12340"), ("phone", "19900007777"));
        page.Text.ShouldContain("陕AD12340");
        page.Text.ShouldContain("赵** 199****7777");
        var supplier = Guid.Parse(page.Address.AbsolutePath.Split('/')[^1]);
        var ask = town.Ask(PermitKind.Supplier) with { SupplierId = supplier, Plate = "陕AD12340", Multiple = true, Until = CampusCalendar.StartOf(today.AddDays(2)) };

        var permit = await town.PermitAsync(ask);
        (await town.RefusalAsync(ask with { Until = ask.Until.AddSeconds(1) })).ShouldBe("permits.licence-expired");
        town.App.Clock.Advance(TimeSpan.FromDays(2));
        (await town.RefusalAsync(ask with { From = town.App.Clock.GetUtcNow(), Until = town.App.Clock.GetUtcNow().AddHours(10) })).ShouldBe("permits.licence-expired");
        using var later = await town.App.SignInAsAsync(Roles.Office);
        (await later.OpenAsync("/suppliers")).Text.ShouldContain("资质过期");
        permit.Plate.ShouldBe("陕AD12340");
        using var west = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Place, town.Town.West.Id);
        (await west.OpenAsync($"/suppliers/{supplier}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, BothProviders]
    public async Task Visit_InvitedFilledAndConfirmed_ShowsTheCode(Provider provider)
    {
        await using var town = await GateTown.BuildAsync(provider);
        using var captain = await town.App.SignInAsAsync(Roles.Captain, ScopeKind.Team, Ids.New());
        using var visitor = town.App.Anonymous();
        var invited = await (await captain.OpenAsync("/permits/invite")).SubmitAsync("#invite form[method=post]", ("Form.Place", town.Town.East.Id.ToString()), ("Form.Companions", "1"));
        var link = new Uri(invited.One(".code-box").TextContent).AbsolutePath;

        (await visitor.OpenAsync(link[..^1] + (link[^1] == '0' ? '1' : '0'))).Status.ShouldBe(HttpStatusCode.NotFound);
        var form = await visitor.OpenAsync(link);
        form.Text.ShouldContain("到访 东校区");
        var wrong = await form.SubmitAsync("#visit form", ("Form.Name", "来<b>客"), ("Form.Phone", "123"));
        wrong.All("#visit .flash.refused").Count.ShouldBe(1);
        var sent = await form.SubmitAsync("#visit form", ("Form.Name", "来<b>客"), ("Form.Phone", "19900008888"), ("Form.Plate", "陕A8888O"), ("Form.Companions", "5"));
        sent.Text.ShouldContain("等待对方确认");
        var permit = await town.App.ReadAsync(db => db.Set<Permit>().AsNoTracking().SingleAsync(p => p.Kind == PermitKind.Visitor));
        (permit.State, permit.Companions, permit.Plate).ShouldBe((PermitState.Asked, 1, "陕A88880"));

        var told = await captain.OpenAsync("/my-pass");
        told.One("#visitors").TextContent.ShouldContain("填写了来访信息");
        told.One("#visitors a").GetAttribute("href").ShouldBe($"/permits/{permit.Id}");
        var page = await captain.OpenAsync($"/permits/{permit.Id}");
        page.Html.ShouldNotContain("<b>客");
        page.Text.ShouldContain("199****8888");
        (await page.SubmitAsync("form[action$='/confirm']")).Text.ShouldContain("有效");

        (await visitor.OpenAsync(link)).One(".permit-code").TextContent.ShouldBe(PermitCode.Show(permit.Code));
        (await town.VerdictAsync(permit.Id, PassageKind.In)).ShouldBe("Passed");
        (await town.VerdictAsync(permit.Id, PassageKind.In)).ShouldBe("Warned permits.gate.used-up");
        // Nobody is locked in: the guest leaves after the end, too.
        town.App.Clock.Advance(TimeSpan.FromDays(3));
        (await town.VerdictAsync(permit.Id, PassageKind.Out)).ShouldBe("Passed");
        (await town.VerdictAsync(permit.Id, PassageKind.Out)).ShouldBe("Passed");
        (await town.VerdictAsync(permit.Id, PassageKind.In)).ShouldBe("Refused permits.gate.expired");
        (await visitor.OpenAsync(link)).Text.ShouldContain("已经失效");
    }

    [Theory, BothProviders]
    public async Task Invitation_ToTheSecondAndToTheNumber_Ends(Provider provider)
    {
        await using var town = await GateTown.BuildAsync(provider);
        var now = town.App.Clock.GetUtcNow();
        Task<Result<string>> Invite(Actor actor, DateTimeOffset? from = null) => town.App.CallAsync((InviteVisitor i) => i.ExecuteAsync(
            new Invitation(town.Town.East.Id, null, from ?? now, (from ?? now).AddDays(7), 0, null), actor, Town.Ct));
        var visitor = new VisitorFacts("来客", "19900008888", null, null, 0, null);
        var secret = (await Invite(town.Office)).Value;
        var id = await town.App.ReadAsync(db => db.Set<Permit>().Select(p => p.Id).SingleAsync());

        (await town.CodeAsync((DecidePermit d) => d.GrantAsync(id, town.Office, Town.Ct))).ShouldBe("permits.not-filled");
        (await town.CodeAsync((InviteVisitor i) => i.FillAsync("00", visitor, Town.Ct))).ShouldBe("permits.not-found");
        (await town.CodeAsync((InviteVisitor i) => i.FillAsync(secret, visitor with { Arrives = now.AddDays(8) }, Town.Ct))).ShouldBe("permits.times");
        town.App.Clock.Set(now + InviteVisitor.Life);
        (await town.CodeAsync((InviteVisitor i) => i.FillAsync(secret, visitor, Town.Ct))).ShouldBe("permits.invitation-over");
        town.App.Clock.Set(now + InviteVisitor.Life - TimeSpan.FromSeconds(1));
        (await town.CodeAsync((InviteVisitor i) => i.FillAsync(secret, visitor, Town.Ct))).ShouldBeNull();

        var busy = town.Office;
        var later = town.App.Clock.GetUtcNow();
        for (var i = 0; i < InviteVisitor.MostOpen; i++) (await Invite(busy, later)).IsFailure.ShouldBeFalse();
        (await Invite(busy, later)).Error.Code.ShouldBe("permits.too-many-invitations");
    }

    [Theory, BothProviders]
    public async Task ReturnPermit_GivenAgain_ReplacesTheFirst(Provider provider)
    {
        await using var town = await GateTown.BuildAsync(provider);
        var (now, source) = (town.App.Clock.GetUtcNow(), Ids.New());
        Task<Guid> Grant(DateTimeOffset from) => town.App.InScopeAsync(async services =>
        {
            var permits = (IReturnPermits)services.GetService(typeof(IReturnPermits))!; // registered by the product
            var db = (Tongxin.Platform.Data.TongxinDb)services.GetService(typeof(Tongxin.Platform.Data.TongxinDb))!; // as above
            var made = await permits.GrantAsync(new ReturnArrival(source, town.Town.Qian.Id, "钱多", town.Town.East.Id, [town.EastGate], from, from.AddMinutes(30)), town.Office, Town.Ct);
            await db.CommitAsync(Town.Ct);
            return made.Value;
        });

        var (first, second) = (await Grant(now), await Grant(now.AddHours(2)));

        (await town.PermitAsync(first)).State.ShouldBe(PermitState.Revoked);
        (await town.PermitAsync(second)).State.ShouldBe(PermitState.Granted);
        (await town.App.CallAsync((IGatePermits p) => p.TodayAsync([town.EastGate], Town.Ct))).Select(p => p.Id).ShouldBe([second]);
    }
}
