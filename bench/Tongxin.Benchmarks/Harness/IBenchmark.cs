namespace Tongxin.Benchmarks.Harness;

/// <summary>Measures one thing that has a bar.</summary>
internal interface IBenchmark
{
    /// <summary>The NAME of <c>./do bench NAME</c>.</summary>
    string Name { get; }

    /// <summary>What is measured, in one sentence of docs/benchmarks.md.</summary>
    string About { get; }

    Task<Measurement> RunAsync(CancellationToken ct);
}
