using System.IO.Compression;
using System.Text;
using Tongxin.Core.Common;
using Tongxin.Platform.Sheets;

namespace Tongxin.Modules.Tests.Platform.Sheets;

/// <summary>Real files for the tests: made by Excel's relatives (Fixtures), by our writer, or by hand where nobody sane would.</summary>
internal static class SheetFiles
{
    private static readonly SheetColumn[] TwoColumns = [new("姓名"), new("房号")];

    public static byte[] Fixture(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", name));

    public static byte[] UnpackedFixture(string name)
    {
        using var brotli = new BrotliStream(new MemoryStream(Fixture(name)), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        brotli.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    public static SheetDocument Document(params SheetValue[][] rows) => new() { Name = "表", Columns = TwoColumns, Rows = rows };

    public static byte[] Workbook(params SheetValue[][] rows) => SheetWriter.ToBytes(Document(rows));

    /// <summary>A workbook of our writer with parts replaced or added.</summary>
    public static byte[] WorkbookWith(params (string Name, byte[] Content)[] parts)
    {
        using var stream = new MemoryStream();
        stream.Write(Workbook(["王小明", "101"]));
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                zip.GetEntry(name)?.Delete();
                using var part = zip.CreateEntry(name, CompressionLevel.SmallestSize).Open();
                part.Write(content);
            }
        }

        return stream.ToArray();
    }

    public static byte[] WorkbookWithSheet(string rows, string? styles = null)
    {
        var sheet = Encoding.UTF8.GetBytes($"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>""");
        return styles is null
            ? WorkbookWith(("xl/worksheets/sheet1.xml", sheet))
            : WorkbookWith(("xl/worksheets/sheet1.xml", sheet), ("xl/styles.xml", Encoding.UTF8.GetBytes($"""<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{styles}</styleSheet>""")));
    }

    public static Result<SheetSource> Open(byte[] bytes, string name = "人口.xlsx", SheetLimits? limits = null) =>
        SheetReader.Open(new MemoryStream(bytes), name, limits);

    public static List<SheetRow> Rows(byte[] bytes, string name = "人口.xlsx", int sheet = 0)
    {
        using var source = Open(bytes, name).Value;
        return [.. source.Rows(sheet).Select(row => row.Value)];
    }

    public static string Code(byte[] bytes, SheetLimits? limits = null)
    {
        var opened = Open(bytes, limits: limits);
        if (opened.IsFailure)
        {
            return opened.Error.Code;
        }

        using var source = opened.Value;
        var last = source.Rows().LastOrDefault(row => row.IsFailure);
        return last.IsFailure ? last.Error.Code : "";
    }

    public static string[] Texts(SheetRow row) => [.. row.Cells.Select(cell => cell.Text)];
}
