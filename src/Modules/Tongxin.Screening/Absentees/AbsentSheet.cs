using Microsoft.Extensions.Localization;
using Tongxin.Core.Text;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Ui;
using Tongxin.Screening.Registers;
using Tongxin.Screening.Registers.Data;
using Tongxin.Screening.Rounds;

namespace Tongxin.Screening.Absentees;

/// <summary>《应检未检清单》: everybody who is or was missing, with what was done about it.</summary>
internal sealed class AbsentSheet(
    ReadAbsentees slice, TongxinDb db, IStringLocalizer<AbsentText> texts, IStringLocalizer<TestingText> testing, IStringLocalizer<UiText> ui, TimeProvider clock) : ITestingSheet
{
    public string Key => "absentees";

    public string Title => "应检未检清单";

    public IReadOnlyList<string> Headers { get; } = ["轮次", "网格", "姓名*", "房号", "未检原因", "联系结果", "安排(补采/上门/免检)", "责任人", "完成时间"];

    public IReadOnlyList<double> Widths { get; } = [14, 14, 12, 14, 20, 24, 14, 12, 18];

    public int PageSize => 100;

    public string UnitKey => "unit.people";

    public async Task<SheetView?> ReadAsync(Guid round, int skip, int take, Actor actor, SheetLeave? leave, CancellationToken ct)
    {
        var read = await slice.ListAsync(new AbsentQuery(round, AbsentFilter.All, Skip: skip, Take: take), actor, ct, SheetPermissions.Read);
        if (read is null) return null;
        if (leave is not null) db.Record(actor, "screening.absentees.names-revealed", "round", round, leave.Purpose, new { count = read.Rows.Count });
        var now = clock.GetUtcNow();
        return new SheetView(
            read.View,
            [.. read.Rows.Select(r => (IReadOnlyList<object?>)
            [
                read.View.Round.Number, r.Cell, leave is null ? Mask.Name(r.Name) : r.Name, r.Target.Label, texts.Why(testing, r, now), texts.Contact(r, ui), texts.Arrangement(r),
                AbsentWords.Responsible(r), texts.Finish(r, ui),
            ])],
            read.Total);
    }
}
