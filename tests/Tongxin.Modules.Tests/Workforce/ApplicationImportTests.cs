using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Modules.Tests.People;
using Tongxin.Platform.Access;
using Tongxin.Platform.Sheets;
using Tongxin.TestKit.Databases;
using Tongxin.Workforce.Calls;
using Tongxin.Workforce.Calls.Import;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Xunit;

namespace Tongxin.Modules.Tests.Workforce;

/// <summary>Files of applications: every row is accepted, repeated or refused, and the same file again changes nothing.</summary>
public sealed class ApplicationImportTests
{
    private static readonly string[] Headers = ["序号", "姓名", "学号", "联系电话", "学院", "意向岗位", "技能", "政治面貌"];

    [Theory, BothProviders]
    public async Task Import_FiveThousandRows_AreAllExplained(Provider provider)
    {
        await using var appeal = await Appeal.BuildAsync(provider, places: 3000);
        var file = Workbook(FiveThousand());

        var import = await WriteAsync(appeal, file);

        import.Counts.ShouldBe(new RowCounts(RowsIn: 5000, New: 4700, Changed: 0, Unchanged: 0, Duplicates: 200, Refused: 100));
        var rows = await appeal.Town.App.ReadAsync(db => db.Set<CallImportRow>().Where(r => r.Fate == RowFate.Refused).ToListAsync(Town.Ct));
        rows.GroupBy(r => r.Code).ToDictionary(g => g.Key ?? "", g => g.Count()).ShouldBe(new Dictionary<string, int>
        {
            ["calls.name-missing"] = 25,
            ["calls.number-or-phone"] = 25,
            ["calls.import.number-of-row"] = 25,
            ["calls.duty-unknown"] = 25,
        }, ignoreOrder: true);
        rows.ShouldAllBe(r => r.Address != null);
        var all = await appeal.ApplicationsAsync();
        all.Count.ShouldBe(4700);
        all.Select(a => a.Number).Distinct().Count().ShouldBe(4700);

        (await WriteAsync(appeal, file)).Counts.ShouldBe(new RowCounts(5000, 0, 0, 4700, 200, 100));
        (await appeal.ApplicationsAsync()).Select(a => a.Version).Distinct().ShouldHaveSingleItem();
        // Each applicant gets a decision: a thousand at a time, in the order of the file.
        for (var left = 4700; left > 0; left -= 1000)
        {
            var waiting = (await appeal.ApplicationsAsync()).Where(a => a.Verdict == Verdict.Waiting).Take(DecideApplications.Most);
            (await appeal.DecideAsync(waiting.Select(a => a.Id), Verdict.Accepted)).IsFailure.ShouldBeFalse();
        }
        var decided = (await appeal.ApplicationsAsync()).GroupBy(a => a.Verdict).ToDictionary(g => g.Key, g => g.Count());
        decided.ShouldBe(new Dictionary<Verdict, int> { [Verdict.Accepted] = 3000, [Verdict.Reserve] = 1700 }, ignoreOrder: true);
    }

    [Theory, BothProviders]
    public async Task Import_RowsOfOneNumber_AreOneApplicantWithAllThatTheySay(Provider provider)
    {
        await using var appeal = await Appeal.BuildAsync(provider);

        var import = await WriteAsync(appeal, Workbook(
        [
            ["1", "孙武", "2022999", "", "", "物资保障", "驾驶", "群众"],
            ["2", "孙 武", "2022999", "13900002222", "历史学院", "餐食", "急救", "中共党员"],
            ["3", "赵敏", "2022001", "", "物理学院", "", "", ""],
        ]));

        import.Counts.ShouldBe(new RowCounts(3, 2, 0, 0, 1, 0));
        var all = await appeal.ApplicationsAsync();
        all.Select(a => (a.Name, a.Unit, a.PartyMember, a.PersonId)).ShouldBe([("孙武", "历史学院", true, null), ("赵敏", "物理学院", false, appeal.Town.Zhao.Id)]);
        all[0].Duties.ShouldBe([CampusDuty.Supplies, CampusDuty.Meals]);
        all[0].Claims.Select(c => c.Skill).ShouldBe([Skill.Driving, Skill.FirstAid]);
    }

    [Theory, BothProviders]
    public async Task Import_HeaderInTwoRowsUnderATitle_IsFound(Provider provider)
    {
        await using var appeal = await Appeal.BuildAsync(provider);
        var file = Encoding.UTF8.GetBytes("报名汇总表,,,\n序号,本人,,意向岗位\n,姓名,学号(必填),\n1,孙武,2022999,物资保障\n");

        var import = await WriteAsync(appeal, file, "名单.csv");

        import.Counts.ShouldBe(new RowCounts(1, 1, 0, 0, 0, 0));
        (await appeal.ApplicationsAsync()).Single().Duties.ShouldBe([CampusDuty.Supplies]);
    }

    [Theory, BothProviders]
    public async Task Import_AfterApplicationsByPhone_CorrectsTheWaitingAndLeavesTheDecided(Provider provider)
    {
        await using var appeal = await Appeal.BuildAsync(provider);
        var own = await appeal.ApplyAsync(Appeal.Facts("赵敏", "2022001") with { Home = "3栋" });
        await appeal.ApplyAsync(Appeal.Facts("钱多", "2022002"));
        await appeal.DecideAsync([(await appeal.ApplicationsAsync())[1].Id], Verdict.Accepted);

        var import = await WriteAsync(appeal, Workbook([["1", "赵敏", "2022001", "", "物理学院", "", "", ""], ["2", "钱多", "2022002", "", "历史学院", "", "", ""]]));

        import.Counts.ShouldBe(new RowCounts(2, 0, 1, 1, 0, 0));
        (await appeal.ApplicationsAsync()).Select(a => (a.Unit, a.Home)).ShouldBe([("物理学院", "3栋"), (null, null)]);
        // The code that she has goes on to work.
        (await appeal.Town.App.CallAsync((SubmitApplication s) => s.ResultAsync(appeal.Call.Code, own, Town.Ct))).Value.Verdict.ShouldBe(Verdict.Waiting);
    }

    [Theory, BothProviders]
    public async Task Import_SomebodyAppliedSincePreview_IsRefusedAsAWhole(Provider provider)
    {
        await using var appeal = await Appeal.BuildAsync(provider);
        var app = appeal.Town.App;
        var id = await UploadAsync(appeal, Workbook([["1", "孙武", "2022999", "", "", "", "", ""]]), "名单.xlsx");
        await appeal.WorkAsync();
        await appeal.ApplyAsync(Appeal.Facts("孙武", "2022999"));
        (await app.CallAsync((CommitCallImport c) => c.ExecuteAsync(appeal.Call.Id, id, appeal.Town.Office, Town.Ct))).IsFailure.ShouldBeFalse();
        await appeal.WorkAsync();

        (await app.CallAsync((CallImports i) => i.FindAsync(appeal.Call.Id, id, appeal.Town.Office, Town.Ct)))!.State.ShouldBe(CallImportState.Previewed);
        (await appeal.ApplicationsAsync()).ShouldHaveSingleItem().Times.ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Pages_FileWithUnknownHeadersUploadedMappedAndWritten_ShowTheRows(Provider provider)
    {
        await using var appeal = await Appeal.BuildAsync(provider);
        using var office = await appeal.Town.App.SignInAsAsync(Roles.Office);
        var desk = await office.OpenAsync($"/calls/{appeal.Call.Id}/import");
        desk.Text.ShouldContain("还没有导入过");
        var mapping = await office.SubmitAsync(desk.Form("#upload form").Attach("file", "报名.csv", Encoding.UTF8.GetBytes("甲,乙\n孙武,2022999\n=1+1,2022998\n")));
        mapping.Text.ShouldContain("列的含义");
        (await mapping.SubmitAsync("#columns form", ("c0", "Name"))).Text.ShouldContain("要有姓名列");
        var reading = await mapping.SubmitAsync("#columns form", ("c0", "Name"), ("c1", "Number"));
        reading.Text.ShouldContain("正在核对");
        await appeal.WorkAsync();

        var shown = await office.OpenAsync(reading.Address.AbsolutePath);
        shown.Texts(".balance-item b").ShouldBe(["2", "1", "1", "0"]);
        shown.Text.ShouldContain("A3");
        (await office.Http.GetAsync($"{reading.Address.AbsolutePath}/refused.xlsx", Town.Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await shown.SubmitAsync("#commit form")).Text.ShouldContain("正在写入");
        await appeal.WorkAsync();
        (await office.OpenAsync(reading.Address.AbsolutePath)).Text.ShouldContain("去审核");
        (await office.OpenAsync($"/calls/{appeal.Call.Id}")).Texts("#applications tbody .p1").ShouldBe(["孙武"]);
    }

    [Theory, BothProviders]
    public async Task Import_OutOfScopeOrNotPermitted_IsNotThere(Provider provider)
    {
        await using var appeal = await Appeal.BuildAsync(provider);
        var id = await UploadAsync(appeal, Workbook([["1", "孙武", "2022999", "", "", "", "", ""]]), "名单.xlsx");
        using var history = await appeal.Town.App.SignInAsAsync(Roles.Office, ScopeKind.Unit, appeal.Town.History.Id);
        using var leader = await appeal.Town.App.SignInAsAsync(Roles.DutyLeader);

        (await history.OpenAsync($"/calls/{appeal.Call.Id}/import/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await history.Http.GetAsync($"/calls/{appeal.Call.Id}/import/{id}/refused.xlsx", Town.Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await leader.OpenAsync($"/calls/{appeal.Call.Id}/import/{id}")).Text.ShouldNotContain("名单");
        (await appeal.Town.App.CallAsync((CallImports i) => i.DiscardAsync(appeal.Call.Id, id, appeal.Town.Office, Town.Ct))).IsFailure.ShouldBeFalse();
        (await appeal.Town.App.CallAsync((CommitCallImport c) => c.ExecuteAsync(appeal.Call.Id, id, appeal.Town.Office, Town.Ct))).Error.Code.ShouldBe("calls.import.not-previewed");
    }

    private static async Task<CallImport> WriteAsync(Appeal appeal, byte[] file, string name = "名单.xlsx")
    {
        var id = await UploadAsync(appeal, file, name);
        await appeal.WorkAsync();
        (await appeal.Town.App.CallAsync((CommitCallImport c) => c.ExecuteAsync(appeal.Call.Id, id, appeal.Town.Office, Town.Ct))).IsFailure.ShouldBeFalse();
        await appeal.WorkAsync();
        var import = (await appeal.Town.App.CallAsync((CallImports i) => i.FindAsync(appeal.Call.Id, id, appeal.Town.Office, Town.Ct))).ShouldNotBeNull();
        import.State.ShouldBe(CallImportState.Committed, appeal.Town.App.Errors.Entries.LastOrDefault()?.ToString());
        return import;
    }

    private static async Task<Guid> UploadAsync(Appeal appeal, byte[] file, string name)
    {
        using var content = new MemoryStream(file);
        return (await appeal.Town.App.CallAsync((CallImports i) => i.UploadAsync(appeal.Call.Id, content, name, appeal.Town.Office, Town.Ct))).Value;
    }

    private static byte[] Workbook(IEnumerable<string[]> rows) => SheetWriter.ToBytes(new SheetDocument
    {
        Name = "报名",
        Titles = ["青年防疫先锋队报名表"],
        Columns = [.. Headers.Select(h => new SheetColumn(h))],
        Rows = rows.Select(r => (IReadOnlyList<SheetValue>)[.. r.Select(c => (SheetValue)c)]),
    });

    /// <summary>4,700 applicants, 200 of them twice, and 100 rows that cannot be read, 25 of each kind.</summary>
    private static IEnumerable<string[]> FiveThousand()
    {
        for (var i = 0; i < 4700; i++) yield return Row(i);
        for (var i = 0; i < 200; i++) yield return Row(i * 20);
        for (var i = 0; i < 25; i++)
        {
            yield return ["", "", $"9{i:000000}", "", "", "", "", "群众"];
            yield return ["", "李" + Appeal.Digit(i), "", "", "物理学院", "", "", ""];
            yield return ["", "王" + Appeal.Digit(i), $"{2022_0000 + i}", "", "", "", "", ""];
            yield return ["", "吴" + Appeal.Digit(i), $"8{i:000000}", "", "", "唱歌", "", ""];
        }
    }

    private static string[] Row(int i) =>
        [$"{i + 1}", "张" + Appeal.Digit(i), $"{2022_0000 + i}", $"139{i:00000000}", i % 2 == 0 ? "物理学院" : "历史学院", i % 3 == 0 ? "物资保障、餐食服务" : "物资保障", i % 10 == 0 ? "驾驶" : "", i % 5 == 0 ? "中共党员" : "共青团员"];
}
