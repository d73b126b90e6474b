using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Shouldly;
using Tongxin.Access.Data;
using Tongxin.Access.Restrictions;
using Tongxin.Journeys.Harness;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform;
using Tongxin.Screening.Booking.Data;
using Tongxin.Screening.Rounds.Data;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Journeys.Field;

/// <summary>
/// A round from the plan to the end of a recheck: the office plans and publishes, two tables sample without a network, the laboratory finds a pool that
/// is not negative, its people are rechecked alone and freed, and what a doctor and a second person did because of the pool is lifted. What a table refuses is in <see cref="TableJourney"/>.
/// </summary>
public sealed class MassTestingJourney(Chromium chromium)
{
    private const string Title = "楼栋核酸检测 第3轮";

    private static readonly byte[] Paper = "%PDF-1.7 pool"u8.ToArray();

    [Fact]
    public async Task Round_FromThePlanToTheLiftedPass()
    {
        await using var house = await FieldHouse.OpenAsync();
        var app = house.App;
        using var office = await app.SignInAsAccountAsync("office");
        using var sampler = await app.SignInAsAccountAsync("sampler");
        using var resident = await app.SignInAsAccountAsync("captain2");
        using var doctor = await app.SignInAsAccountAsync("doctor");
        using var leader = await app.SignInAsAccountAsync("leader");
        var own = await app.ReadAsync(db => (from u in db.Users where u.UserName == "captain2" select u.PersonId).SingleAsync());

        await Journey.RunAsync(chromium, app, "1280-light", office, tab => PlanAsync(tab, app, own.GetValueOrDefault()));
        var round = await app.ReadAsync(db => db.Set<TestingRound>().AsNoTracking().SingleAsync(r => r.Title == Title));

        // Tube A: the resident and a neighbour. Tube B: somebody else.
        var me = (await Called.AllAsync(sampler, round.Id)).Single(p => p.Id == own);
        var others = (await Called.SomeAsync(sampler, 4, round.Id)).Where(p => p.Room != me.Room).Take(2).ToList();
        await using var first = await FieldPhone.OpenAsync(house, sampler);
        await using var second = await FieldPhone.OpenAsync(house, sampler);
        var (one, two) = (new TableHand(first), new TableHand(second));
        await one.SitAsync("南门采样点 1 号台", Title);
        await two.SitAsync("南门采样点 2 号台", Title);
        await first.GoOfflineAsync();
        await second.GoOfflineAsync();
        await one.OpenAsync("A1");
        await one.SampleAsync(me, 1);
        await one.SampleAsync(others[0], 2);
        await one.CloseAsync();
        await two.OpenAsync("B1");
        await two.SampleAsync(others[1], 1);
        await two.CloseAsync();
        await one.ArriveAsync(4);
        await two.ArriveAsync(3);

        await Journey.RunAsync(chromium, app, "1280-light", office, async tab =>
        {
            await PublishAsync(tab, round, ("A1", 10, 2, "阳性"), ("B1", 10, 1, "阴性"));
            await tab.GoAsync($"/testing/{round.Id}/rechecks?show=All");
            (await tab.Page.Locator("main ul.rows li").CountAsync()).ShouldBe(2);
            (await tab.FaultsAsync()).ShouldBeEmpty();
            await LookAsync(tab, app, round);
        });
        // Nobody is positive by a pool.
        await ReadsAsync(chromium, app, resident, "待复核");
        await RestrictAsync(chromium, app, doctor, leader, round, own.GetValueOrDefault());
        await Journey.RunAsync(chromium, app, "390-light", resident, async tab =>
        {
            await tab.GoAsync("/my-pass");
            await tab.Page.WaitForSelectorAsync(".pass-Yellow");
            (await tab.FaultsAsync()).ShouldBeEmpty();
        });

        await first.ToAsync("table", ".tube-none");
        await first.Page.ClickAsync(".tube-kinds .btn:has-text('单人复核')");
        await first.Page.FillAsync("dialog input[name=typed]", "A1");
        await first.Page.ClickAsync("dialog button[type=submit]");
        await one.OpenAsync("R1");
        await one.SampleAsync(me, 1);
        await one.CloseAsync(isFull: true);
        await one.ArriveAsync(7);

        await Journey.RunAsync(chromium, app, "1280-light", office, tab => PublishAsync(tab, round, ("R1", 1, 1, "阴性")));
        await ReadsAsync(chromium, app, resident, "阴性");
        await Journey.RunAsync(chromium, app, "390-light", resident, async tab =>
        {
            await tab.GoAsync("/my-pass");
            // Lifted by the worker, a moment after the single negative.
            while (await tab.Page.Locator(".pass-Green").CountAsync() == 0) await tab.Page.ReloadAsync();
            (await tab.Page.InnerTextAsync("#history")).ShouldContain("复核已结束");
            (await tab.FaultsAsync()).ShouldBeEmpty();
        });
    }

    /// <summary>Who came is counted by slot, on the round's page and on the site's; a file that does not fit waits, and the laboratory is asked.</summary>
    private static async Task LookAsync(Tab tab, TongxinApp app, TestingRound round)
    {
        var come = await app.ReadAsync(db => (from a in db.Set<SlotArrival>() join s in db.Set<Slot>() on a.SlotId equals s.Id where a.RoundId == round.Id select s).FirstAsync());
        foreach (var page in new[] { $"/testing/{round.Id}/slots", $"/testing/{round.Id}/slots/{come.Id}", $"/testing/sites/{come.SiteId}/arrivals" })
        {
            await tab.GoAsync(page);
            (await tab.Page.InnerTextAsync("main")).ShouldContain("到场");
            (await tab.FaultsAsync()).ShouldBeEmpty();
        }

        await UploadAsync(tab, round, ("A1", 10, 9, "阴性"));
        await tab.Page.FillAsync("#contact input[name=whom]", "检验科王主任");
        await tab.Page.ClickAsync("#contact button[type=submit]");
        await tab.Page.WaitForSelectorAsync("#contact ul.rows");
        (await tab.FaultsAsync()).ShouldBeEmpty();
    }

    /// <summary>Because of the pool: asked for by the doctor with a paper, agreed to by somebody of another unit.</summary>
    private static async Task RestrictAsync(Chromium chromium, TongxinApp app, Visitor doctor, Visitor leader, TestingRound round, Guid person)
    {
        // An edition that knows what a recheck means for a pass, later than the one that the demonstration began with.
        app.Clock.Advance(TimeSpan.FromSeconds(5));
        await app.AddAsync(ProtocolPeriod.Start("CN-COVID-9", app.Clock.Now.AddSeconds(-2), Ids.New(), Ids.New(), "混采阳性"));
        await Journey.RunAsync(chromium, app, "1280-light", doctor, async tab =>
        {
            await tab.GoAsync($"/testing/{round.Id}/list?state=outstanding");
            await tab.Page.Locator("a[href$='/lane']").First.ClickAsync();
            await tab.Page.WaitForSelectorAsync("#lane form");
            (await tab.FaultsAsync()).ShouldBeEmpty();
            await tab.GoAsync($"/access/evidence/new?person={person}");
            await tab.Page.SelectOptionAsync("#evidence select[name=kind]", "LabResult");
            await tab.Page.FillAsync("#evidence input[name=reference]", "混采管 A1");
            await tab.Page.SetInputFilesAsync("#evidence input[type=file]", new FilePayload { Name = "pool.pdf", MimeType = "application/pdf", Buffer = Paper });
            await tab.Page.ClickAsync("#evidence button[type=submit]");
            await tab.Page.WaitForURLAsync(url => url.Contains("/access/measures/new", StringComparison.Ordinal));
            await tab.Page.SelectOptionAsync("select[name='Form.Kind']", "Recheck");
            await tab.Page.FillAsync("input[name='Form.Until']", LocalInstant.Write(app.Clock.Now.AddDays(1)));
            await tab.Page.FillAsync("input[name='Form.Basis']", "传染病防治法第三十九条");
            await tab.Page.FillAsync("textarea[name='Form.Least']", "复核结果出来前走专用通道");
            await tab.Page.ClickAsync("main form[method=post] button[type=submit]");
            await tab.Page.WaitForURLAsync(url => url.Contains("show=Proposed", StringComparison.Ordinal));
        });
        await Journey.RunAsync(chromium, app, "1280-light", leader, async tab =>
        {
            await tab.GoAsync("/approvals");
            await tab.Page.ClickAsync("#waiting a.btn-primary");
            await tab.Page.FillAsync("#decide textarea", "材料齐全");
            await tab.Page.ClickAsync("#decide button[value=approve]");
            await tab.Page.WaitForURLAsync(url => url.EndsWith("/approvals", StringComparison.Ordinal));
        });
    }

    /// <summary>What the person reads on a phone.</summary>
    private static Task ReadsAsync(Chromium chromium, TongxinApp app, Visitor resident, string result) => Journey.RunAsync(chromium, app, "390-light", resident, async tab =>
    {
        await tab.GoAsync("/my-tests");
        (await tab.Page.InnerTextAsync($".card:has-text('{Title}') dl")).ShouldContain(result);
        (await tab.FaultsAsync()).ShouldBeEmpty();
    });

    /// <summary>A round of the building of one of its people; planned, looked at, published.</summary>
    private static async Task PlanAsync(Tab tab, TongxinApp app, Guid person)
    {
        var building = await app.ReadAsync(db => (
            from r in db.Set<Residency>()
            join h in db.Set<Household>() on r.HouseholdId equals h.Id
            from p in db.Set<Place>()
            where r.PersonId == person && p.Kind == PlaceKind.Building && h.PlacePath.StartsWith(p.Path)
            select p.Id).FirstAsync());
        await tab.GoAsync("/testing/new");
        await tab.Page.FillAsync("input[name='Form.Title']", Title);
        await tab.Page.CheckAsync($"input[name='Form.Places'][value='{building}']");
        await tab.Page.ClickAsync("main form[method=post] button[type=submit]");
        await tab.Page.WaitForURLAsync(url => !url.EndsWith("/new", StringComparison.Ordinal));
        await tab.GoAsync($"{new Uri(tab.Page.Url).AbsolutePath}/plan");
        await tab.Page.ClickAsync("#make button[type=submit]");
        // A job plans; its page shows the way back when it is done.
        await tab.Page.ClickAsync(".progress-box a.btn-primary");
        await tab.Page.WaitForSelectorAsync("#figures");
        (await tab.FaultsAsync()).ShouldBeEmpty();
        await tab.Page.ClickAsync("a[href='#publish']");
        await tab.Page.ClickAsync("#publish button[type=submit]");
        await tab.Page.Locator("a[href='#publish']").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    /// <summary>The laboratory's file: looked at, then published as a whole.</summary>
    private static async Task PublishAsync(Tab tab, TestingRound round, params (string Tube, int Size, int Members, string Result)[] rows)
    {
        await UploadAsync(tab, round, rows);
        await tab.Page.ClickAsync("a[href='#publish']");
        await tab.Page.ClickAsync("#publish button[type=submit]");
        await tab.Page.Locator("a[href='#publish']").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        (await tab.FaultsAsync()).ShouldBeEmpty();
    }

    private static async Task UploadAsync(Tab tab, TestingRound round, params (string Tube, int Size, int Members, string Result)[] rows)
    {
        var file = new StringBuilder("试管码,轮次,混采数,人数,结果\n");
        foreach (var (tube, size, members, result) in rows) file.Append(CultureInfo.InvariantCulture, $"{tube},{round.Number},{size},{members},{result}\n");
        await tab.GoAsync($"/testing/{round.Id}/lab");
        await tab.Page.SetInputFilesAsync("#upload input[type=file]", new FilePayload { Name = "结果.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(file.ToString()) });
        await tab.Page.ClickAsync("#upload button[type=submit]");
        await tab.Page.WaitForSelectorAsync("#result");
    }
}
