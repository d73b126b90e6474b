using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Passes;
using Tongxin.Core.Protocols;
using Tongxin.Core.Sampling;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Screening.Booking;
using Tongxin.Screening.Booking.Data;
using Tongxin.Screening.Contracts;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Screening;

/// <summary>What a phone carries to a table: its own sites and whoever is called there, by short names and hashed numbers.</summary>
public sealed class TablePackTests
{
    private const string Path = "/api/v1/screening/pack";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Pack_OfASampler_HoldsTheOwnSiteAndWhoIsCalledThere(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        using var sampler = await SamplerAsync(town);

        var pack = await ReadAsync(sampler);

        pack.GetProperty("sites").EnumerateArray().ShouldHaveSingleItem().GetProperty("tables").GetArrayLength().ShouldBe(4);
        var round = pack.GetProperty("rounds").EnumerateArray().ShouldHaveSingleItem();
        (round.GetProperty("id").GetGuid(), round.GetProperty("size").GetInt32(), round.GetProperty("started").GetBoolean()).ShouldBe((town.Round, 10, false));
        var people = round.GetProperty("people").EnumerateArray().ToList();
        people.Count.ShouldBe((await town.BalanceAsync()).Targets);
        var names = await town.App.ReadAsync(db => db.Set<Person>().AsNoTracking().ToDictionaryAsync(p => p.Id, p => p.Name, Ct));
        people.ShouldAllBe(p => p.GetProperty("name").GetString() == ShortName.Of(names[p.GetProperty("id").GetGuid()]));
        people.ShouldAllBe(p => !p.GetProperty("done").GetBoolean() && (p.GetProperty("household").ValueKind == JsonValueKind.Null || p.GetProperty("room").GetString() != ""));
    }

    [Theory, BothProviders]
    public async Task Pack_LeavesOutWhoIsCalledElsewhere_AndBeginsWithWhoIsCalledHere(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider, entrances: 4, opened: false);
        var other = (await town.App.CallAsync((ITestingDesk d) => d.AddSiteAsync(new NewTestingSite("北门采样点", town.Estate.Buildings[1].Id, null, 2), town.Office, Ct))).Value;
        var round = (await town.OpenAsync(r => r with { Sites = [town.Site, other] })).Value;
        using var sampler = await SamplerAsync(town);
        var all = await PeopleAsync(sampler);
        var (here, there) = (all[^3..], all[..5]);
        var from = town.App.Clock.GetUtcNow().AddHours(1);

        await town.App.CallAsync((PublishSlots p) => p.ExecuteAsync(
            round,
            [
                new NewSlot(town.Site, from, from.AddMinutes(30), SamplingLane.Normal, RiskLevel.Low, 10, here),
                new NewSlot(other, from, from.AddMinutes(30), SamplingLane.Normal, RiskLevel.Low, 10, there),
            ], town.Office, Ct));

        var people = await PeopleAsync(sampler);
        people.ShouldBe(all.Except(there), ignoreOrder: true);
        people.Take(3).ShouldBe(here, ignoreOrder: true);
    }

    [Fact]
    public async Task Pack_OfWhoeverIsElsewhereOrAnswersForAll_IsEmpty()
    {
        await using var town = await TestingTown.BuildAsync(Provider.Sqlite);
        using var elsewhere = await town.App.SignInAsAsync(Roles.Sampler, ScopeKind.Place, Ids.New());
        using var office = await town.App.SignInAsAsync(Roles.Office);
        using var guard = await town.App.SignInAsAsync(Roles.Guard);

        foreach (var visitor in (Visitor[])[elsewhere, office])
        {
            var pack = await ReadAsync(visitor);
            pack.GetProperty("sites").GetArrayLength().ShouldBe(0);
            pack.GetProperty("rounds").GetArrayLength().ShouldBe(0);
        }
        using var refused = await guard.Http.GetAsync(new Uri(Path, UriKind.Relative), Ct);
        refused.StatusCode.ShouldNotBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Pack_AskedAgain_IsSentAnewOnlyWhenItSaysSomethingElse()
    {
        await using var town = await TestingTown.BuildAsync(Provider.Sqlite);
        using var sampler = await SamplerAsync(town);
        using var first = await sampler.Http.GetAsync(new Uri(Path, UriKind.Relative), Ct);

        (await AgainAsync(sampler, first.Headers.ETag)).ShouldBe(HttpStatusCode.NotModified);
        await town.OpenAsync(r => r with { Title = "第2轮" });
        (await AgainAsync(sampler, first.Headers.ETag)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Pack_CarriesNoNumber_AndIsRecognisedByIt()
    {
        const string Number = "2021009", Document = "11010119900307123X";
        await using var town = await TestingTown.BuildAsync(Provider.Sqlite, opened: false);
        var home = await town.App.ReadAsync(db => db.Set<Household>().FirstAsync(Ct));
        var id = await town.MoveInAsync(home, new PersonFacts { Name = "陈小明", Category = PersonCategory.Resident, Number = Number, Document = ("ResidentId", Document) });
        await town.OpenHereAsync();
        using var sampler = await SamplerAsync(town);

        var text = await sampler.Http.GetStringAsync(new Uri(Path, UriKind.Relative), Ct);

        text.ShouldNotContain(Number);
        text.ShouldNotContain(Document);
        text.ShouldNotContain("陈小明");
        var pack = JsonDocument.Parse(text).RootElement;
        var salt = pack.GetProperty("salt").GetBytesFromBase64();
        var person = pack.GetProperty("rounds")[0].GetProperty("people").EnumerateArray().Single(p => p.GetProperty("id").GetGuid() == id);
        person.GetProperty("keys").EnumerateArray().Select(k => k.GetString()).ShouldBe(
            [DeviceKeys.Of(salt, "n", Number), DeviceKeys.Of(salt, "d", Document), DeviceKeys.Of(salt, "t", "123x")]);
    }

    [Fact]
    public void Keys_AreWhatThePhoneMakes() => DeviceKeys.Of([.. Enumerable.Range(0, 16).Select(i => (byte)i)], "n", "2021001").ShouldBe("RTzMP+fkOiu9");

    [Fact]
    public async Task Start_NamesTheWorkOfADevice()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var sampler = await app.SignInAsAsync(Roles.Sampler);

        var start = JsonDocument.Parse(await sampler.Http.GetStringAsync(new Uri("/api/v1/access/field/start", UriKind.Relative), Ct)).RootElement;

        start.GetProperty("may").EnumerateArray().Select(m => m.GetString()).ShouldContain("screening.samples.take");
    }

    private static Task<Visitor> SamplerAsync(TestingTown town) => town.App.SignInAsAsync(Roles.Sampler, ScopeKind.Place, town.Estate.Buildings[0].Id);

    private static async Task<Guid[]> PeopleAsync(Visitor sampler) =>
        [.. (await ReadAsync(sampler)).GetProperty("rounds").EnumerateArray().ShouldHaveSingleItem().GetProperty("people").EnumerateArray().Select(p => p.GetProperty("id").GetGuid())];

    private static async Task<JsonElement> ReadAsync(Visitor visitor) => JsonDocument.Parse(await visitor.Http.GetStringAsync(new Uri(Path, UriKind.Relative), Ct)).RootElement;

    private static async Task<HttpStatusCode> AgainAsync(Visitor visitor, EntityTagHeaderValue? tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Path, UriKind.Relative));
        request.Headers.IfNoneMatch.Add(tag ?? throw new InvalidOperationException("The pack has no tag."));
        using var answer = await visitor.Http.SendAsync(request, Ct);
        return answer.StatusCode;
    }
}
