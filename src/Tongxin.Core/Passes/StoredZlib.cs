using System.Buffers.Binary;

namespace Tongxin.Core.Passes;

/// <summary>
/// The one zlib stream (RFC 1950) that a pass may travel in: header 78 01, a single stored block, Adler-32. A pass is a signature and
/// random numbers, which do not shrink, and a stream that may take only one form has no bits to play with and cannot be a bomb.
/// </summary>
internal static class StoredZlib
{
    /// <summary>Bytes around the content: header 2, block 5, checksum 4.</summary>
    public const int Around = 11;

    private const byte Method = 0x78, FastestLevel = 0x01, LastStoredBlock = 0x01;

    /// <summary>Puts header and checksum around <paramref name="length"/> bytes of content that stand in <paramref name="stream"/> from 7 on.</summary>
    public static void Close(Span<byte> stream, int length)
    {
        stream[0] = Method;
        stream[1] = FastestLevel;
        stream[2] = LastStoredBlock;
        BinaryPrimitives.WriteUInt16LittleEndian(stream[3..], (ushort)length);
        BinaryPrimitives.WriteUInt16LittleEndian(stream[5..], (ushort)~length);
        BinaryPrimitives.WriteUInt32BigEndian(stream[(7 + length)..], Adler32.Of(stream.Slice(7, length)));
    }

    /// <summary>The content, or null when the stream is anything else.</summary>
    public static ReadOnlyMemory<byte>? Open(ReadOnlyMemory<byte> stream)
    {
        var bytes = stream.Span;
        if (bytes.Length < Around || bytes[0] != Method || bytes[1] != FastestLevel || bytes[2] != LastStoredBlock) return null;
        var length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[3..]);
        if (BinaryPrimitives.ReadUInt16LittleEndian(bytes[5..]) != (ushort)~length || bytes.Length != length + Around) return null;
        // Not one expression: in "? :" the null would become an empty memory.
        if (BinaryPrimitives.ReadUInt32BigEndian(bytes[(7 + length)..]) != Adler32.Of(bytes.Slice(7, length))) return null;
        return stream.Slice(7, length);
    }
}
