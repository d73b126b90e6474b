using System.Collections.Frozen;
using System.Globalization;
using Tongxin.Core.Common;
using Tongxin.Core.Text;

namespace Tongxin.Platform.Sheets;

/// <summary>Where the table starts and which column holds what.</summary>
/// <param name="FirstDataRow">Number of the first row below the header.</param>
/// <param name="Headers">The text over each column, two header rows joined; empty where there is none.</param>
/// <param name="Columns">0-based column of each field found.</param>
public sealed record TableLayout<TField>(int FirstDataRow, IReadOnlyList<string> Headers, IReadOnlyDictionary<TField, int> Columns)
    where TField : struct, Enum;

/// <summary>
/// Which field a header means, in the words that offices use, and where the header stands: under title rows, in one row or in two (a
/// group over its parts). Each kind of file brings its own words.
/// </summary>
public sealed class TableHeader<TField>
    where TField : struct, Enum
{
    /// <summary>Titles, notices and blank rows above the header never fill more than this.</summary>
    private const int RowsToLookAt = 40;

    private const int LongestHeader = 24;

    private readonly FrozenDictionary<string, TField> _words;

    /// <param name="words">What each field is called; of a word said twice the later field has it.</param>
    public TableHeader(params IReadOnlyList<(TField Field, string[] Names)> words)
    {
        var all = new Dictionary<string, TField>(StringComparer.Ordinal);
        foreach (var (field, names) in words)
            foreach (var name in names) all[Fold(name)] = field;
        _words = all.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Null when the header means nothing to us: the column is left alone, and the page says so.</summary>
    public TField? Guess(string header)
    {
        var folded = Fold(header).TrimEnd('*', ':');
        if (folded.Length is 0 or > LongestHeader) return null;
        if (_words.TryGetValue(folded, out var field)) return field;
        // "联系电话(必填)", "身份证号码*": the word before the remark.
        var cut = folded.IndexOfAny(['(', '[', '【', '/']);
        return cut > 0 && _words.TryGetValue(folded[..cut], out field) ? field : null;
    }

    /// <summary>
    /// The best header among the first rows of a sheet; with none recognised the first row that is not blank, so that a person can say
    /// what is what. Fails as the file fails.
    /// </summary>
    public Result<TableLayout<TField>> Find(SheetSource source, int sheet = 0)
    {
        var first = new List<SheetRow>(RowsToLookAt);
        foreach (var row in source.Rows(sheet).Take(RowsToLookAt))
        {
            if (row.IsFailure) return row.Error;
            first.Add(row.Value);
        }

        TableLayout<TField>? best = null;
        for (var i = 0; i < first.Count; i++)
        {
            if (first[i].IsBlank) continue;
            best = Better(best, Read(first[i].Number + 1, [.. first[i].Cells.Select(c => c.Text.Trim())]));
            // Two rows: the lower one wins, the upper one names what the lower leaves blank.
            if (i + 1 < first.Count && !first[i + 1].IsBlank)
                best = Better(best, Read(first[i + 1].Number + 1, Joined(first[i], first[i + 1])));
        }

        return best ?? new TableLayout<TField>(1, [], new Dictionary<TField, int>());
    }

    private static TableLayout<TField> Better(TableLayout<TField>? best, TableLayout<TField> candidate) =>
        best is null || candidate.Columns.Count > best.Columns.Count ? candidate : best;

    private TableLayout<TField> Read(int firstDataRow, List<string> headers)
    {
        var columns = new Dictionary<TField, int>();
        for (var column = 0; column < headers.Count; column++)
        {
            if (Guess(headers[column]) is { } field) columns.TryAdd(field, column);
        }
        return new TableLayout<TField>(firstDataRow, headers, columns);
    }

    private static List<string> Joined(SheetRow upper, SheetRow lower)
    {
        var width = Math.Max(upper.Cells.Count, lower.Cells.Count);
        return [.. Enumerable.Range(0, width).Select(c => lower[c].IsBlank ? upper[c].Text.Trim() : lower[c].Text.Trim())];
    }

    private static string Fold(string text) => TextFold.ForSearch(text).Replace(" ", "", StringComparison.Ordinal);
}

/// <summary>A choice of columns as it lies in the database: "Name:0,Phone:3".</summary>
public static class ColumnMap
{
    public static string Write<TField>(IReadOnlyDictionary<TField, int> columns)
        where TField : struct, Enum => string.Join(',', columns.Select(c => $"{c.Key}:{c.Value}"));

    public static IReadOnlyDictionary<TField, int> Read<TField>(string text)
        where TField : struct, Enum =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split(':'))
            .ToDictionary(part => Enum.Parse<TField>(part[0]), part => int.Parse(part[1], CultureInfo.InvariantCulture));
}
