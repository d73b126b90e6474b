using Tongxin.Benchmarks.Import;
using Tongxin.TestKit.Databases;

namespace Tongxin.Benchmarks.Harness;

/// <summary>Every benchmark, in the order of docs/benchmarks.md.</summary>
internal static class All
{
    public static readonly IReadOnlyList<IBenchmark> Benchmarks =
    [
        new ImportBenchmark("import-sqlite", Provider.Sqlite, bar: 4),
        new ImportBenchmark("import-postgres", Provider.Postgres, bar: 5),
    ];
}
