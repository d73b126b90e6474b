using Tongxin.Core.Common;

namespace Tongxin.Platform.Sheets;

public enum SheetFormat
{
    /// <summary>.xlsx, .xlsm and .xlsb.</summary>
    Xlsx,
    Xls,
    Csv,
}

/// <summary>An opened file. Rows are read while they are asked for; one reading at a time.</summary>
public abstract class SheetSource : IDisposable
{
    public abstract SheetFormat Format { get; }

    public required string FileName { get; init; }

    /// <summary>How the text of a .csv is encoded ("utf-8", "utf-16", "gb18030"); null for workbooks.</summary>
    public virtual string? EncodingName => null;

    /// <summary>
    /// All sheets with their row counts. Costs about half a reading of the file, so ask only when there is a choice to offer.
    /// </summary>
    public abstract Result<IReadOnlyList<SheetInfo>> Sheets();

    /// <summary>
    /// One sheet alone; later sheets are not touched. Refused when there is no such sheet.
    /// </summary>
    public abstract Result<SheetInfo> Sheet(int index = 0);

    /// <summary>
    /// Every row of a sheet, blank ones included, none left out. A file that breaks off yields one failure as its last element,
    /// so that a reader can never take the part for the whole.
    /// </summary>
    public abstract IEnumerable<Result<SheetRow>> Rows(int sheet = 0);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
