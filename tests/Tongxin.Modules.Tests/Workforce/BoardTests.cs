using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Shouldly;
using Tongxin.Modules.Tests.People;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Rosters;
using Xunit;

namespace Tongxin.Modules.Tests.Workforce;

/// <summary>The board by forms alone, what the drag asks before a drop, the sheet and the letters.</summary>
public sealed class BoardTests
{
    [Theory, BothProviders]
    public async Task Board_WithoutScript_CellThenTargetThenDone(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider);
        var roster = await town.RosterAsync([await town.PostAsync("北门", "three")], days: 3);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        var board = await office.OpenAsync($"/rosters/{roster}/board");
        board.All("#matrix tbody tr").Count.ShouldBe(6);
        board.Texts("#matrix tr.short td").ShouldBe(["−6", "−6", "−6"]);

        var cell = await board.FollowAsync("#matrix tbody tr:nth-child(2) th a");
        var given = await cell.SubmitAsync("#give li:first-child form");
        given.Texts("#turns .what b").ShouldHaveSingleItem().ShouldContain("北门");
        given.Text.ShouldContain("会违反：一天 2 班");

        // Somebody else takes it: unlock, choose, done.
        var unlocked = await given.SubmitAsync("#turns form[action$='/lock']");
        var slot = await unlocked.FollowAsync("#turns a[href*='turn=']");
        slot.Text.ShouldContain("把 队员02 的这一班换给谁");
        var moved = await slot.SubmitAsync("#could li:first-child form");
        moved.Texts("#who .what b").ShouldBe(["队员01"]);
        (await office.OpenAsync($"/rosters/{roster}/board?view=posts")).Texts("#matrix tbody td").Count(t => t == "−1").ShouldBe(1);
        (await office.OpenAsync($"/rosters/{roster}/cell?p=99")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, BothProviders]
    public async Task Targets_OfATurn_SayWhatWouldBreakAndDropMoves(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider);
        var roster = await town.RosterAsync([await town.PostAsync("北门", "three")], days: 3);
        var duties = await town.DutiesAsync(roster);
        // 01 has the first morning; 02 the night before nothing else, 03 is away on the second day.
        await town.AssignAsync(roster, duties[0], town.Helpers[0]);
        await town.AssignAsync(roster, duties[2], town.Helpers[1]);
        await town.App.AddAsync(Unavailability.Of(town.Helpers[2].Id, duties[3].Starts, duties[5].Ends, AbsenceSource.Office));
        var turn = (await town.TurnsAsync(roster)).Single(t => t.DutyId == duties[0].Id);
        using var office = await town.App.SignInAsAsync(Roles.Office);

        (await office.Http.GetAsync(new Uri($"/rosters/{roster}/targets?p=0&d=0&page=0", UriKind.Relative), Town.Ct)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await town.CodeAsync((ChangeTurns c) => c.LockAsync(roster, turn.Id, false, town.Office, Town.Ct))).ShouldBeNull();
        var targets = await office.Http.GetFromJsonAsync<JsonElement>($"/rosters/{roster}/targets?p=0&d=0&page=0", Town.Ct);

        var rows = targets.GetProperty("rows").EnumerateArray().Select(r => r.GetString()!).ToList();
        string Verdict(int row, int day) => rows[row][day] is '.' ? "." : targets.GetProperty("legend").GetProperty(rows[row][day].ToString()).GetString()!;
        (Verdict(0, 0), Verdict(0, 1)).ShouldBe((".", "可以"));
        // A night on Monday: two turns that day, and no rest before Tuesday morning.
        (Verdict(1, 0), Verdict(1, 1), Verdict(1, 2)).ShouldBe(("一天过多", "休息不足", "可以"));
        (Verdict(2, 1), Verdict(3, 1)).ShouldBe(("请假、不宜或另有值班", "可以"));

        var seen = (await town.RosterOf(roster)).Version;
        Task<string?> Drop(int p, int d, int version) => town.CodeAsync((BoardTargets b) => b.DropAsync(roster, turn.Id, p, d, version, town.Office, Town.Ct));
        (await Drop(1, 1, seen)).ShouldBe("rosters.would-break");
        (await Drop(3, 1, seen - 1)).ShouldBe("rosters.changed");
        (await Drop(3, 1, seen)).ShouldBeNull();
        (await town.TurnsAsync(roster)).ShouldContain(t => t.DutyId == duties[3].Id && t.PersonId == town.Helpers[3].Id);
    }

    [Theory, BothProviders]
    public async Task Coverage_ByTheHour_ShowsTheWorstMoment(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider);
        var roster = await town.RosterAsync([await town.PostAsync("北门", "three")], days: 2);
        var duties = await town.DutiesAsync(roster);
        await town.AssignAsync(roster, duties[0], town.Helpers[0]);
        await town.AssignAsync(roster, duties[0], town.Helpers[1]);

        var strip = CoverageStrip.Of(await town.GroundAsync(roster), RosterTown.Monday).Single();

        // 00-06 nothing is planned yet, 06-14 two of two, then nobody.
        strip.Hours.Select(h => (h.Planned, h.Have - h.Needed)).ShouldBe([.. Enumerable.Repeat((false, 0), 6), .. Enumerable.Repeat((true, 0), 8), .. Enumerable.Repeat((true, -2), 10)]);
    }

    [Theory, BothProviders]
    public async Task Sheet_AndLetters_CarryTheVersionOfTheScreen(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider, helpers: 12);
        var gate = await town.PostAsync("北门", "three", f => f with { Task = "查验登记", Contact = "总值班室", Issue = [new IssueItem("N95 口罩", 2)] });
        var leader = await town.PostAsync("带班", "leader");
        var roster = await town.RosterAsync([gate, leader], days: 3);
        (await town.SolveAsync(roster)).IsFailure.ShouldBeFalse();
        using var office = await town.App.SignInAsAsync(Roles.Office);

        var sheet = await office.OpenAsync($"/rosters/{roster}/sheet");
        sheet.Texts(".duty-sheet thead th").ShouldBe(["日期", "星期", "带班领导", "早 06:00–14:00", "中 14:00–22:00", "夜 22:00–06:00"]);
        sheet.All(".duty-sheet tbody tr").Count.ShouldBe(3);
        sheet.Texts(".duty-sheet tbody tr:first-child").Single().ShouldStartWith("4月11日");
        sheet.Text.ShouldContain("2022-04-11 至 2022-04-13 第 1 版");

        var person = (await town.TurnsAsync(roster)).First().PersonId;
        var letters = await office.OpenAsync($"/rosters/{roster}/letters?person={person}");
        letters.All(".letter").ShouldHaveSingleItem().TextContent.ShouldContain("第 1 版");
        letters.Text.ShouldContain("交接班双方签名");
        using var excel = await office.Http.GetAsync(new Uri($"/rosters/{roster}/sheet.xlsx", UriKind.Relative), Town.Ct);
        excel.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await excel.Content.ReadAsByteArrayAsync(Town.Ct)).Length.ShouldBeGreaterThan(2000);
    }

    [Theory, BothProviders]
    public async Task Board_200PeopleFourWeeks_StaysSmall(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider, helpers: 200);
        var post = await town.PostAsync("北门", "none");
        for (var i = 0; i < 3; i++) await town.ShiftAsync(post, from: (6 + (8 * i)) * 60, minutes: 480, needed: 36, night: i == 2);
        var roster = await town.RosterAsync([post], days: 28);
        (await town.SolveAsync(roster)).IsFailure.ShouldBeFalse();
        using var office = await town.App.SignInAsAsync(Roles.Office);

        var times = new List<double>();
        for (var i = 0; i < 12; i++)
        {
            var before = System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime;
            await office.Http.GetByteArrayAsync(new Uri($"/rosters/{roster}/board", UriKind.Relative), Town.Ct);
            times.Add((System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds);
        }

        var page = await office.OpenAsync($"/rosters/{roster}/board");
        var raw = Encoding.UTF8.GetBytes(page.Html);
        using var packed = new MemoryStream();
        await using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true)) await brotli.WriteAsync(raw, Town.Ct);
        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"{provider}: {raw.Length} B raw, {packed.Length} B brotli, {string.Join(' ', times.Order().Select(t => t.ToString("0", CultureInfo.InvariantCulture)))} ms"));
        page.All("#matrix tbody tr").Count.ShouldBe(200);
        raw.Length.ShouldBeLessThan(200_000);
        packed.Length.ShouldBeLessThan(20_000);
    }
}
