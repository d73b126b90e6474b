using System.Text;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Access.Returns;
using Tongxin.Access.Returns.Areas;
using Tongxin.Access.Returns.Data;
using Tongxin.Core.Returns;
using Tongxin.Modules.Tests.People;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Returns;

/// <summary>Lists of risk areas and editions decide; changes are shown before, told after, and rewrite nothing.</summary>
public sealed class DecisionTests
{
    [Theory, BothProviders]
    public async Task List_PutInForce_DecidesAnewAndTellsWhomItTouches(Provider provider)
    {
        await using var home = await Homecoming.BuildAsync(provider);
        await home.DeclareAsync("赵敏", "2022001", "13900001111", Homecoming.Journey(null, Homecoming.In(Homecoming.Street, 1, 12)));
        await home.DeclareAsync("钱多", "2022002", "13900002222");
        var slot = (await home.SlotsAsync())[0];
        var zhao = await home.RecordAsync("2022001");
        zhao.Outcome.ShouldBe(ReturnOutcome.Welcome);
        (await home.BookAsync(zhao.Id, slot.Id)).ShouldBeNull();
        await home.WorkAsync();

        var list = await home.PublishAsync($"{Homecoming.Street},,高风险,2022-04-02,");
        var dry = await home.App.CallAsync((Redecide r) => r.TryListAsync(list, home.Town.Office, Town.Ct));
        (dry.Looked, dry.Changes.Count).ShouldBe((2, 1));
        (dry.Changes[0].From, dry.Changes[0].To).ShouldBe((ReturnOutcome.Welcome, ReturnOutcome.NotYet));
        (await home.RecordAsync("2022001")).State.ShouldBe(ReturnState.Booked);

        await home.ForceAsync(list);
        zhao = await home.RecordAsync("2022001");
        (zhao.State, zhao.Outcome, zhao.SlotId).ShouldBe((ReturnState.Decided, ReturnOutcome.NotYet, null));
        (await home.BookAsync(zhao.Id, slot.Id)).ShouldBe("returns.not-yet");
        (await home.BrokenCountsAsync()).ShouldBeEmpty();
        (await NotesAsync(zhao.Id)).ShouldBe(["note.Welcome", "note.NotYet"]);
        (await NotesAsync((await home.RecordAsync("2022002")).Id)).ShouldBe(["note.Welcome"]);

        // Lifted on the 8th: the next list says so, and seven days of observation remain.
        await home.ForceAsync(await home.PublishAsync($"{Homecoming.Street},,高风险,2022-04-02,2022-04-06"));
        zhao = await home.RecordAsync("2022001");
        (zhao.Outcome, zhao.Until).ShouldBe((ReturnOutcome.Observation, new DateOnly(2022, 4, 19)));
        var rulings = await home.App.ReadAsync(db => db.Set<ReturnRuling>().AsNoTracking().Where(r => r.ReturnId == zhao.Id).OrderBy(r => r.At).ToListAsync(Town.Ct));
        rulings.Select(r => (r.Outcome, r.EditionId)).ShouldBe([(ReturnOutcome.Welcome, "CN-COVID-9"), (ReturnOutcome.NotYet, "CN-COVID-9"), (ReturnOutcome.Observation, "CN-COVID-9")]);
        rulings.ShouldAllBe(r => r.EditionHash!.Length == 64);

        Task<List<string>> NotesAsync(Guid record) => home.App.ReadAsync(db => db.Set<ReturnNote>().Where(n => n.ReturnId == record).OrderBy(n => n.At).Select(n => n.What).ToListAsync(Town.Ct));
    }

    [Theory, BothProviders]
    public async Task Upload_OneRowWrong_TakesNothingAndSaysWhich(Provider provider)
    {
        await using var home = await Homecoming.BuildAsync(provider);
        const string Csv = """
            风险区域,行政区划代码,风险等级,起始日期,解除日期
            陕西省西安市雁塔区小寨路街道,610113,高风险,2022-04-02,
            西安,,高风险,2022-04-02,
            陕西省西安市碑林区,6.10112E+17,中风险,2022-04-02,
            陕西省西安市莲湖区,,很高,2022-04-02,
            陕西省西安市新城区,,中风险,昨天,
            陕西省西安市灞桥区,,中风险,2022-04-02,2022-04-02
            陕西省西安市雁塔区小寨路街道,610113,高风险,2022-04-02,2022-04-09
            """;
        var uploaded = (await home.App.CallAsync((KeepRiskLists k) => k.UploadAsync(new MemoryStream(Encoding.UTF8.GetBytes(Csv)), "areas.csv", "", home.Doctor, Town.Ct))).Value;

        (uploaded.ListId, uploaded.RowsIn).ShouldBe((null, 7));
        uploaded.Findings.Select(f => (f.Row, f.Cell, f.Error.Code)).ShouldBe(
        [
            (3, "A3", "returns.row-place"), (4, "B4", "returns.row-code"), (5, "C5", "returns.row-level"), (6, "D6", "returns.row-from"), (7, "E7", "returns.row-until"), (8, "A8", "returns.row-twice"),
        ]);
        (await home.App.ReadAsync(db => db.Set<RiskList>().CountAsync(Town.Ct))).ShouldBe(0);
        using var doctor = await home.App.SignInAsAsync(Roles.Doctor);
        (await doctor.OpenAsync("/returns/areas")).Text.ShouldContain("还没有清单");
    }

    [Theory, BothProviders]
    public async Task Lists_AreNumberedAndKept(Provider provider)
    {
        await using var home = await Homecoming.BuildAsync(provider);
        var first = await home.PublishAsync($"{Homecoming.Street},,高风险,2022-04-02,", "陕西省西安市碑林区,610103,中风险,2022-04-03,");
        await home.ForceAsync(first);
        var second = await home.PublishAsync($"{Homecoming.Street},,中风险,2022-04-05,");
        (await home.App.CallAsync((KeepRiskLists k) => k.DiscardAsync(first, home.Doctor, Town.Ct))).Error.Code.ShouldBe("returns.list-not-draft");
        var view = await home.App.CallAsync((KeepRiskLists k) => k.FindAsync(second, null, 100, home.Doctor, Town.Ct));
        view.ShouldNotBeNull();
        (view.List.Number, view.New, view.Gone).ShouldBe((2, 1, 2));
        using var doctor = await home.App.SignInAsAsync(Roles.Doctor);
        var page = await doctor.OpenAsync($"/returns/areas/{second}");
        page.Text.ShouldContain("第 2 份");
        (await page.SubmitAsync("#force form")).Text.ShouldContain("已启用");
        (await home.App.CallAsync((Redecide r) => r.PutInForceAsync(second, home.Doctor, Town.Ct))).Error.Code.ShouldBe("returns.list-not-draft");
        (await home.App.ReadAsync(db => db.Set<RiskListArea>().CountAsync(Town.Ct))).ShouldBe(3);
    }

    [Theory, BothProviders]
    public async Task Edition_ChangedByTwoPeople_DecidesAnewAndKeepsWhatWas(Provider provider)
    {
        await using var home = await Homecoming.BuildAsync(provider);
        await home.ForceAsync(await home.PublishAsync($"{Homecoming.Street},,高风险,2022-04-02,2022-04-06"));
        await home.DeclareAsync("赵敏", "2022001", "13900001111", Homecoming.Journey(null, Homecoming.In(Homecoming.Street, 1, 5), Homecoming.In(Homecoming.Far, 5, 12)));
        (await home.RecordAsync("2022001")).Outcome.ShouldBe(ReturnOutcome.Observation);
        var office = home.App.ActorOf(Roles.Office, unitId: home.Town.Physics.Id);
        var own = home.App.ActorOf(Roles.DutyLeader, unitId: home.Town.Physics.Id);
        var leader = home.App.ActorOf(Roles.DutyLeader, unitId: home.Town.History.Id);

        var dry = await home.App.CallAsync((Redecide r) => r.TryEditionAsync(home.Season.Id, "CN-COVID-乙类乙管", office, Town.Ct));
        dry!.Changes.ShouldHaveSingleItem().To.ShouldBe(ReturnOutcome.Welcome);
        (await AskAsync("CN-COVID-9")).ShouldBe("returns.edition-same");
        (await AskAsync("CN-COVID-乙类乙管")).ShouldBeNull();
        var asked = (await home.App.CallAsync((IApprovals a) => a.ListOpenAsync(leader, Town.Ct))).ShouldHaveSingleItem();
        (await home.App.CallAsync((IApprovals a) => a.DecideAsync(asked.Id, true, "ok", own, Town.Ct))).IsFailure.ShouldBeTrue();
        (await home.RecordAsync("2022001")).Outcome.ShouldBe(ReturnOutcome.Observation);
        (await home.App.CallAsync((IApprovals a) => a.DecideAsync(asked.Id, true, "ok", leader, Town.Ct))).IsFailure.ShouldBeFalse();
        await home.WorkAsync();

        var record = await home.RecordAsync("2022001");
        (record.Outcome, record.State).ShouldBe((ReturnOutcome.Welcome, ReturnState.Decided));
        (await home.App.ReadAsync(db => db.Set<ReturnRuling>().Where(r => r.ReturnId == record.Id).OrderBy(r => r.At).Select(r => r.EditionId).ToListAsync(Town.Ct))).ShouldBe(["CN-COVID-9", "CN-COVID-乙类乙管"]);

        Task<string?> AskAsync(string edition) => home.App.CallAsync(async (Redecide r) => await r.AskEditionAsync(home.Season.Id, edition, "新规定", office, Town.Ct) is { IsFailure: true } refused ? refused.Error.Code : null);
    }
}
