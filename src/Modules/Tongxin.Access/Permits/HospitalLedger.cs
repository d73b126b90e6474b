using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Tongxin.Access.Permits.Data;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Sheets;
using Tongxin.Platform.Ui;

namespace Tongxin.Access.Permits;

/// <summary>
/// 就医出门, in the order and wording that the paper form has; the headers stay Chinese in every language of the page. Patients are masked.
/// </summary>
internal sealed class HospitalLedger(TongxinDb db, PermitSight sight, ReadPermits read, IStringLocalizer<PermitsText> texts, IStringLocalizer<UiText> ui)
{
    public const int MostRows = 20_000;

    public static readonly IReadOnlyList<string> Headers =
        ["申请时间", "患者*", "病情等级", "医院", "陪同人(≤1)", "出门批准(先行/后补)", "车辆", "出门时间", "返回时间", "返回后措施", "责任人"];

    private static readonly double[] Widths = [17, 12, 10, 20, 10, 18, 14, 17, 17, 20, 14];

    /// <summary>Asked for within these days, newest first.</summary>
    public async Task<IReadOnlyList<PermitView>> ReadAsync(DateOnly from, DateOnly through, Actor actor, CancellationToken ct)
    {
        var (start, end) = (CampusCalendar.StartOf(from), CampusCalendar.StartOf(through.AddDays(1)));
        var permits = (await db.Set<Permit>().AsNoTracking()
            .Where(p => p.Kind == PermitKind.Hospital && p.State != PermitState.Refused && p.AskedAt >= start && p.AskedAt < end)
            .OrderByDescending(p => p.AskedAt).Take(MostRows).ToListAsync(ct)).Where(await sight.ReachAsync(actor, PermitPermissions.Read, ct)).ToList();
        return await read.ViewsAsync(permits, ct);
    }

    public IReadOnlyList<string> Cells(PermitView view)
    {
        var (p, d) = (view.Permit, view.Detail);
        return
        [
            Moments.Full(p.AskedAt, ui),
            Mask.Name(d.Name),
            d.Severity is { } severity ? texts["Severity." + severity] : "",
            d.Hospital ?? "",
            p.Companions.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Approval(p),
            p.Plate ?? d.Vehicle ?? "",
            p.OutAt is { } left ? Moments.Full(left, ui) : "",
            p.BackAt is { } back ? Moments.Full(back, ui) : "",
            d.AfterReturn ?? "",
            view.DecidedBy ?? view.AskedBy,
        ];
    }

    public SheetDocument Document(IReadOnlyList<PermitView> views, string span, string watermark) => new()
    {
        Name = "就医出门",
        Titles = ["就医出门", span],
        Watermark = watermark,
        Columns = [.. Headers.Select((h, i) => new SheetColumn(h, Widths[i], SheetColumnStyle.Wrapped))],
        Rows = views.Select(v => (IReadOnlyList<SheetValue>)[.. Cells(v).Select(c => (SheetValue)c)]),
    };

    // Approved before the patient left, or after: papers that came later are 后补.
    private string Approval(Permit permit) => permit.State == PermitState.Asked ? texts["approval.waiting"] : permit.Paperwork switch
    {
        Paperwork.Open => texts["approval.open"],
        Paperwork.Done => texts["approval.done"],
        _ => texts["approval.first"],
    };
}
