using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tongxin.Access.FieldPack;
using Tongxin.Access.Gates.Data;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Field;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.FieldPack;

/// <summary>What a phone carries: its own gates and doors, and nothing of others.</summary>
public sealed class FieldPackTests
{
    private const string PackPath = "/api/v1/access/pack";

    [Theory, BothProviders]
    public async Task Pack_OfAGuard_HoldsTheOwnGateAlone(Provider provider)
    {
        using var desk = new PassDesk();
        await using var app = await TongxinApp.StartAsync(provider, services => services.AddSingleton<IPassMatters>(desk));
        var east = NewGate("东门");
        await app.AddAsync(east, NewGate("西门"));
        var everywhere = await ReadAsync(await app.SignInAsAsync(Roles.Guard));
        var nowhere = await ReadAsync(await app.SignInAsAsync(Roles.Guard, ScopeKind.Place, east.PlaceId));

        Names(everywhere).ShouldBe(["东门", "西门"], ignoreOrder: true);
        // The place is not in the register, so nothing lies in it.
        Names(nowhere).ShouldBeEmpty();
        everywhere.GetProperty("protocol").GetProperty("edition").GetString().ShouldBe(desk.Edition?.Id);
        everywhere.GetProperty("protocol").GetProperty("acts").GetProperty("red").GetString().ShouldBe("stop");
        Convert.FromBase64String(everywhere.GetProperty("trust").GetString() ?? "").Length.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task Pack_AskedAgain_IsSentAnewOnlyWhenItSaysSomethingElse()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        await app.AddAsync(NewGate("东门"));
        using var guard = await app.SignInAsAsync(Roles.Guard);
        using var first = await guard.Http.GetAsync(new Uri(PackPath, UriKind.Relative), TestContext.Current.CancellationToken);
        // Within the minute for which the signed lists stand.
        app.Clock.Advance(TimeSpan.FromSeconds(10));

        (await AgainAsync(guard, first.Headers.ETag)).ShouldBe(HttpStatusCode.NotModified);
        await app.AddAsync(NewGate("西门"));
        (await AgainAsync(guard, first.Headers.ETag)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Start_SaysWhetherTheAccountHasWorkForAPhone()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);

        (await StartAsync(await app.SignInAsAsync(Roles.Guard))).ShouldBeTrue();
        (await StartAsync(await app.SignInAsAsync(Roles.Auditor))).ShouldBeFalse();
    }

    [Fact]
    public async Task RoundPack_HoldsTheOwnDoors_AndNoneForWhoeverAnswersForAll()
    {
        await using var app = await TongxinApp.StartDemoAsync(Provider.Sqlite);
        using var captain = await app.SignInAsAccountAsync("captain");
        using var office = await app.SignInAsAccountAsync("office");

        var own = await JsonAsync(captain, "/api/v1/grid/pack");
        var shown = (await captain.OpenAsync("/doors")).All("article.door").Count;
        own.GetProperty("rounds")[0].GetProperty("doors").GetArrayLength().ShouldBe(shown);
        (await JsonAsync(office, "/api/v1/grid/pack")).GetProperty("rounds").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public void PaperCodes_AreTenCharactersThatCheckThemselves()
    {
        var codes = Enumerable.Range(0, 2_000).Select(line => PaperCodes.Of(new DateOnly(2026, 11, 22), line * 521)).ToList();

        codes.Distinct().Count().ShouldBe(codes.Count);
        codes.ShouldAllBe(c => c.Length == 10 && c[0] == 'L');
        PaperCodes.Of(new DateOnly(2026, 11, 22), 7).ShouldBe("L0A50007VT");
    }

    private static Gate NewGate(string name) => Gate.Create(new GateFacts { Name = name, PlaceId = Ids.New(), Lanes = [new Lane("人行", 300, LaneDirection.Both)] }, GateState.Guarded, DateTimeOffset.UnixEpoch);

    private static async Task<JsonElement> ReadAsync(Visitor visitor)
    {
        using (visitor) return await JsonAsync(visitor, PackPath);
    }

    private static async Task<bool> StartAsync(Visitor visitor)
    {
        using (visitor) return (await JsonAsync(visitor, "/api/v1/access/field/start")).GetProperty("allowed").GetBoolean();
    }

    private static async Task<JsonElement> JsonAsync(Visitor visitor, string path) =>
        JsonDocument.Parse(await visitor.Http.GetStringAsync(new Uri(path, UriKind.Relative))).RootElement;

    private static async Task<HttpStatusCode> AgainAsync(Visitor visitor, EntityTagHeaderValue? tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(PackPath, UriKind.Relative));
        request.Headers.IfNoneMatch.Add(tag ?? throw new InvalidOperationException("The pack has no tag."));
        using var answer = await visitor.Http.SendAsync(request);
        return answer.StatusCode;
    }

    private static List<string> Names(JsonElement pack) => [.. pack.GetProperty("gates").EnumerateArray().Select(g => g.GetProperty("name").GetString() ?? "")];
}
