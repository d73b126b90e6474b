using System.Numerics;
using System.Security.Cryptography;

namespace Tongxin.Core.Tests.Passes;

/// <summary>
/// ECDSA on P-256 whose random number is computed from key and message (RFC 6979), so that the vectors' file comes out the same each time.
/// Its time tells of the key: for files of vectors and nothing else.
/// </summary>
internal sealed class RepeatableEcdsa(byte[] secret) : ECDsa
{
    private static readonly BigInteger N = Number("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    private readonly ECPoint _public = Times(secret);
    private readonly BigInteger _secret = new(secret, isUnsigned: true, isBigEndian: true);

    public override int KeySize
    {
        get => 256;
        set => throw new NotSupportedException();
    }

    public override byte[] SignHash(byte[] hash)
    {
        var z = new BigInteger(hash, isUnsigned: true, isBigEndian: true);
        var k = Nonce(Bytes(z % N));
        var r = new BigInteger(Times(Bytes(k)).X!, isUnsigned: true, isBigEndian: true) % N;
        var s = BigInteger.ModPow(k, N - 2, N) * (z + (r * _secret)) % N;
        return [.. Bytes(r), .. Bytes(s)];
    }

    public override bool VerifyHash(byte[] hash, byte[] signature) => throw new NotSupportedException();

    public override ECParameters ExportParameters(bool includePrivateParameters) => new() { Curve = ECCurve.NamedCurves.nistP256, Q = _public };

    // RFC 6979, 3.2, for a hash as long as the order. The first candidate is below the order but once in 2^32.
    private BigInteger Nonce(byte[] message)
    {
        byte[] v = new byte[32], k = new byte[32];
        Array.Fill(v, (byte)1);
        foreach (var step in new byte[] { 0, 1 })
        {
            byte[] seed = [.. v, step, .. Bytes(_secret), .. message];
            k = HMACSHA256.HashData(k, seed);
            v = HMACSHA256.HashData(k, v);
        }

        return new BigInteger(HMACSHA256.HashData(k, v), isUnsigned: true, isBigEndian: true);
    }

    // A public key is the generator taken as often as its private key says: the library does the arithmetic.
    private static ECPoint Times(byte[] factor)
    {
        using var key = Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = factor });
        return key.ExportParameters(includePrivateParameters: false).Q;
    }

    private static BigInteger Number(string hex) => new(Convert.FromHexString(hex), isUnsigned: true, isBigEndian: true);

    private static byte[] Bytes(BigInteger value)
    {
        var bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }
}
