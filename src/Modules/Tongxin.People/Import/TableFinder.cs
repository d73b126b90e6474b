using Tongxin.Platform.Sheets;

namespace Tongxin.People.Import;

/// <summary>Where the table starts and which column holds what.</summary>
/// <param name="FirstDataRow">Number of the first row below the header.</param>
/// <param name="Headers">The text over each column, two header rows joined; empty where there is none.</param>
/// <param name="Columns">0-based column of each field found.</param>
internal sealed record TableLayout(int FirstDataRow, IReadOnlyList<string> Headers, IReadOnlyDictionary<ImportField, int> Columns);

/// <summary>Finds the header under title rows, in one row or in two (a group over its parts).</summary>
internal static class TableFinder
{
    /// <summary>Titles, notices and blank rows above the header never fill more than this.</summary>
    public const int RowsToLookAt = 40;

    /// <summary>The best header among the first rows; with none recognised the first row that is not blank, so that a person can say what is what.</summary>
    public static TableLayout Find(IReadOnlyList<SheetRow> first)
    {
        TableLayout? best = null;
        for (var i = 0; i < first.Count; i++)
        {
            if (first[i].IsBlank) continue;
            best = Better(best, Read(first[i].Number + 1, Texts(first[i])));
            // Two rows: the lower one wins, the upper one names what the lower leaves blank.
            if (i + 1 < first.Count && !first[i + 1].IsBlank)
                best = Better(best, Read(first[i + 1].Number + 1, Joined(first[i], first[i + 1])));
        }
        return best ?? new TableLayout(1, [], new Dictionary<ImportField, int>());
    }

    private static TableLayout Better(TableLayout? best, TableLayout candidate) =>
        best is null || candidate.Columns.Count > best.Columns.Count ? candidate : best;

    private static TableLayout Read(int firstDataRow, List<string> headers)
    {
        var columns = new Dictionary<ImportField, int>();
        for (var column = 0; column < headers.Count; column++)
        {
            if (ImportHeaders.Guess(headers[column]) is { } field) columns.TryAdd(field, column);
        }
        return new TableLayout(firstDataRow, headers, columns);
    }

    private static List<string> Texts(SheetRow row) => [.. row.Cells.Select(c => c.Text.Trim())];

    private static List<string> Joined(SheetRow upper, SheetRow lower)
    {
        var width = Math.Max(upper.Cells.Count, lower.Cells.Count);
        return [.. Enumerable.Range(0, width).Select(c => lower[c].IsBlank ? upper[c].Text.Trim() : lower[c].Text.Trim())];
    }
}
