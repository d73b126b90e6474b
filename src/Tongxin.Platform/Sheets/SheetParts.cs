using System.Globalization;
using System.Net;
using System.Xml;

namespace Tongxin.Platform.Sheets;

/// <summary>The parts of a workbook that are not rows. ECMA-376 part 1.</summary>
internal static class SheetParts
{
    public const string MainNamespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    // Places in cellXfs of xl/styles.xml below.
    public const int NumberStyle = 6;
    public const int DayStyle = 7;
    public const int MomentStyle = 8;
    public const int HeaderStyle = 5;
    public const int TitleStyle = 1;
    public const int SubtitleStyle = 2;
    public const int WatermarkStyle = 3;

    private const string Declaration = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public static int TextStyleOf(SheetColumnStyle look) => look switch
    {
        SheetColumnStyle.Wrapped => 9,
        SheetColumnStyle.Warning => 10,
        _ => 4,
    };

    /// <summary>All parts but the sheet itself.</summary>
    public static IEnumerable<(string Name, string Content)> Of(SheetDocument document)
    {
        yield return ("[Content_Types].xml", Declaration + """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>""");
        yield return ("_rels/.rels", Declaration + $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        yield return ("xl/_rels/workbook.xml.rels", Declaration + $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Relations}/styles" Target="styles.xml"/></Relationships>""");
        yield return ("xl/workbook.xml", Workbook(document));
        yield return ("xl/styles.xml", Declaration + Styles);
    }

    public static void OpenSheet(XmlWriter xml, SheetDocument document, int headerRow)
    {
        xml.WriteStartDocument(standalone: true);
        xml.WriteStartElement("worksheet", MainNamespace);
        xml.WriteRaw("""<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>""");
        xml.WriteRaw($"""<sheetViews><sheetView workbookViewId="0"><pane ySplit="{headerRow}" topLeftCell="A{headerRow + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>""");
        xml.WriteRaw("""<sheetFormatPr defaultRowHeight="15"/>""");
        xml.WriteStartElement("cols", MainNamespace);
        for (var column = 1; column <= document.Columns.Count; column++)
        {
            xml.WriteRaw(string.Create(CultureInfo.InvariantCulture, $"""<col min="{column}" max="{column}" width="{document.Columns[column - 1].Width}" customWidth="1"/>"""));
        }

        xml.WriteEndElement();
        xml.WriteStartElement("sheetData", MainNamespace);
    }

    public static void CloseSheet(XmlWriter xml, SheetDocument document, int linesAcross)
    {
        xml.WriteEndElement();
        if (linesAcross > 0 && document.Columns.Count > 1)
        {
            var last = SheetAddress.Column(document.Columns.Count - 1);
            xml.WriteRaw($"""<mergeCells count="{linesAcross}">{string.Concat(Enumerable.Range(1, linesAcross).Select(row => $"""<mergeCell ref="A{row}:{last}{row}"/>"""))}</mergeCells>""");
        }

        xml.WriteRaw("""<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>""");
        xml.WriteRaw("""<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>""");
        xml.WriteRaw($"<headerFooter><oddFooter>{Footer(document.Watermark)}</oddFooter></headerFooter>");
        xml.WriteEndElement();
    }

    private static string Workbook(SheetDocument document)
    {
        var header = document.Titles.Count + (document.Watermark is null ? 0 : 1) + 1;
        var name = NameOf(document);
        var quoted = name.Replace("'", "''", StringComparison.Ordinal);
        return Declaration + $"""<workbook xmlns="{MainNamespace}" xmlns:r="{Relations}"><sheets><sheet name="{Encode(name)}" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'{Encode(quoted)}'!${header}:${header}</definedName></definedNames></workbook>""";
    }

    private static string NameOf(SheetDocument document)
    {
        var allowed = string.Concat(document.Name.Select(letter => @"[]:*?/\".Contains(letter, StringComparison.Ordinal) || char.IsControl(letter) ? ' ' : letter)).Trim('\'', ' ');
        return allowed switch { "" => "Sheet1", { Length: > 31 } => allowed[..31], _ => allowed };
    }

    // 255 characters are all a footer may have, and & starts a code in it: &8 is the size, and the blank keeps a date behind
    // it from being read as more of that number.
    private static string Footer(string? watermark)
    {
        var line = (watermark ?? "").Replace("&", "&&", StringComparison.Ordinal);
        return Encode($"&L&8 {(line.Length > 200 ? line[..200] : line)}&R&8 &P / &N");
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(SheetEscape.Text(text));

    private const string Styles = $"""
        <styleSheet xmlns="{MainNamespace}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm"/></numFmts><fonts count="6"><font><sz val="11"/><name val="等线"/></font><font><b/><sz val="16"/><name val="等线"/></font><font><sz val="11"/><name val="等线"/></font><font><i/><sz val="9"/><color rgb="FF808080"/><name val="等线"/></font><font><b/><sz val="11"/><name val="等线"/></font><font><sz val="11"/><color rgb="FFC92A2A"/><name val="等线"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE9EEF5"/></patternFill></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"><color rgb="FFBFC5CC"/></left><right style="thin"><color rgb="FFBFC5CC"/></right><top style="thin"><color rgb="FFBFC5CC"/></top><bottom style="thin"><color rgb="FFBFC5CC"/></bottom><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="11"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment horizontal="center" vertical="center"/></xf><xf numFmtId="49" fontId="2" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment horizontal="center"/></xf><xf numFmtId="49" fontId="3" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment horizontal="right"/></xf><xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0"/><xf numFmtId="49" fontId="4" fillId="2" borderId="1" xfId="0" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf><xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0"/><xf numFmtId="164" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="49" fontId="5" fillId="0" borderId="1" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>
        """;
}
