using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Tongxin.Core.Passes.Conformance;

/// <summary>Examples of the COSE working group with one signer ("sign0"), those that must pass and those that must fail.</summary>
public static class CoseVectors
{
    /// <summary>The step they are counted under.</summary>
    public const string Step = "COSE_Sign1";

    /// <summary>True for the JSON of such an example.</summary>
    public static bool Is(JsonElement vector) =>
        vector.ValueKind == JsonValueKind.Object && vector.TryGetProperty("input", out var input) && input.TryGetProperty("sign0", out _) && vector.TryGetProperty("output", out _);

    /// <summary>The verdict; null for keys of a kind that neither passes nor certificates use (EdDSA, hash-based).</summary>
    public static StepVerdict? Judge(JsonElement vector)
    {
        var input = vector.GetProperty("input");
        var signer = input.GetProperty("sign0");
        if (!signer.TryGetProperty("key", out var described) || Text(vector.GetProperty("output"), "cbor") is not { } hex) return null;
        using var key = KeyOf(described);
        if (key is null) return null;
        var expected = !(vector.TryGetProperty("fail", out var fail) && fail.ValueKind == JsonValueKind.True);
        var external = Text(signer, "external") is { } aad ? Convert.FromHexString(aad) : null;
        var plain = Text(input, "plaintext") is { } text ? Encoding.UTF8.GetBytes(text) : Text(input, "plaintext_hex") is { } bytes ? Convert.FromHexString(bytes) : null;
        return new StepVerdict(Step, expected, OpenSign1.Read(Convert.FromHexString(hex))?.IsSignedBy(key, external, plain) == true);
    }

    private static AsymmetricAlgorithm? KeyOf(JsonElement key)
    {
        try
        {
            switch (Text(key, "kty"))
            {
                case "EC" or "EC2" when CurveOf(Text(key, "crv")) is { } curve && Bytes(key, "x") is { } x && Bytes(key, "y") is { } y:
                    return ECDsa.Create(new ECParameters { Curve = curve, Q = new ECPoint { X = x, Y = y } });
                case "RSA" when Bytes(key, "n") is { } modulus && Bytes(key, "e") is { } exponent:
                    return RSA.Create(new RSAParameters { Modulus = modulus, Exponent = exponent });
                default:
                    return null;
            }
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static ECCurve? CurveOf(string? name) => name switch
    {
        "P-256" => ECCurve.NamedCurves.nistP256,
        "P-384" => ECCurve.NamedCurves.nistP384,
        "P-521" => ECCurve.NamedCurves.nistP521,
        _ => null,
    };

    private static byte[]? Bytes(JsonElement from, string name) => Text(from, name + "_hex") is { } hex ? Convert.FromHexString(hex)
        : Text(from, name) is { } text ? Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=')) : null;

    private static string? Text(JsonElement from, string name) => from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
