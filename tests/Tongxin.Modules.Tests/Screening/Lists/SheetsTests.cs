using System.Net;
using Shouldly;
using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Core.Sampling.Pools;
using Tongxin.People.Data;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Screening.Absentees;
using Tongxin.Screening.Absentees.Data;
using Tongxin.Screening.Contracts;
using Tongxin.Screening.Rounds.Data;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Screening.Lists;

/// <summary>《核酸采样登记》 and 《应检未检清单》, on the page and downloaded.</summary>
public sealed class SheetsTests
{
    /// <summary>Written out, not taken from the code: this is what the forms say.</summary>
    private const string Samples = "轮次｜采样点｜采样台｜试管码｜混采数｜管内序号｜姓名*｜证件后四位*｜楼栋房号｜采样时间｜采样员｜录入员｜备注";

    private const string Absentees = "轮次｜网格｜姓名*｜房号｜未检原因｜联系结果｜安排(补采/上门/免检)｜责任人｜完成时间";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Samples_ReadBack_HaveTheHeadersAndEveryTubeInOrder(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        await SampleAsync(town, 5);
        using var office = await town.App.SignInAsAsync(Roles.Office);

        var rows = await DownloadAsync(office, $"/testing/{town.Round}/sheets/samples/masked.xlsx", Samples);

        var head = rows.FindIndex(r => r[0] == "轮次");
        rows[head].ShouldBe(Samples.Split('｜'));
        var lines = rows.Skip(head + 1).ToList();
        lines.Count.ShouldBe(5);
        lines.Select(l => (l[3], l[4], l[5])).ShouldBe([("T001", "10", "1"), ("T001", "10", "2"), ("T001", "10", "3"), ("T002", "10", "1"), ("T002", "10", "2")]);
        lines[0][1].ShouldBe("南门采样点");
        lines[0][6].ShouldBe("王**");
        lines[0][7].ShouldBe("****");
        lines[0][8].ShouldBe("1-1-101");
        rows.Take(head).SelectMany(r => r).ShouldContain(c => c.Contains("不得转发", StringComparison.Ordinal));
    }

    [Theory, BothProviders]
    public async Task Samples_OfACaptain_HoldTheOwnCellsOnly(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        await SampleAsync(town, 16);
        using var captain = await town.Estate.SignInCaptainAsync(1);

        var page = await captain.OpenAsync($"/testing/{town.Round}/sheets/samples");

        page.Texts("table.grid thead th").ShouldBe(Samples.Split('｜'));
        page.All("table.grid tbody tr").Count.ShouldBe(8);
        page.Text.ShouldContain("1-2-101");
        page.Text.ShouldNotContain("1-1-101");
    }

    [Theory, BothProviders]
    public async Task Absentees_ReadBack_SayWhyWhoAndWhen(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var people = await town.PeopleAsync();
        await town.RecordAsync(town.Fact(people[15].Id, OutcomeKind.Done));
        await NoteAsync(town, new AbsentEntry(Ids.New(), town.Round, people[0].Id, Channel.Paper) { Arrangement = AbsentArrangement.Excused, Reason = ExcuseReason.Hospital, Words = "市一院" });
        await NoteAsync(town, new AbsentEntry(Ids.New(), town.Round, people[1].Id, Channel.Phone) { Contact = AbsentContact.Reached, Arrangement = AbsentArrangement.Catchup });
        using var office = await town.App.SignInAsAsync(Roles.Office);

        var rows = await DownloadAsync(office, $"/testing/{town.Round}/sheets/absentees/masked.xlsx", Absentees);

        var head = rows.FindIndex(r => r[0] == "轮次");
        rows[head].ShouldBe(Absentees.Split('｜'));
        var lines = rows.Skip(head + 1).ToList();
        lines.Count.ShouldBe(15, "whoever was sampled and never missed is not on it");
        (lines[0][1], lines[0][2], lines[0][3], lines[0][4], lines[0][6]).ShouldBe(("第1网格", "王**", "1-1-101", "住院:市一院", "免检"));
        lines[0][8].ShouldNotBeEmpty();
        lines[1][5].ShouldContain("已联系上");
        (lines[1][6], lines[1][7]).ShouldBe(("补采", "队长1"));
        lines[1][8].ShouldStartWith("限");
        lines[2][7].ShouldBe("队长1", "the captain answers while nobody else does");
    }

    [Theory, BothProviders]
    public async Task Sheet_InTheClear_TakesTwoPeopleAndOneDay(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider, opened: false);
        await town.MoveInAsync(town.Estate.Homes[0], new PersonFacts { Name = "赵有证", Document = ("居民身份证", "11010519491231002X") });
        await town.OpenHereAsync();
        await SampleAsync(town, 17);
        using var office = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Everything, null, null, Ids.New());
        var full = new Uri($"/testing/{town.Round}/sheets/samples/full.xlsx", UriKind.Relative);
        (await office.Http.GetAsync(full, Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        (await (await office.OpenAsync($"/testing/{town.Round}/sheets/samples")).SubmitAsync("#ask form", ("purpose", "核对混采"))).Text.ShouldContain("等待批准");
        var privacy = town.App.ActorOf(Roles.PrivacyOfficer, unitId: Ids.New(), personId: Ids.New());
        var open = await town.App.CallAsync((IApprovals a) => a.ListOpenAsync(privacy, Ct));
        (await town.App.CallAsync((IApprovals a) => a.DecideAsync(open.Single().Id, true, "同意", privacy, Ct))).IsFailure.ShouldBeFalse();

        var rows = await DownloadAsync(office, full.ToString(), Samples);
        rows.ShouldContain(r => r[6] == "王小一");
        rows.ShouldContain(r => r[6] == "赵有证" && r[7] == "002X");
        rows.SelectMany(r => r).ShouldContain(c => c.Contains("核对混采", StringComparison.Ordinal));
        // The leave is for this sheet.
        (await office.Http.GetAsync(new Uri($"/testing/{town.Round}/sheets/absentees/full.xlsx", UriKind.Relative), Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        town.App.Clock.Advance(TimeSpan.FromHours(25));
        using var nextDay = await town.App.SignInAsync(await town.App.ReadAsync(async db => await db.Users.FindAsync([office.AccountId], Ct) ?? throw new InvalidOperationException()));
        (await nextDay.Http.GetAsync(full, Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, BothProviders]
    public async Task Sheets_UnknownOrOutOfReach_AreNotThere(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        using var nowhere = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Place, Ids.New());
        using var leader = await town.App.SignInAsAsync(Roles.DutyLeader);

        foreach (var page in (string[])[$"/testing/{town.Round}/sheets/others", $"/testing/{town.Round}/sheets/others/masked.xlsx", $"/testing/{Ids.New()}/sheets/samples"])
            (await office.Http.GetAsync(new Uri(page, UriKind.Relative), Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound, page);
        foreach (var page in (string[])[$"/testing/{town.Round}/sheets/samples", $"/testing/{town.Round}/sheets/absentees", $"/testing/{town.Round}/sheets/samples/masked.xlsx"])
        {
            (await nowhere.Http.GetAsync(new Uri(page, UriKind.Relative), Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound, page);
            (await leader.Http.GetAsync(new Uri(page, UriKind.Relative), Ct)).StatusCode.ShouldNotBe(HttpStatusCode.OK, page);
        }
    }

    /// <summary>Tubes of ten sampled on paper, three in the first.</summary>
    internal static async Task SampleAsync(TestingTown town, int people, TubeResult? result = null)
    {
        var now = town.App.Clock.GetUtcNow();
        var ids = (await town.PeopleAsync()).Take(people).Select(p => p.Id).ToList();
        IEnumerable<List<Guid>> groups = [ids.Take(3).ToList(), .. ids.Skip(3).Chunk(10).Select(c => c.ToList())];
        var tubes = groups.Where(g => g.Count > 0).Select((g, t) => new PaperTube(
            $"T00{t + 1}", 10, town.Site, [.. g.Select((p, i) => new PaperSample(p, now.AddSeconds(-600 + (60 * t) + i)))], result, result is null ? null : now)).ToList();
        (await town.App.CallAsync((ITestingDesk d) => d.EnterTubesAsync(town.Round, tubes, town.Office, Ct))).ShouldBe(people);
    }

    private static Task<int> NoteAsync(TestingTown town, AbsentEntry entry) => town.App.CallAsync(async (ChaseAbsentee chase) =>
    {
        (await chase.ExecuteAsync(entry, town.Office, Ct)).IsFailure.ShouldBeFalse();
        return 0;
    });

    private static async Task<List<string[]>> DownloadAsync(Visitor visitor, string address, string headers)
    {
        var bytes = await visitor.Http.GetByteArrayAsync(new Uri(address, UriKind.Relative), Ct);
        using var stream = new MemoryStream(bytes);
        using var reader = ExcelDataReader.ExcelReaderFactory.CreateReader(stream);
        var rows = new List<string[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, headers.Split('｜').Length).Select(i => i < reader.FieldCount ? Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture) ?? "" : "")]);
        return rows;
    }
}
