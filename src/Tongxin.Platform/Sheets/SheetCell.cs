using System.Globalization;

namespace Tongxin.Platform.Sheets;

/// <summary>What the file says a cell is, not what it looks like.</summary>
public enum SheetCellKind
{
    Empty,
    Text,

    /// <summary>A number of Excel: 15 digits at most are true. A longer identity number is damaged for good.</summary>
    Number,
    Date,

    /// <summary>A time of day or a duration.</summary>
    Time,
    Bool,

    /// <summary>#REF!, #N/A and their kind.</summary>
    FormulaError,
}

/// <summary>
/// One cell. <see cref="Text"/> is never trimmed nor cleaned: numbers read as Excel holds them ("6.1011219900101E+17"),
/// dates as yyyy-MM-dd with HH:mm:ss behind when there is a time of day.
/// </summary>
/// <param name="Value">string, double, DateTime, TimeSpan, bool, or null.</param>
public readonly record struct SheetCell(SheetCellKind Kind, string Text, object? Value)
{
    public static readonly SheetCell Empty = new(SheetCellKind.Empty, "", null);

    /// <summary>Nothing in it, or white space only.</summary>
    public bool IsBlank => string.IsNullOrWhiteSpace(Text);

    public DateOnly? Date => Value is DateTime moment ? DateOnly.FromDateTime(moment) : null;

    internal static SheetCell Of(string text) => text.Length == 0 ? Empty : new(SheetCellKind.Text, text, text);

    internal static SheetCell Of(double number) => new(SheetCellKind.Number, number.ToString("R", CultureInfo.InvariantCulture), number);

    internal static SheetCell Of(DateTime moment) => new(
        SheetCellKind.Date,
        moment.ToString(moment.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        moment);

    internal static SheetCell Of(TimeSpan time) => new(SheetCellKind.Time, time.ToString("c", CultureInfo.InvariantCulture), time);

    internal static SheetCell Of(bool truth) => new(SheetCellKind.Bool, truth ? "TRUE" : "FALSE", truth);

    internal static SheetCell OfError(string text) => new(SheetCellKind.FormulaError, text, null);
}
