using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Xml;
using Tongxin.Core.Common;

namespace Tongxin.Platform.Sheets;

/// <summary>
/// Looks at a workbook's zip before anything is unpacked. The declared sizes can be trusted for this: the runtime stops
/// inflating a part at the size its directory entry declares.
/// </summary>
internal static class ZipGuard
{
    private const int EndRecordLength = 22;
    private const int MaxCommentLength = ushort.MaxValue;
    private const int PrologLimit = 65_536;

    public static Result Inspect(Stream stream, string fileName, SheetLimits limits)
    {
        var count = CountEntries(stream);
        if (count is null)
        {
            return SheetErrors.Unreadable(fileName);
        }

        if (count > limits.MaxEntries)
        {
            return SheetErrors.ZipBomb("entries", count.Value, limits.MaxEntries);
        }

        using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        var weighed = Weigh(zip, limits);
        if (weighed.IsFailure)
        {
            return weighed;
        }

        foreach (var entry in zip.Entries)
        {
            if (DeclaresDocumentType(entry))
            {
                return SheetErrors.Dtd(entry.FullName);
            }
        }

        stream.Position = 0;
        return Result.Ok;
    }

    /// <summary>
    /// From the end record alone, because the archive class makes an object of every entry first. 0xFFFF announces a zip64
    /// directory, which no workbook within the limits needs.
    /// </summary>
    private static int? CountEntries(Stream stream)
    {
        var tail = new byte[Math.Min(stream.Length, EndRecordLength + MaxCommentLength)];
        stream.Position = stream.Length - tail.Length;
        stream.ReadExactly(tail);
        stream.Position = 0;
        var at = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        return at < 0 || at + EndRecordLength > tail.Length ? null : BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 10));
    }

    private static Result Weigh(ZipArchive zip, SheetLimits limits)
    {
        var total = 0L;
        foreach (var entry in zip.Entries)
        {
            if (IsUnsafe(entry.FullName))
            {
                return SheetErrors.UnsafePath(entry.FullName);
            }

            total += entry.Length;
            if (total > limits.MaxUnpackedBytes)
            {
                return SheetErrors.ZipBomb("unpacked", total, limits.MaxUnpackedBytes);
            }

            if (entry.Length >= limits.RatioAppliesFromBytes && entry.Length / Math.Max(1, entry.CompressedLength) > limits.MaxRatio)
            {
                return SheetErrors.ZipBomb("ratio", entry.Length / Math.Max(1, entry.CompressedLength), limits.MaxRatio);
            }
        }

        return Result.Ok;
    }

    private static bool IsUnsafe(string name) =>
        name.StartsWith('/') || name.StartsWith('\\') || name.Contains(':', StringComparison.Ordinal) || name.Contains('\0', StringComparison.Ordinal)
        || name.Split('/', '\\').Contains("..", StringComparer.Ordinal);

    /// <summary>
    /// A document type can only stand before the root element, so the first piece of each part is enough. A part with no root
    /// in it is judged by that piece; the parser that reads it later refuses document types as well.
    /// </summary>
    private static bool DeclaresDocumentType(ZipArchiveEntry entry)
    {
        var head = new byte[(int)Math.Min(entry.Length, PrologLimit)];
        int length;
        using (var part = entry.Open())
        {
            length = part.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        }

        var bytes = head.AsSpan(0, length);
        var named = bytes.IndexOf("<!DOCTYPE"u8) >= 0 || bytes.IndexOf(Encoding.Unicode.GetBytes("<!DOCTYPE")) >= 0 || bytes.IndexOf(Encoding.BigEndianUnicode.GetBytes("<!DOCTYPE")) >= 0;
        return named && !RootComesFirst(head, length);
    }

    private static bool RootComesFirst(byte[] head, int length)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = PrologLimit };
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(head, 0, length, writable: false), settings);
            return reader.MoveToContent() == XmlNodeType.Element;
        }
        catch (XmlException)
        {
            return false;
        }
    }
}
