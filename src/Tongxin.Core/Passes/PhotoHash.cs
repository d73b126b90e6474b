using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tongxin.Core.Passes;

/// <summary>Ties a photo to a pass without carrying it: the first 16 bytes of its file's SHA-256.</summary>
/// <param name="Value">The sixteen bytes, first byte highest.</param>
public readonly record struct PhotoHash(UInt128 Value)
{
    /// <summary>The hash of a photo's file.</summary>
    public static PhotoHash Of(ReadOnlySpan<byte> photo)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(photo, hash);
        return Read(hash);
    }

    internal static PhotoHash Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    internal void Write(Span<byte> bytes) => BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);

    /// <summary>Thirty-two hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
}
