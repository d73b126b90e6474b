using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Access.Data;
using Tongxin.Access.Gates;
using Tongxin.Access.Gates.Data;
using Tongxin.Access.Gates.Retention;
using Tongxin.Access.Returns;
using Tongxin.Access.Returns.Data;
using Tongxin.Access.Returns.Seasons;
using Tongxin.Core.Common;
using Tongxin.Modules.Tests.Access;
using Tongxin.Modules.Tests.People;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Returns;

/// <summary>By which edition a season decides, how much its gate bears, and that its records go in the end.</summary>
public sealed class SeasonRulesTests
{
    [Theory, BothProviders]
    public async Task Open_WithoutNamingAnEdition_DecidesByTheOneInForce(Provider provider)
    {
        await using var home = await Homecoming.BuildAsync(provider);
        var draft = Homecoming.Draft(home.Town) with { EditionId = null, EditionWhy = null };
        var before = await OpenAsync(home, draft);
        await home.App.AddAsync(ProtocolPeriod.Start("CN-COVID-9", home.App.Clock.Now.AddDays(-1), Ids.New(), Ids.New(), "test"));

        var byDefault = await OpenAsync(home, draft);
        var named = await OpenAsync(home, draft with { EditionId = "CN-COVID-9" });
        var without = await home.App.CallAsync((KeepSeasons k) => k.OpenAsync(draft with { EditionId = KeepSeasons.NoEdition }, home.Town.Office, Town.Ct));
        var other = await home.App.CallAsync((KeepSeasons k) => k.OpenAsync(draft with { EditionId = "ANY-1", EditionWhy = " " }, home.Town.Office, Town.Ct));
        var explained = await OpenAsync(home, draft with { EditionId = "ANY-1", EditionWhy = "区里的要求" });

        (before.EditionId, byDefault.EditionId, named.EditionId, explained.EditionId).ShouldBe((null, "CN-COVID-9", "CN-COVID-9", "ANY-1"));
        (without.Error.Code, other.Error.Code).ShouldBe(("returns.edition-why-missing", "returns.edition-why-missing"));
        (await home.App.JournalAsync("access.return-season.opened")).Single(e => e.SubjectId == explained.Id).Why.ShouldBe("区里的要求");
    }

    [Theory, BothProviders]
    public async Task Open_AtAGateOfTheRegister_TakesItsLanes(Provider provider)
    {
        await using var home = await Homecoming.BuildAsync(provider);
        var office = home.Town.Office;
        async Task<Guid> Gate(string name, Guid place, params Lane[] lanes) =>
            (await home.App.CallAsync((KeepGates k) => k.CreateAsync(new GateFacts { Name = name, PlaceId = place, Lanes = lanes }, GateState.Guarded, home.App.ActorOf(Roles.Office), Town.Ct))).Value;
        var lanes = await Gate("南门", home.Town.East.Id, new Lane("1", 45, LaneDirection.In), new Lane("2", 30, LaneDirection.Both), new Lane("3", 500, LaneDirection.Out));
        var bare = await Gate("小南门", home.Town.East.Id);
        var west = await Gate("西门", home.Town.West.Id);
        var draft = Homecoming.Draft(home.Town) with { GateName = null, SlotMinutes = 30 };

        var season = await OpenAsync(home, draft with { GateId = lanes });
        var typed = await OpenAsync(home, draft with { GateId = bare });
        var elsewhere = await home.App.CallAsync((KeepSeasons k) => k.OpenAsync(draft with { GateId = west }, office, Town.Ct));

        (season.GateName, season.Lanes, season.RatePerHour).ShouldBe(("南门", 2, 75));
        var capacity = await home.App.ReadAsync(db => db.Set<ReturnSlot>().Where(s => s.SeasonId == season.Id).Select(s => s.Capacity).Distinct().ToListAsync(Town.Ct));
        // No more than the lanes bear, with the margin of every slot.
        capacity.ShouldAllBe(c => c <= 75 && c >= 60);
        (typed.GateName, typed.Lanes, typed.RatePerHour).ShouldBe(("小南门", 4, 60));
        elsewhere.Error.Code.ShouldBe("returns.gate-unknown");
    }

    [Theory, BothProviders]
    public async Task Night_ThirtyDaysAfterTheSeason_RecordsGoAndCountsStay(Provider provider)
    {
        await using var home = await Homecoming.BuildAsync(provider);
        await home.DeclareAsync("王小明", "S1");
        await home.DeclareAsync("赵一", "S2", "13900002222");
        var record = await home.RecordAsync("S1");
        (await home.BookAsync(record.Id, (await home.SlotsAsync())[0].Id)).ShouldBeNull();

        home.App.Clock.Set(CampusCalendar.At(home.Season.LastDay.AddDays(ForgetReturns.KeptDays), DeletePassages.At));
        (await home.App.CallAsync((DeletePassages d) => d.RunAsync(Town.Ct)))?.Returns.ShouldBe(0);
        (await home.RecordsAsync()).Count.ShouldBe(2);
        home.App.Clock.Advance(TimeSpan.FromDays(1));
        var night = await home.App.CallAsync((DeletePassages d) => d.RunAsync(Town.Ct));

        night?.Returns.ShouldBe(2);
        (await home.RecordsAsync()).ShouldBeEmpty();
        foreach (var left in new[] { await CountAsync<ReturnEvent>(home), await CountAsync<ReturnRuling>(home), await CountAsync<ReturnNote>(home), await CountAsync<ReturnWait>(home) }) left.ShouldBe(0);
        var season = await home.App.ReadAsync(db => db.Set<ReturnSeason>().SingleAsync(s => s.Id == home.Season.Id, Town.Ct));
        (season.ForgottenDeclared, season.ForgottenCame).ShouldBe((2, 0));
        // The clock that looks after the slot comes late and finds nobody.
        await home.WorkAsync();
        using var office = await home.App.SignInAsAsync(Roles.Office);
        var page = await office.OpenAsync($"/returns/seasons/{season.Id}");
        (page.Status, page.Text.Contains("申报 2 人", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.OK, true));
    }

    private static Task<int> CountAsync<T>(Homecoming home) where T : class => home.App.ReadAsync(db => db.Set<T>().CountAsync(Town.Ct));

    private static async Task<ReturnSeason> OpenAsync(Homecoming home, SeasonDraft draft)
    {
        var opened = await home.App.CallAsync((KeepSeasons k) => k.OpenAsync(draft, home.Town.Office, Town.Ct));
        if (opened.IsFailure) throw new InvalidOperationException(opened.Error.Code);
        return await home.App.ReadAsync(db => db.Set<ReturnSeason>().AsNoTracking().SingleAsync(s => s.Id == opened.Value, Town.Ct));
    }
}
