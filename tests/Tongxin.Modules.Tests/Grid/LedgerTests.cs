using System.Net;
using Shouldly;
using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Data;
using Tongxin.Grid.Ledger;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Grid;

/// <summary>《敲门行动台账》, downloaded and read back.</summary>
public sealed class LedgerTests
{
    /// <summary>Written out, not taken from the code: this is what the form says.</summary>
    private const string Headers =
        "序号｜楼栋｜单元｜房号｜户主姓名*｜联系电话*｜登记人数｜实际入住人数｜住房使用情况(自住/出租/空置)｜老人/儿童/孕产妇数｜特殊需求(慢性病/透析/放化疗/行动不便/孕产/新生儿)*｜需协助事项｜上一轮核酸(已检/未检/原因)｜入户时间｜入户方式(上门/电话/线上)｜结果(见面/无人/拒访/空房)｜下次入户｜队员｜队长审核｜备注";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Workbook_ReadBack_HasTheHeadersAndTheFiguresOfTheBoard(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (app, estate, round) = evening;
        await RecordSomeAsync(estate, round.Id);
        using var office = await app.SignInAsAsync(Roles.Office);
        var tally = (await office.OpenAsync($"/rounds/{round.Id}")).Texts(".tally-line dd").Select(int.Parse).ToList();

        var rows = await DownloadAsync(office, $"/rounds/{round.Id}/ledger.xlsx");

        var head = rows.FindIndex(r => r[0] == "序号");
        rows[head].ShouldBe(Headers.Split('｜'));
        var lines = rows.Skip(head + 1).ToList();
        lines.Count.ShouldBe(16);
        var results = lines.ConvertAll(r => r[15]);
        ((int[])[results.Count(r => r == "见面"), results.Count(r => r == "无人"), results.Count(r => r == "拒访"), results.Count(r => r == "空房"), results.Count(r => r == "免访"), results.Count(r => r == "")])
            .ShouldBe(tally);
        lines[0][1].ShouldBe("1栋");
        lines[0][3].ShouldBe("101");
        lines[0][4].ShouldBe("王**");
        lines[0][5].ShouldContain("****");
        lines[0][7].ShouldBe("3");
        lines[0][11].ShouldBe("送药");
        rows.Take(head).SelectMany(r => r).ShouldContain(c => c.Contains("不得转发", StringComparison.Ordinal));
    }

    [Theory, BothProviders]
    public async Task Workbook_OfACaptain_HoldsTheOwnCellsOnly(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (_, estate, round) = evening;
        using var captain = await estate.SignInCaptainAsync(1);

        var rows = await DownloadAsync(captain, $"/rounds/{round.Id}/ledger.xlsx");
        var page = await captain.OpenAsync($"/rounds/{round.Id}/ledger");

        rows.Count(r => r[2] == "2单元").ShouldBe(8);
        rows.Count(r => r[2] == "1单元").ShouldBe(0);
        page.All("table.grid tbody tr").Count.ShouldBe(8);
        page.Texts("table.grid thead th").ShouldBe(Headers.Split('｜'));
        page.All("form[action$='/request']").Count.ShouldBe(0);
    }

    [Theory, BothProviders]
    public async Task Workbook_InTheClear_TakesTwoPeopleAndOneDay(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (app, _, round) = evening;
        using var office = await app.SignInAsAsync(Roles.Office, ScopeKind.Everything, null, null, Ids.New());
        var full = new Uri($"/rounds/{round.Id}/ledger/full.xlsx", UriKind.Relative);
        (await office.Http.GetAsync(full, Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var asked = await (await office.OpenAsync($"/rounds/{round.Id}/ledger")).SubmitAsync("#ask form", ("purpose", "逐户核对入住"));
        asked.Text.ShouldContain("等待批准");
        var privacy = app.ActorOf(Roles.PrivacyOfficer, unitId: Ids.New(), personId: Ids.New());
        var open = await app.CallAsync<IApprovals, IReadOnlyList<ApprovalView>>(a => a.ListOpenAsync(privacy, Ct));
        (await app.CallAsync<IApprovals, Result>(a => a.DecideAsync(open.Single().Id, true, "同意", privacy, Ct))).IsFailure.ShouldBeFalse();

        var rows = await DownloadAsync(office, full.ToString());
        rows.ShouldContain(r => r[5] == "19900010101" && r[4] == "王小一");
        rows.SelectMany(r => r).ShouldContain(c => c.Contains("逐户核对入住", StringComparison.Ordinal));
        app.Clock.Advance(TimeSpan.FromHours(25));
        using var nextDay = await app.SignInAsync(await app.ReadAsync(async db => await db.Users.FindAsync([office.AccountId], Ct) ?? throw new InvalidOperationException()));
        (await nextDay.Http.GetAsync(full, Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task RecordSomeAsync(Estate estate, Guid round)
    {
        var kinds = (OutcomeKind[])[OutcomeKind.Done, OutcomeKind.Done, OutcomeKind.NotReached, OutcomeKind.Refused, OutcomeKind.Vacant];
        for (var i = 0; i < kinds.Length; i++)
        {
            await estate.RecordAsync(estate.Captain(0), new(Ids.New(), round, estate.Homes[i].Id, kinds[i], Channel.Visit,
                Detail: i == 0 ? new VisitDetail { Residents = 3, Needs = [VisitNeed.Medicine] } : null));
        }
    }

    private static async Task<List<string[]>> DownloadAsync(Visitor visitor, string address)
    {
        var bytes = await visitor.Http.GetByteArrayAsync(new Uri(address, UriKind.Relative), Ct);
        using var stream = new MemoryStream(bytes);
        using var reader = ExcelDataReader.ExcelReaderFactory.CreateReader(stream);
        var rows = new List<string[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, LedgerSheet.Headers.Count).Select(i => i < reader.FieldCount ? Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture) ?? "" : "")]);
        return rows;
    }
}
