using Tongxin.Benchmarks.Harness;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Gates;

namespace Tongxin.Benchmarks.Scans;

/// <summary>kill -9 of the program and of PostgreSQL in the middle of an intake, by seeds.</summary>
internal sealed class ScanKillBenchmark : IBenchmark
{
    private static readonly int Seeds = Environment.GetEnvironmentVariable("TONGXIN_BENCH_QUICK") is "1" ? 3 : 50;

    public string Name => "scan-kill";

    public string About => $"kill -9 of the program and of PostgreSQL during intake, {Seeds} seeds each, and of the program on SQLite: every scan answered with yes is there exactly once";

    public async Task<Measurement> RunAsync(CancellationToken ct)
    {
        var (kills, acknowledged, missing, wrong, silent) = (0, 0, 0, 0, 0);
        await using (var load = await GateLoad.StartAsync(4))
        {
            for (var seed = 1; seed <= Seeds; seed++) Count(await ScanKill.OfPostgresAsync(load.Cluster, load.Host, load.Settings, load.Crew, seed));
            load.EndHost();
            for (var seed = 1; seed <= Seeds; seed++) Count(await ScanKill.OfProgramAsync(load.Settings, load.Crew, seed));
        }
        await using (var database = await TestDatabase.CreateUnmigratedAsync(Provider.Sqlite))
        {
            var crew = await GateCrew.ArrangeAsync(database.Arguments, 4);
            for (var seed = 1; seed <= Seeds; seed++) Count(await ScanKill.OfProgramAsync(database.Arguments, crew, seed));
        }

        return new Measurement("no acknowledged scan missing or twice, no wrong answer, taken up again after each kill", missing + wrong + silent, 0, new Dictionary<string, object>
        {
            ["kills"] = kills,
            ["scans acknowledged"] = acknowledged,
            ["acknowledged and not there exactly once"] = missing,
            ["wrong answers"] = wrong,
            ["kills after which nothing was taken"] = silent,
        }, acknowledged > 0);

        void Count(ScanKill kill)
        {
            kills++;
            acknowledged += kill.Acknowledged;
            missing += kill.Missing;
            wrong += kill.Wrong;
            silent += kill.AfterAcknowledged == 0 ? 1 : 0;
        }
    }
}
