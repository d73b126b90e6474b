using System.Diagnostics;
using Tongxin.Benchmarks.Harness;
using Tongxin.Core.Passes;
using Tongxin.Core.Tests.Passes;

namespace Tongxin.Benchmarks.Passes;

/// <summary>A million random texts, and as many bent passes: none is accepted, none throws.</summary>
internal sealed class PassFuzzBenchmark : IBenchmark
{
    private const int Texts = 1_000_000, Bent = 200_000;

    public string Name => "pass-fuzz";

    public string About => "1,000,000 random texts and 200,000 bent passes under a good checksum: accepted or thrown";

    public Task<Measurement> RunAsync(CancellationToken ct)
    {
        using var reader = new PassReader(Make.Trust);
        var faults = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var bad = 0;
        var slowest = 0.0;
        var good = Make.Issue();
        foreach (var text in PassFuzz.Texts(seed: 20261122).Take(Texts).Concat(PassFuzz.Mutants(Make.Message(good), seed: 7).Select(Make.Wrap).Where(t => t != good).Take(Bent)))
        {
            ct.ThrowIfCancellationRequested();
            var started = Stopwatch.GetTimestamp();
            try
            {
                if (reader.Read(text, RevocationList.Empty, Make.Now) is PassReading.Refused refused) faults[refused.Fault.ToString()] = faults.GetValueOrDefault(refused.Fault.ToString()) + 1;
                else bad++;
            }
#pragma warning disable CA1031 // Whatever is thrown is what is counted.
            catch (Exception)
#pragma warning restore CA1031
            {
                bad++;
            }

            slowest = Math.Max(slowest, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        var figures = new Dictionary<string, object> { ["texts"] = Texts + Bent, ["accepted or thrown"] = bad, ["slowest ms"] = Math.Round(slowest, 1) };
        foreach (var (fault, count) in faults) figures[fault] = count;
        return Task.FromResult(new Measurement("nothing but a refusal may come out", bad, 0, figures));
    }
}
