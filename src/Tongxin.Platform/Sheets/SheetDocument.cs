namespace Tongxin.Platform.Sheets;

/// <summary>How a column looks.</summary>
public enum SheetColumnStyle
{
    Plain,

    /// <summary>Breaks lines instead of running into the next column.</summary>
    Wrapped,

    /// <summary>Red, for the reason beside a refused row.</summary>
    Warning,
}

/// <param name="Width">In characters of the default font; a Chinese character takes two.</param>
public sealed record SheetColumn(string Header, double Width = 12, SheetColumnStyle Style = SheetColumnStyle.Plain);

/// <summary>A list on its way to Excel. Rows are enumerated once, while they are written.</summary>
public sealed record SheetDocument
{
    /// <summary>The tab; characters that Excel refuses are replaced, and it is cut at 31.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<SheetColumn> Columns { get; init; }

    public required IEnumerable<IReadOnlyList<SheetValue>> Rows { get; init; }

    /// <summary>Lines above the header, each across all columns; the first is set large.</summary>
    public IReadOnlyList<string> Titles { get; init; } = [];

    /// <summary>Who took this list away, when, and what for: a line under the titles and the foot of every printed page.</summary>
    public string? Watermark { get; init; }
}
