using System.Security.Cryptography;
using Tongxin.Benchmarks.Harness;
using Tongxin.Core.Passes;

namespace Tongxin.Benchmarks.Passes;

/// <summary>What strict reading costs on top of the verification.</summary>
internal sealed class PassVerifyBenchmark : IBenchmark
{
    public string Name => "pass-verify";

    public string About => "Reading passes on one core, with 1,000 revocations: time of a pass to that of the bare verification (1.25 is 0.8 of its rate)";

    public Task<Measurement> RunAsync(CancellationToken ct)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var issuer = new PassIssuer(key);
        var texts = Enumerable.Range(0, 64).Select(i => issuer.Issue(SamplePass.Of(i))).ToArray();
        var revoked = RevocationList.Of("qinyuan", 1, SamplePass.Now, Enumerable.Range(1000, 1000).Select(i => (new Guid(i, 1, 2, new byte[8]), SamplePass.Now.AddDays(1))));
        using var reader = new PassReader(SamplePass.Trust(key));
        var message = new byte[220];
        var signature = key.SignData(message, HashAlgorithmName.SHA256);
        using var publicKey = ECDsa.Create(key.ExportParameters(includePrivateParameters: false));
        int next = 0, wrong = 0;
        var (bare, ours, ratio) = Pair.Measure(
            () => wrong += publicKey.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation) ? 0 : 1,
            () => wrong += reader.Read(texts[next++ & 63], revoked, SamplePass.Now) is PassReading.Valid ? 0 : 1);
        return Task.FromResult(new Measurement("ECDsa.VerifyData on P-256 over as many bytes, in turns", ratio, 1.25, new Dictionary<string, object>
        {
            ["bare verification µs"] = Math.Round(bare, 1),
            ["pass µs"] = Math.Round(ours, 1),
            ["passes a second"] = Math.Round(1e6 / ours),
            ["rate to the bare rate"] = Math.Round(1 / ratio, 3),
            ["wrong answers"] = wrong,
        }, AlsoHolds: wrong == 0));
    }
}
