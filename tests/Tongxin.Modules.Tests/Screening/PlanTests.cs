using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tongxin.Core.Protocols;
using Tongxin.Core.Rounds;
using Tongxin.Core.Sampling;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Jobs;
using Tongxin.Platform.Journal;
using Tongxin.Screening.Booking.Data;
using Tongxin.Screening.Contracts;
using Tongxin.Screening.Plans;
using Tongxin.Screening.Plans.Data;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Screening.Sites.Data;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Screening;

/// <summary>Plans of rounds: made from the roll, published to everybody, changed in place, printed.</summary>
public sealed class PlanTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Plan_ARound_CallsEverybodyButThoseAtHomeAndExcused(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider, opened: false);
        var lame = await town.MoveInAsync(town.Estate.Homes[0], new PersonFacts { Name = "李行" }, CareKind.LimitedMobility);
        await town.OpenHereAsync();
        var excused = (await town.PeopleAsync()).First(p => p.Id != lame).Id;
        await town.RecordAsync(town.Fact(excused, OutcomeKind.Excused, reason: "Hospital"));

        var plan = await FreshAsync(town);
        var body = (await PlanAsync(town)).Read();
        body.Plan.Unplaced.ShouldBeEmpty();
        body.Plan.Slots.Sum(s => s.People).ShouldBe(15);
        body.Plan.HomeVisits.Sum(h => h.People).ShouldBe(1);
        body.Units.Select(u => (u.Building, u.Name, u.Doors.Count)).ShouldBe([("1栋", "1单元", 8), ("1栋", "2单元", 8)]);
        (await town.App.ReadAsync(db => db.Set<Slot>().CountAsync(Ct))).ShouldBe(0);

        (await PublishAsync(town, plan)).ShouldBeNull();
        (await PublishAsync(town, plan)).ShouldBe("plans.published");
        var bookings = await town.App.ReadAsync(db => db.Set<SlotBooking>().Where(b => b.RoundId == town.Round && b.SlotId != null).ToListAsync(Ct));
        bookings.Count.ShouldBe(15);
        bookings.ShouldNotContain(b => b.PersonId == lame || b.PersonId == excused);
        var slots = await town.App.ReadAsync(db => db.Set<Slot>().Where(s => s.RoundId == town.Round).ToListAsync(Ct));
        slots.Sum(s => s.Taken).ShouldBe(15);
        slots.ShouldAllBe(s => s.Taken <= s.Capacity);
    }

    [Theory, BothProviders]
    public async Task Plan_WrongRequests_AreRefused(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);

        (await CodeAsync(town, new PlanOptions { Samplers = 0 })).ShouldBe("plans.staff");
        (await CodeAsync(town, new PlanOptions { Breaks = "午饭" })).ShouldBe("plans.line");
        (await CodeAsync(town, new PlanOptions { Breaks = "11:30-12:30 九栋" })).ShouldBe("plans.building");
        (await CodeAsync(town, new PlanOptions { High = "九栋" })).ShouldBe("plans.building");
        (await CodeAsync(town, new PlanOptions(), round: Ids.New())).ShouldBe("plans.not-found");
        (await CodeAsync(town, new PlanOptions(), town.App.ActorOf(Roles.Office, ScopeKind.Place, Ids.New()))).ShouldBe("plans.not-found");
        (await PublishAsync(town, Ids.New())).ShouldBe("plans.not-found");
        (await ChangeAsync(town, new PlanChange(town.Site, null, null, "停电"))).ShouldBe("plans.not-found");
        (await town.App.ReadAsync(db => db.Set<RoundPlan>().CountAsync(Ct))).ShouldBe(0);

        await FreshAsync(town);
        (await ChangeAsync(town, new PlanChange(town.Site, null, null, " "))).ShouldBe("plans.why-missing");
        (await ChangeAsync(town, new PlanChange(null, null, null, "停电"))).ShouldBe("plans.nothing-changed");
        (await ChangeAsync(town, new PlanChange(null, Ids.New(), 0, "慢"))).ShouldBe("plans.rate");
    }

    [Theory, BothProviders]
    public async Task Plan_BreaksAndLevels_AreKept(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider, entrances: 4);
        var starts = CampusCalendarText(town.App.Clock.GetUtcNow().AddHours(1));
        var ends = CampusCalendarText(town.App.Clock.GetUtcNow().AddHours(2));

        await FreshAsync(town, new PlanOptions { Breaks = $"{starts}-{ends} 1栋", Middle = "2栋" });

        var body = (await PlanAsync(town)).Read();
        body.Plan.Unplaced.ShouldBeEmpty();
        var first = body.Units.Where(u => u.Building == "1栋").Select(u => u.Id).ToList();
        body.Plan.Slots.Where(s => first.Contains(s.UnitId)).ShouldAllBe(s => s.Slot >= 2);
        var second = body.Plan.Slots.Where(s => !first.Contains(s.UnitId)).Select(s => (s.SiteId, s.Slot)).ToHashSet();
        body.Plan.Slots.Where(s => first.Contains(s.UnitId)).ShouldAllBe(s => !second.Contains(new(s.SiteId, s.Slot)));
    }

    [Theory, BothProviders]
    public async Task Plan_ABuildingNameOfTwoCampuses_AsksForTheCampus(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider, entrances: 4);
        var west = Place.Create(null, PlaceKind.Campus, "西园", "西园", "02");
        await town.App.AddAsync(west, Place.Create(west, PlaceKind.Building, "1栋", "1", "001"));

        (await CodeAsync(town, new PlanOptions { High = "1栋" })).ShouldBe("plans.ambiguous");
        (await CodeAsync(town, new PlanOptions { Breaks = "00:00-01:00 2栋、1栋" })).ShouldBe("plans.ambiguous");
        (await CodeAsync(town, new PlanOptions { High = "东园 1栋" })).ShouldBe("plans.building");
        await FreshAsync(town, new PlanOptions { High = "沁园 1栋", Middle = "西园1栋、2栋" });
        (await PlanAsync(town)).Read().Units.Select(u => (u.Building, u.Risk)).Distinct().ShouldBe([("1栋", RiskLevel.High), ("2栋", RiskLevel.Middle)]);
    }

    [Theory, BothProviders]
    public async Task Plan_OtherBreaksWhileTheRoundRuns_AreRefusedAndNotDropped(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        (await PublishAsync(town, await FreshAsync(town, new PlanOptions { Middle = "1栋" }))).ShouldBeNull();
        town.App.Clock.Advance(TimeSpan.FromHours(2));

        (await CodeAsync(town, new PlanOptions { High = "1栋" })).ShouldBe("plans.kept");
        (await CodeAsync(town, new PlanOptions { Middle = "1栋", Breaks = "11:30-12:30" })).ShouldBe("plans.kept");
        (await CodeAsync(town, new PlanOptions { Middle = " 1栋\r\n" })).ShouldBeNull();
    }

    [Theory, BothProviders]
    public async Task Publish_ByTwoAtOnce_IsDoneOnceAndJournaled(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var plan = await FreshAsync(town);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => PublishAsync(town, plan), Ct)));

        answers.Order(StringComparer.Ordinal).ShouldBe([null, "plans.published", "plans.published", "plans.published"]);
        (await town.App.ReadAsync(db => db.Set<JournalEntry>().CountAsync(j => j.Action == "screening.plan.published", Ct))).ShouldBe(1);
        var published = await PlanAsync(town);
        (published.PublishedAt is not null, published.Version).ShouldBe((true, 1));
    }

    [Theory, BothProviders]
    public async Task Change_ASiteCloses_MovesItsUnitsAndKeepsTheRest(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider, entrances: 4, opened: false);
        var other = (await town.App.CallAsync((ITestingDesk d) => d.AddSiteAsync(new NewTestingSite("北门采样点", town.Estate.Buildings[1].Id, null, 2, 1, 1), town.Office, Ct))).Value;
        await town.OpenHereAsync();
        await town.App.AddAsync(TestingRoundSite.Of(town.Round, other));
        (await PublishAsync(town, await FreshAsync(town))).ShouldBeNull();
        var before = (await PlanAsync(town)).Read().Plan;
        before.Slots.Select(s => s.SiteId).Distinct().Count().ShouldBe(2);

        (await ChangeAsync(town, new PlanChange(town.Site, null, null, "停电"))).ShouldBeNull();

        var changed = await PlanAsync(town);
        (changed.Number, changed.Why, changed.PublishedAt).ShouldBe((2, "停电", null));
        var after = changed.Read().Plan;
        after.Slots.ShouldAllBe(s => s.SiteId == other);
        after.Slots.Sum(s => s.People).ShouldBe(32);
        after.Moves.ShouldNotBeNull().Moved.ShouldBe(before.Slots.Where(s => s.SiteId == town.Site).Select(s => s.UnitId).Distinct().Count());
        (await PublishAsync(town, changed.Id)).ShouldBeNull();
        (await town.App.ReadAsync(db => db.Set<Slot>().Where(s => s.SiteId == town.Site && s.WithdrawnAt == null).CountAsync(Ct))).ShouldBe(0);

        // A table at half its rate is planned with as well.
        var table = await town.App.ReadAsync(db => db.Set<SiteTable>().Where(t => t.SiteId == other && t.Lane == SamplingLane.Normal).Select(t => t.Id).FirstAsync(Ct));
        (await ChangeAsync(town, new PlanChange(null, table, 40, "慢"))).ShouldBeNull();
        (await PlanAsync(town)).Read().Options.Slow.ShouldBe([new SlowTable(table, 40)]);
    }

    [Theory, BothProviders]
    public async Task Pages_OfPlans_ShowTheOfficeTheDraftAndOthersWhatIsPublished(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        using var captain = await town.Estate.SignInCaptainAsync(0);
        var address = $"/testing/{town.Round}/plan";

        (await office.OpenAsync(address)).Text.ShouldContain("还没有排期");
        (await captain.Http.GetAsync(new Uri(address, UriKind.Relative), Ct)).StatusCode.ShouldNotBe(HttpStatusCode.OK);
        var refused = await office.SubmitAsync((await office.OpenAsync(address)).Form("form[method=post]:has(textarea)").Set("Form.Breaks", "午饭"));
        refused.Text.ShouldContain("看不懂这一行");
        var asked = await office.SubmitAsync((await office.OpenAsync(address)).Form("form[method=post]:has(textarea)").Set("Form.Breaks", ""));
        asked.Address.AbsolutePath.ShouldStartWith("/jobs/");
        (await IsMadeAsync(town, Guid.Parse(asked.Address.Segments[^1]))).ShouldBeTrue("the plan bears the job's id");
        (await office.OpenAsync(address)).Text.ShouldContain("第 1 版，尚未发布");
        (await captain.OpenAsync($"{address}/notice")).Text.ShouldContain("还没有排期");

        await office.SubmitAsync((await office.OpenAsync(address)).Form("form[action$='/publish']"));
        (await office.OpenAsync(address)).Text.ShouldContain("已发布");
        var notice = await captain.OpenAsync($"{address}/notice");
        notice.Text.ShouldContain("1栋");
        notice.Text.ShouldContain("南门采样点");
        (await office.OpenAsync($"/testing/{town.Round}")).Text.ShouldContain("排期");
    }

    [Theory, BothProviders]
    public async Task Job_RunAgainAfterACrash_MakesOnePlan(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var job = Ids.New();
        var asked = new PlanJob(town.Round, new PlanOptions { Samplers = 2 }, null);

        (await RunAsync(town, asked, job)).ShouldBeNull();
        (await RunAsync(town, asked, job)).ShouldBeNull();

        (await PlanAsync(town)).Id.ShouldBe(job);
        (await town.App.ReadAsync(db => db.Set<RoundPlan>().CountAsync(Ct))).ShouldBe(1);
        (await PlanAsync(town)).Read().Options.Samplers.ShouldBe(2);
        (await RunAsync(town, new PlanJob(town.Round, null, new PlanChange(null, null, null, "停电")))).ShouldBe("plans.nothing-changed");
        (await RunAsync(town, new PlanJob(Ids.New(), new PlanOptions(), null))).ShouldBe("plans.not-found");
    }

    [Theory, BothProviders]
    public async Task Job_TriesThePlanOut_AndThePageShowsTheWaits(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        var address = $"/testing/{town.Round}/plan";

        (await RunAsync(town, new PlanJob(town.Round, new PlanOptions(), null))).ShouldBeNull();

        var body = (await PlanAsync(town)).Read();
        var waits = body.Waits.ShouldNotBeNull();
        waits.Sites.Select(s => s.SiteId).ShouldBe([town.Site]);
        waits.Sites.Sum(s => s.Minutes.Count).ShouldBeLessThan(200);
        var worst = waits.Worst().ShouldNotBeNull();
        worst.Minutes.ShouldBeGreaterThanOrEqualTo(waits.Median);
        var page = (await office.OpenAsync(address)).Text;
        page.ShouldContain($"按模拟：一半的人最多等 {waits.Median} 分钟，最久 {worst.Minutes} 分钟（南门采样点");
        page.ShouldNotContain("超过 30 分钟");

        // The next plan has a place where people stand for long: that is said before it is published.
        var slow = body with { Waits = new PlanWaits(4, [new SiteWaits(town.Site, -1, [3, 0, 31])]) };
        await town.App.AddAsync(RoundPlan.Make(Ids.New(), town.Round, 2, slow, null, town.Office.AccountId, town.App.Clock.GetUtcNow()));
        page = (await office.OpenAsync(address)).Text;
        page.ShouldContain("按模拟最久要等 31 分钟（南门采样点");
        page.ShouldContain("超过 30 分钟");

        // Plans of before are shown without.
        await town.App.AddAsync(RoundPlan.Make(Ids.New(), town.Round, 3, body with { Waits = null }, null, town.Office.AccountId, town.App.Clock.GetUtcNow()));
        (await office.OpenAsync(address)).Text.ShouldNotContain("按模拟");
    }

    [Theory, BothProviders]
    public async Task Change_ASiteCloses_IsTriedOutAnew(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider, entrances: 4, opened: false);
        var other = (await town.App.CallAsync((ITestingDesk d) => d.AddSiteAsync(new NewTestingSite("北门采样点", town.Estate.Buildings[1].Id, null, 2, 1, 1), town.Office, Ct))).Value;
        await town.OpenHereAsync();
        await town.App.AddAsync(TestingRoundSite.Of(town.Round, other));
        await FreshAsync(town);
        (await PlanAsync(town)).Read().Waits.ShouldNotBeNull().Sites.Count.ShouldBe(2);

        (await ChangeAsync(town, new PlanChange(town.Site, null, null, "停电"))).ShouldBeNull();

        (await PlanAsync(town)).Read().Waits.ShouldNotBeNull().Sites.Select(s => s.SiteId).ShouldBe([other]);
    }

    [Theory, BothProviders]
    public async Task Ask_WhatIsWrong_IsSaidBeforeAnyJob(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);

        (await town.App.CallAsync((PlanRound p) => p.FreshAsync(town.Round, new PlanOptions { Breaks = "午饭" }, "排期", town.Office, Ct))).Error.Code.ShouldBe("plans.line");
        (await town.App.CallAsync((PlanRound p) => p.ChangedAsync(town.Round, new PlanChange(town.Site, null, null, "停电"), "排期", town.Office, Ct))).Error.Code.ShouldBe("plans.not-found");
        var job = (await town.App.CallAsync((PlanRound p) => p.FreshAsync(town.Round, new PlanOptions(), "排期", town.Office, Ct))).Value;
        (await town.App.CallAsync((IJobs j) => j.FindAsync(job, town.Office, Ct)))?.Kind.ShouldBe(PlanRound.JobKind);
    }

    /// <summary>The worker is real and so is its time: asked again until it is there, never slept blindly.</summary>
    private static async Task<bool> IsMadeAsync(TestingTown town, Guid plan)
    {
        for (var deadline = Environment.TickCount64 + 60_000; Environment.TickCount64 < deadline; await Task.Delay(20, Ct))
            if (await town.App.ReadAsync(db => db.Set<RoundPlan>().AnyAsync(p => p.Id == plan, Ct))) return true;
        return false;
    }

    /// <summary>Does the job as the worker would.</summary>
    private static Task<string?> RunAsync(TestingTown town, PlanJob asked, Guid? id = null) => town.App.InScopeAsync(async services =>
    {
        var job = services.GetServices<IJobHandler>().Single(h => h.Kind == PlanRound.JobKind);
        var done = await job.RunAsync(new JobContext(id ?? Ids.New(), town.Office, (_, _) => Task.CompletedTask), JsonSerializer.Serialize(asked, JsonSerializerOptions.Web), Ct);
        return done.IsFailure ? done.Error.Code : null;
    });

    private static async Task<Guid> FreshAsync(TestingTown town, PlanOptions? options = null) =>
        (await town.App.CallAsync((MakePlan m) => m.FreshAsync(town.Round, options ?? new PlanOptions(), town.Office, Ct))).Value;

    private static async Task<string?> CodeAsync(TestingTown town, PlanOptions options, Actor? actor = null, Guid? round = null) =>
        await town.App.CallAsync((MakePlan m) => m.FreshAsync(round ?? town.Round, options, actor ?? town.Office, Ct)) is { IsFailure: true } no ? no.Error.Code : null;

    private static async Task<string?> ChangeAsync(TestingTown town, PlanChange change) =>
        await town.App.CallAsync((MakePlan m) => m.ChangedAsync(town.Round, change, town.Office, Ct)) is { IsFailure: true } no ? no.Error.Code : null;

    private static async Task<string?> PublishAsync(TestingTown town, Guid plan) =>
        await town.App.CallAsync((PublishPlan p) => p.ExecuteAsync(town.Round, plan, town.Office, Ct)) is { IsFailure: true } no ? no.Error.Code : null;

    private static Task<RoundPlan> PlanAsync(TestingTown town) =>
        town.App.ReadAsync(db => db.Set<RoundPlan>().Where(p => p.RoundId == town.Round).OrderByDescending(p => p.Number).FirstAsync(Ct));

    private static string CampusCalendarText(DateTimeOffset at) => Tongxin.Core.Common.CampusCalendar.Local(at).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
