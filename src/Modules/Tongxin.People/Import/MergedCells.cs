using Tongxin.Platform.Sheets;

namespace Tongxin.People.Import;

/// <summary>A value merged over several rows stands in the first of them; here every row has it. Rows are given in file order.</summary>
internal sealed class MergedCells(IReadOnlyList<SheetRange> merged)
{
    private readonly Dictionary<int, (int LastRow, SheetCell Cell)> _above = [];

    public SheetCell Of(SheetRow row, int column)
    {
        var cell = row[column];
        if (merged.Count == 0) return cell;
        if (cell.IsBlank) return _above.TryGetValue(column, out var above) && row.Number <= above.LastRow ? above.Cell : cell;
        var last = merged.Where(m => m.FirstRow == row.Number && m.FirstColumn <= column && column <= m.LastColumn)
            .Select(m => m.LastRow).DefaultIfEmpty(row.Number).Max();
        if (last > row.Number) _above[column] = (last, cell);
        return cell;
    }
}
