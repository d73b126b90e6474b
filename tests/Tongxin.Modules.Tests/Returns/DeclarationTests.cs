using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Access.Returns;
using Tongxin.Access.Returns.Data;
using Tongxin.Access.Returns.Records;
using Tongxin.Access.Returns.Seasons;
using Tongxin.Core.Returns;
using Tongxin.Modules.Tests.People;
using Tongxin.Platform.Access;
using Tongxin.Platform.Journal;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Returns;

/// <summary>People declare without an account, learn nothing of each other, and one record tells the whole way.</summary>
public sealed class DeclarationTests
{
    [Theory, BothProviders]
    public async Task Pages_FromTheSeasonToTheGate_AreOneRecord(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        (await office.OpenAsync("/returns")).Text.ShouldContain("还没有返校批次");
        var made = await (await office.OpenAsync("/returns/new")).SubmitAsync("main form[method=post]",
            ("Form.Title", "春季返校"), ("Form.GateName", "东门"), ("Form.FirstDay", "2022-04-12"), ("Form.LastDay", "2022-04-13"), ("Form.Lanes", "2"), ("Form.RatePerHour", "60"), ("Form.EditionId", "CN-COVID-9"), ("Form.EditionWhy", "按上级通知"));
        made.Text.ShouldContain("春季返校");
        var address = made.One("a[href^='/r/']").GetAttribute("href") ?? "";

        using var student = town.App.Anonymous();
        var asked = await student.OpenAsync(address);
        var wrong = await student.SubmitAsync(asked.Form("main form").Set("name", "赵敏").Set("number", "2022001").Set("phone", "13900001111").Set("place.0", "西安").Set("from.0", "2022-04-01").Set("to.0", "2022-04-12").Set("arrives", "2022-04-12").Set("transport", "Train"));
        wrong.Text.ShouldContain("写全：省、市、区(县)");
        wrong.Text.ShouldContain("请先同意");
        var gap = await student.SubmitAsync(wrong.Form("main form").Set("place.0", Homecoming.Far).Set("from.0", "2022-04-08").Tick("consent", "true"));
        gap.Text.ShouldContain("2022-04-05 那天在哪里没有写");
        var sent = await student.SubmitAsync(gap.Form("main form").Set("from.0", "2022-04-01"));
        sent.Text.ShouldContain("已收到");
        var own = await (await student.OpenAsync($"{address}/own")).SubmitAsync("main form", ("own", sent.One(".code-box").TextContent));
        own.Text.ShouldContain("正常返校");
        own.Text.ShouldContain("赵*");
        own.Text.ShouldNotContain("赵敏");
        var booked = await own.SubmitAsync("#slots form[action$='/book']");
        booked.Text.ShouldContain("已预约");
        booked.Text.ShouldContain("08:00–08:30");

        var list = await office.OpenAsync($"{made.Address.AbsolutePath}/list?state=Booked");
        list.Texts("#returns tbody .p1").ShouldBe(["赵敏"]);
        list.Text.ShouldContain("139****1111");
        list.Text.ShouldNotContain("13900001111");
        list.Text.ShouldNotContain("2022001");
        // The morning of the slot, at the gate.
        town.App.Clock.Set(new DateTimeOffset(2022, 4, 12, 0, 5, 0, TimeSpan.Zero));
        using var guard = await town.App.SignInAsAsync(Roles.Guard, ScopeKind.Place, town.East.Id);
        var desk = await guard.OpenAsync("/arrivals");
        desk.Texts("#expected .what b").ShouldBe(["赵* · 2001"]);
        var check = await desk.FollowAsync("#expected .what a");
        var passed = await guard.SubmitAsync(check.Form("#check form").Set("triage", "Pass"));
        passed.Text.ShouldContain("已放行");

        using var again = await town.App.SignInAsAsync(Roles.Office);
        var one = await (await again.OpenAsync($"{made.Address.AbsolutePath}/list?special=came")).FollowAsync("#returns tbody .p1 a");
        one.Texts(".timeline b").ShouldBe(["放行", "到校", "预约时段", "判定", "提交备案"]);
        var season = await again.OpenAsync(made.Address.AbsolutePath);
        season.Texts(".balance .balance-item b").Take(4).ShouldBe(["1", "1", "0", "0"]);
        (await town.App.ReadAsync(db => db.Set<JournalEntry>().CountAsync(j => j.Action == "access.return.checked", Town.Ct))).ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Declare_KnownUnknownAgainAndByAnother_TheAnswerIsTheSame(Provider provider)
    {
        await using var home = await Homecoming.BuildAsync(provider);
        var known = await home.DeclareAsync("赵敏", "2022001");
        var stranger = await home.DeclareAsync("孙武", "2022999", "13900002222");
        var again = await home.DeclareAsync("赵敏", "2022001", "13900001111", Homecoming.Journey(Homecoming.First.AddDays(1)));
        var other = await home.DeclareAsync("赵敏", "2022001", "13900003333", Homecoming.Journey(Homecoming.First.AddDays(2)));

        new[] { known, stranger, again, other }.ShouldAllBe(code => code.Length == 11 && code[5] == '-');
        var all = await home.RecordsAsync();
        all.Select(r => (r.Name, r.PersonId is not null, r.Times, r.Doubted, r.Arrives.Day)).ShouldBe([("赵敏", true, 2, true, 13), ("孙武", false, 1, false, 12)]);
        all[0].CollegeId.ShouldBe(home.Town.Physics.Id);
        (await LeadsAsync(known)).ShouldBeNull();
        (await LeadsAsync(other)).ShouldBeNull();
        (await LeadsAsync(again.ToLowerInvariant())).ShouldBe(all[0].Id);
        (await LeadsAsync(stranger)).ShouldBe(all[1].Id);

        async Task<Guid?> LeadsAsync(string code) => (await home.App.CallAsync((ReturnLinks l) => l.FindByCodeAsync(home.Season.Id, code, Town.Ct)))?.Id;
    }

    [Theory, BothProviders]
    public async Task Declare_ManyAtOnce_IsOneRecord(Provider provider)
    {
        await using var home = await Homecoming.BuildAsync(provider);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => home.DeclareAsync("孙武", "2022999")));

        var record = (await home.RecordsAsync()).ShouldHaveSingleItem();
        (record.Times, record.State).ShouldBe((6, ReturnState.Decided));
    }

    [Theory, BothProviders]
    public async Task OwnPage_ForgedOrEndedLink_IsNotThere(Provider provider)
    {
        await using var home = await Homecoming.BuildAsync(provider);
        await home.DeclareAsync("赵敏", "2022001");
        var token = await home.App.CallAsync(async (ReturnLinks l) => l.TokenOf(await home.RecordAsync("2022001")));
        using var anybody = home.App.Anonymous();
        (await anybody.OpenAsync($"/my-return/{token}")).Status.ShouldBe(HttpStatusCode.OK);
        (await anybody.OpenAsync($"/my-return/{(token[30] == 'A' ? token[..30] + 'B' : token[..30] + 'A')}{token[31..]}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await anybody.OpenAsync("/my-return/x")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await anybody.OpenAsync("/r/ABCDEFGH")).Status.ShouldBe(HttpStatusCode.NotFound);

        await home.DeclareAsync("赵敏", "2022001");
        (await anybody.OpenAsync($"/my-return/{token}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, BothProviders]
    public async Task OwnPage_CorrectedAndCancelled_TellsWhatHappened(Provider provider)
    {
        await using var home = await Homecoming.BuildAsync(provider);
        await home.DeclareAsync("赵敏", "2022001");
        var record = await home.RecordAsync("2022001");
        (await home.BookAsync(record.Id, (await home.SlotsAsync())[0].Id)).ShouldBeNull();
        var token = await home.App.CallAsync(async (ReturnLinks l) => l.TokenOf(await home.RecordAsync("2022001")));
        using var student = home.App.Anonymous();

        // A train's number keeps the slot; another day gives it back.
        (await (await student.OpenAsync($"/my-return/{token}/edit")).SubmitAsync("main form", ("train", "G2"))).Text.ShouldContain("已更新");
        (await home.RecordAsync("2022001")).State.ShouldBe(ReturnState.Booked);
        var moved = await (await student.OpenAsync($"/my-return/{token}/edit")).SubmitAsync("main form", ("arrives", "2022-04-13"), ("to.0", "2022-04-13"));
        moved.Text.ShouldContain("待预约");
        (await home.SlotsAsync())[0].Taken.ShouldBe(0);
        (await moved.SubmitAsync("#cancel form", ("why", "<script>不来了</script>"))).Html.ShouldNotContain("<script>不来了");
        (await home.RecordAsync("2022001")).State.ShouldBe(ReturnState.Cancelled);
        (await home.BrokenCountsAsync()).ShouldBeEmpty();

        // Declared again: the same record goes on.
        await home.DeclareAsync("赵敏", "2022001");
        (await home.RecordAsync("2022001")).State.ShouldBe(ReturnState.Decided);
    }

    [Theory, BothProviders]
    public async Task Counsellor_OfAnotherCollege_FindsNothing(Provider provider)
    {
        await using var home = await Homecoming.BuildAsync(provider);
        await home.DeclareAsync("赵敏", "2022001");
        await home.DeclareAsync("钱多", "2022002", "13900002222");
        var zhao = await home.RecordAsync("2022001");
        using var physics = await home.App.SignInAsAsync(Roles.Counsellor, ScopeKind.Unit, home.Town.Physics.Id);
        using var history = await home.App.SignInAsAsync(Roles.Counsellor, ScopeKind.Unit, home.Town.History.Id);
        using var west = await home.App.SignInAsAsync(Roles.Guard, ScopeKind.Place, home.Town.West.Id);
        var list = $"/returns/seasons/{home.Season.Id}/list";

        (await physics.OpenAsync(list)).Texts("#returns tbody .p1").ShouldBe(["赵敏"]);
        (await history.OpenAsync(list)).Texts("#returns tbody .p1").ShouldBe(["钱多"]);
        (await physics.OpenAsync($"/returns/seasons/{home.Season.Id}")).Texts(".balance .balance-item b")[0].ShouldBe("1");
        (await physics.OpenAsync($"/returns/records/{zhao.Id}")).Status.ShouldBe(HttpStatusCode.OK);
        (await history.OpenAsync($"/returns/records/{zhao.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await history.OpenAsync($"/returns/records/{zhao.Id}/edit")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await west.OpenAsync($"/arrivals/{zhao.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        var form = (await physics.OpenAsync($"/returns/records/{zhao.Id}")).Form("#cancel form");
        using (var stolen = await history.SendAsync(form)) stolen.StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.BadRequest);
        (await home.RecordAsync("2022001")).State.ShouldBe(ReturnState.Decided);
        (await home.App.CallAsync((DeclareReturn d) => d.OnBehalfAsync(home.Season.Id, new Declarant("赵敏", "2022001", "13900001111"), null, Homecoming.Journey(), home.App.ActorOf(Roles.Counsellor, ScopeKind.Unit, home.Town.History.Id), Town.Ct)))
            .Error.Code.ShouldBe("returns.unit-outside");
    }

    [Theory, BothProviders]
    public async Task Export_OfTheOwnCollege_IsMaskedAndJournaled(Provider provider)
    {
        await using var home = await Homecoming.BuildAsync(provider);
        await home.DeclareAsync("赵敏", "2022001");
        await home.DeclareAsync("钱多", "2022002", "13900002222");
        using var physics = await home.App.SignInAsAsync(Roles.Counsellor, ScopeKind.Unit, home.Town.Physics.Id);

        using var file = await physics.Http.GetAsync(new Uri($"/returns/seasons/{home.Season.Id}/list.xlsx", UriKind.Relative), Town.Ct);
        file.StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var content = new MemoryStream(await file.Content.ReadAsByteArrayAsync(Town.Ct));
        using var sheet = Tongxin.Platform.Sheets.SheetReader.Open(content, "list.xlsx").Value;
        var cells = sheet.Rows().SelectMany(r => r.Value.Cells).Select(c => c.Text).ToList();
        cells.ShouldContain("赵*");
        cells.ShouldContain("***2001");
        cells.ShouldContain("139****1111");
        cells.ShouldNotContain("钱*");
        cells.ShouldNotContain("赵敏");
        (await home.App.ReadAsync(db => db.Set<JournalEntry>().CountAsync(j => j.Action == "access.return.exported", Town.Ct))).ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Season_DraftThatSaysTooLittle_IsRefused(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        var good = Homecoming.Draft(town);

        (await OpenAsync(good with { Title = " " })).ShouldBe("returns.title-missing");
        (await OpenAsync(good with { GateName = null })).ShouldBe("returns.gate-missing");
        (await OpenAsync(good with { LastDay = Homecoming.First.AddDays(-1) })).ShouldBe("returns.days-wrong");
        (await OpenAsync(good with { FirstDay = Town.Today.AddDays(-1) })).ShouldBe("returns.days-wrong");
        (await OpenAsync(good with { Lanes = 0 })).ShouldBe("returns.lanes-wrong");
        (await OpenAsync(good with { SlotMinutes = 7 })).ShouldBe("returns.lanes-wrong");
        (await OpenAsync(good with { Closes = new TimeOnly(8, 20) })).ShouldBe("returns.hours-wrong");
        (await OpenAsync(good with { EditionId = "none" })).ShouldBe("returns.edition-unknown");
        (await OpenAsync(good with { PlaceId = Tongxin.Platform.Ids.New() })).ShouldBe("returns.place-unknown");
        (await OpenAsync(good)).ShouldBeNull();

        Task<string?> OpenAsync(SeasonDraft draft) => town.App.CallAsync(async (KeepSeasons k) => await k.OpenAsync(draft, town.Office, Town.Ct) is { IsFailure: true } refused ? refused.Error.Code : null);
    }
}
