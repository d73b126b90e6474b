using System.Formats.Cbor;
using System.Text.Json;

namespace Tongxin.Core.Passes.Conformance;

/// <summary>The examples of RFC 8949, Appendix A: what each means, and that writing it again gives the same bytes where it says so.</summary>
public static class CborVectors
{
    /// <summary>The steps they are counted under.</summary>
    public static readonly IReadOnlyList<string> Steps = [Decoded, Written];

    private const string Decoded = "CBOR read", Written = "CBOR written";

    /// <summary>True for the JSON of one example.</summary>
    public static bool Is(JsonElement vector) => vector.ValueKind == JsonValueKind.Object && vector.TryGetProperty("hex", out _) && vector.TryGetProperty("roundtrip", out _);

    /// <summary>The judged steps.</summary>
    public static IReadOnlyList<StepVerdict> Judge(JsonElement vector)
    {
        var bytes = Convert.FromHexString(vector.GetProperty("hex").GetString() ?? "");
        var node = Read(bytes);
        var verdicts = new List<StepVerdict>
        {
            new(Decoded, true, node is not null
                && (!vector.TryGetProperty("decoded", out var decoded) || node.Says(decoded))
                && (!vector.TryGetProperty("diagnostic", out var diagnostic) || node.ToString() == diagnostic.GetString())),
        };
        if (vector.GetProperty("roundtrip").GetBoolean()) verdicts.Add(new StepVerdict(Written, true, node is not null && Write(node).AsSpan().SequenceEqual(bytes)));
        return verdicts;
    }

    private static CborNode? Read(byte[] bytes)
    {
        try
        {
            var reader = new CborReader(bytes, CborConformanceMode.Lax);
            var node = CborNode.Read(reader);
            return reader.BytesRemaining == 0 ? node : null;
        }
        catch (Exception e) when (Sign1.IsMalformed(e))
        {
            return null;
        }
    }

    private static byte[] Write(CborNode node)
    {
        var writer = new CborWriter(CborConformanceMode.Lax);
        node.Write(writer);
        return writer.Encode();
    }
}
