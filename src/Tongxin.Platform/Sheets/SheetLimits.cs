namespace Tongxin.Platform.Sheets;

/// <summary>What a file may weigh before it is opened. A workbook is an upload by a person nobody can vouch for.</summary>
public sealed record SheetLimits
{
    public static readonly SheetLimits Default = new();

    /// <summary>Bytes of the file as it arrives. 50 MB hold more than a million rows of a population workbook.</summary>
    public long MaxBytes { get; init; } = 50L << 20;

    /// <summary>Parts in the zip; a workbook of 100 sheets has about 300.</summary>
    public int MaxEntries { get; init; } = 2_000;

    /// <summary>Bytes of all parts together once unpacked.</summary>
    public long MaxUnpackedBytes { get; init; } = 400L << 20;

    /// <summary>Unpacked over packed. Real sheets stay under 40; a bomb of zeros reaches 1,000.</summary>
    public int MaxRatio { get; init; } = 150;

    /// <summary>Parts smaller than this may pack as well as they like.</summary>
    public long RatioAppliesFromBytes { get; init; } = 8L << 20;

    /// <summary>Columns of one sheet.</summary>
    public int MaxColumns { get; init; } = 1_024;

    /// <summary>Characters of one cell: Excel's own limit. A longer one in a .csv is a quote that was never closed.</summary>
    public int MaxCellLength { get; init; } = 32_767;
}
