using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Modules.Tests.Access;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Screening.Contracts;
using Tongxin.Screening.SiteChecks;
using Tongxin.Screening.SiteChecks.Data;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Screening;

/// <summary>Order on site: ticked once for each thing and slot, taken back, only where one works.</summary>
public sealed class SiteCheckTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Tick_TwiceAtOnce_IsOneAndIsTakenBack(Provider provider)
    {
        await using var town = await PlannedAsync(provider);
        var slot = (await SlotsAsync(town))[0].From;

        var ticked = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => TickAsync(town, slot, SiteCheckItem.Queue)));
        (await TickAsync(town, slot, SiteCheckItem.Waste)).IsFailure.ShouldBeFalse();

        ticked.ShouldAllBe(r => !r.IsFailure);
        var first = (await SlotsAsync(town))[0];
        first.Ticks.Keys.Order().ShouldBe([SiteCheckItem.Queue, SiteCheckItem.Waste]);
        first.Ticks[SiteCheckItem.Queue].At.ShouldBe(town.App.Clock.GetUtcNow());

        (await town.App.CallAsync((KeepSiteChecks k) => k.ClearAsync(town.Site, slot, SiteCheckItem.Queue, town.Office, Ct))).IsFailure.ShouldBeFalse();
        (await SlotsAsync(town))[0].Ticks.Keys.ShouldBe([SiteCheckItem.Waste]);
        (await town.App.JournalAsync("screening.check.ticked")).Count.ShouldBe(2);
        (await town.App.JournalAsync("screening.check.cleared")).ShouldHaveSingleItem();
    }

    [Theory, BothProviders]
    public async Task Tick_NoSuchSlotItemOrSite_IsRefused(Provider provider)
    {
        await using var town = await PlannedAsync(provider);
        var slot = (await SlotsAsync(town))[0].From;
        var elsewhere = town.App.ActorOf(Roles.Sampler, ScopeKind.Place, Ids.New());

        (await TickAsync(town, slot.AddMinutes(1), SiteCheckItem.Queue)).Error.Code.ShouldBe("site-checks.slot");
        (await TickAsync(town, slot, (SiteCheckItem)9)).Error.Code.ShouldBe("site-checks.not-found");
        (await town.App.CallAsync((KeepSiteChecks k) => k.TickAsync(town.Site, slot, SiteCheckItem.Queue, elsewhere, Ct))).Error.Code.ShouldBe("site-checks.not-found");
        (await town.App.CallAsync((KeepSiteChecks k) => k.ListAsync(town.Site, elsewhere, Ct))).ShouldBeNull();
        (await town.App.ReadAsync(db => db.Set<SiteCheck>().CountAsync(Ct))).ShouldBe(0);
    }

    [Fact]
    public async Task Page_ForTheSampler_TicksAndSaysWhen()
    {
        await using var town = await PlannedAsync(Provider.Sqlite);
        using var sampler = await town.App.SignInAsAsync(Roles.Sampler);

        var page = await sampler.OpenAsync($"/testing/sites/{town.Site}/checks");
        page.One("main").TextContent.ShouldContain("单向通道，排队间隔 1 米");

        var ticked = await page.SubmitAsync("form[action$='/checks/tick']");

        ticked.One("main").TextContent.ShouldContain("1 / 5");
        ticked.All("form[action$='/checks/clear']").Count.ShouldBe(1);
        using var none = await sampler.Http.GetAsync(new Uri($"/testing/sites/{Ids.New()}/checks", UriKind.Relative), Ct);
        none.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<TestingTown> PlannedAsync(Provider provider)
    {
        var town = await TestingTown.BuildAsync(provider);
        (await town.App.CallAsync((ITestingDesk d) => d.PlanRoundAsync(town.Round, town.Office, Ct))).IsFailure.ShouldBeFalse();
        return town;
    }

    private static async Task<IReadOnlyList<CheckedSlot>> SlotsAsync(TestingTown town) =>
        (await town.App.CallAsync((KeepSiteChecks k) => k.ListAsync(town.Site, town.Office, Ct)))!.Value.Slots;

    private static Task<Core.Common.Result> TickAsync(TestingTown town, DateTimeOffset slot, SiteCheckItem item) =>
        town.App.CallAsync((KeepSiteChecks k) => k.TickAsync(town.Site, slot, item, town.Office, Ct));
}
