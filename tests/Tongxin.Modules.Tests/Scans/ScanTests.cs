using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Access.Gates.Data;
using Tongxin.Access.Scans;
using Tongxin.Access.Scans.Data;
using Tongxin.Modules.Tests.Access;
using Tongxin.Modules.Tests.Devices;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Scans;

/// <summary>What becomes of each scan that a device sends (R1; B2 cases 16, 20, 30, 32).</summary>
public sealed class ScanTests
{
    private const string Path = "/api/v1/access/scans";

    [Theory, BothProviders]
    public async Task Post_FromADevice_IsRecordedOnce(Provider provider)
    {
        await using var desk = await Desk.OpenAsync(provider);
        var (first, second) = (desk.Scan(), desk.Scan());

        // The first request reads the device; the second finds it known and takes the fast lane.
        (await desk.PostAsync(first)).Verdicts.ShouldBe(["recorded"]);
        (await desk.PostAsync(first, second, second)).Verdicts.ShouldBe(["duplicate", "recorded", "duplicate"]);

        var rows = await desk.RowsAsync();
        rows.Count.ShouldBe(2);
        var row = rows.Single(r => r.Id == first.Id);
        (row.GateId, row.Lane, row.Kind, row.Subject, row.Verdict, row.Colour).ShouldBe((desk.Gate, "1", ScanKind.In, ScanSubject.Pass, ScanVerdict.Passed, Core.Protocols.Colour.Green));
        (row.PassRef, row.PermitId, row.Plate, row.ReasonCode).ShouldBe((first.PassRef, null, null, null));
        (row.TemperatureCenti, row.Companions, row.Offline, row.Doubt).ShouldBe((3650, 1, false, null));
        (row.SeenAt, row.ReceivedAt).ShouldBe((desk.App.Clock.Now, desk.App.Clock.Now));
        (row.DeviceId, row.AccountId).ShouldBe((desk.Phone.Id, desk.Guard.AccountId));
        var journal = await desk.App.JournalAsync("access.scans.recorded");
        journal.Count.ShouldBe(2);
        journal.ShouldAllBe(j => j.AccountId == desk.Guard.AccountId && j.Details == $$"""{"count":1,"devices":["{{desk.Phone.Id}}"]}""");
    }

    [Fact]
    public async Task Post_ByAGuardAtAPage_IsRecordedWithoutADevice()
    {
        await using var desk = await Desk.OpenAsync(Provider.Sqlite);

        using var answer = await desk.Guard.Http.PostAsJsonAsync(Path, new { scans = new[] { desk.Scan() } }, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await desk.RowsAsync()).ShouldHaveSingleItem().DeviceId.ShouldBeNull();
    }

    [Theory, BothProviders]
    public async Task Post_WithBadItemsAmongGoodOnes_RefusesThoseAlone(Provider provider)
    {
        await using var desk = await Desk.OpenAsync(provider);
        await desk.PostAsync();
        var good = desk.Scan();

        var answer = await desk.PostAsync(
            good,
            desk.Scan() with { Id = new Guid("11111111-1111-4111-8111-111111111111") },
            desk.Scan() with { Kind = "Sideways" },
            desk.Scan() with { Verdict = null },
            desk.Scan() with { SeenAt = "yesterday" },
            desk.Scan() with { Temperature = 366 },
            desk.Scan() with { Companions = -1 },
            desk.Scan() with { Plate = "京A\u0000" },
            desk.Scan() with { Lane = new string('x', 40) },
            desk.Scan() with { Colour = "Blue" },
            desk.Scan() with { GateId = Ids.New() });

        answer.Verdicts.ShouldBe(["recorded", .. Enumerable.Repeat("refused", 10)]);
        answer.Codes.ShouldBe(
            ["scans.id", "scans.kind", "scans.verdict", "scans.seen-at", "scans.temperature", "scans.companions", "scans.text", "scans.text", "scans.colour", "scans.gate"]);
        answer.Body.GetProperty("results")[10].GetProperty("reason").GetString().ShouldBe("没有这个门岗。");
        (await desk.RowsAsync()).ShouldHaveSingleItem().Id.ShouldBe(good.Id);
    }

    [Fact]
    public async Task Post_AtAGateOutOfReach_IsNotThereUnlessSeenOffline()
    {
        await using var desk = await Desk.OpenAsync(Provider.Sqlite);
        var elsewhere = Gate.Create(new GateFacts { Name = "西门", PlaceId = Ids.New() }, GateState.Guarded, desk.App.Clock.Now);
        await desk.App.AddAsync(elsewhere);

        var online = await desk.PostAsync(desk.Scan() with { GateId = elsewhere.Id });
        var offline = await desk.PostAsync(desk.Scan() with { GateId = elsewhere.Id, Offline = true });

        online.Codes.ShouldBe(["scans.gate"]);
        offline.Verdicts.ShouldBe(["recorded"]);
        (await desk.RowsAsync()).ShouldHaveSingleItem().Doubt.ShouldBe(ScanDoubt.Gate);
    }

    [Theory]
    [InlineData(365)]
    [InlineData(-4000)]
    public async Task Post_FromADeviceWithAWildClock_IsRecordedAndKeptApart(int days)
    {
        await using var desk = await Desk.OpenAsync(Provider.Postgres);
        var at = desk.App.Clock.Now.AddDays(days);

        var answer = await desk.PostAsync(desk.Scan() with { Id = Guid.CreateVersion7(at), SeenAt = at.ToString("O") });

        answer.Verdicts.ShouldBe(["recorded"]);
        (await desk.RowsAsync()).ShouldHaveSingleItem().Doubt.ShouldBe(ScanDoubt.Clock);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"scans\":{}}")]
    [InlineData("{\"scans\":[{]}")]
    [InlineData("{\"scans\":[]} x")]
    public async Task Post_OfNoSuchJson_IsRefusedAsAWhole(string body)
    {
        await using var desk = await Desk.OpenAsync(Provider.Sqlite);

        var (status, code) = await desk.PostTextAsync(body);

        (status, code).ShouldBe((HttpStatusCode.BadRequest, "scans.body"));
    }

    [Fact]
    public async Task Post_OfMoreThanABatch_IsRefusedAsAWhole()
    {
        await using var desk = await Desk.OpenAsync(Provider.Sqlite);

        (await desk.PostAsync([.. Enumerable.Range(0, 500).Select(_ => desk.Scan())])).Verdicts.ShouldAllBe(v => v == "recorded");
        var (status, code) = await desk.PostTextAsync(JsonSerializer.Serialize(new { scans = Enumerable.Range(0, 501).Select(_ => desk.Scan()) }, JsonSerializerOptions.Web));

        (status, code).ShouldBe((HttpStatusCode.BadRequest, "scans.too-many"));
    }

    [Fact]
    public async Task Post_FromADeviceTakenBack_IsRefusedOnBothWays()
    {
        await using var desk = await Desk.OpenAsync(Provider.Sqlite);
        await desk.PostAsync(desk.Scan());

        (await desk.Phone.PostAsync("/api/v1/devices/end")).Status.ShouldBe(HttpStatusCode.NoContent);

        var answer = await desk.Phone.PostAsync(Path, new { scans = new[] { desk.Scan() } });
        (answer.Status, answer.Code).ShouldBe((HttpStatusCode.Unauthorized, "platform.device.revoked"));
    }

    [Theory, BothProviders]
    public async Task Post_WhileTheCommitFails_IsNoYes(Provider provider)
    {
        await using var desk = await Desk.OpenAsync(provider);
        await desk.PostAsync(desk.Scan());
        // At the very end of the transaction, where the inserts have long been answered.
        await desk.App.Database.ExecuteAsync(provider == Provider.Sqlite
            ? "CREATE TRIGGER broken BEFORE INSERT ON platform_journal BEGIN SELECT RAISE(ABORT, 'broken'); END"
            : "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'broken'; END $$; CREATE CONSTRAINT TRIGGER broken AFTER INSERT ON platform_journal DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION broken()");
        var scan = desk.Scan();

        var refused = await desk.Phone.PostAsync(Path, new { scans = new[] { scan } });

        (refused.Status, refused.Code).ShouldBe((HttpStatusCode.ServiceUnavailable, "scans.stopped"));
        (await desk.RowsAsync()).Count.ShouldBe(1);
        await desk.App.Database.ExecuteAsync(provider == Provider.Sqlite ? "DROP TRIGGER broken" : "DROP TRIGGER broken ON platform_journal");
        // Accepted again as soon as the database has answered.
        while ((await desk.Phone.PostAsync(Path, new { scans = new[] { scan } })).Status != HttpStatusCode.OK) await Task.Yield();
        (await desk.RowsAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Months_OnPostgres_TakeWhatLiesInTheRest()
    {
        await using var desk = await Desk.OpenAsync(Provider.Postgres);
        var now = desk.App.Clock.Now;
        await desk.App.CallAsync(async (ScanMonths months) => { await months.MakeAsync(CancellationToken.None); return 0; });
        var later = now.AddMonths(6);

        await desk.PostAsync(desk.Scan() with { Id = Guid.CreateVersion7(now) }, desk.Scan() with { Id = Guid.CreateVersion7(later) });

        (await desk.App.Database.CountAsync($"access_parts.scans_{now:yyyy_MM}")).ShouldBe(1);
        (await desk.App.Database.CountAsync("access_parts.scans_rest")).ShouldBe(1);
        (await desk.App.Database.AskAsync($"SELECT access_scan_month('{later:yyyy-MM-dd}')")).ShouldBe(true);
        (await desk.App.Database.CountAsync("access_parts.scans_rest")).ShouldBe(0);
        (await desk.App.Database.CountAsync($"access_parts.scans_{later:yyyy_MM}")).ShouldBe(1);
        (await desk.RowsAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Months_OnPostgres_GoOnceEmptyAndNotBefore()
    {
        await using var desk = await Desk.OpenAsync(Provider.Postgres);
        var now = desk.App.Clock.Now;
        await desk.App.CallAsync(async (ScanMonths months) => { await months.MakeAsync(CancellationToken.None); return 0; });
        await desk.PostAsync(desk.Scan() with { Id = Guid.CreateVersion7(now) });
        Task<int> Drop() => desk.App.CallAsync((ScanMonths months) => months.DropAsync(CancellationToken.None));

        (await Drop()).ShouldBe(0);
        desk.App.Clock.Advance(TimeSpan.FromDays(120));
        // Of March to July, July is the last month and April holds a scan.
        (await Drop()).ShouldBe(3);
        (await desk.RowsAsync()).Count.ShouldBe(1);
        await desk.App.Database.ExecuteAsync("DELETE FROM access_scans");
        (await Drop()).ShouldBe(1);
        (await desk.App.Database.AskAsync($"SELECT to_regclass('access_parts.scans_{now:yyyy_MM}') IS NULL")).ShouldBe(true);
        (await Drop()).ShouldBe(0);
    }

    [Fact]
    public async Task Months_OnSqlite_AreNothingToDo()
    {
        await using var desk = await Desk.OpenAsync(Provider.Sqlite);

        (await desk.App.CallAsync((ScanMonths months) => months.DropAsync(CancellationToken.None))).ShouldBe(0);
    }

    [Fact]
    public void Reader_OfBytesChangedAnyhow_NeverThrows()
    {
        var good = JsonSerializer.SerializeToUtf8Bytes(new { scans = new[] { new Message(Ids.New(), Ids.New(), "2022-04-06T01:00:00Z"), new Message(Ids.New(), Ids.New(), "x") } }, JsonSerializerOptions.Web);
        var random = new Random(20221122);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = good.ToArray();
            for (var changes = random.Next(1, 6); changes > 0; changes--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            Should.NotThrow(() => ScanReader.Read(bytes.AsSpan(0, random.Next(bytes.Length + 1)), out _));
        }
    }

    /// <summary>A fact as the phone app writes it; strings where a test wants to write nonsense.</summary>
    private sealed record Message(Guid Id, Guid GateId, string SeenAt)
    {
        public string? Lane { get; init; } = "1";
        public string? Kind { get; init; } = "In";
        public string SubjectKind { get; init; } = "Pass";
        public Guid? PassRef { get; init; } = Ids.New();
        public string? Plate { get; init; }
        public string? Verdict { get; init; } = "Passed";
        public string? Colour { get; init; } = "Green";
        public decimal? Temperature { get; init; } = 36.5m;
        public bool Offline { get; init; }
        public int Companions { get; init; } = 1;
    }

    private sealed record Answer(HttpStatusCode Status, JsonElement Body)
    {
        public IReadOnlyList<string?> Verdicts => [.. Body.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("verdict").GetString())];

        public IReadOnlyList<string?> Codes => [.. Body.GetProperty("results").EnumerateArray().Where(r => r.TryGetProperty("code", out _)).Select(r => r.GetProperty("code").GetString())];
    }

    /// <summary>A guard with a phone at one gate of one place.</summary>
    private sealed record Desk(TongxinApp App, Visitor Guard, Phone Phone, Guid Gate) : IAsyncDisposable
    {
        public static async Task<Desk> OpenAsync(Provider provider)
        {
            var app = await TongxinApp.StartAsync(provider);
            var campus = Place.Create(null, PlaceKind.Campus, "沁园", "沁园", "01");
            await app.AddAsync(campus);
            var place = campus.Id;
            var gate = Tongxin.Access.Gates.Data.Gate.Create(new GateFacts { Name = "东门", PlaceId = place }, GateState.Guarded, app.Clock.Now);
            await app.AddAsync(gate);
            var guard = await app.SignInAsAsync(Roles.Guard, ScopeKind.Place, place);
            return new Desk(app, guard, await Phone.EnrolAsync(app, guard), gate.Id);
        }

        public Message Scan() => new(Ids.New(), Gate, App.Clock.Now.ToString("O"));

        public async Task<Answer> PostAsync(params Message[] scans)
        {
            var answer = await Phone.PostAsync(Path, new { scans });
            answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body.ToString());
            return new Answer(answer.Status, answer.Body);
        }

        public async Task<(HttpStatusCode Status, string? Code)> PostTextAsync(string body)
        {
            using var http = App.Anonymous().Http;
            http.DefaultRequestHeaders.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Device", Phone.Token);
            using var answer = await http.PostAsync(new Uri(Path, UriKind.Relative), new StringContent(body, null, "application/json"));
            return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        }

        public Task<List<Scan>> RowsAsync() => App.ReadAsync(db => db.Set<Scan>().AsNoTracking().ToListAsync());

        public async ValueTask DisposeAsync()
        {
            Phone.Dispose();
            Guard.Dispose();
            await App.DisposeAsync();
        }
    }
}
