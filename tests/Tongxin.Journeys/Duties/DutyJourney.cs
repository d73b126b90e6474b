using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Common;
using Tongxin.Journeys.Calls;
using Tongxin.Journeys.Harness;
using Tongxin.People.Data;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Tongxin.Workforce.Data;
using Xunit;

namespace Tongxin.Journeys.Duties;

/// <summary>From the call to the signed handover: the office calls, four apply, a roster is solved and published, two swap, one is stood in for, and the night's hours count themselves.</summary>
public sealed class DutyJourney(Chromium chromium)
{
    private static readonly (string Name, string Number)[] Applicants = [("孙武", "2022901"), ("吴起", "2022902"), ("白起", "2022903"), ("李牧", "2022904")];

    private readonly Dictionary<Guid, Account> _accounts = [];

    [Theory]
    [InlineData("390-light", Provider.Sqlite)]
    [InlineData("1280-light", Provider.Postgres)]
    public async Task Volunteers_CalledForAndRostered_HandOverWithBothSignatures(string screen, Provider provider)
    {
        await using var app = await JourneyApp.StartEmptyAsync(provider);
        var office = await AccountAsync(app, Roles.Office, person: null);
        var (address, post) = ("", "");
        await AsAsync(app, screen, office, async tab => address = await new DutyOffice(tab).CallAsync("校门值守志愿者", 4), "duty-call");
        await ApplyAsync(app, screen, address);
        await AsAsync(app, screen, office, async tab =>
        {
            var desk = new DutyOffice(tab);
            (await desk.AcceptAllAsync()).ShouldContain("录用 4 人");
            post = await desk.PostAsync("东门", ("早", "06:00", "12:00"), ("中", "12:00", "18:00"));
            var roster = await desk.RosterAsync(days: 2);
            await desk.SolveAsync(roster);
            await JudgeAsync(tab, $"duty-solved-{screen}");
            (await desk.PublishAsync()).ShouldContain("已发布");
        }, "duty-published");

        var turns = await TurnsAsync(app);
        turns.Count.ShouldBe(4);
        turns.Select(t => t.Person).Distinct().Count().ShouldBe(4);
        await ConfirmAsync(app, screen, turns);
        await SwapAsync(app, screen, office, turns[0], turns[2]);
        await StandInAsync(app, screen, turns[3]);

        turns = await TurnsAsync(app);
        await NightAsync(app, screen, office, post, turns[0], turns[1]);
    }

    private async Task ApplyAsync(TongxinApp app, string screen, string address)
    {
        var (first, itsNumber) = Applicants[0];
        await using (var tab = await Tab.OpenAsync(chromium.Browser, app, Screen.Of(screen), visitor: null, script: false)) await new Applicant(tab).ApplyAsync(address, first, itsNumber);
        // The others send the same form: one in a browser shows that it can be filled in.
        using var others = app.Anonymous();
        foreach (var (name, number) in Applicants[1..])
        {
            var form = (await others.OpenAsync(address)).Form("main form");
            await others.SubmitAsync(form.Set("Form.Name", name).Set("Form.Number", number).Tick("Form.Consent", "true"));
        }
    }

    private async Task ConfirmAsync(TongxinApp app, string screen, IReadOnlyList<Shift> turns)
    {
        await AsAsync(app, screen, await AccountAsync(app, null, turns[1].Person), async tab =>
        {
            var hand = new HelperHand(tab);
            await hand.OpenAsync();
            await JudgeAsync(tab, $"duty-mine-{screen}");
            (await hand.ConfirmAsync(turns[1].Turn)).ShouldContain("已确认");
        }, "duty-confirmed");
    }

    /// <summary>The first gives the first day's morning for the second day's.</summary>
    private async Task SwapAsync(TongxinApp app, string screen, Account office, Shift one, Shift other)
    {
        await AsAsync(app, screen, await AccountAsync(app, null, one.Person), async tab =>
        {
            var hand = new HelperHand(tab);
            await hand.OpenAsync();
            (await hand.OfferAsync(one.Turn, "那天上午有课")).ShouldContain("换班");
            await JudgeAsync(tab, $"duty-offered-{screen}");
        }, "duty-offer");
        await AsAsync(app, screen, await AccountAsync(app, null, other.Person), async tab =>
        {
            var hand = new HelperHand(tab);
            await hand.OpenAsync();
            (await hand.TakeAsync()).ShouldContain("同意");
        }, "duty-take");
        await AsAsync(app, screen, office, async tab => (await new DutyOffice(tab).AgreeAsync()).ShouldContain("已同意"), "duty-agreed");
        (await TurnsAsync(app))[0].Person.ShouldBe(other.Person);
    }

    /// <summary>Somebody cannot come; whoever is asked says yes.</summary>
    private async Task StandInAsync(TongxinApp app, string screen, Shift turn)
    {
        await AsAsync(app, screen, await AccountAsync(app, null, turn.Person), async tab =>
        {
            var hand = new HelperHand(tab);
            await hand.OpenAsync();
            (await hand.SearchSubstituteAsync(turn.Turn, "发烧")).ShouldContain("找替班");
        }, "duty-cannot");
        var asked = await app.ReadAsync(db => db.Set<SubstituteAsk>().Where(a => a.State == AskState.Waiting).Select(a => a.PersonId).SingleAsync());
        await AsAsync(app, screen, await AccountAsync(app, null, asked), async tab =>
        {
            var hand = new HelperHand(tab);
            await hand.OpenAsync();
            await JudgeAsync(tab, $"duty-asked-{screen}");
            (await hand.StandInAsync()).ShouldContain("现在是您的");
        }, "duty-stand-in");
        (await TurnsAsync(app))[3].Person.ShouldBe(asked);
    }

    private async Task NightAsync(TongxinApp app, string screen, Account office, string post, Shift early, Shift late)
    {
        var wall = "";
        await AsAsync(app, screen, office, async tab => wall = await new DutyOffice(tab).ScreenAsync(post), "duty-screen");
        app.Clock.Set(early.Starts.AddMinutes(-10));
        await CheckInAsync(app, screen, early, wall);
        app.Clock.Set(late.Starts.AddMinutes(-5));
        await CheckInAsync(app, screen, late, wall);
        app.Clock.Set(late.Starts);
        await AsAsync(app, screen, await AccountAsync(app, null, early.Person), async tab =>
        {
            var hand = new HelperHand(tab);
            await hand.OpenAsync();
            (await hand.HandOverAsync(early.Turn)).ShouldContain("签");
            await JudgeAsync(tab, $"duty-given-{screen}");
        }, "duty-given");
        await AsAsync(app, screen, await AccountAsync(app, null, late.Person), async tab =>
        {
            var hand = new HelperHand(tab);
            await hand.OpenAsync();
            (await hand.TakeOverAsync(late.Turn)).ShouldContain("交接完成");
        }, "duty-taken");
        await AsAsync(app, screen, await AccountAsync(app, null, early.Person), async tab =>
        {
            var hand = new HelperHand(tab);
            await hand.OpenAsync();
            var head = await hand.ServiceAsync();
            head.ShouldContain("1 人次");
            head.ShouldContain("6 小时");
            await JudgeAsync(tab, $"duty-service-{screen}");
        }, "duty-service");
        await AsAsync(app, screen, office, async tab =>
        {
            await tab.GoAsync("/");
            await tab.MenuAsync("/service");
            (await tab.Page.InnerTextAsync("#codes")).ShouldContain("2 人次");
            await JudgeAsync(tab, $"duty-service-office-{screen}");
        }, "duty-service-office");
    }

    private async Task CheckInAsync(TongxinApp app, string screen, Shift turn, string wall)
    {
        var code = "";
        await AsAsync(app, "1280-dark", null, async tab =>
        {
            await tab.GoAsync(wall);
            code = await tab.Page.InnerTextAsync(".post-digits");
        }, "duty-wall");
        await AsAsync(app, screen, await AccountAsync(app, null, turn.Person), async tab =>
        {
            var hand = new HelperHand(tab);
            await hand.OpenAsync();
            (await hand.CheckInAsync(turn.Turn, code)).ShouldContain("签到");
        }, "duty-check-in");
    }

    /// <summary>A visit with a cookie of this moment: hours lie between two of them.</summary>
    private async Task AsAsync(TongxinApp app, string screen, Account? account, Func<Tab, Task> visit, string name)
    {
        using var visitor = account is null ? app.Anonymous() : await app.SignInAsync(account);
        await Journey.RunAsync(chromium, app, screen, visitor, visit, name);
    }

    private static async Task JudgeAsync(Tab tab, string picture)
    {
        await Journey.PhotographAsync(tab, picture);
        (await tab.FaultsAsync()).ShouldBeEmpty();
    }

    private async Task<Account> AccountAsync(TongxinApp app, string? role, Guid? person)
    {
        if (_accounts.TryGetValue(person.GetValueOrDefault(), out var known)) return known;
        using var visitor = await app.SignInAsAsync(role, ScopeKind.Everything, null, person);
        return _accounts[person.GetValueOrDefault()] = await app.ReadAsync(db => db.Users.AsNoTracking().SingleAsync(a => a.Id == visitor.AccountId));
    }

    /// <summary>Turns in force, in order of time.</summary>
    private static Task<List<Shift>> TurnsAsync(TongxinApp app) => app.ReadAsync(db => (
        from t in db.Set<Turn>()
        join r in db.Set<Roster>() on t.RosterId equals r.Id
        join d in db.Set<RosterDuty>() on t.DutyId equals d.Id
        where r.State == RosterState.Published
        orderby d.Starts
        select new Shift(t.Id, t.PersonId, d.Starts)).ToListAsync());

    private sealed record Shift(Guid Turn, Guid Person, DateTimeOffset Starts);
}
