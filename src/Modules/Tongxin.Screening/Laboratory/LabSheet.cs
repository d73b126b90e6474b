using System.Globalization;
using System.Text;
using Tongxin.Core.Common;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Core.Text;
using Tongxin.Platform.Sheets;

namespace Tongxin.Screening.Laboratory;

/// <summary>Columns of a laboratory's file.</summary>
internal enum LabField
{
    Tube,
    Round,
    Size,
    Members,
    Result,
    Version,
    ReportedAt,
}

/// <summary>A row as it was read; with an error when something in it cannot be read.</summary>
/// <param name="Address">The cell of the error: "C17".</param>
internal sealed record ReadRow(int Number, string TubeCode, string RoundText, int? Size, int? Members, TubeResult? Result, int Version, DateTimeOffset? ReportedAt, Error? Error, string? Address);

/// <summary>A laboratory's file read: every row of it, and where its columns are. Nothing is guessed within a cell.</summary>
internal sealed record LabSheet(IReadOnlyList<ReadRow> Rows, IReadOnlyDictionary<LabField, int> Columns)
{
    public const int MostRows = 20_000;
    private const int MostVersion = 99;

    public static readonly TableHeader<LabField> Header = new(
        (LabField.Tube, ["试管码", "管码", "试管编号", "试管条码", "试管号", "采样管", "采样管编号", "采样管条码", "样本编号", "样本条码", "样品编号", "条码", "条形码", "tube", "tube code", "tubecode", "barcode", "sample id", "sample code"]),
        (LabField.Round, ["轮次", "检测轮次", "采样轮次", "轮次编号", "轮次号", "round", "round number", "testing round"]),
        (LabField.Size, ["混采数", "混检数", "混样数", "混采比例", "混检比例", "混采类型", "采样方式", "k", "pool", "pool size", "size"]),
        (LabField.Members, ["人数", "管内人数", "成员数", "样本人数", "实采人数", "采样人数", "members", "member count", "people", "persons", "count"]),
        (LabField.Result, ["结果", "检测结果", "检验结果", "核酸结果", "核酸检测结果", "判定", "结果判定", "result", "test result", "verdict"]),
        (LabField.Version, ["版本", "结果版本", "版本号", "版次", "version", "result version", "revision"]),
        (LabField.ReportedAt, ["报告时间", "出具时间", "报告日期", "检测时间", "检验时间", "结果时间", "审核时间", "reported at", "reported", "report time", "issued at"]));

    /// <summary>Without these no row can be held against its tube.</summary>
    private static readonly LabField[] Needed = [LabField.Tube, LabField.Round, LabField.Size, LabField.Members, LabField.Result];

    /// <summary>What a missing column is to be called.</summary>
    private static readonly Dictionary<LabField, string> Called = new()
    {
        [LabField.Tube] = "试管码 (tube)",
        [LabField.Round] = "轮次 (round)",
        [LabField.Size] = "混采数 (pool size)",
        [LabField.Members] = "人数 (members)",
        [LabField.Result] = "结果 (result)",
    };

    private static readonly Dictionary<string, TubeResult> Results = new(StringComparer.Ordinal)
    {
        ["阴性"] = TubeResult.Neg,
        ["阴"] = TubeResult.Neg,
        ["未检出"] = TubeResult.Neg,
        ["neg"] = TubeResult.Neg,
        ["negative"] = TubeResult.Neg,
        ["notdetected"] = TubeResult.Neg,
        ["阳性"] = TubeResult.Pos,
        ["阳"] = TubeResult.Pos,
        ["pos"] = TubeResult.Pos,
        ["positive"] = TubeResult.Pos,
        ["detected"] = TubeResult.Pos,
        ["灰区"] = TubeResult.Grey,
        ["可疑"] = TubeResult.Grey,
        ["疑似"] = TubeResult.Grey,
        ["grey"] = TubeResult.Grey,
        ["gray"] = TubeResult.Grey,
        ["greyzone"] = TubeResult.Grey,
        ["grayzone"] = TubeResult.Grey,
        ["inconclusive"] = TubeResult.Grey,
        ["无效"] = TubeResult.Invalid,
        ["不合格"] = TubeResult.Invalid,
        ["作废"] = TubeResult.Invalid,
        ["invalid"] = TubeResult.Invalid,
        ["void"] = TubeResult.Invalid,
    };

    private static readonly string[] Moments = ["yyyy-M-d H:m:s", "yyyy-M-d H:m", "yyyy-M-d", "yyyy/M/d H:m:s", "yyyy/M/d H:m", "yyyy/M/d"];

    public static Result<LabSheet> Read(SheetSource source)
    {
        // The older format ends silently at row 65,536: whatever is beyond never was in the file.
        if (source.Format == SheetFormat.Xls) return LaboratoryErrors.OldFormat;
        var sheets = source.Sheets();
        if (sheets.IsFailure) return sheets.Error;
        if (sheets.Value.FirstOrDefault(s => s.Index > 0 && s.RowCount > 0) is { } other) return LaboratoryErrors.MoreSheets(other.Name);
        var layout = Header.Find(source);
        if (layout.IsFailure) return layout.Error;
        var columns = layout.Value.Columns;
        var missing = Needed.Where(f => !columns.ContainsKey(f)).ToList();
        if (missing.Count > 0) return LaboratoryErrors.ColumnsMissing(string.Join(", ", missing.Select(f => Called[f])));

        var rows = new List<ReadRow>();
        foreach (var read in source.Rows())
        {
            // A file that breaks off is refused as a whole.
            if (read.IsFailure) return read.Error;
            var row = read.Value;
            if (row.Number < layout.Value.FirstDataRow || row.IsBlank) continue;
            if (rows.Count >= MostRows) return LaboratoryErrors.TooManyRows(MostRows);
            rows.Add(ReadOne(row, columns));
        }

        return rows.Count == 0 ? LaboratoryErrors.Empty : new LabSheet(Twice(rows, columns), columns);
    }

    private static ReadRow ReadOne(SheetRow row, IReadOnlyDictionary<LabField, int> columns)
    {
        var (code, codeError) = Code(Cell(row, columns, LabField.Tube));
        var size = Size(Text(row, columns, LabField.Size));
        var members = Whole(Text(row, columns, LabField.Members));
        var said = Text(row, columns, LabField.Result);
        var result = Results.TryGetValue(FoldResult(said), out var known) ? known : (TubeResult?)null;
        var versionText = Text(row, columns, LabField.Version);
        var version = versionText.Length == 0 ? 1 : Whole(versionText.TrimStart('v', 'V')) ?? 0;
        var (at, atError) = At(Cell(row, columns, LabField.ReportedAt));

        var (error, field) =
            codeError is not null ? (codeError, LabField.Tube)
            : size is null ? (LaboratoryErrors.RowSize, LabField.Size)
            : members is not (>= 0 and <= PoolSize.Largest) ? (LaboratoryErrors.RowMembers, LabField.Members)
            : result is null ? (LaboratoryErrors.RowResult(said), LabField.Result)
            : version is < 1 or > MostVersion ? (LaboratoryErrors.RowVersion, LabField.Version)
            : atError is not null ? (atError, LabField.ReportedAt)
            : ((Error?)null, default(LabField));
        return new ReadRow(
            row.Number, code, Text(row, columns, LabField.Round), size, members, result, version is < 1 or > MostVersion ? 0 : version, at,
            error, error is not null && columns.TryGetValue(field, out var column) ? row.Address(column) : null);
    }

    /// <summary>Two rows of one tube and version are two tubes with one code, or a row that was copied: neither is believed.</summary>
    private static List<ReadRow> Twice(List<ReadRow> rows, IReadOnlyDictionary<LabField, int> columns)
    {
        var first = new Dictionary<(string, int), int>();
        return rows.ConvertAll(row =>
        {
            if (row.TubeCode.Length == 0 || first.TryAdd((row.TubeCode, row.Version), row.Number) || row.Error is not null) return row;
            return row with { Error = LaboratoryErrors.RowTwice(first[(row.TubeCode, row.Version)]), Address = SheetAddress.Of(columns[LabField.Tube], row.Number) };
        });
    }

    private static (string Code, Error? Error) Code(SheetCell cell)
    {
        var code = TubeCode.Read(cell.Text);
        // Excel keeps fifteen digits of a number: of a longer code the rest is lost for good.
        if (cell.Kind == SheetCellKind.Number && (code.Contains('E', StringComparison.Ordinal) || code.Contains('.', StringComparison.Ordinal) || code.Length > 15)) return (code, LaboratoryErrors.RowDamaged);
        if (cell.Kind is SheetCellKind.Date or SheetCellKind.Time or SheetCellKind.FormulaError) return (code, LaboratoryErrors.RowDamaged);
        return code.Length is 0 or > TubeRules.LongestCode || code.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) ? (code, LaboratoryErrors.RowTube) : (code, null);
    }

    /// <summary>"10", "10混1", "1:10", "单采". Null: not a size.</summary>
    private static int? Size(string text)
    {
        if (text is "单采" or "单管" or "单人单管" || string.Equals(text, "single", StringComparison.OrdinalIgnoreCase)) return 1;
        var numbers = Numbers(text);
        return numbers switch
        {
            [var only] => (int?)only,
            [1, var more] => more,
            [var more, 1] => more,
            _ => null,
        } is { } size and >= 1 and <= PoolSize.Largest ? size : null;
    }

    private static List<int> Numbers(string text)
    {
        var numbers = new List<int>();
        for (var at = 0; at < text.Length; at++)
        {
            var from = at;
            while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
            if (at > from) numbers.Add(at - from > 4 ? int.MaxValue : int.Parse(text.AsSpan(from, at - from), CultureInfo.InvariantCulture));
        }

        return numbers;
    }

    private static int? Whole(string text)
    {
        var digits = text.EndsWith('人') ? text[..^1].TrimEnd() : text;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static (DateTimeOffset? At, Error? Error) At(SheetCell cell)
    {
        if (cell.IsBlank) return (null, null);
        if (cell.Value is not DateTime moment && !DateTime.TryParseExact(cell.Text.Normalize(NormalizationForm.FormKC).Trim(), Moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out moment)) return (null, LaboratoryErrors.RowTime);
        // A day without an hour says less than the instant of publishing does: midnight may be before the swab.
        return (moment.TimeOfDay == TimeSpan.Zero ? null : Campus(moment), null);
    }

    private static DateTimeOffset Campus(DateTime local) => CampusCalendar.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));

    /// <summary>Without width, case, blanks and a sign in brackets behind: "阴性(-)", "NEGATIVE ".</summary>
    private static string FoldResult(string text)
    {
        var folded = TextFold.ForSearch(text).Replace(" ", "", StringComparison.Ordinal);
        var cut = folded.IndexOf('(', StringComparison.Ordinal);
        return cut > 0 ? folded[..cut] : folded;
    }

    private static SheetCell Cell(SheetRow row, IReadOnlyDictionary<LabField, int> columns, LabField field) => columns.TryGetValue(field, out var column) ? row[column] : SheetCell.Empty;

    private static string Text(SheetRow row, IReadOnlyDictionary<LabField, int> columns, LabField field) => Cell(row, columns, field).Text.Normalize(NormalizationForm.FormKC).Trim();
}
