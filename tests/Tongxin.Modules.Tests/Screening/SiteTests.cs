using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Sampling;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Screening.Sites;
using Tongxin.Screening.Sites.Data;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Screening;

/// <summary>Sites and tables: made, changed, closed, and not there for who is elsewhere.</summary>
public sealed class SiteTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Site_MadeChangedClosed_KeepsTables(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider, opened: false);
        var facts = new SiteFacts { Name = "北门", PlaceId = town.Estate.Buildings[0].Id };

        var made = await CreateAsync(facts, town.Office);
        (await CreateAsync(facts, town.Office)).Error.Code.ShouldBe("sites.name-taken");
        (await CreateAsync(facts with { Name = "" }, town.Office)).Error.Code.ShouldBe("sites.name");
        (await CreateAsync(facts with { Name = "西门", PlaceId = Guid.Empty }, town.Office)).Error.Code.ShouldBe("sites.place");
        (await CreateAsync(facts with { Name = "西门", QueueRoom = 0 }, town.Office)).Error.Code.ShouldBe("sites.queue-room");
        (await CreateAsync(facts with { Name = "西门", LeadPostId = Ids.New() }, town.Office)).Error.Code.ShouldBe("sites.post");
        (await CreateAsync(facts with { Name = "西门" }, town.App.ActorOf(Roles.Office, ScopeKind.Place, Ids.New()))).Error.Code.ShouldBe("sites.place");

        (await town.App.CallAsync((KeepSites k) => k.AddTableAsync(made.Value, SamplingLane.Home, 80, town.Office, Ct))).Error.Code.ShouldBe("sites.lane");
        (await town.App.CallAsync((KeepSites k) => k.AddTableAsync(made.Value, SamplingLane.Green, 0, town.Office, Ct))).Error.Code.ShouldBe("sites.rate");
        (await town.App.CallAsync((KeepSites k) => k.AddTableAsync(made.Value, SamplingLane.Green, 60, town.Office, Ct))).IsFailure.ShouldBeFalse();
        var tables = await TablesAsync(made.Value);
        tables.Select(t => (t.Number, t.Lane, t.RatePerHour)).ShouldBe([(1, SamplingLane.Normal, 80), (2, SamplingLane.Green, 60)]);
        (await town.App.CallAsync((KeepSites k) => k.CloseTableAsync(made.Value, tables[1].Id, town.Office, Ct))).IsFailure.ShouldBeFalse();
        (await town.App.CallAsync((KeepSites k) => k.CloseTableAsync(made.Value, tables[1].Id, town.Office, Ct))).Error.Code.ShouldBe("sites.not-found");
        (await town.App.CallAsync((KeepSites k) => k.AddTableAsync(made.Value, SamplingLane.Normal, 60, town.Office, Ct))).IsFailure.ShouldBeFalse();
        (await TablesAsync(made.Value)).Max(t => t.Number).ShouldBe(3);

        (await town.App.CallAsync((KeepSites k) => k.ChangeAsync(made.Value, 7, facts, town.Office, Ct))).Error.Code.ShouldBe("sites.changed");
        (await town.App.CallAsync((KeepSites k) => k.ChangeAsync(made.Value, 0, facts with { Spot = "棚下" }, town.Office, Ct))).IsFailure.ShouldBeFalse();
        (await town.App.CallAsync((KeepSites k) => k.CloseAsync(made.Value, town.Office, Ct))).IsFailure.ShouldBeFalse();
        (await town.App.CallAsync((KeepSites k) => k.CloseAsync(made.Value, town.Office, Ct))).Error.Code.ShouldBe("sites.not-found");
        (await CreateAsync(facts, town.Office)).IsFailure.ShouldBeFalse();

        Task<Tongxin.Core.Common.Result<Guid>> CreateAsync(SiteFacts f, Actor actor) => town.App.CallAsync((KeepSites k) => k.CreateAsync(f, [(SamplingLane.Normal, 80)], actor, Ct));
        Task<List<SiteTable>> TablesAsync(Guid site) => town.App.ReadAsync(db => db.Set<SiteTable>().AsNoTracking().Where(t => t.SiteId == site).OrderBy(t => t.Number).ToListAsync(Ct));
    }

    [Theory, BothProviders]
    public async Task Pages_OfSites_AreThereForWhoIsThere(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider, opened: false);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        using var sampler = await town.App.SignInAsAsync(Roles.Sampler, ScopeKind.Place, town.Estate.Buildings[0].Id);
        using var elsewhere = await town.App.SignInAsAsync(Roles.Sampler, ScopeKind.Place, Ids.New());

        (await office.OpenAsync("/testing/sites")).Text.ShouldContain("南门采样点");
        (await office.OpenAsync($"/testing/sites/{town.Site}")).Text.ShouldContain("没有指定点长岗位");
        (await office.OpenAsync($"/testing/sites/{town.Site}/edit")).Text.ShouldContain("候检区");
        (await office.OpenAsync("/testing/new")).Text.ShouldContain("南门采样点");
        (await sampler.OpenAsync($"/testing/sites/{town.Site}")).Text.ShouldContain("南门采样点");
        (await elsewhere.Http.GetAsync(new Uri($"/testing/sites/{town.Site}", UriKind.Relative), Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
