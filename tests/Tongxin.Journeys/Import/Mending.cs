using Tongxin.Platform.Sheets;
using Tongxin.Samples;

namespace Tongxin.Journeys.Import;

/// <summary>What a clerk does with the refused rows: reads the reason, puts right the one cell it names, leaves all else as it stands.</summary>
internal static class Mending
{
    // The reason and the cell stand before the columns of the file.
    private const int CellColumn = 1;
    private const int FirstColumn = 2;

    /// <summary>The reasons and the mended workbook.</summary>
    public static (IReadOnlyList<string> Reasons, byte[] Workbook) Mend(byte[] rejected, DemoPlace place)
    {
        using var stream = new MemoryStream(rejected);
        using var source = SheetReader.Open(stream, "rejected.xlsx").Value;
        var rows = source.Rows().Select(r => r.Value).ToList();
        // The running number in the first column of the register names the row that was meant.
        var meant = PopulationWorkbook.Rows(place).Select(r => r.Cells).ToList();
        var mended = rows.Skip(1).Select(row =>
        {
            var cells = Enumerable.Range(0, rows[0].Cells.Count).Select(c => SheetValue.From(row[c])).ToArray();
            var number = int.Parse(row[FirstColumn].Text, System.Globalization.CultureInfo.InvariantCulture);
            var column = ColumnOf(row[CellColumn].Text);
            cells[FirstColumn + column] = meant[number - 1][column];
            return (IReadOnlyList<SheetValue>)cells;
        }).ToList();
        var document = new SheetDocument { Name = "mended", Columns = [.. rows[0].Cells.Select(c => new SheetColumn(c.Text))], Rows = mended };
        return ([.. rows.Skip(1).Select(r => r[0].Text)], SheetWriter.ToBytes(document));
    }

    private static int ColumnOf(string address) =>
        Enumerable.Range(0, 100).First(c => SheetAddress.Column(c) == address.TrimEnd("0123456789".ToCharArray()));
}
