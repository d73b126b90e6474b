using System.Globalization;
using Tongxin.Core.Common;
using Tongxin.Grid.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Sheets;

namespace Tongxin.Grid.Coverage;

/// <summary>网格责任表 as a workbook. Its heads are the ledger's own in every language.</summary>
internal static class ResponsibilitySheet
{
    public const string Title = "网格责任表";

    public static readonly IReadOnlyList<string> Headers = ["网格编号", "楼栋", "单元", "户数", "人数", "队长", "队员", "包保方式(包单元/包户/包人)", "联系电话", "起止日期"];

    public static string Word(ResponsibilityMode mode) => mode switch
    {
        ResponsibilityMode.Unit => "包单元",
        ResponsibilityMode.Household => "包户",
        _ => "包人",
    };

    public static string Span(ResponsibilityLine line) => line.From is not { } from ? "" : line.Until is { } until ? $"{Day(from)} 至 {Day(until)}" : $"{Day(from)} 起";

    public static byte[] Write(IReadOnlyList<ResponsibilityLine> lines, Actor actor, DateTimeOffset at) => SheetWriter.ToBytes(new SheetDocument
    {
        Name = Title,
        Titles = [Title],
        Watermark = $"{actor.Name} {CampusCalendar.Local(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}",
        Columns = [.. Headers.Select((h, i) => new SheetColumn(h, i switch { 6 => 36, 7 => 26, 9 => 26, 8 => 16, _ => 12 }, i == 6 ? SheetColumnStyle.Wrapped : SheetColumnStyle.Plain))],
        Rows = lines.Select(l => (IReadOnlyList<SheetValue>)[l.Number, l.Building, l.Entrance, l.Households, l.People, l.Captain, l.Members, Word(l.Mode), l.Phone, Span(l)]),
    });

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
