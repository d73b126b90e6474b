using System.Buffers.Binary;
using Tongxin.Core.Common;

namespace Tongxin.Platform.Sheets;

/// <summary>
/// Looks at the header of an OLE compound file (.xls) before it is opened: the counts in it decide how much the parser
/// allocates, so they may not exceed what the file can hold. [MS-CFB] 2.2.
/// </summary>
internal static class CompoundGuard
{
    private const int HeaderLength = 512;

    public static Result Inspect(Stream stream, string fileName)
    {
        var header = new byte[HeaderLength];
        if (stream.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength)
        {
            return SheetErrors.Unreadable(fileName);
        }

        stream.Position = 0;
        var shift = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30));
        var sectors = shift is 9 or 12 ? stream.Length >> shift : 0;
        var tables = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(44));
        var shortTables = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(64));
        var extraTables = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(72));
        return tables > sectors || shortTables > sectors || extraTables > sectors ? SheetErrors.Unreadable(fileName) : Result.Ok;
    }
}
