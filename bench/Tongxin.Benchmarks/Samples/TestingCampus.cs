using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tongxin.Benchmarks.Import;
using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Contracts;
using Tongxin.Host;
using Tongxin.People.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Devices;
using Tongxin.Screening.Contracts;
using Tongxin.Screening.Sites.Data;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Processes;

namespace Tongxin.Benchmarks.Samples;

/// <summary>A table of the round with the phone that stands on it.</summary>
internal sealed record PhoneTable(Guid Site, Guid Table, string Token);

/// <summary>
/// The demo university in a PostgreSQL as an installation runs it: a round for everybody, opened, planned and let begin, and the real program
/// serving it.
/// </summary>
internal sealed class TestingCampus : IAsyncDisposable
{
    private const int Sites = 12, TablesEach = 4, RatePerHour = 120, RehearsalPeople = 2_400;

    private readonly OwnPostgres _cluster = OwnPostgres.Start();
    private readonly string _data = Directory.CreateTempSubdirectory("tongxin-bench-").FullName;
    private readonly WebApplication _desk;
    private HostProcess? _host;

    private TestingCampus()
    {
        Connection = _cluster.NewDatabase();
        Settings = ["--Tongxin:Database=postgres", $"--Tongxin:Connection={Connection}", $"--Tongxin:Data={_data}"];
        _desk = HostProgram.Build(Settings, builder => builder.Logging.ClearProviders());
    }

    public string Connection { get; }
    public string[] Settings { get; }
    public Guid Round { get; private set; }
    public IReadOnlyList<PhoneTable> Tables { get; private set; } = [];

    /// <summary>Everybody who is to be sampled, in the order of doors.</summary>
    public IReadOnlyList<Guid> People { get; private set; } = [];

    /// <summary>A round of its own for the first minute of the program, with some people of it.</summary>
    public (Guid Round, IReadOnlyList<Guid> People) Rehearsal { get; private set; } = (default, []);

    /// <summary>The frozen roll: people of each cell and place, and those who are excused.</summary>
    public IReadOnlyDictionary<(Guid Cell, Guid Place), int> Roll { get; private set; } = new Dictionary<(Guid, Guid), int>();

    public int Excused { get; private set; }
    public double OpenSeconds { get; private set; }
    public double PlanSeconds { get; private set; }

    /// <summary>The serving program.</summary>
    public HostProcess Host => _host ?? throw new InvalidOperationException("Not started.");

    public static async Task<TestingCampus> StartAsync(CancellationToken ct)
    {
        var campus = new TestingCampus();
        await HostProgram.MigrateAsync(campus._desk.Services, ct);
        await campus.OpenAsync(ct);
        await campus.SettleAsync(ct);
        campus._host = await HostProcess.ServeToMeasureAsync(campus.Settings);
        return campus;
    }

    /// <summary>Asks a contract of the product, beside the serving program.</summary>
    public async Task<T> AskAsync<TService, T>(Func<TService, Task<T>> ask) where TService : notnull
    {
        await using var scope = _desk.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public async ValueTask DisposeAsync()
    {
        _host?.Dispose();
        await _desk.DisposeAsync();
        _cluster.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private async Task OpenAsync(CancellationToken ct)
    {
        using (var file = PopulationFile.Open())
        {
            var imported = await AskAsync((IPopulationImport i) => i.ImportAsync(file, PopulationFile.Name, completeRoll: false, campus: null, Actor.System, ct));
            if (imported.IsFailure) throw new InvalidOperationException(imported.Error.Code);
        }
        var campuses = (await AskAsync((IPlaces p) => p.ListAsync(ct))).Where(p => p.Kind == PlaceKind.Campus).ToList();
        var sites = new Dictionary<Guid, Guid>();
        for (var i = 0; i < Sites; i++)
        {
            var at = campuses[i % campuses.Count].Id;
            sites[Must(await AskAsync((ITestingDesk d) => d.AddSiteAsync(new NewTestingSite($"采样点{i + 1}", at, null, TablesEach) { RatePerHour = RatePerHour }, Actor.System, ct)))] = at;
        }

        var starts = TimeProvider.System.GetUtcNow().AddMinutes(1);
        var began = Stopwatch.GetTimestamp();
        Round = Must(await AskAsync((ITestingDesk d) => d.OpenRoundAsync(new NewTestingRound("全员核酸检测", starts, starts.AddHours(12), 10, [.. sites.Keys]), Actor.System, ct)));
        OpenSeconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        began = Stopwatch.GetTimestamp();
        var planned = await AskAsync((ITestingDesk d) => d.PlanRoundAsync(Round, Actor.System, ct));
        PlanSeconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        if (planned.IsFailure) throw new InvalidOperationException(planned.Error.Code);
        var begun = await AskAsync((ITestingDesk d) => d.StartRoundAsync(Round, "压力测试", Actor.System, ct));
        if (begun.IsFailure) throw new InvalidOperationException(begun.Error.Code);

        People = [.. (await AskAsync((IRounds r) => r.TargetsAsync(new TargetQuery(Round, TargetStatus.Outstanding, Take: int.MaxValue), RoundReach.All, ct))).Rows.Select(t => t.Id)];
        var figures = await AskAsync((IRounds r) => r.FiguresAsync(Round, RoundReach.All, ct));
        Roll = figures.GroupBy(f => (f.CellId, f.PlaceId)).ToDictionary(g => g.Key, g => g.Sum(f => f.Count));
        Excused = figures.Where(f => f.Status == TargetStatus.Excused).Sum(f => f.Count);
        Tables = await EnrolAsync(sites, ct);
        var rehearsal = Must(await AskAsync((ITestingDesk d) => d.OpenRoundAsync(new NewTestingRound("试采", starts, starts.AddHours(12), 10, [.. sites.Keys]), Actor.System, ct)));
        Rehearsal = (rehearsal, [.. People.Take(RehearsalPeople)]);
    }

    /// <summary>An account for each table, with the campus as its reach.</summary>
    private Task<IReadOnlyList<PhoneTable>> EnrolAsync(Dictionary<Guid, Guid> sites, CancellationToken ct) => AskAsync(async (TongxinDb db) =>
    {
        var now = TimeProvider.System.GetUtcNow();
        var tables = new List<PhoneTable>();
        foreach (var table in db.Set<SiteTable>().Where(t => sites.Keys.Contains(t.SiteId)).ToList())
        {
            var name = $"clerk{tables.Count}";
            var clerk = new Account { Id = Ids.New(), UserName = name, NormalizedUserName = name.ToUpperInvariant(), DisplayName = name, SecurityStamp = name, CreatedAt = now };
            db.AddRange(clerk, Grant.Give(clerk.Id, Roles.Sampler, ScopeKind.Place, sites[table.SiteId], now.AddDays(-1), null, "bench"));
            var (device, token) = Device.Enrol(clerk.Id, $"phone {tables.Count}", DeviceKind.Phone, clerk.SecurityStamp, now, TimeSpan.FromHours(24));
            db.Add(device);
            tables.Add(new PhoneTable(table.SiteId, table.Id, token));
        }
        db.Record(Actor.System, "bench.arranged", "bench", null);
        await db.CommitAsync(ct);
        return (IReadOnlyList<PhoneTable>)tables;
    });

    /// <summary>Does at once what the database would do in the background over the next minutes.</summary>
    private async Task SettleAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(Connection);
        await connection.OpenAsync(ct);
        foreach (var word in (string[])["VACUUM ANALYZE", "CHECKPOINT"])
        {
            await using var command = new NpgsqlCommand(word, connection) { CommandTimeout = 120 };
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private static T Must<T>(Result<T> done) => done.IsFailure ? throw new InvalidOperationException(done.Error.Code) : done.Value;
}
