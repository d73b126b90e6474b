using System.Buffers.Binary;
using System.Text;
using Tongxin.Core.Common;

namespace Tongxin.Platform.Sheets;

/// <summary>
/// Looks at an OLE compound file (.xls) before it is opened. The counts in its header decide how much the parser allocates, so
/// they may not exceed what the file can hold ([MS-CFB] 2.2). An .xlsx with a password comes in such a file too; it is
/// recognised here, for the parser would try the password that every Excel knows, and so open a zip that nobody has looked at.
/// </summary>
internal static class CompoundGuard
{
    private const int HeaderLength = 512;

    // Entries of the directory lie at multiples of their length wherever it is in the file, and begin with their name. [MS-CFB] 2.6.
    private const int EntryLength = 128;
    private static readonly byte[] EncryptedPackage = Encoding.Unicode.GetBytes("ENCRYPTEDPACKAGE");

    public static Result Inspect(Stream stream, string fileName)
    {
        var header = new byte[HeaderLength];
        if (stream.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength)
        {
            return SheetErrors.Unreadable(fileName);
        }

        var shift = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30));
        var sectors = shift is 9 or 12 ? stream.Length >> shift : 0;
        var tables = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(44));
        var shortTables = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(64));
        var extraTables = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(72));
        var holds = tables <= sectors && shortTables <= sectors && extraTables <= sectors;
        var encrypted = holds && HasEncryptedPackage(stream);
        stream.Position = 0;
        return encrypted ? SheetErrors.Encrypted(fileName) : holds ? Result.Ok : SheetErrors.Unreadable(fileName);
    }

    /// <summary>From the end of the header on.</summary>
    private static bool HasEncryptedPackage(Stream stream)
    {
        var block = new byte[EntryLength * 512];
        for (int length; (length = stream.ReadAtLeast(block, block.Length, throwOnEndOfStream: false)) >= EntryLength;)
        {
            for (var at = 0; at + EncryptedPackage.Length <= length; at += EntryLength)
            {
                if (Ascii.EqualsIgnoreCase(block.AsSpan(at, EncryptedPackage.Length), EncryptedPackage)) return true;
            }
        }

        return false;
    }
}
