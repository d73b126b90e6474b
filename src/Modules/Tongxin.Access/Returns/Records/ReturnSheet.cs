using System.Globalization;
using Microsoft.Extensions.Localization;
using Tongxin.Platform.Sheets;

namespace Tongxin.Access.Returns.Records;

/// <summary>返校备案台账 for Excel and print, masked. Its heads stay Chinese, as those of every sheet.</summary>
internal static class ReturnSheet
{
    public const string Title = "返校备案台账";

    public static SheetDocument Document(string season, IReadOnlyList<ReturnLine> lines, string watermark, IStringLocalizer<ReturnsText> texts) => new()
    {
        Name = Title,
        Titles = [Title, season],
        Watermark = watermark,
        Columns = [new("序号", 6), new("姓名"), new("学号/工号", 16), new("联系电话", 16), new("学院/班级", 24, SheetColumnStyle.Wrapped), new("状态"), new("判定", 14), new("管理至"), new("预计到校"), new("预约时段", 18), new("实际到校", 18), new("观察至")],
        Rows = lines.Select((l, i) => (IReadOnlyList<SheetValue>)
        [
            i + 1, Core.Text.Mask.Name(l.Name), l.NumberMasked, l.PhoneMasked, l.Unit, texts[$"state.{l.State}"].Value, l.Outcome is { } outcome ? texts[$"outcome.{outcome}"].Value : null,
            l.Until, l.Arrives, l.SlotStarts, l.ArrivedAt, l.ObservedUntil,
        ]),
    };

    public static string FileName(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{Title}-{day:yyyy-MM-dd}.xlsx");
}
