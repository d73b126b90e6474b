using System.Diagnostics;
using Tongxin.Benchmarks.Harness;
using Tongxin.TestKit.Gates;

namespace Tongxin.Benchmarks.Scans;

/// <summary>The intake of scans beside two references on the same machine: pgbench inserting the same row, and the same Kestrel doing nothing.</summary>
internal sealed class ScanIntakeBenchmark : IBenchmark
{
    private const int Clients = 256, Devices = 32, Batch = 50;
    private const double OverPgBench = 1.2, OfEmpty = 0.5, BatchOverPgBench = 4;
    private const int SteadyRate = 500, OverloadClients = 400, SyncScans = 3_000, SyncBatch = 500;
    private const double MostP99 = 20, MostSyncSeconds = 20, LeastOverload = 10;

    // A look while working on it: ratios of short rounds.
    private static readonly bool IsQuick = Environment.GetEnvironmentVariable("TONGXIN_BENCH_QUICK") is "1";
    private static readonly int Rounds = IsQuick ? 1 : 5, Seconds = IsQuick ? 5 : 10, WarmUp = IsQuick ? 12 : 30;

    public string Name => "scan-intake";

    public string About => $"Scans by {Clients} connections beside PostgreSQL with fsync and wrk on the same cores: at least {OverPgBench}x pgbench one by one, {BatchOverPgBench}x in batches of {Batch}, {OfEmpty}x the empty handler";

    public async Task<Measurement> RunAsync(CancellationToken ct)
    {
        await using var load = await GateLoad.StartAsync(Devices);
        using var empty = await EmptyPost.StartAsync(ct);
        var (pg, nothing, single, batch, latency) = (new Sample(), new Sample(), new Sample(), new Sample(), new Sample());
        long errors = 0;
        // Until the compiler behind the running programs has nothing more to do: it takes a core for the first half minute.
        await LoadAsync(load, 1, WarmUp, ct);
        await LoadAsync(load, Batch, WarmUp / 2, ct);
        await Wrk.RunAsync(empty.Address, load.Crew.Gate, load.Crew.Tokens, Clients, 1, WarmUp / 2, ct);
        // A day at the gates comes before the storms: millions of rows in a minute leave the database with a vacuum and a checkpoint to do.
        await load.SettleAsync(ct);
        var (steady, steadyPg) = await SteadyAsync(load, ct);
        var sync = await SyncAsync(load, ct);
        for (var round = 0; round < Rounds; round++)
        {
            pg.Add(await PgBench.RunAsync(load.Connection, load.Crew.Gate, Clients, Seconds, ct));
            nothing.Add((await Wrk.RunAsync(empty.Address, load.Crew.Gate, load.Crew.Tokens, Clients, 1, Seconds, ct)).PerSecond);
            var one = await LoadAsync(load, 1, Seconds, ct);
            var many = await LoadAsync(load, Batch, Seconds, ct);
            single.Add(one.PerSecond);
            latency.Add(one.P99);
            batch.Add(many.PerSecond * Batch);
            errors += one.Errors + many.Errors;
            await Console.Error.WriteLineAsync($"  pgbench {pg.At(1):0}/s, empty {nothing.At(1):0}/s, single {one.PerSecond:0}/s (p99 {one.P99:0.0} ms), batch {many.PerSecond * Batch:0}/s, errors {one.Errors + many.Errors}");
        }

        var overload = await OverloadAsync(load, ct);
        var (overPg, ofEmpty, batchOver) = (single.Median / pg.Median, single.Median / nothing.Median, batch.Median / pg.Median);
        var holds = errors == 0 && steady.P99 < MostP99 && sync < MostSyncSeconds
            && overload is { Missing: 0, Wrong: 0, Accepted: > 0 } && overload.Times >= LeastOverload;
        return new Measurement(
            $"the weakest of the three bars, needed over reached; also without errors, p99 at {SteadyRate} scans/s under {MostP99} ms, {SyncScans} scans of a phone in under {MostSyncSeconds} s, and {LeastOverload}x overload without a lost or wrong answer",
            new[] { OverPgBench / overPg, OfEmpty / ofEmpty, BatchOverPgBench / batchOver }.Max(), 1, new Dictionary<string, object>
            {
                ["pgbench, same row, tps"] = Math.Round(pg.Median),
                ["empty handler, requests/s"] = Math.Round(nothing.Median),
                ["single scans/s"] = Math.Round(single.Median),
                [$"scans/s in batches of {Batch}"] = Math.Round(batch.Median),
                ["single over pgbench"] = Math.Round(overPg, 2),
                ["single over empty handler"] = Math.Round(ofEmpty, 2),
                ["batches over pgbench"] = Math.Round(batchOver, 2),
                [$"p99 of {Clients} connections ms"] = Math.Round(latency.Median, 1),
                ["errors"] = errors,
                [$"p50 at {SteadyRate}/s ms"] = Math.Round(steady.P50, 1),
                [$"p99 at {SteadyRate}/s ms"] = Math.Round(steady.P99, 1),
                [$"pgbench, p50 at {SteadyRate}/s ms"] = Math.Round(steadyPg.P50, 1),
                [$"pgbench, p99 at {SteadyRate}/s ms"] = Math.Round(steadyPg.P99, 1),
                [$"{SyncScans} scans of one phone s"] = Math.Round(sync, 2),
                ["overload, offered over accepted"] = Math.Round(overload.Times, 1),
                ["overload, accepted"] = overload.Accepted,
                ["overload, accepted and missing"] = overload.Missing,
                ["overload, wrong answers"] = overload.Wrong,
            }, holds);
    }

    private static Task<WrkRun> LoadAsync(GateLoad load, int batch, int seconds, CancellationToken ct) =>
        Wrk.RunAsync(load.Scans, load.Crew.Gate, load.Crew.Tokens, Clients, batch, seconds, ct);

    /// <summary>Rounds in turn with pgbench at the same rate: a disk that pauses for everybody is seen in both. The median round of each.</summary>
    private static async Task<((double P50, double P99) Ours, (double P50, double P99) PgBench)> SteadyAsync(GateLoad load, CancellationToken ct)
    {
        List<Sample> ours = [], theirs = [];
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(await SteadyLoad.RunAsync(load.Host.Address, load.Crew, SteadyRate, Seconds, ct));
            theirs.Add(await PgBench.SteadyAsync(load.Connection, load.Crew.Gate, SteadyLoad.Connections, SteadyRate, Seconds, ct));
        }
        return (MedianRound(ours), MedianRound(theirs));

        static (double, double) MedianRound(List<Sample> rounds)
        {
            var (p50, p99) = (new Sample(), new Sample());
            foreach (var round in rounds)
            {
                p50.Add(round.Median);
                p99.Add(round.At(0.99));
            }
            return (p50.Median, p99.Median);
        }
    }

    /// <summary>A phone comes back from 72 hours without a network.</summary>
    private static async Task<double> SyncAsync(GateLoad load, CancellationToken ct)
    {
        using var phone = new ScanClient(load.Host.Address, load.Crew.Gate, load.Crew.Tokens[0]);
        var began = Stopwatch.GetTimestamp();
        for (var sent = 0; sent < SyncScans; sent += SyncBatch)
        {
            var reply = await phone.SendAsync(ScanClient.NewIds(SyncBatch), ct);
            if (reply.Yes.Count != SyncBatch) return double.PositiveInfinity;
        }
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Far more than can be written, by devices that hardly wait when refused.</summary>
    private static async Task<(int Accepted, double Times, int Missing, int Wrong)> OverloadAsync(GateLoad load, CancellationToken ct)
    {
        await using var storm = new ScanStorm(load.Host.Address, load.Crew, OverloadClients, _ => SyncBatch);
        await Task.Delay(TimeSpan.FromSeconds(Seconds), ct);
        var acknowledged = await storm.StopAsync();
        var missing = await ScanTally.MissingAsync(load.Settings, acknowledged);
        return (storm.Accepted, (storm.Accepted + (double)storm.Refused) / storm.Accepted, missing, storm.Wrong + storm.Silent);
    }
}
