using System.Security.Cryptography;
using Tongxin.Benchmarks.Harness;
using Tongxin.Core.Passes;

namespace Tongxin.Benchmarks.Passes;

/// <summary>What the envelope costs on top of the signature when passes are issued.</summary>
internal sealed class PassIssueBenchmark : IBenchmark
{
    public string Name => "pass-issue";

    public string About => "Issuing passes on one core: time of a pass to that of the bare signature (1.25 is 0.8 of its rate)";

    public Task<Measurement> RunAsync(CancellationToken ct)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var issuer = new PassIssuer(key);
        var passes = Enumerable.Range(0, 64).Select(SamplePass.Of).ToArray();
        var message = new byte[220];
        var signature = new byte[64];
        var next = 0;
        var (bare, ours, ratio) = Pair.Measure(
            () => key.TrySignData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation, out _),
            () => issuer.Issue(passes[next++ & 63]));
        return Task.FromResult(new Measurement("ECDsa.TrySignData on P-256 over as many bytes, in turns", ratio, 1.25, new Dictionary<string, object>
        {
            ["bare signature µs"] = Math.Round(bare, 1),
            ["pass µs"] = Math.Round(ours, 1),
            ["passes a second"] = Math.Round(1e6 / ours),
            ["rate to the bare rate"] = Math.Round(1 / ratio, 3),
            ["characters of a pass"] = issuer.Issue(passes[0]).Length,
        }));
    }
}
