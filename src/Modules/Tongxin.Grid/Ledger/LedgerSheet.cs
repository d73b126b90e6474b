using System.Globalization;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Rounds;
using Tongxin.Core.Text;
using Tongxin.Grid.Data;
using Tongxin.People.Contracts;
using Tongxin.Platform.Sheets;
using Tongxin.Platform.Ui;

namespace Tongxin.Grid.Ledger;

/// <summary>
/// The ledger's columns, in the order and wording that the paper form has; they stay Chinese in every language of the page.
/// Names, phones and needs are masked unless the view was opened in the clear.
/// </summary>
internal static class LedgerSheet
{
    private const int ChildUnder = 14;
    private const int ElderFrom = 60;

    public static readonly IReadOnlyList<string> Headers =
    [
        "序号", "楼栋", "单元", "房号", "户主姓名*", "联系电话*", "登记人数", "实际入住人数", "住房使用情况(自住/出租/空置)", "老人/儿童/孕产妇数",
        "特殊需求(慢性病/透析/放化疗/行动不便/孕产/新生儿)*", "需协助事项", "上一轮核酸(已检/未检/原因)", "入户时间", "入户方式(上门/电话/线上)",
        "结果(见面/无人/拒访/空房)", "下次入户", "队员", "队长审核", "备注",
    ];

    private static readonly double[] Widths = [6, 10, 10, 8, 12, 16, 8, 10, 14, 14, 22, 16, 16, 17, 10, 10, 17, 12, 14, 24];

    public static SheetDocument Document(LedgerView view, string watermark, IStringLocalizer<GridText> texts, IStringLocalizer<UiText> ui) => new()
    {
        Name = "敲门行动台账",
        Titles = ["敲门行动台账", $"{view.Round.Number} {view.Round.Title}"],
        Watermark = watermark,
        Columns = [.. Headers.Select((h, i) => new SheetColumn(h, Widths[i], SheetColumnStyle.Wrapped))],
        Rows = view.Lines.Select(l => Row(l, view.IsUnmasked, texts, ui)),
    };

    private static IReadOnlyList<SheetValue> Row(LedgerLine line, bool isUnmasked, IStringLocalizer<GridText> t, IStringLocalizer<UiText> ui) =>
        [.. Values(line, isUnmasked, t, ui).Select(v => v is int number ? number : (SheetValue)(v as string))];

    /// <summary>The same line on the page and on paper, always masked.</summary>
    public static IEnumerable<string?> Cells(LedgerLine line, IStringLocalizer<GridText> t, IStringLocalizer<UiText> ui) =>
        Values(line, isUnmasked: false, t, ui).Select(v => v is int number ? number.ToString(CultureInfo.InvariantCulture) : v as string);

    private static object?[] Values(LedgerLine line, bool isUnmasked, IStringLocalizer<GridText> t, IStringLocalizer<UiText> ui)
    {
        var head = line.Residents.FirstOrDefault(r => r.PhoneMasked is not null) ?? (line.Residents.Count > 0 ? line.Residents[0] : null);
        var name = line.Home?.HeadName ?? head?.Name;
        var care = line.Residents.SelectMany(r => r.Care).Where(c => c is not (CareKind.MentalDisorder or CareKind.KeyStudent)).Distinct().Order().Select(c => (string)t[$"care.{c}"]).ToList();
        var target = line.Target;
        return
        [
            line.Number, line.Building, line.Entrance, line.Room,
            isUnmasked ? name : Mask.Name(name),
            isUnmasked ? line.Phone : head?.PhoneMasked,
            line.Home?.Residents, line.Detail?.Residents,
            (line.Detail?.Use ?? line.Home?.Use) is { } use and not HousingUse.Unknown ? (string)t[$"use.{use}"] : "",
            Counts(line.Residents),
            care.Count == 0 ? "" : isUnmasked ? string.Join('、', care) : "***",
            string.Join('、', (line.Detail?.Needs ?? []).Select(n => (string)t[$"need.{n}"])),
            line.Detail?.LastTest is { } test ? $"{t[$"test.{test}"]} {line.Detail.LastTestReason}".TrimEnd() : "",
            line.Decider?.SeenAt is { } seen ? Moments.Full(seen, ui) : "",
            line.Decider is { Kind: not OutcomeKind.Excused } decider ? (string)t.Of(decider.Channel) : "",
            target.Result is null ? "" : (string)t.Of(target.Result),
            target.NextFrom is { } next ? Moments.Full(next, ui) : "",
            line.Helper ?? (line.Decider?.Channel == Channel.Online ? (string)t["story.resident"] : ""),
            target.WaitsForReview ? (string)t["ledger.waits"] : line.Reviewer,
            Notes(line, isUnmasked, t),
        ];
    }

    private static string Counts(IReadOnlyList<ResidentView> residents) =>
        $"{residents.Count(r => r.Age >= ElderFrom)}/{residents.Count(r => r.Age < ChildUnder)}/{residents.Count(r => r.Care.Contains(CareKind.Pregnant))}";

    private static string Notes(LedgerLine line, bool isUnmasked, IStringLocalizer<GridText> t)
    {
        var parts = new List<string?> { t.Reason(line.Target.Reason) };
        if (line.Target.IsEscalated) parts.Add(t["gaps.escalated"]);
        if (line.Target.Conflicts is not null) parts.Add(t["gaps.conflict"]);
        if (line.Detail?.MovedOut is { Count: > 0 } gone) parts.Add(t["doors.moved_out", gone.Count]);
        if (isUnmasked)
        {
            parts.Add(line.Detail?.NewPeople);
            parts.Add(line.Detail?.Note);
        }
        return string.Join('；', parts.Where(p => !string.IsNullOrEmpty(p)));
    }
}
