namespace Tongxin.Platform.Sheets;

/// <summary>One row as the file has it. <see cref="Number"/> is the number Excel shows at its left: 1 is the first.</summary>
public sealed class SheetRow(string sheet, int number, SheetCell[] cells)
{
    public string Sheet { get; } = sheet;

    public int Number { get; } = number;

    /// <summary>From column A on; shorter than the sheet is wide when the row ends early.</summary>
    public IReadOnlyList<SheetCell> Cells => cells;

    /// <summary>The cell in a 0-based column; empty beyond the end of the row.</summary>
    public SheetCell this[int column] => column >= 0 && column < cells.Length ? cells[column] : SheetCell.Empty;

    public bool IsBlank => Array.TrueForAll(cells, cell => cell.IsBlank);

    /// <summary>"C17" for the 0-based column 2 of row 17.</summary>
    public string Address(int column) => SheetAddress.Of(column, Number);
}

/// <summary>Cells merged into one, 0-based columns, 1-based rows, both ends included.</summary>
public readonly record struct SheetRange(int FirstRow, int FirstColumn, int LastRow, int LastColumn);

/// <summary>A sheet of the file. <see cref="RowCount"/> counts up to the last row that exists, blank ones in between included.</summary>
public sealed record SheetInfo(int Index, string Name, bool IsHidden, int RowCount, int ColumnCount, IReadOnlyList<SheetRange> Merged);

public static class SheetAddress
{
    public static string Of(int column, int row) => $"{Column(column)}{row}";

    /// <summary>"A" for 0, "AA" for 26.</summary>
    public static string Column(int column)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        Span<char> letters = stackalloc char[7];
        var at = letters.Length;
        for (var rest = column + 1L; rest > 0; rest = (rest - 1) / 26)
        {
            letters[--at] = (char)('A' + ((rest - 1) % 26));
        }

        return new string(letters[at..]);
    }
}
