using System.IO.Compression;
using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Tongxin.Platform.Sheets;
using Xunit;

namespace Tongxin.Modules.Tests.Platform.Sheets;

/// <summary>Files made to hurt. Each is refused by name, quickly, and the process goes on.</summary>
public sealed class SheetSafetyTests
{
    [Fact]
    public void Bomb_OfZeros_IsRefusedByItsRatio() =>
        SheetFiles.Code(SheetFiles.WorkbookWith(("xl/media/zeros.bin", new byte[20 << 20]))).ShouldBe("sheet.zip-bomb");

    [Fact]
    public void Bomb_OfManyModestParts_IsRefusedByTheirSum() =>
        SheetFiles.Code(
            SheetFiles.WorkbookWith([.. Enumerable.Range(1, 12).Select(i => ($"xl/media/{i}.bin", new byte[1 << 20]))]),
            new SheetLimits { MaxUnpackedBytes = 10 << 20 }).ShouldBe("sheet.zip-bomb");

    [Fact]
    public void Bomb_ThatLiesAboutItsSize_UnpacksNoFurtherThanItSays()
    {
        var rows = string.Concat(Enumerable.Repeat("<row><c><v>1</v></c></row>", 800_000));
        var bytes = SheetFiles.WorkbookWithSheet(rows);
        var truth = BitConverter.GetBytes(SizeOf(bytes, "xl/worksheets/sheet1.xml"));
        var lie = BitConverter.GetBytes(4_096);
        for (var at = bytes.AsSpan().IndexOf(truth); at >= 0; at = bytes.AsSpan().IndexOf(truth))
        {
            lie.CopyTo(bytes, at);
        }

        SheetFiles.Code(bytes).ShouldBe("sheet.unreadable");
    }

    [Fact]
    public void Zip_WithThousandsOfParts_IsRefused() =>
        SheetFiles.Code(SheetFiles.WorkbookWith([.. Enumerable.Range(1, 2_100).Select(i => ($"x/{i}.xml", Array.Empty<byte>()))])).ShouldBe("sheet.zip-bomb");

    [Theory]
    [InlineData("../../etc/cron.d/x")]
    [InlineData("xl\\..\\..\\x.dll")]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\x.dll")]
    public void Zip_WithAPathThatLeavesIt_IsRefused(string path) =>
        SheetFiles.Code(SheetFiles.WorkbookWith((path, [1]))).ShouldBe("sheet.unsafe-path");

    [Theory]
    [InlineData("utf-8", "")]
    [InlineData("utf-16", "")]
    [InlineData("utf-16BE", "<!-- before -->")]
    public void Xml_WithADocumentType_IsRefused(string encodingName, string before)
    {
        var encoding = Encoding.GetEncoding(encodingName);
        var attack = $"""<?xml version="1.0" encoding="{encodingName}"?>{before}<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><worksheet>&f;</worksheet>""";

        SheetFiles.Code(SheetFiles.WorkbookWith(("xl/worksheets/sheet1.xml", [.. encoding.GetPreamble(), .. encoding.GetBytes(attack)]))).ShouldBe("sheet.dtd");
    }

    [Fact]
    public void Xml_WithTheWordsInACell_IsRead() =>
        SheetFiles.Rows(SheetFiles.Workbook(["<!DOCTYPE x>", "101"]))[1][0].Text.ShouldBe("<!DOCTYPE x>");

    [Fact]
    public void File_OverTheSizeLimit_IsRefusedUnopened() =>
        SheetFiles.Code(SheetFiles.Workbook(["王", "1"]), new SheetLimits { MaxBytes = 100 }).ShouldBe("sheet.too-large");

    [Fact]
    public void Sheet_AsWideAsExcelGoes_IsRefused() =>
        SheetFiles.Code(SheetFiles.WorkbookWithSheet("""<row r="1"><c r="XFD1"><v>1</v></c></row>""")).ShouldBe("sheet.too-wide");

    [Fact]
    public void Xls_WithAPassword_SaysSo()
    {
        // The four records behind the first become one FILEPASS (0x2F, 128 bytes) for RC4, with a verifier that no password fits.
        var bytes = SheetFiles.Fixture("people.xls");
        var at = bytes.AsSpan().IndexOf<byte>([0xE1, 0x00, 0x02, 0x00]);
        new byte[] { 0x2F, 0, 128, 0, 1, 0, 1, 0, 1, 0 }.CopyTo(bytes, at);

        SheetFiles.Code(bytes).ShouldBe("sheet.encrypted");
    }

    [Theory]
    [InlineData("EncryptedPackage")]
    [InlineData("encryptedpackage")] // names of streams have no case
    public void Xlsx_WithAPassword_SaysSo(string packageName)
    {
        var bytes = CompoundFile.EncryptedWorkbook(packageName);

        // The library agrees that this is one; ours does not leave it to try passwords.
        Should.Throw<InvalidPasswordException>(() => ExcelReaderFactory.CreateReader(new MemoryStream(bytes)));
        SheetFiles.Code(bytes).ShouldBe("sheet.encrypted");
    }

    [Theory]
    [InlineData("", "sheet.empty")]
    [InlineData("  \r\n ", "sheet.empty")]
    [InlineData("<html><table><tr><td>姓名</td></tr></table></html>", "sheet.web-page")]
    [InlineData("PK but no zip", "sheet.unreadable")]
    [InlineData("%PDF-1.7\0\0", "sheet.unreadable")]
    public void File_ThatIsNoWorkbook_IsRefusedWithItsReason(string content, string code) =>
        SheetFiles.Code(Encoding.UTF8.GetBytes(content)).ShouldBe(code);

    [Fact]
    public void Rows_OfAFileThatBreaksOff_EndWithAFailure()
    {
        var sheet = """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>"""u8;

        SheetFiles.Code(SheetFiles.WorkbookWith(("xl/worksheets/sheet1.xml", sheet.ToArray()))).ShouldBe("sheet.unreadable");
    }

    [Fact]
    public void AnyBytes_Opened_NeverThrow() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300),
            Prop.ForAll<byte[], byte>((bytes, kind) => Survives([.. Heads[kind % Heads.Length], .. bytes])));

    [Theory]
    [InlineData("people.xls", 1)]
    [InlineData("people.xlsx", 2)]
    public void AnyMutation_OfARealFile_NeverThrows(string fixture, int seed)
    {
        var original = SheetFiles.Fixture(fixture);
        var dice = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var bytes = (byte[])original.Clone();
            for (var hits = dice.Next(1, 12); hits > 0; hits--)
            {
                bytes[dice.Next(bytes.Length)] = (byte)dice.Next(256);
            }

            Survives(dice.Next(4) == 0 ? bytes[..dice.Next(bytes.Length)] : bytes).ShouldBeTrue();
        }
    }

    [Fact]
    public void AnyMutation_OfTheXmlInside_NeverThrows()
    {
        var dice = new Random(3);
        using var original = new ZipArchive(new MemoryStream(SheetFiles.Fixture("people.xlsx")));
        var parts = original.Entries.Where(entry => entry.FullName.StartsWith("xl/", StringComparison.Ordinal)).ToDictionary(entry => entry.FullName, Bytes);
        for (var round = 0; round < 100; round++)
        {
            var (name, content) = parts.ElementAt(dice.Next(parts.Count));
            var bytes = (byte[])content.Clone();
            for (var hits = dice.Next(1, 5); hits > 0; hits--)
            {
                bytes[dice.Next(bytes.Length)] = (byte)"0<>\"'9-AZ/ "[dice.Next(11)];
            }

            Survives(SheetFiles.WorkbookWith([.. parts.Select(part => (part.Key, part.Key == name ? bytes : part.Value))])).ShouldBeTrue();
        }
    }

    private static readonly byte[][] Heads = [[], [.. "PK\u0003\u0004"u8], [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE]];

    /// <summary>Opened, counted and read to the end without an exception; what comes out may be rows or errors.</summary>
    private static bool Survives(byte[] bytes)
    {
        var opened = SheetFiles.Open(bytes);
        if (opened.IsFailure)
        {
            return true;
        }

        using var source = opened.Value;
        _ = source.Sheets();
        return source.Rows().Count() >= 0;
    }

    private static int SizeOf(byte[] workbook, string part)
    {
        using var zip = new ZipArchive(new MemoryStream(workbook));
        return (int)zip.GetEntry(part)!.Length;
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var copy = new MemoryStream();
        using var part = entry.Open();
        part.CopyTo(copy);
        return copy.ToArray();
    }
}
