using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Journeys.Harness;
using Tongxin.Journeys.Rounds;
using Tongxin.People.Data;
using Tongxin.Platform.Access;
using Tongxin.Samples;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Tongxin.Workforce.Data;
using Xunit;

namespace Tongxin.Journeys.Newcomer;

/// <summary>A newcomer's first evening: from an empty product to the first door knocked on, and nobody was shown how.</summary>
public sealed class NewcomerJourney(Chromium chromium)
{
    private const int Households = 45;
    private const string UserName = "captain01";
    private const string Password = "knock-on-every-door-7";

    [Theory]
    [InlineData("1280-light", Provider.Sqlite)]
    [InlineData("390-dark", Provider.Postgres)]
    public async Task Newcomer_WithAWorkbook_SendsACaptainToTheFirstDoor(string screen, Provider provider)
    {
        await using var app = await JourneyApp.StartEmptyAsync(provider);
        using var office = await app.SignInAsAsync(Roles.Office);
        using var files = new TempFolder();
        using var workbook = new MemoryStream();
        var place = Samples.DemoEstate.Qinyuan();
        MessyWorkbook.Write(workbook, place, households: Households);

        await Journey.RunAsync(chromium, app, screen, office, async tab =>
        {
            var desk = new FirstOffice(tab);
            await desk.ImportAsync(files.Write("沁园人口台账.xlsx", workbook.ToArray()));
            await desk.OfferAsync(await VolunteersAsync(app, place));
            (await tab.FaultsAsync()).ShouldBeEmpty();

            await desk.ProposeAsync(teams: 2, members: 2);
            (await tab.Page.Locator(".estate-map a").CountAsync()).ShouldBe(2);
            (await tab.FaultsAsync()).ShouldBeEmpty();

            var phone = await CaptainPhoneAsync(app, place);
            var password = await OpenAccountAsync(app, screen, phone);
            var round = await desk.OpenRoundAsync();
            var before = await new RoundDesk(tab).FiguresAsync();
            before.Targets.ShouldBeGreaterThan(10);
            (await tab.FaultsAsync()).ShouldBeEmpty();

            await Journey.RunAsync(chromium, app, "390-light", visitor: null, hand => KnockAsync(hand, password));

            await tab.Page.ReloadAsync();
            var after = await new RoundDesk(tab).FiguresAsync();
            (after.Targets, after.Done, after.Met).ShouldBe((before.Targets, 1, 1));
            (await desk.GapsAsync(round)).ShouldBe(after.Outstanding);
            (await tab.FaultsAsync()).ShouldBeEmpty();
            var ledger = await desk.LedgerAsync(round);
            ledger.Rows.Count.ShouldBe(after.Targets);
            ledger.Count("结果(见面/无人/拒访/空房)", "见面").ShouldBe(1);
        });
    }

    /// <summary>Four grown-ups of the register, two of whom can lead.</summary>
    private static async Task<IReadOnlyList<Volunteer>> VolunteersAsync(TongxinApp app, DemoPlace place)
    {
        var there = (await app.ReadAsync(db => db.Set<Person>().Select(p => p.Name).ToListAsync())).ToLookup(n => n);
        var shared = place.Persons.ToLookup(p => p.Phone);
        var named = place.Persons.ToLookup(p => p.Name);
        return
        [
            .. place.Persons.Take(Households * 4)
                .Where(p => p.Phone is not null && shared[p.Phone].Count() == 1 && named[p.Name].Count() == 1 && there[p.Name].Count() == 1 && p.BirthDate < place.Day.AddYears(-20))
                .Take(4).Select((p, i) => new Volunteer(p.Name, p.Phone ?? "", i < 2)),
        ];
    }

    private static async Task<string> CaptainPhoneAsync(TongxinApp app, DemoPlace place)
    {
        var name = await app.ReadAsync(db =>
            (from m in db.Set<Membership>() join p in db.Set<Person>() on m.PersonId equals p.Id where m.Role == Tongxin.Workforce.Contracts.TeamRole.Captain orderby p.SortKey select p.Name).FirstAsync());
        return place.Persons.Single(p => p.Name == name).Phone ?? "";
    }

    /// <summary>The network centre makes the captain's account; the password is shown once.</summary>
    private async Task<string> OpenAccountAsync(TongxinApp app, string screen, string phone)
    {
        using var centre = await app.SignInAsAsync(Roles.Administrator);
        var password = "";
        await Journey.RunAsync(chromium, app, screen, centre, async tab =>
        {
            await tab.GoAsync("/");
            await tab.MenuAsync("/accounts");
            await tab.FollowAsync("/accounts/new");
            await tab.Page.FillAsync("[name='Form.UserName']", UserName);
            await tab.Page.FillAsync("[name='Form.DisplayName']", "一队队长");
            await tab.Page.FillAsync("[name='Form.Why']", "第一轮敲门");
            await tab.Page.FillAsync("[name='Form.PersonKey']", "13000000000");
            await tab.SubmitAsync();
            (await tab.Page.Locator(".flash.refused").InnerTextAsync()).ShouldContain("学工号");
            await tab.Page.FillAsync("[name='Form.PersonKey']", phone);
            await tab.SubmitAsync();
            password = await tab.Page.InnerTextAsync(".once-password");
            (await tab.FaultsAsync()).ShouldBeEmpty();
        });
        return password;
    }

    /// <summary>First sign-in on a phone, an own password, and the first door.</summary>
    private static async Task KnockAsync(Tab phone, string password)
    {
        await phone.SignInAsync(UserName, password);
        await phone.ArriveAsync("/account/password");
        await phone.Page.FillAsync("[name='Form.Old']", password);
        await phone.Page.FillAsync("[name='Form.New']", Password);
        await phone.Page.FillAsync("[name='Form.Again']", Password);
        await phone.SubmitAsync();
        await phone.ArriveAsync("/doors");
        var list = new PhoneList(phone);
        var doors = await list.WaitingAsync();
        doors.ShouldNotBeEmpty();
        await list.TapAsync(doors[0], "Done");
        (await list.TallyAsync())[0].ShouldBe("1");
        (await phone.FaultsAsync()).ShouldBeEmpty();
    }
}
