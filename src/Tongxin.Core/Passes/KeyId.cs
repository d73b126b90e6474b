using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Tongxin.Core.Passes;

/// <summary>
/// Names a signing key: the first eight bytes of the SHA-256 of its SubjectPublicKeyInfo (as EU certificates do with the certificate).
/// It only finds a key; what makes a key trusted is that it stands in the <see cref="TrustList"/>.
/// </summary>
/// <param name="Value">The eight bytes, first byte highest.</param>
public readonly record struct KeyId(ulong Value)
{
    /// <summary>Bytes of an id.</summary>
    public const int Length = 8;

    /// <summary>The id of a public key, given as SubjectPublicKeyInfo (DER).</summary>
    public static KeyId Of(ReadOnlySpan<byte> publicKeyInfo)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(publicKeyInfo, hash);
        return new KeyId(BinaryPrimitives.ReadUInt64BigEndian(hash));
    }

    /// <summary>The id of a key.</summary>
    public static KeyId Of(ECDsa key) => Of(key.ExportSubjectPublicKeyInfo());

    /// <summary>Reads the eight bytes.</summary>
    public static KeyId Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt64BigEndian(bytes));

    /// <summary>Writes the eight bytes.</summary>
    public void Write(Span<byte> bytes) => BinaryPrimitives.WriteUInt64BigEndian(bytes, Value);

    /// <summary>Sixteen hexadecimal digits, for people and files.</summary>
    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);
}
