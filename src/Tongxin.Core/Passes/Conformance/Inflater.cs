using System.Buffers.Binary;
using System.IO.Compression;

namespace Tongxin.Core.Passes.Conformance;

/// <summary>Any zlib stream, up to a size. Certificates of other houses are deflated; our own passes are stored and never come here.</summary>
internal static class Inflater
{
    /// <summary>Bytes that no certificate has.</summary>
    public const int Limit = 64 * 1024;

    /// <summary>The content, or null when the stream is broken, goes on after its end, or holds more than the limit.</summary>
    public static byte[]? Inflate(byte[] stream, int limit = Limit)
    {
        if (stream.Length < 6) return null;
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(stream, writable: false), CompressionMode.Decompress);
            var content = new byte[limit + 1];
            var length = zlib.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            // The last four bytes are the checksum of all: neither cut off nor followed by more.
            return length <= limit && BinaryPrimitives.ReadUInt32BigEndian(stream.AsSpan(^4..)) == Adler32.Of(content.AsSpan(0, length)) ? content[..length] : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
