using Tongxin.Core.Common;

namespace Tongxin.Platform.Sheets;

internal enum SheetValueKind
{
    Empty,
    Text,
    Number,
    Day,
    Moment,
}

/// <summary>What goes into one cell. Only what converts to it can be written; an identity number or a phone is text.</summary>
public readonly record struct SheetValue
{
    private SheetValue(SheetValueKind kind, string? text, decimal number) => (Kind, Text, Number) = (kind, text, number);

    internal SheetValueKind Kind { get; }

    internal string? Text { get; }

    /// <summary>The number, or Excel's serial day (1899-12-30 is 0).</summary>
    internal decimal Number { get; }

    public static implicit operator SheetValue(string? text) =>
        string.IsNullOrEmpty(text) ? default : new(SheetValueKind.Text, text, 0);

    public static implicit operator SheetValue(int number) => new(SheetValueKind.Number, null, number);

    public static implicit operator SheetValue(int? number) => number is { } known ? known : default(SheetValue);

    public static implicit operator SheetValue(long number) => new(SheetValueKind.Number, null, number);

    public static implicit operator SheetValue(decimal number) => new(SheetValueKind.Number, null, number);

    public static implicit operator SheetValue(DateOnly day) => new(SheetValueKind.Day, null, SerialOf(day.ToDateTime(TimeOnly.MinValue)));

    public static implicit operator SheetValue(DateOnly? day) => day is { } known ? known : default(SheetValue);

    /// <summary>Shown in campus time, to the minute.</summary>
    public static implicit operator SheetValue(DateTimeOffset moment) =>
        new(SheetValueKind.Moment, null, SerialOf(CampusCalendar.Local(moment).DateTime));

    public static implicit operator SheetValue(DateTimeOffset? moment) => moment is { } known ? known : default(SheetValue);

    /// <summary>The cell as it was read, for a list of refused rows: numbers stay the damaged numbers they are.</summary>
    public static SheetValue From(SheetCell cell) => cell.Value switch
    {
        DateTime moment when moment.TimeOfDay == TimeSpan.Zero => DateOnly.FromDateTime(moment),
        _ => cell.Text,
    };

    // Excel believes 1900 was a leap year, so days before 1900-03-01 are off by one; nobody in a register is that old.
    private static decimal SerialOf(DateTime local) => (decimal)local.Ticks / TimeSpan.TicksPerDay - 693_593m;
}
