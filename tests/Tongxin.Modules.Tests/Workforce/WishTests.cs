using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Common;
using Tongxin.Modules.Tests.People;
using Tongxin.People.Data;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Processes;
using Tongxin.TestKit.Web;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Rosters;
using Tongxin.Workforce.Wishes;
using Xunit;

namespace Tongxin.Modules.Tests.Workforce;

/// <summary>意愿: asked for before the solve, said on a phone, weighed by the solver, seen by the office.</summary>
public sealed class WishTests
{
    private static readonly DateOnly Tuesday = RosterTown.Monday.AddDays(1);

    [Theory, BothProviders]
    public async Task Wishes_AskedForAndSaidOnAPhone_AreSeenByTheOffice(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider);
        var roster = await town.RosterAsync([await town.PostAsync("北门", "three")]);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        using var helper = await SignInAsync(town, town.Helpers[0]);
        (await helper.OpenAsync("/duties/wishes")).Text.ShouldContain("现在没有要填的意愿");

        (await (await office.OpenAsync($"/rosters/{roster}/wishes")).SubmitAsync("#window form[action$='/open']", ("closes", "2022-04-10T20:00"))).Text.ShouldContain("已开始征集");

        (await helper.OpenAsync("/duties")).Text.ShouldContain("填写意愿：四月值班");
        var form = (await helper.OpenAsync("/duties/wishes")).Form("main form[action*='/duties/wishes/']");
        form.Set(WishParts.Field(RosterTown.Monday, null), "off").Set(WishParts.Field(Tuesday, null), "on").Set(WishParts.Field(Tuesday, new WishSpan(1320, 480)), "off");
        (await helper.SubmitAsync(form)).Text.ShouldContain("意愿已提交");
        (await helper.OpenAsync("/duties")).Text.ShouldContain("已填 3 项");

        var seen = await office.OpenAsync($"/rosters/{roster}/wishes");
        seen.Text.ShouldContain("1 人填写");
        seen.Text.ShouldContain("22:00–06:00 希望休息");
        (await office.OpenAsync($"/rosters/{roster}/board")).Text.ShouldContain("愿休");
        (await office.OpenAsync($"/rosters/{roster}/cell?p=0&d=0")).Text.ShouldContain("希望休息");
    }

    [Theory, BothProviders]
    public async Task Solve_WithWishes_MeetsThemAndEndsTheAsking(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider);
        var post = await town.PostAsync("北门", "none");
        await town.ShiftAsync(post, 480, 480, needed: 3);
        var roster = await town.RosterAsync([post], days: 2);
        (await AskAsync(town, roster)).ShouldBeNull();
        // Three would rather rest on Monday and serve on Tuesday, three the other way round.
        for (var i = 0; i < 6; i++)
            (await SayAsync(town, roster, town.Helpers[i], Wish(RosterTown.Monday, i >= 3), Wish(Tuesday, i < 3))).ShouldBeNull();

        using var office = await town.App.SignInAsAsync(Roles.Office);
        var job = await (await office.OpenAsync($"/rosters/{roster}")).SubmitAsync("form[action$='/solve']");
        job = await Glance.UntilWithoutAsync(office, job.Address.AbsolutePath, ".progress-box[hx-get]");

        var ground = await town.GroundAsync(roster);
        var figures = RosterFigures.Of(ground).Wishes;
        (figures.People, figures.All, figures.Met).ShouldBe((6, 12, 12));
        RosterFigures.Of(ground).Scores.Where(s => s.Rule.StartsWith("wish", StringComparison.Ordinal)).ShouldAllBe(s => s.Points == 0);
        (await SayAsync(town, roster, town.Helpers[0], Wish(Tuesday, false))).ShouldBe("duties.wishes.closed");
        (await office.OpenAsync($"/rosters/{roster}")).Text.ShouldContain("满足 12/12");
    }

    [Theory, BothProviders]
    public async Task Wishes_OfStrangersLateOnesAndOtherDays_AreRefusedOrLeftOut(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider);
        var roster = await town.RosterAsync([await town.PostAsync("北门", "three")], people: [town.Helpers[0].Id]);
        (await SayAsync(town, roster, town.Helpers[0], Wish(Tuesday, true))).ShouldBe("duties.wishes.closed");
        (await town.CodeAsync((AskWishes a) => a.OpenAsync(roster, "2020-01-01T20:00", town.Office, Town.Ct))).ShouldBe("rosters.wishes.closes");
        (await town.CodeAsync((AskWishes a) => a.OpenAsync(roster, "morgen", town.Office, Town.Ct))).ShouldBe("rosters.wishes.closes");
        (await AskAsync(town, roster)).ShouldBeNull();

        (await SayAsync(town, roster, town.Helpers[1], Wish(Tuesday, true))).ShouldBe("duties.wishes.closed");
        (await SayAsync(town, roster, town.Helpers[0], Wish(Tuesday.AddDays(9), true), new TypedWish(Tuesday, 7, 9, true), Wish(Tuesday, true), Wish(Tuesday, false))).ShouldBeNull();
        (await town.App.ReadAsync(db => db.Set<DutyWish>().SingleAsync())).ShouldSatisfyAllConditions(w => w.Day.ShouldBe(Tuesday), w => w.IsOn.ShouldBeTrue());

        // Said again: what was said before is over.
        (await SayAsync(town, roster, town.Helpers[0], Wish(RosterTown.Monday, false))).ShouldBeNull();
        (await town.App.ReadAsync(db => db.Set<DutyWish>().SingleAsync())).Day.ShouldBe(RosterTown.Monday);
        town.App.Clock.Set(CampusCalendar.At(RosterTown.Monday.AddDays(-1), new TimeOnly(20, 0)));
        (await SayAsync(town, roster, town.Helpers[0], Wish(Tuesday, true))).ShouldBe("duties.wishes.closed");
    }

    [Theory, BothProviders]
    public async Task Wishes_SentTwiceAtOnce_AreKeptOnce(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider);
        var roster = await town.RosterAsync([await town.PostAsync("北门", "three")]);
        (await AskAsync(town, roster)).ShouldBeNull();

        var said = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => SayAsync(town, roster, town.Helpers[0], Wish(Tuesday, true), Wish(RosterTown.Monday, false)))));

        said.ShouldAllBe(s => s == null);
        (await town.App.ReadAsync(db => db.Set<DutyWish>().CountAsync())).ShouldBe(2);
    }

    [Theory, BothProviders]
    public async Task Asking_OutOfScopeOrOfAPublishedRoster_IsRefused(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider, helpers: 12);
        var roster = await town.RosterAsync([await town.PostAsync("北门", "three")]);
        var stranger = town.App.ActorOf(Roles.Office, ScopeKind.Place, town.Town.West.Id);
        (await town.CodeAsync((AskWishes a) => a.OpenAsync(roster, "2022-04-10T20:00", stranger, Town.Ct))).ShouldBe("rosters.not-found");
        (await town.SolveAsync(roster)).IsFailure.ShouldBeFalse();
        (await town.PublishAsync(roster)).ShouldBeNull();
        (await AskAsync(town, roster)).ShouldBe("rosters.not-draft");
        var next = await town.App.CallAsync((MakeRoster m) => m.NextAsync(roster, town.Office, Town.Ct));
        (await AskAsync(town, next.Value)).ShouldBe("rosters.wishes.too-late");
        using var helper = await SignInAsync(town, town.Helpers[0]);
        (await helper.OpenAsync($"/rosters/{roster}/wishes")).Status.ShouldNotBe(HttpStatusCode.OK);
    }

    private static TypedWish Wish(DateOnly day, bool on) => new(day, DutyWish.WholeDay, 0, on);

    private static Task<string?> AskAsync(RosterTown town, Guid roster) =>
        town.CodeAsync((AskWishes a) => a.OpenAsync(roster, "2022-04-10T20:00", town.Office, Town.Ct));

    private static async Task<string?> SayAsync(RosterTown town, Guid roster, Person person, params TypedWish[] wishes)
    {
        var series = (await town.RosterOf(roster)).SeriesId;
        var actor = new Actor(Guid.CreateVersion7(), person.Id, person.Name, null, []);
        return await town.CodeAsync((MyWishes w) => w.SaveAsync(series, wishes, actor, Town.Ct));
    }

    private static Task<Visitor> SignInAsync(RosterTown town, Person person) => town.App.SignInAsAsync(null, ScopeKind.Everything, null, person.Id);
}
