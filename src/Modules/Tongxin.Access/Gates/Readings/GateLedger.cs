using System.Globalization;
using Microsoft.Extensions.Localization;
using Tongxin.Access.Gates.Guard;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Sheets;
using Tongxin.Platform.Ui;

namespace Tongxin.Access.Gates.Readings;

/// <summary>A page of 进出登记.</summary>
internal sealed record GateLedgerView(DateOnly Day, string? Gate, IReadOnlyList<LedgerRow> Rows, int Total);

/// <summary>One row: its passage, its cells in the order of the headers.</summary>
/// <param name="IsAgain">A second entry without an exit between.</param>
internal sealed record LedgerRow(Passage Passage, IReadOnlyList<string> Cells, bool IsAgain);

/// <summary>
/// 进出登记, in the order and wording that the paper form has; the headers stay Chinese in every language of the page. Names are masked,
/// and nothing older than the life of a passage is in it.
/// </summary>
internal sealed class GateLedger(GateSight sight, IPassages passages, PassageWords words, IStringLocalizer<GatesText> texts, IStringLocalizer<UiText> ui, TimeProvider clock)
{
    public const int MostRows = 20_000;

    public static readonly IReadOnlyList<string> Headers = ["时间", "校门", "方向", "姓名/证件类型", "事由", "车牌", "体温", "码状态", "放行/劝返", "值守人"];

    private static readonly double[] Widths = [17, 14, 8, 20, 26, 12, 8, 10, 12, 14];

    /// <param name="gateId">One gate; null: all within reach.</param>
    public async Task<GateLedgerView?> ReadAsync(DateOnly day, Guid? gateId, int skip, int take, Actor actor, CancellationToken ct)
    {
        var gates = (await sight.GatesAsync(actor, GatePermissions.Ledger, ct, withClosed: true)).ToDictionary(g => g.Id);
        if (gateId is { } one && !gates.ContainsKey(one)) return null;
        var (start, end) = (CampusCalendar.StartOf(day), CampusCalendar.StartOf(day.AddDays(1)));
        // Past its life a passage is not read, even before the night has deleted it.
        var oldest = clock.GetUtcNow() - PassageLife.Whole;
        var filter = new PassageFilter(gateId is { } only ? [only] : [.. gates.Keys], start > oldest ? start : oldest, end) { Skip = skip, Take = Math.Min(take, MostRows) };
        var total = await passages.CountAsync(filter, ct);
        var list = await passages.ListAsync(filter, ct);
        var again = PassBack.Find(list, gates.Values.Select(g => g.PassBackMinutes).DefaultIfEmpty(0).Max());
        var lines = await words.FillAsync(list, ct);
        return new GateLedgerView(
            day, gateId is { } id ? gates[id].Name : null,
            [.. lines.Select(l => new LedgerRow(l.Passage, Cells(l, gates.TryGetValue(l.Passage.GateId, out var gate) ? gate.Name : "", again.Contains(l.Passage.Id)), again.Contains(l.Passage.Id)))], total);
    }

    public SheetDocument Document(GateLedgerView view, string watermark) => new()
    {
        Name = "进出登记",
        Titles = ["进出登记", $"{view.Gate ?? texts["ledger.all"].Value} {Moments.Day(view.Day, ui)}"],
        Watermark = watermark,
        Columns = [.. Headers.Select((h, i) => new SheetColumn(h, Widths[i], SheetColumnStyle.Wrapped))],
        Rows = view.Rows.Select(r => (IReadOnlyList<SheetValue>)[.. r.Cells.Select(c => (SheetValue)c)]),
    };

    private IReadOnlyList<string> Cells(PassageLine line, string gate, bool again)
    {
        var p = line.Passage;
        var reason = string.Join('；', new[] { line.Reason, again ? texts["ledger.again"].Value : "", p.Offline ? texts["ledger.offline"].Value : "", p.IsDoubted ? texts["ledger.doubt"].Value : "" }.Where(t => t.Length > 0));
        return
        [
            Moments.Full(p.SeenAt, ui), gate, texts["kind." + p.Kind], line.Who, reason, p.Plate ?? "",
            p.Temperature?.ToString("0.0", CultureInfo.InvariantCulture) ?? "",
            p.Colour is { } colour ? texts["colour." + colour] : "",
            texts[p.Passed ? p.Verdict == PassageVerdict.Warned ? "let.warned" : "let.passed" : "let.turned-back"],
            line.Guard ?? "",
        ];
    }
}

/// <summary>How long a passage without an event lives: the longest look-back of contacts, and a margin.</summary>
internal static class PassageLife
{
    public static readonly TimeSpan Whole = TimeSpan.FromDays(14);
}
