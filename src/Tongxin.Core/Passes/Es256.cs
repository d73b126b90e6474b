using System.Security.Cryptography;

namespace Tongxin.Core.Passes;

/// <summary>
/// ECDSA on P-256 with SHA-256, signature as r and s of 32 bytes each. Of the two values of s that fit every signature only the lower one is
/// made and accepted, so that nobody without the key can turn one signature into another.
/// </summary>
internal static class Es256
{
    public const int SignatureLength = 64;
    private const int Half = SignatureLength / 2;

    private static readonly byte[] Order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
    private static readonly byte[] HalfOrder = Convert.FromHexString("7FFFFFFF800000007FFFFFFFFFFFFFFFDE737D56D38BCF4279DCE5617E3192A8");

    public static void Sign(ECDsa key, ReadOnlySpan<byte> message, Span<byte> signature)
    {
        if (!key.TrySignData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation, out var written) || written != SignatureLength)
            throw new ArgumentException("The key is not on P-256.", nameof(key));
        var s = signature[Half..];
        if (!IsLow(s)) Negate(s);
    }

    public static bool Verify(ECDsa key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureLength || !IsLow(signature[Half..])) return false;
        try
        {
            return key.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (CryptographicException)
        {
            // Numbers outside the group: some libraries answer false, some throw.
            return false;
        }
    }

    /// <summary>The key of a SubjectPublicKeyInfo, or null when it is not one of P-256.</summary>
    public static ECDsa? Import(ReadOnlySpan<byte> publicKeyInfo)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(publicKeyInfo, out var read);
            if (read == publicKeyInfo.Length && key.ExportParameters(includePrivateParameters: false).Curve.Oid is { } oid
                && (oid.Value == "1.2.840.10045.3.1.7" || oid.FriendlyName == ECCurve.NamedCurves.nistP256.Oid.FriendlyName)) return key;
        }
        catch (CryptographicException)
        {
            // Not a key.
        }

        key.Dispose();
        return null;
    }

    private static bool IsLow(ReadOnlySpan<byte> s) => s.SequenceCompareTo(HalfOrder) <= 0;

    private static void Negate(Span<byte> s)
    {
        var borrow = 0;
        for (var i = Half - 1; i >= 0; i--)
        {
            var difference = Order[i] - s[i] - borrow;
            borrow = difference < 0 ? 1 : 0;
            s[i] = (byte)difference;
        }
    }
}
