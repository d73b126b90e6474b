using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Shouldly;
using Tongxin.Platform.Sheets;
using Xunit;

namespace Tongxin.Modules.Tests.Platform.Sheets;

public sealed class SheetWriterTests
{
    private static readonly SheetDocument Ledger = new()
    {
        Name = "敲门行动/台账",
        Titles = ["敲门行动台账", "沁园社区 第3轮"],
        Watermark = "2022-01-04 导出：张<三> & 李四，用途：入户核查",
        Columns = [new("序号", 6), new("户主姓名", 14), new("入户时间", 18), new("出生日期", 12), new("备注", 30, SheetColumnStyle.Wrapped)],
        Rows =
        [
            [1, "=HYPERLINK(\"http://x\",\"王小明\")", new DateTimeOffset(2022, 1, 4, 10, 30, 0, TimeSpan.Zero), new DateOnly(1990, 1, 1), "@SUM(A1)"],
            [2, "阿依古丽·买买提 𠮷", default, default, "a\u0001b_x0041_\r\nc\uD800"],
            [3, "-", default, default, "+86 138-0013-8000"],
        ],
    };

    [Fact]
    public void Workbook_Written_IsValidForTheFormatsOwnLibrary()
    {
        using var file = SpreadsheetDocument.Open(new MemoryStream(SheetWriter.ToBytes(Ledger)), false);

        new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(file, TestContext.Current.CancellationToken)
            .Select(error => $"{error.Part?.Uri} {error.Path?.XPath} {error.Description}").ShouldBeEmpty();
    }

    [Fact]
    public void Name_ThatIsAFormula_IsATextCellWithAPrefix()
    {
        using var file = SpreadsheetDocument.Open(new MemoryStream(SheetWriter.ToBytes(Ledger)), false);
        var sheet = file.WorkbookPart!.WorksheetParts.Single().Worksheet;

        sheet.Descendants<CellFormula>().ShouldBeEmpty();
        var name = sheet.Descendants<Cell>().Single(cell => cell.CellReference == "B5");
        name.DataType!.Value.ShouldBe(CellValues.InlineString);
        name.InnerText.ShouldBe("'=HYPERLINK(\"http://x\",\"王小明\")");
    }

    [Fact]
    public void Workbook_ReadBack_HasTheSameValues()
    {
        var rows = SheetFiles.Rows(SheetWriter.ToBytes(Ledger));

        SheetFiles.Texts(rows[0])[0].ShouldBe("敲门行动台账");
        rows[2][0].Text.ShouldBe(Ledger.Watermark);
        SheetFiles.Texts(rows[3]).ShouldBe(["序号", "户主姓名", "入户时间", "出生日期", "备注"]);
        rows[4][0].Kind.ShouldBe(SheetCellKind.Number);
        rows[4][2].Text.ShouldBe("2022-01-04 18:30:00");
        rows[4][3].ShouldBe(new SheetCell(SheetCellKind.Date, "1990-01-01", new DateTime(1990, 1, 1)));
        FormulaGuard.Unguard(rows[4][4].Text).ShouldBe("@SUM(A1)");
        rows[5][1].Text.ShouldBe("阿依古丽·买买提 𠮷");
        rows[5][4].Text.ShouldBe("a\u0001b_x0041_\r\nc\uFFFD");
        SheetFiles.Texts(rows[6]).ShouldBe(["3", "-", "", "", "+86 138-0013-8000"]);
    }

    [Fact]
    public void Workbook_Printed_RepeatsItsHeaderOnA4Landscape()
    {
        using var file = SpreadsheetDocument.Open(new MemoryStream(SheetWriter.ToBytes(Ledger)), false);
        var sheet = file.WorkbookPart!.WorksheetParts.Single().Worksheet;

        file.WorkbookPart.Workbook.DefinedNames!.InnerText.ShouldBe("'敲门行动 台账'!$4:$4");
        sheet.GetFirstChild<PageSetup>()!.PaperSize!.Value.ShouldBe(9u);
        sheet.GetFirstChild<PageSetup>()!.Orientation!.Value.ShouldBe(OrientationValues.Landscape);
        sheet.Descendants<Pane>().Single().VerticalSplit!.Value.ShouldBe(4);
        sheet.Descendants<OddFooter>().Single().Text.ShouldContain("张<三> && 李四");
    }

    [Fact]
    public void Csv_Written_GuardsFormulasAndQuotes()
    {
        using var stream = new MemoryStream();
        SheetWriter.WriteCsv(stream, Ledger);

        var rows = SheetFiles.Rows(stream.ToArray(), "台账.csv");

        stream.ToArray()[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
        SheetFiles.Texts(rows[1]).ShouldBe(["1", "'=HYPERLINK(\"http://x\",\"王小明\")", "2022-01-04 18:30", "1990-01-01", "'@SUM(A1)"]);
    }

    [Theory]
    [InlineData("=1+1", true)]
    [InlineData("  =1+1", true)]
    [InlineData("+cmd|' /C calc'!A0", true)]
    [InlineData("-2+3", true)]
    [InlineData("@x", true)]
    [InlineData("\tx", true)]
    [InlineData("\rx", true)]
    [InlineData("＝1+1", true)]
    [InlineData("-", false)]
    [InlineData("+86 13800138000", false)]
    [InlineData("王小明", false)]
    [InlineData("", false)]
    [InlineData("1-101", false)]
    public void Text_LikeAFormula_IsGuardedAndComesBack(string text, bool suspicious)
    {
        FormulaGuard.IsSuspicious(text).ShouldBe(suspicious);
        FormulaGuard.Guard(text).ShouldBe(suspicious ? "'" + text : text);
        FormulaGuard.Unguard(FormulaGuard.Guard(text)).ShouldBe(text);
    }

    [Fact]
    public void Rows_ByTheTensOfThousands_AreWrittenAndNotKept()
    {
        const int Rows = 50_000;
        var columns = Enumerable.Range(1, 12).Select(i => new SheetColumn($"列{i}")).ToArray();
        WeakReference? early = null;
        var isKept = true;
        var document = Ledger with { Columns = columns, Rows = Enumerable.Range(1, Rows).Select(RowOf) };

        SheetWriter.Write(Stream.Null, document);

        isKept.ShouldBeFalse();

        SheetValue[] RowOf(int number)
        {
            var row = columns.Select((_, column) => (SheetValue)(column == 0 ? number : $"第{number}行{column}")).ToArray();
            early ??= new WeakReference(row);
            if (number == Rows)
            {
                GC.Collect();
                isKept = early.IsAlive;
            }

            return row;
        }
    }

    [Fact]
    public void Workbook_WrittenTwice_IsTheSameBytes() =>
        SheetWriter.ToBytes(Ledger).ShouldBe(SheetWriter.ToBytes(Ledger));
}
