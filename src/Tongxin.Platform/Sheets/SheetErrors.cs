using Tongxin.Core.Common;

namespace Tongxin.Platform.Sheets;

/// <summary>Why a file is refused. Sizes are told in MB.</summary>
public static class SheetErrors
{
    public static Error TooLarge(long bytes, long limit) => Error.Invalid("sheet.too-large", Megabytes(bytes), Megabytes(limit));

    public static Error TooWide(string sheet, int columns, int limit) => Error.Invalid("sheet.too-wide", sheet, columns, limit);

    public static Error ZipBomb(string measure, long value, long limit) => Error.Invalid("sheet.zip-bomb", measure, value, limit);

    public static Error UnsafePath(string entry) => Error.Invalid("sheet.unsafe-path", entry);

    public static Error Dtd(string entry) => Error.Invalid("sheet.dtd", entry);

    public static Error Encrypted(string fileName) => Error.Invalid("sheet.encrypted", fileName);

    public static Error Empty(string fileName) => Error.Invalid("sheet.empty", fileName);

    /// <summary>Not a workbook, or one that breaks off: <paramref name="row"/> is the last row that could be read.</summary>
    public static Error Unreadable(string fileName, int row = 0) => Error.Invalid("sheet.unreadable", fileName, row);

    /// <summary>A web page or an XML document that only calls itself .xls, as many office systems export it.</summary>
    public static Error WebPage(string fileName) => Error.Invalid("sheet.web-page", fileName);

    /// <summary>Neither UTF-8 nor GB18030 throughout: part of the text would turn into other characters.</summary>
    public static Error Encoding(string fileName) => Error.Invalid("sheet.encoding", fileName);

    /// <summary>A cell longer than any workbook allows: in a .csv, a quotation mark that is never closed.</summary>
    public static Error CellTooLong(string sheet, string address, int limit) => Error.Invalid("sheet.cell-too-long", sheet, address, limit);

    private static long Megabytes(long bytes) => (bytes + (1 << 20) - 1) >> 20;
}
