using System.Globalization;
using System.Text;
using Shouldly;
using Tongxin.Platform.Sheets;
using Xunit;

namespace Tongxin.Modules.Tests.Platform.Sheets;

public sealed class SheetReaderTests
{
    [Fact]
    public void Xlsx_MoreRowsThanOldExcelHolds_AreAllRead()
    {
        const int Rows = 70_000;
        var document = SheetFiles.Document() with { Rows = Enumerable.Range(1, Rows).Select(i => new SheetValue[] { $"住户{i}", i }) };

        var rows = SheetFiles.Rows(SheetWriter.ToBytes(document));

        rows.Count.ShouldBe(Rows + 1);
        rows[^1].Number.ShouldBe(Rows + 1);
        rows[^1][0].Text.ShouldBe("住户70000");
    }

    [Fact]
    public void Xls_FullToItsLastRow_IsReadToTheLastRow()
    {
        var bytes = SheetFiles.UnpackedFixture("tall.xls.br");

        using var source = SheetFiles.Open(bytes, "tall.xls").Value;

        source.Format.ShouldBe(SheetFormat.Xls);
        source.Sheet().Value.RowCount.ShouldBe(65_536);
        source.Rows().Count(row => row.Value[0].Text == "王").ShouldBe(65_536);
    }

    [Theory]
    [InlineData("people.xls")]
    [InlineData("people.xlsx")]
    public void Workbook_OfLibreOffice_KeepsKindsPlacesAndNames(string fixture)
    {
        using var source = SheetFiles.Open(SheetFiles.Fixture(fixture), "whatever.txt").Value;

        var sheets = source.Sheets().Value;
        var rows = source.Rows().Select(row => row.Value).ToList();

        sheets.Select(sheet => (sheet.Name, sheet.RowCount)).ShouldBe([("人口", 6), ("说明", 1)]);
        sheets[0].Merged.ShouldBe([new SheetRange(1, 0, 1, 5)]);
        rows.Select(row => row.Number).ShouldBe([1, 2, 3, 4, 5, 6]);
        rows[2].Cells.Select(cell => cell.Kind).ShouldBe(
            [SheetCellKind.Text, SheetCellKind.Number, SheetCellKind.Date, SheetCellKind.Number, SheetCellKind.Empty, SheetCellKind.Number]);
        rows[2][2].Date.ShouldBe(new DateOnly(1990, 1, 1));
        rows[3].IsBlank.ShouldBeTrue();
        rows[5][0].Text.ShouldBe("阿依古丽·买买提");
        rows[5].Address(1).ShouldBe("B6");
        rows[5][1].Kind.ShouldBe(SheetCellKind.Text);
    }

    [Fact]
    public void Rows_OfTheSecondSheetThenTheFirst_AreBothRead()
    {
        using var source = SheetFiles.Open(SheetFiles.Fixture("people.xlsx")).Value;

        source.Rows(1).Single().Value[0].Text.ShouldBe("填表说明");
        source.Rows(0).Count().ShouldBe(6);
        source.Rows(0).Count().ShouldBe(6);
        source.Rows(7).Single().Error.Code.ShouldBe("sheet.empty");
    }

    [Fact]
    public void IdentityNumber_KeptByExcelAsNumber_ShowsThatItIsDamaged()
    {
        var rows = SheetFiles.Rows(SheetFiles.WorkbookWithSheet(
            """<row r="5"><c r="A5"><v>6.1011219900101E+17</v></c><c r="C5"><v>13800138000</v></c></row>"""));

        rows[^1].Number.ShouldBe(5);
        rows[^1][0].ShouldBe(new SheetCell(SheetCellKind.Number, "6.1011219900101E+17", 6.1011219900101E+17));
        rows[^1][1].Kind.ShouldBe(SheetCellKind.Empty);
        rows[^1][2].Text.ShouldBe("13800138000");
    }

    [Theory]
    [InlineData(14, "2022-01-03")]
    [InlineData(31, "2022-01-03")]
    [InlineData(57, "2022-01-03")]
    [InlineData(1, "44564")]
    public void Date_InAFormatThatTheFileDoesNotSpellOut_IsKnownByItsNumber(int format, string text)
    {
        var bytes = SheetFiles.WorkbookWithSheet(
            """<row r="1"><c r="A1" s="1"><v>44564</v></c></row>""",
            $"""<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="{format}" applyNumberFormat="1"/></cellXfs>""");

        SheetFiles.Rows(bytes)[0][0].Text.ShouldBe(text);
    }

    [Theory]
    [InlineData("utf-8", false, ',')]
    [InlineData("utf-8", true, ';')]
    [InlineData("utf-16", true, '\t')]
    [InlineData("gb18030", false, ',')]
    public void Csv_InAnyEncodingAndDelimiter_ReadsTheSame(string encodingName, bool mark, char delimiter)
    {
        var encoding = Encoding.GetEncoding(encodingName);
        var text = $"姓名{delimiter}备注\r\n阿依·古丽{delimiter}\"两行\n的\"\"备注\"\"\"\r\n\r\n𠮷野{delimiter}=1+1\r\n";
        byte[] bytes = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];

        var rows = SheetFiles.Rows(bytes, "人口.csv");

        rows.Select(row => row.Number).ShouldBe([1, 2, 3, 4]);
        SheetFiles.Texts(rows[1]).ShouldBe(["阿依·古丽", "两行\n的\"备注\""]);
        rows[2].IsBlank.ShouldBeTrue();
        SheetFiles.Texts(rows[3]).ShouldBe(["𠮷野", "=1+1"]);
        rows[3][1].Kind.ShouldBe(SheetCellKind.Text);
    }

    [Fact]
    public void Csv_Utf8WithOneBrokenByte_IsRefusedAndNotReadAsGibberish()
    {
        var bytes = Encoding.UTF8.GetBytes("姓名,房号\n王小明,三单元\n");
        bytes[^3] = (byte)'A';

        SheetFiles.Code(bytes).ShouldBe("sheet.encoding");
    }

    [Fact]
    public void Csv_QuoteNeverClosed_DoesNotSwallowTheRest()
    {
        var text = "姓名,房号\n\"王小明,101\n" + string.Concat(Enumerable.Repeat("李四,102\n", 10_000));

        SheetFiles.Code(Encoding.UTF8.GetBytes(text)).ShouldBe("sheet.cell-too-long");
    }

    [Fact]
    public void Stream_ThatCannotSeek_IsRead()
    {
        using var stream = new ForwardOnly(SheetFiles.Workbook(["王小明", "101"]));

        using var source = SheetReader.Open(stream, "人口.xlsx").Value;

        source.Rows().Count().ShouldBe(2);
    }

    [Fact]
    public void Address_OfAnyColumn_CountsLikeExcel() =>
        new[] { 0, 25, 26, 701, 702, 16_383 }.Select(column => SheetAddress.Of(column, 17))
            .ShouldBe(["A17", "Z17", "AA17", "ZZ17", "AAA17", "XFD17"]);

    [Fact]
    public void Numbers_InAnyCulture_ReadTheSame()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            SheetFiles.Rows(SheetFiles.WorkbookWithSheet("""<row r="1"><c r="A1"><v>36.5</v></c></row>"""))[0][0].Text.ShouldBe("36.5");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private sealed class ForwardOnly(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    }
}
