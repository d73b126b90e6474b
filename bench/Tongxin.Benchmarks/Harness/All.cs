using Tongxin.Benchmarks.Field;
using Tongxin.Benchmarks.Import;
using Tongxin.Benchmarks.Laboratory;
using Tongxin.Benchmarks.Pages;
using Tongxin.Benchmarks.Passes;
using Tongxin.Benchmarks.Pools;
using Tongxin.Benchmarks.Rostering;
using Tongxin.Benchmarks.Rounds;
using Tongxin.Benchmarks.Samples;
using Tongxin.Benchmarks.Sampling;
using Tongxin.Benchmarks.Scans;
using Tongxin.Benchmarks.Start;
using Tongxin.Benchmarks.Teams;
using Tongxin.TestKit.Databases;

namespace Tongxin.Benchmarks.Harness;

/// <summary>Every benchmark, in the order of docs/benchmarks.md.</summary>
internal static class All
{
    public static readonly IReadOnlyList<IBenchmark> Benchmarks =
    [
        new ImportBenchmark("import-sqlite", Provider.Sqlite, bar: 4),
        new ImportBenchmark("import-postgres", Provider.Postgres, bar: 5),
        new PagesBenchmark("pages-sqlite", Provider.Sqlite),
        new PagesBenchmark("pages-postgres", Provider.Postgres),
        new FirstLoadBenchmark(),
        new RoundExactnessBenchmark(),
        new StartBenchmark(),
        new TeamsBenchmark(),
        new SamplingPlanBenchmark(),
        new DutyRosterBenchmark(),
        new DutyBoardBenchmark(),
        new PassIssueBenchmark(),
        new PassVerifyBenchmark(),
        new PassScanBenchmark(),
        new PassFuzzBenchmark(),
        new ScanIntakeBenchmark(),
        new ScanKillBenchmark(),
        new FieldAppBenchmark(),
        new PoolFoldBenchmark(),
        new SamplesBenchmark(),
        new LaboratoryFileBenchmark(),
        new PositivePoolBenchmark(),
    ];
}
