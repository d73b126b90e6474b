using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Tongxin.Platform.Sheets;

/// <summary>
/// Writes lists as .xlsx or .csv straight into a stream, one row at a time: memory does not grow with the rows. Nothing it
/// writes is ever a formula.
/// </summary>
public static class SheetWriter
{
    private const int MaxCellLength = 32_767;

    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create("\",\r\n\t ");

    /// <summary>Kestrel refuses synchronous writes: from a request, use <see cref="ToBytes"/> and send those.</summary>
    public static void Write(Stream stream, SheetDocument document)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, content) in SheetParts.Of(document))
        {
            using var part = Add(zip, name);
            part.Write(Encoding.UTF8.GetBytes(content));
        }

        using var sheet = Add(zip, "xl/worksheets/sheet1.xml");
        using var xml = XmlWriter.Create(sheet, new XmlWriterSettings { Encoding = new UTF8Encoding(false), CheckCharacters = false });
        WriteSheet(xml, document);
    }

    /// <summary>The whole .xlsx; about 60 bytes a row.</summary>
    public static byte[] ToBytes(SheetDocument document)
    {
        using var stream = new MemoryStream();
        Write(stream, document);
        return stream.ToArray();
    }

    /// <summary>UTF-8 with its mark, without which Excel takes Chinese for the system's code page. Titles and watermark stay out.</summary>
    public static void WriteCsv(Stream stream, SheetDocument document)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(true), leaveOpen: true) { NewLine = "\r\n" };
        WriteRecord(text, document.Columns.Select(column => column.Header));
        foreach (var row in document.Rows)
        {
            WriteRecord(text, row.Select(TextOf));
        }
    }

    // A fixed date: the same list gives the same bytes.
    private static Stream Add(ZipArchive zip, string name)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return entry.Open();
    }

    private static void WriteSheet(XmlWriter xml, SheetDocument document)
    {
        var above = document.Titles.Count + (document.Watermark is null ? 0 : 1);
        SheetParts.OpenSheet(xml, document, headerRow: above + 1);

        var number = 0;
        foreach (var title in document.Titles)
        {
            WriteLine(xml, ++number, title, number == 1 ? SheetParts.TitleStyle : SheetParts.SubtitleStyle);
        }

        if (document.Watermark is { } watermark)
        {
            WriteLine(xml, ++number, watermark, SheetParts.WatermarkStyle);
        }

        WriteHeader(xml, ++number, document.Columns);
        foreach (var row in document.Rows)
        {
            WriteRow(xml, ++number, row, document.Columns);
        }

        SheetParts.CloseSheet(xml, document, linesAcross: above);
    }

    private static void WriteLine(XmlWriter xml, int number, string text, int style)
    {
        OpenRow(xml, number);
        WriteText(xml, 0, number, text, style);
        xml.WriteEndElement();
    }

    private static void WriteHeader(XmlWriter xml, int number, IReadOnlyList<SheetColumn> columns)
    {
        OpenRow(xml, number);
        for (var column = 0; column < columns.Count; column++)
        {
            WriteText(xml, column, number, columns[column].Header, SheetParts.HeaderStyle);
        }

        xml.WriteEndElement();
    }

    private static void WriteRow(XmlWriter xml, int number, IReadOnlyList<SheetValue> row, IReadOnlyList<SheetColumn> columns)
    {
        OpenRow(xml, number);
        for (var column = 0; column < row.Count; column++)
        {
            var value = row[column];
            var look = column < columns.Count ? columns[column].Style : SheetColumnStyle.Plain;
            switch (value.Kind)
            {
                case SheetValueKind.Empty:
                    OpenCell(xml, column, number, SheetParts.TextStyleOf(look));
                    xml.WriteEndElement();
                    break;
                case SheetValueKind.Text:
                    WriteText(xml, column, number, value.Text!, SheetParts.TextStyleOf(look)); // never null for this kind
                    break;
                case SheetValueKind.Number:
                    WriteNumber(xml, column, number, value.Number, SheetParts.NumberStyle);
                    break;
                case SheetValueKind.Day:
                    WriteNumber(xml, column, number, value.Number, SheetParts.DayStyle);
                    break;
                case SheetValueKind.Moment:
                    WriteNumber(xml, column, number, decimal.Round(value.Number, 8), SheetParts.MomentStyle);
                    break;
            }
        }

        xml.WriteEndElement();
    }

    private static void OpenRow(XmlWriter xml, int number)
    {
        xml.WriteStartElement("row", SheetParts.MainNamespace);
        xml.WriteAttributeString("r", number.ToString(CultureInfo.InvariantCulture));
    }

    private static void OpenCell(XmlWriter xml, int column, int row, int style)
    {
        xml.WriteStartElement("c", SheetParts.MainNamespace);
        xml.WriteAttributeString("r", SheetAddress.Of(column, row));
        xml.WriteAttributeString("s", style.ToString(CultureInfo.InvariantCulture));
    }

    private static void WriteNumber(XmlWriter xml, int column, int row, decimal number, int style)
    {
        OpenCell(xml, column, row, style);
        xml.WriteElementString("v", SheetParts.MainNamespace, number.ToString(CultureInfo.InvariantCulture));
        xml.WriteEndElement();
    }

    private static void WriteText(XmlWriter xml, int column, int row, string text, int style)
    {
        var guarded = FormulaGuard.Guard(text);
        OpenCell(xml, column, row, style);
        xml.WriteAttributeString("t", "inlineStr");
        xml.WriteStartElement("is", SheetParts.MainNamespace);
        xml.WriteStartElement("t", SheetParts.MainNamespace);
        xml.WriteAttributeString("xml", "space", null, "preserve");
        xml.WriteString(SheetEscape.Text(guarded.Length > MaxCellLength ? guarded[..MaxCellLength] : guarded));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static string TextOf(SheetValue value) => value.Kind switch
    {
        SheetValueKind.Empty => "",
        SheetValueKind.Text => FormulaGuard.Guard(value.Text!), // never null for this kind
        SheetValueKind.Day => DateTime.FromOADate((double)value.Number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        SheetValueKind.Moment => DateTime.FromOADate((double)value.Number).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        _ => value.Number.ToString(CultureInfo.InvariantCulture),
    };

    private static void WriteRecord(StreamWriter text, IEnumerable<string> cells) =>
        text.WriteLine(string.Join(',', cells.Select(cell =>
            cell.AsSpan().ContainsAny(NeedsQuotes) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell)));
}
