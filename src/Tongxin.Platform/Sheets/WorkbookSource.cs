using System.Collections.Frozen;
using ExcelDataReader;
using Tongxin.Core.Common;

namespace Tongxin.Platform.Sheets;

/// <summary>.xlsx and .xls. The reader goes forward only: asking for an earlier sheet starts it again.</summary>
internal sealed class WorkbookSource(IExcelDataReader reader, SheetFormat format, SheetLimits limits) : SheetSource
{
    private static readonly FrozenSet<string> FormulaErrors =
        FrozenSet.Create(StringComparer.Ordinal, "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A");

    private int _at;
    private bool _isRead;
    private int _reading;

    public override SheetFormat Format => format;

    public override Result<IReadOnlyList<SheetInfo>> Sheets()
    {
        try
        {
            var sheets = new List<SheetInfo>(reader.ResultsCount);
            for (var index = 0; index < reader.ResultsCount; index++)
            {
                MoveTo(index);
                sheets.Add(Describe(index));
            }

            return sheets;
        }
        catch (Exception broken) when (SheetReader.IsBrokenFile(broken))
        {
            return SheetReader.ErrorOf(broken, FileName);
        }
    }

    public override Result<SheetInfo> Sheet(int index = 0)
    {
        if (index < 0 || index >= reader.ResultsCount)
        {
            return SheetErrors.Empty(FileName);
        }

        try
        {
            MoveTo(index);
            return Describe(index);
        }
        catch (Exception broken) when (SheetReader.IsBrokenFile(broken))
        {
            return SheetReader.ErrorOf(broken, FileName);
        }
    }

    public override IEnumerable<Result<SheetRow>> Rows(int sheet = 0)
    {
        var info = Sheet(sheet);
        if (info.IsFailure)
        {
            yield return info.Error;
            yield break;
        }

        if (info.Value.ColumnCount > limits.MaxColumns)
        {
            yield return SheetErrors.TooWide(info.Value.Name, info.Value.ColumnCount, limits.MaxColumns);
            yield break;
        }

        var reading = ++_reading;
        _isRead = true;
        for (var number = 1; ; number++)
        {
            if (reading != _reading)
            {
                throw new InvalidOperationException("A source is read once at a time.");
            }

            var row = ReadRow(info.Value.Name, number);
            if (row is null)
            {
                yield break;
            }

            yield return row.Value;
            if (row.Value.IsFailure)
            {
                yield break;
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            reader.Dispose();
        }
    }

    private Result<SheetRow>? ReadRow(string sheet, int number)
    {
        try
        {
            if (!reader.Read())
            {
                return null;
            }

            var cells = new SheetCell[reader.FieldCount];
            var used = 0;
            for (var column = 0; column < cells.Length; column++)
            {
                var cell = ReadCell(column);
                cells[column] = cell;
                if (cell.Kind != SheetCellKind.Empty)
                {
                    used = column + 1;
                }
            }

            return new SheetRow(sheet, number, used == cells.Length ? cells : cells[..used]);
        }
        catch (Exception broken) when (SheetReader.IsBrokenFile(broken))
        {
            return SheetReader.ErrorOf(broken, FileName, number - 1);
        }
    }

    private SheetCell ReadCell(int column) => reader.GetValue(column) switch
    {
        null => SheetCell.Empty,
        string text => FormulaErrors.Contains(text) ? SheetCell.OfError(text) : SheetCell.Of(text),
        double number when IsEastAsianDate(reader.GetNumberFormatIndex(column)) && number is >= 1 and < 2_958_466 => SheetCell.Of(DateTime.FromOADate(number)),
        double number => SheetCell.Of(number),
        DateTime moment => SheetCell.Of(moment),
        TimeSpan time => SheetCell.Of(time),
        bool truth => SheetCell.Of(truth),
        var other => SheetCell.Of(Convert.ToDouble(other, System.Globalization.CultureInfo.InvariantCulture)),
    };

    /// <summary>
    /// Formats 27-36 and 50-58 are built into Chinese, Japanese and Korean Excel ("2022年1月3日") and need not be spelled out
    /// in the file, so the library below takes them for plain numbers. ECMA-376 part 1, 18.8.30.
    /// </summary>
    private static bool IsEastAsianDate(int format) => format is (>= 27 and <= 31) or 36 or (>= 50 and <= 54) or 57 or 58;

    private SheetInfo Describe(int index) => new(
        index,
        reader.Name,
        !string.Equals(reader.VisibleState, "visible", StringComparison.OrdinalIgnoreCase),
        reader.RowCount,
        reader.FieldCount,
        [.. (reader.MergeCells ?? []).Select(range => new SheetRange(range.FromRow + 1, range.FromColumn, range.ToRow + 1, range.ToColumn))]);

    private void MoveTo(int index)
    {
        if (index < _at || _isRead)
        {
            reader.Reset();
            (_at, _isRead) = (0, false);
            _reading++;
        }

        for (; _at < index; _at++)
        {
            reader.NextResult();
        }
    }
}
