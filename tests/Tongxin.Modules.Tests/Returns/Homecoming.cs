using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Access.Returns;
using Tongxin.Access.Returns.Areas;
using Tongxin.Access.Returns.Data;
using Tongxin.Access.Returns.Records;
using Tongxin.Access.Returns.Seasons;
using Tongxin.Core.Common;
using Tongxin.Core.Returns;
using Tongxin.Modules.Tests.People;
using Tongxin.Platform.Access;
using Tongxin.Platform.Outbox;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;

namespace Tongxin.Modules.Tests.Returns;

/// <summary>A town whose people come back: a season of three days from 12 April 2022, by edition 9. It is 6 April.</summary>
internal sealed class Homecoming : IAsyncDisposable
{
    public const string Far = "陕西省咸阳市秦都区";
    public const string Street = "陕西省西安市雁塔区小寨路街道";
    public static readonly DateOnly First = new(2022, 4, 12);

    private Homecoming(Town town, ReturnSeason season) => (Town, Season) = (town, season);

    public Town Town { get; }

    public TongxinApp App => Town.App;

    public ReturnSeason Season { get; }

    public Actor Doctor => App.ActorOf(Roles.Doctor);

    public Actor Guard => App.ActorOf(Roles.Guard);

    public static async Task<Homecoming> BuildAsync(Provider provider, int lanes = 4, int rate = 60, string? edition = "CN-COVID-9")
    {
        // Jobs, notices and clocks run when a test says so.
        var town = await Town.BuildAsync(provider, services => services.Remove(services.Single(s => s.ImplementationType == typeof(OutboxService))));
        var opened = await town.App.CallAsync((KeepSeasons k) => k.OpenAsync(Draft(town, lanes, rate, edition), town.Office, Town.Ct));
        return new Homecoming(town, await town.App.ReadAsync(db => db.Set<ReturnSeason>().AsNoTracking().SingleAsync(s => s.Id == opened.Value, Town.Ct)));
    }

    public static SeasonDraft Draft(Town town, int lanes = 4, int rate = 60, string? edition = "CN-COVID-9") =>
        new("春季返校", First, First.AddDays(2), town.East.Id, "东门", lanes, rate, 30, new TimeOnly(8, 0), new TimeOnly(12, 0), edition, EditionWhy: "test");

    public static ReturnJourney Journey(DateOnly? arrives = null, params Stay[] stays) =>
        new(stays.Length > 0 ? stays : [new Stay(new Region(null, Far), new DateOnly(2022, 3, 20), arrives ?? First)], Transport.Train, "G1", arrives ?? First);

    public static Stay In(string place, int from, int to) => new(new Region(null, place), new DateOnly(2022, 4, from), new DateOnly(2022, 4, to));

    public async Task<string> DeclareAsync(string name, string number, string phone = "13900001111", ReturnJourney? journey = null) =>
        (await App.CallAsync((DeclareReturn d) => d.ExecuteAsync(Season.Code, new Declarant(name, number, phone), journey ?? Journey(), Town.Ct))).Value;

    public Task<List<ReturnRecord>> RecordsAsync() => App.ReadAsync(db => db.Set<ReturnRecord>().AsNoTracking().Where(r => r.SeasonId == Season.Id).OrderBy(r => r.CreatedAt).ThenBy(r => r.Number).ToListAsync(Town.Ct));

    public async Task<ReturnRecord> RecordAsync(string number) => (await RecordsAsync()).Single(r => r.Number == number);

    public Task<List<ReturnSlot>> SlotsAsync() => App.ReadAsync(db => db.Set<ReturnSlot>().AsNoTracking().Where(s => s.SeasonId == Season.Id).OrderBy(s => s.Day).ThenBy(s => s.StartMinute).ToListAsync(Town.Ct));

    public async Task<string?> BookAsync(Guid record, Guid slot) =>
        await App.CallAsync((ChangeReturn c) => c.BookAsync(record, slot, ReturnDoer.Self, Town.Ct)) is { IsFailure: true } refused ? refused.Error.Code : null;

    public async Task<Guid> PublishAsync(params string[] rows)
    {
        var csv = "风险区域,行政区划代码,风险等级,起始日期,解除日期\n" + string.Join('\n', rows);
        var uploaded = await App.CallAsync((KeepRiskLists k) => k.UploadAsync(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "areas.csv", "test", Doctor, Town.Ct));
        return uploaded.Value.ListId ?? throw new InvalidOperationException(string.Join(' ', uploaded.Value.Findings.Select(f => f.Error.Code)));
    }

    public async Task ForceAsync(Guid list)
    {
        var forced = await App.CallAsync((Redecide r) => r.PutInForceAsync(list, Doctor, Town.Ct));
        if (forced.IsFailure) throw new InvalidOperationException(forced.Error.Code);
        await WorkAsync();
    }

    /// <summary>Does the jobs, sends the notices and rings the clocks that are due.</summary>
    public async Task WorkAsync()
    {
        var worker = App.Services.GetRequiredService<OutboxWorker>();
        for (var turn = 0; turn < 3; turn++) await worker.RunDueAsync(Town.Ct);
    }

    /// <summary>Every count of a slot or a quota is the number of people who hold it, and nothing is over its limit.</summary>
    public async Task<IReadOnlyList<string>> BrokenCountsAsync()
    {
        var records = await RecordsAsync();
        var slots = await SlotsAsync();
        var quotas = await App.ReadAsync(db => db.Set<ReturnQuota>().AsNoTracking().Where(q => q.SeasonId == Season.Id).ToListAsync(Town.Ct));
        var day = slots.ToDictionary(s => s.Id, s => s.Day);
        return
        [
            .. slots.Where(s => s.Taken != records.Count(r => r.SlotId == s.Id) || s.Taken > s.Capacity).Select(s => $"slot {s.Day} {s.StartMinute}: {s.Taken} of {s.Capacity}, held {records.Count(r => r.SlotId == s.Id)}"),
            .. quotas.Where(q => q.Taken != records.Count(r => r.CollegeId == q.UnitId && r.SlotId is { } id && day[id] == q.Day) || q.Taken > q.Places).Select(q => $"quota {q.Day}: {q.Taken} of {q.Places}"),
        ];
    }

    public ValueTask DisposeAsync() => Town.DisposeAsync();
}
