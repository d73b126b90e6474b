using Tongxin.Core.Common;
using Tongxin.Platform.Sheets;

namespace Tongxin.People.Import;

/// <summary>Reads a workbook into row readings, and reads it again to hand the refused rows back.</summary>
internal static class ImportFileReader
{
    /// <summary>
    /// Every row from the first data row on, in order. A file that breaks off is refused as a whole: the part before the break
    /// is never taken for all of it.
    /// </summary>
    public static Result<int> Read(SheetSource source, int sheet, int firstDataRow, RowReader reader, Action<RowReading> take, Action<int>? progress, CancellationToken ct)
    {
        var last = 0;
        foreach (var row in source.Rows(sheet))
        {
            if (row.IsFailure) return row.Error;
            last = row.Value.Number;
            if (last % 500 == 0)
            {
                ct.ThrowIfCancellationRequested();
                progress?.Invoke(last);
            }
            if (last < firstDataRow || row.Value.IsBlank) continue;
            take(reader.Read(row.Value));
        }
        return last;
    }

    /// <summary>Cells merged over several rows, so that a building named once stands for all its rows. Only .xlsx and .xls have them.</summary>
    public static IReadOnlyList<SheetRange> Merged(SheetSource source, int sheet)
    {
        if (source.Format == SheetFormat.Csv) return [];
        var info = source.Sheet(sheet);
        return info.IsFailure ? [] : [.. info.Value.Merged.Where(m => m.LastRow > m.FirstRow)];
    }
}
