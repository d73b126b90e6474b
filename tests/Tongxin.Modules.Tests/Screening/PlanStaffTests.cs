using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Common;
using Tongxin.Core.Sampling;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Journal;
using Tongxin.Screening.Contracts;
using Tongxin.Screening.Plans;
using Tongxin.Screening.Plans.Data;
using Tongxin.Screening.Sites;
using Tongxin.Screening.Sites.Data;
using Tongxin.TestKit.Databases;
using Tongxin.Workforce.Contracts;
using Xunit;

namespace Tongxin.Modules.Tests.Screening;

/// <summary>The staff of a published plan stands in the rosters as posts with shifts; the next plan changes them in place.</summary>
public sealed class PlanStaffTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Publish_APlan_MakesPostsWithItsShifts(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);

        await PublishAsync(town);

        var (sight, body) = await FindAsync(town);
        sight.IsFed.ShouldBeTrue();
        sight.Fed.Posts.Select(p => p.Name).Order(StringComparer.Ordinal).ShouldBe(
            new[] { "点长", "采样员", "录入员", "秩序", "引导", "打包", "备班" }.Select(w => $"南门采样点 {w}").Order(StringComparer.Ordinal));
        sight.Fed.Posts.Sum(p => p.Shifts.Sum(s => s.Needed)).ShouldBe(body.Plan.Staff.Sum(n => n.Needed));
        var site = await town.App.ReadAsync(db => db.Set<TestingSite>().AsNoTracking().SingleAsync(Ct));
        site.LeadPostId.ShouldBe(Post(sight, SamplingPost.SiteLead).Id);
        site.ClerkPostId.ShouldBe(Post(sight, SamplingPost.Clerk).Id);
        (await town.App.ReadAsync(db => db.Set<SitePost>().Select(p => p.PostId).ToListAsync(Ct))).ShouldContain(Post(sight, SamplingPost.Sampler).Id);
    }

    [Theory, BothProviders]
    public async Task Feed_SaidAgain_ChangesNothing(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        await PublishAsync(town);
        var before = await CountsAsync(town);
        var journal = await town.App.ReadAsync(db => db.Set<JournalEntry>().CountAsync(j => j.Action == "workforce.staff.fed", Ct));

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => FeedAsync(town), Ct)));

        answers.ShouldAllBe(a => a == null);
        (await CountsAsync(town)).ShouldBe(before);
        (await town.App.ReadAsync(db => db.Set<JournalEntry>().CountAsync(j => j.Action == "workforce.staff.fed", Ct))).ShouldBe(journal);
    }

    [Theory, BothProviders]
    public async Task Replan_AfterASiteCloses_TakesItsShiftsOffAndKeepsThePosts(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider, entrances: 4, opened: false);
        var other = (await town.App.CallAsync((ITestingDesk d) => d.AddSiteAsync(new NewTestingSite("北门采样点", town.Estate.Buildings[1].Id, null, 2, 1, 1), town.Office, Ct))).Value;
        await town.OpenHereAsync();
        await town.App.AddAsync(Tongxin.Screening.Rounds.Data.TestingRoundSite.Of(town.Round, other));
        await PublishAsync(town);
        var samplers = Post((await FindAsync(town)).Sight, SamplingPost.Sampler, other).Id;

        var changed = await town.App.CallAsync((MakePlan m) => m.ChangedAsync(town.Round, new PlanChange(town.Site, null, null, "停电"), town.Office, Ct));
        await town.App.CallAsync((PublishPlan p) => p.ExecuteAsync(town.Round, changed.Value, town.Office, Ct));

        var (sight, _) = await FindAsync(town);
        sight.IsFed.ShouldBeTrue();
        sight.Fed.Posts.ShouldAllBe(p => p.Key.StartsWith($"testing/{other:N}/", StringComparison.Ordinal));
        Post(sight, SamplingPost.Sampler, other).Id.ShouldBe(samplers);
    }

    [Theory, BothProviders]
    public async Task Rosters_MadeOfThePosts_AreShownWithWhatTheyFill(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        await PublishAsync(town);
        var posts = (await FindAsync(town)).Sight.Fed.Posts;
        var day = CampusCalendar.DayOf(posts[0].Shifts[0].Starts);
        var lead = posts.Single(p => p.Key.EndsWith("SiteLead", StringComparison.Ordinal)).Id;
        var people = town.Estate.Captains.Select(c => c.Id).ToList();

        var roster = await town.App.CallAsync((IRosterDesk d) => d.PublishAsync(new RosterOrder("检测值班", day, 1, [lead], people, 200_000), town.Office, Ct));

        roster.IsFailure.ShouldBeFalse(roster.IsFailure ? roster.Error.Code : null);
        var made = (await FindAsync(town)).Sight.Fed.Rosters.ShouldHaveSingleItem();
        (made.Id, made.IsPublished, made.Filled).ShouldBe((roster.Value, true, made.Needed));
        made.IsCurrent.ShouldBeFalse("the other posts are not in it");
        using var office = await town.App.SignInAsAsync(Roles.Office);
        var page = await office.OpenAsync($"/testing/{town.Round}/plan");
        page.One("#posts").TextContent.ShouldContain("检测值班");
        var link = page.One("#posts a[href^='/rosters/new']").GetAttribute("href") ?? "";
        (await office.OpenAsync(link)).All("input[name=post][checked]").Count.ShouldBe(posts.Count);
    }

    [Theory, BothProviders]
    public async Task Feed_WithoutAPlanOrTheRight_IsNotFound(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);

        (await FeedAsync(town)).ShouldBe("plans.not-found");
        await PublishAsync(town);
        (await FeedAsync(town, town.Estate.Captain(0))).ShouldBe("plans.not-found");
        (await FeedAsync(town, round: Ids.New())).ShouldBe("plans.not-found");
    }

    [Theory, BothProviders]
    public async Task Site_ForSomebodyOnDutyAtAFedPost_IsThere(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        await PublishAsync(town);
        var posts = (await FindAsync(town)).Sight.Fed.Posts;
        var guide = posts.Single(p => p.Key.EndsWith("Guide", StringComparison.Ordinal));
        var person = town.Estate.Captains[0].Id;
        (await town.App.CallAsync((IRosterDesk d) => d.PublishAsync(
            new RosterOrder("检测值班", CampusCalendar.DayOf(guide.Shifts[0].Starts), 1, [guide.Id], [.. town.Estate.Captains.Select(c => c.Id)], 200_000), town.Office, Ct))).IsFailure.ShouldBeFalse();
        town.App.Clock.Advance(guide.Shifts[0].Starts - town.App.Clock.GetUtcNow() + TimeSpan.FromMinutes(1));
        var onDuty = town.App.ActorOf(Roles.OnDuty, ScopeKind.Place, Ids.New(), personId: person);

        var sites = await town.App.CallAsync((SiteSight s) => s.SitesAsync(onDuty, SitePermissions.Read, Ct));

        sites.ShouldHaveSingleItem().Id.ShouldBe(town.Site);
    }

    private static FedPost Post(StaffSight sight, SamplingPost kind, Guid? site = null) =>
        sight.Fed.Posts.Single(p => p.Key.EndsWith($"{(site is { } id ? id.ToString("N") : "")}/{kind}", StringComparison.Ordinal));

    private static async Task PublishAsync(TestingTown town)
    {
        var done = await town.App.CallAsync((ITestingDesk d) => d.PlanRoundAsync(town.Round, town.Office, Ct));
        done.IsFailure.ShouldBeFalse(done.IsFailure ? done.Error.Code : null);
    }

    private static async Task<string?> FeedAsync(TestingTown town, Actor? actor = null, Guid? round = null) =>
        await town.App.CallAsync((FeedStaff f) => f.ExecuteAsync(round ?? town.Round, actor ?? town.Office, Ct)) is { IsFailure: true } no ? no.Error.Code : null;

    private static async Task<(StaffSight Sight, PlanBody Body)> FindAsync(TestingTown town)
    {
        var plan = await town.App.ReadAsync(db => db.Set<RoundPlan>().AsNoTracking().Where(p => p.PublishedAt != null).OrderByDescending(p => p.Number).FirstAsync(Ct));
        var body = plan.Read();
        return (await town.App.CallAsync((FeedStaff f) => f.FindAsync(town.Round, body, Ct)), body);
    }

    private static Task<(int Posts, int Shifts)> CountsAsync(TestingTown town) => town.App.ReadAsync(async db =>
        (await db.Set<Tongxin.Workforce.Data.Post>().CountAsync(Ct), await db.Set<Tongxin.Workforce.Data.ShiftTemplate>().CountAsync(Ct)));
}
