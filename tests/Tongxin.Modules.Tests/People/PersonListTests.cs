using System.Net;
using Shouldly;
using Tongxin.People.Data;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.People;

/// <summary>The list of people: search, order, and above all who sees whom.</summary>
public sealed class PersonListTests
{
    [Theory, BothProviders]
    public async Task List_OfficeOfTheWhole_ShowsEverybodyByPinyin(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        using var office = await town.App.SignInAsAsync(Roles.Office);

        var page = await office.OpenAsync("/people");

        page.Texts("#people tbody .p1").ShouldBe(["李雷", "钱多", "王小明", "赵敏"]);
        page.Text.ShouldContain("199****1234");
        page.Html.ShouldNotContain("19900001234");
    }

    [Theory, BothProviders]
    public async Task List_CounsellorOfACollege_ShowsOwnStudentsOnly(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        using var counsellor = await town.App.SignInAsAsync(Roles.Counsellor, ScopeKind.Unit, town.Physics.Id);

        (await counsellor.OpenAsync("/people")).Texts("#people tbody .p1").ShouldBe(["赵敏"]);
        (await counsellor.OpenAsync("/people?q=2022002")).All("#people tbody tr").ShouldBeEmpty();
        (await counsellor.OpenAsync($"/people/{town.Qian.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await counsellor.OpenAsync($"/people/{town.Zhao.Id}")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, BothProviders]
    public async Task List_OfficeOfOneCampus_ShowsItsResidentsOnly(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        using var office = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Place, town.East.Id);

        (await office.OpenAsync("/people")).Texts("#people tbody .p1").ShouldBe(["王小明"]);
        (await office.OpenAsync($"/people/{town.Li.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await office.OpenAsync($"/households/{town.WestHome.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await office.OpenAsync($"/households/{town.EastHome.Id}")).Status.ShouldBe(HttpStatusCode.OK);
        (await office.OpenAsync($"/people/{town.Li.Id}/correct")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await office.OpenAsync($"/people/{town.Li.Id}/reveal")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await office.OpenAsync($"/places/{town.West.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, BothProviders]
    public async Task List_UnitEnded_ShowsNobodyWithTheNextRequest(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        using var counsellor = await town.App.SignInAsAsync(Roles.Counsellor, ScopeKind.Unit, town.Physics.Id);
        await town.App.ReadAsync(async db =>
        {
            (await db.FindAsync<OrganisationUnit>([town.Physics.Id], Town.Ct))!.Close(Town.Today); // made above
            db.Record(Actor.System, "test.arranged", "unit", town.Physics.Id);
            await db.CommitAsync(Town.Ct);
            return 0;
        });

        (await counsellor.OpenAsync("/people")).All("#people tbody tr").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("wxm")]
    [InlineData("1234")]
    [InlineData("3-2-101")]
    [InlineData("３栋２单元１０１")]
    [InlineData("小明")]
    public async Task Search_NameInitialsRoomOrPhoneTail_FindsThePerson(string text)
    {
        await using var town = await Town.BuildAsync(Provider.Sqlite);
        using var office = await town.App.SignInAsAsync(Roles.Office);

        var part = await office.OpenPartAsync($"/people/table?q={Uri.EscapeDataString(text)}");

        part.Texts("tbody .p1").ShouldBe(["王小明"]);
    }

    [Theory, BothProviders]
    public async Task Sort_ByRoom_ShowsEverybodyOnceAndTheHomelessLast(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        // A second home since the same day: still one line.
        await town.App.AddAsync(Residency.Start(town.Wang.Id, town.WestHome.Id, Tongxin.People.Contracts.Relation.Other, null, new DateOnly(2021, 9, 1)));
        using var office = await town.App.SignInAsAsync(Roles.Office);

        var names = (await office.OpenAsync("/people?sort=room")).Texts("#people tbody .p1");

        names.Count.ShouldBe(4);
        names.Distinct().Count().ShouldBe(4);
        names[^1].ShouldBe("赵敏");
    }

    [Theory, BothProviders]
    public async Task Sort_ByRoom_PagesJoinWithoutGapOrRepeat(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        // One room with more people than a page looks back, and two rooms of one address order.
        var many = await town.App.CallAsync((SecretBox box) => Task.FromResult(Enumerable.Range(0, 90)
            .Select(i => Person.Create(Ids.New(), new PersonFacts { Name = $"赵{i:000}" }, box, town.App.Clock.Now)).ToList()));
        await town.App.AddAsync([.. many, .. many.Select((p, i) => Residency.Start(
            p.Id, i < 85 ? town.EastEmpty.Id : town.WestHome.Id, Tongxin.People.Contracts.Relation.Other, null, Town.Today))]);
        using var office = await town.App.SignInAsAsync(Roles.Office);

        foreach (var order in (string[])["sort=room", "sort=-room", "sort=room&q=%E8%B5%B5"])
        {
            var whole = (await office.OpenAsync($"/people?{order}&size=200")).Texts("#people tbody .p1");
            var pages = new List<string>();
            for (var page = 1; page <= 10; page++) pages.AddRange((await office.OpenAsync($"/people?{order}&size=10&page={page}")).Texts("#people tbody .p1"));

            whole.Count.ShouldBe(order.Contains("q=", StringComparison.Ordinal) ? 91 : 94);
            pages.ShouldBe(whole, order);
        }
    }

    [Theory, BothProviders]
    public async Task Filters_PlaceCategoryUnitAndNoRoom_NarrowTheList(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        using var office = await town.App.SignInAsAsync(Roles.Office);

        (await office.OpenAsync($"/people?place={town.West.Id}")).Texts("#people tbody .p1").ShouldBe(["李雷", "钱多"]);
        (await office.OpenAsync("/people?category=Student")).Texts("#people tbody .p1").ShouldBe(["钱多", "赵敏"]);
        (await office.OpenAsync($"/people?unit={town.History.Id}")).Texts("#people tbody .p1").ShouldBe(["钱多"]);
        (await office.OpenAsync("/people?home=none")).Texts("#people tbody .p1").ShouldBe(["赵敏"]);
    }

    [Theory, BothProviders]
    public async Task Care_WithoutTheRight_IsNowhere(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        using var doctor = await town.App.SignInAsAsync(Roles.Doctor);

        // The filter does not exist for the office: the list is the whole list, and tells nothing.
        (await office.OpenAsync("/people?care=Dialysis")).All("#people tbody tr").Count.ShouldBe(4);
        foreach (var address in new[] { "/people", $"/people/{town.Wang.Id}", $"/households/{town.EastHome.Id}" })
            (await office.OpenAsync(address)).Html.ShouldNotContain("血液透析");
        (await office.OpenAsync($"/people/{town.Wang.Id}/care/new")).Status.ShouldNotBe(HttpStatusCode.OK);

        (await doctor.OpenAsync("/people?care=Dialysis")).Texts("#people tbody .p1").ShouldBe(["王小明"]);
        (await doctor.OpenAsync($"/people/{town.Wang.Id}")).Text.ShouldContain("血液透析");
        (await doctor.OpenAsync($"/households/{town.EastHome.Id}")).Text.ShouldContain("血液透析");
    }

    [Theory, BothProviders]
    public async Task Care_Expired_IsGoneFromEveryPage(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        town.App.Clock.Advance(TimeSpan.FromDays(31));
        using var doctor = await town.App.SignInAsAsync(Roles.Doctor);

        (await doctor.OpenAsync("/people?care=any")).All("#people tbody tr").ShouldBeEmpty();
        (await doctor.OpenAsync($"/people/{town.Wang.Id}")).Text.ShouldNotContain("接送透析");
    }

    [Theory, BothProviders]
    public async Task Name_WithMarkup_IsShownAsText(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        var form = await office.OpenAsync($"/people/new?household={town.EastHome.Id}");

        await form.SubmitAsync("main form", ("Form.Name", "<script>alert(1)</script>"));
        var page = await office.OpenAsync($"/households/{town.EastHome.Id}");

        page.All("main script").ShouldBeEmpty();
        page.Text.ShouldContain("<script>alert(1)</script>");
    }
}
