using Tongxin.Access.Returns.Data;
using Tongxin.Core.Common;
using Tongxin.Core.Protocols;
using Tongxin.Core.Returns;
using Tongxin.Core.Text;
using Tongxin.Platform.Sheets;

namespace Tongxin.Access.Returns.Areas;

/// <summary>Columns of a list of risk areas.</summary>
internal enum AreaField
{
    Place,
    Code,
    Level,
    From,
    Until,
}

/// <summary>Why a row is refused: its number in the file and the cell.</summary>
internal sealed record AreaFinding(int Row, string? Cell, Error Error, string Shown);

/// <summary>A file of areas read: all of its rows, or the findings that say why none is taken.</summary>
internal sealed record AreaSheet(IReadOnlyList<(int Row, RiskArea Area)> Areas, IReadOnlyList<AreaFinding> Findings)
{
    public const int MostRows = 20_000;

    public static readonly TableHeader<AreaField> Header = new(
        (AreaField.Place, ["风险区域", "地区", "区域", "地址", "区域名称", "地区名称", "风险区", "中高风险区", "place", "area", "region"]),
        (AreaField.Code, ["行政区划代码", "区划代码", "地区代码", "代码", "code"]),
        (AreaField.Level, ["风险等级", "等级", "级别", "level"]),
        (AreaField.From, ["起始日期", "开始日期", "生效日期", "划定日期", "划定时间", "from", "since"]),
        (AreaField.Until, ["解除日期", "结束日期", "调整日期", "解除时间", "until", "lifted"]));

    private static readonly Dictionary<string, RiskLevel> Levels = new(StringComparer.Ordinal)
    {
        ["高风险"] = RiskLevel.High,
        ["高风险区"] = RiskLevel.High,
        ["高"] = RiskLevel.High,
        ["high"] = RiskLevel.High,
        ["中风险"] = RiskLevel.Middle,
        ["中风险区"] = RiskLevel.Middle,
        ["中"] = RiskLevel.Middle,
        ["middle"] = RiskLevel.Middle,
        ["mid"] = RiskLevel.Middle,
        ["medium"] = RiskLevel.Middle,
        ["低风险"] = RiskLevel.Low,
        ["低风险区"] = RiskLevel.Low,
        ["低"] = RiskLevel.Low,
        ["low"] = RiskLevel.Low,
    };

    public static Result<AreaSheet> Read(SheetSource source, DateOnly today)
    {
        var layout = Header.Find(source);
        if (layout.IsFailure) return layout.Error;
        var columns = layout.Value.Columns;
        if (!columns.ContainsKey(AreaField.Place) || !columns.ContainsKey(AreaField.Level) || !columns.ContainsKey(AreaField.From)) return ReturnErrors.ColumnsMissing;
        var (areas, findings) = (new List<(int Row, RiskArea Area)>(), new List<AreaFinding>());
        var seen = new Dictionary<(Region, RiskLevel, DateOnly), int>();
        foreach (var read in source.Rows())
        {
            // A file that breaks off is refused as a whole.
            if (read.IsFailure) return read.Error;
            var row = read.Value;
            if (row.Number < layout.Value.FirstDataRow || row.IsBlank) continue;
            if (areas.Count + findings.Count >= MostRows) return SheetErrors.TooLarge(MostRows, MostRows);
            var (area, field, error) = ReadRow(row, columns, today);
            if (area is not null && seen.TryGetValue((area.Place, area.Level, area.From), out var first)) (error, field) = (ReturnErrors.RowTwice(first), AreaField.Place);
            if (error is null && area is not null)
            {
                seen[(area.Place, area.Level, area.From)] = row.Number;
                areas.Add((row.Number, area));
            }
            else
            {
                findings.Add(new AreaFinding(row.Number, columns.TryGetValue(field, out var column) ? row.Address(column) : null, error ?? ReturnErrors.RowPlace, TextFold.Clean(Cell(row, columns, AreaField.Place))));
            }
        }
        return areas.Count + findings.Count == 0 ? ReturnErrors.ListEmpty : new AreaSheet(areas, findings);
    }

    private static (RiskArea? Area, AreaField Field, Error? Error) ReadRow(SheetRow row, IReadOnlyDictionary<AreaField, int> columns, DateOnly today)
    {
        var (place, code) = (TextFold.Clean(Cell(row, columns, AreaField.Place)), TextFold.Clean(Cell(row, columns, AreaField.Code)));
        if (place.Length is 0 or > ReadDeclaration.LongestPlace) return (null, AreaField.Place, ReturnErrors.RowPlace);
        // A code that Excel made a number with an exponent is damaged for good; it is not guessed.
        if (code.Length > 0 && (code.Length is < 2 or > 12 || !code.All(char.IsAsciiDigit))) return (null, AreaField.Code, ReturnErrors.RowCode);
        var region = new Region(code.Length == 0 ? null : code, place);
        if (region.Code is null && !region.TellsCity) return (null, AreaField.Place, ReturnErrors.RowPlace);
        if (!Levels.TryGetValue(TextFold.ForSearch(Cell(row, columns, AreaField.Level)), out var level)) return (null, AreaField.Level, ReturnErrors.RowLevel);
        var from = LooseDate.Parse(Cell(row, columns, AreaField.From), today);
        if (from.IsFailure) return (null, AreaField.From, ReturnErrors.RowFrom);
        if (string.IsNullOrWhiteSpace(Cell(row, columns, AreaField.Until))) return (new RiskArea(region, level, from.Value, null), default, null);
        var until = LooseDate.Parse(Cell(row, columns, AreaField.Until), today);
        return until.IsFailure || until.Value <= from.Value ? (null, AreaField.Until, ReturnErrors.RowUntil) : (new RiskArea(region, level, from.Value, until.Value), default, null);
    }

    private static string Cell(SheetRow row, IReadOnlyDictionary<AreaField, int> columns, AreaField field) => columns.TryGetValue(field, out var column) ? row[column].Text : "";
}
