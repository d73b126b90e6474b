using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Tongxin.Access.Gates;
using Tongxin.Access.Permits.Data;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Sheets;
using Tongxin.Platform.Ui;

namespace Tongxin.Access.Permits;

/// <summary>What the buttons of permits and suppliers post to, and the ledger as a workbook.</summary>
internal static class PermitRoutes
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var one = routes.MapGroup("/permits/{id:guid}").ExcludeFromDescription();
        one.MapPost("/grant", (Guid id, DecidePermit decide, GateDeed deed, IStringLocalizer<PermitsText> t, CancellationToken ct) =>
            deed.DoAsync(actor => decide.GrantAsync(id, actor, ct), t["permit.granted"], $"/permits/{id}", ct)).Needs(PermitPermissions.Grant);
        one.MapPost("/confirm", (Guid id, DecidePermit decide, GateDeed deed, IStringLocalizer<PermitsText> t, CancellationToken ct) =>
            deed.DoAsync(actor => decide.ConfirmAsync(id, actor, ct), t["permit.confirmed"], $"/permits/{id}", ct)).Needs(PermitPermissions.Ask);
        one.MapPost("/refuse", (Guid id, [FromForm] string? why, DecidePermit decide, GateDeed deed, IStringLocalizer<PermitsText> t, CancellationToken ct) =>
            deed.DoAsync(actor => decide.RefuseAsync(id, why, actor, ct), t["permit.refused"], $"/permits/{id}", ct)).Needs(PermitPermissions.Grant);
        one.MapPost("/revoke", (Guid id, [FromForm] string? why, DecidePermit decide, GateDeed deed, IStringLocalizer<PermitsText> t, CancellationToken ct) =>
            deed.DoAsync(actor => decide.RevokeAsync(id, why, actor, ct), t["permit.revoked"], $"/permits/{id}", ct)).Needs(PermitPermissions.Grant);
        one.MapPost("/papers", (Guid id, [FromForm] PapersForm form, DecidePermit decide, GateDeed deed, IStringLocalizer<PermitsText> t, CancellationToken ct) =>
            deed.DoAsync(actor => decide.CompleteAsync(id, form.ToFacts(), actor, ct), t["papers.done"], $"/permits/{id}", ct)).Needs(PermitPermissions.Grant);
        routes.MapGet("/permits/hospital.xlsx", LedgerAsync).Needs(PermitPermissions.Grant).ExcludeFromDescription();

        var supplier = routes.MapGroup("/suppliers/{id:guid}").Needs(PermitPermissions.Suppliers).ExcludeFromDescription();
        supplier.MapPost("/end", (Guid id, KeepSuppliers keep, GateDeed deed, IStringLocalizer<PermitsText> t, CancellationToken ct) =>
            deed.DoAsync(actor => keep.EndAsync(id, actor, ct), t["supplier.ended"], $"/suppliers/{id}", ct, "/suppliers"));
        supplier.MapPost("/drivers", (Guid id, [FromForm] string? name, [FromForm] string? phone, [FromForm] string? plate, KeepSuppliers keep, GateDeed deed, IStringLocalizer<PermitsText> t, CancellationToken ct) =>
            deed.DoAsync(actor => keep.AddDriverAsync(id, name, phone, plate, actor, ct), t["driver.added"], $"/suppliers/{id}#drivers", ct));
        supplier.MapPost("/drivers/{driver:guid}/remove", (Guid id, Guid driver, KeepSuppliers keep, GateDeed deed, IStringLocalizer<PermitsText> t, CancellationToken ct) =>
            deed.DoAsync(actor => keep.RemoveDriverAsync(id, driver, actor, ct), t["driver.removed"], $"/suppliers/{id}#drivers", ct));
    }

    private static async Task<IResult> LedgerAsync(
        string? from, string? through, HospitalLedger ledger, ICurrentActor current, TongxinDb db, IStringLocalizer<PermitsText> texts, IStringLocalizer<UiText> ui, TimeProvider clock, CancellationToken ct)
    {
        var actor = await current.RequireAsync(ct);
        var span = LedgerSpan.Read(from, through, clock.GetUtcNow());
        var rows = await ledger.ReadAsync(span.From, span.Through, actor, ct);
        db.Record(actor, "access.hospital.exported", "permit", null, details: new { rows = rows.Count, span.From, span.Through });
        await db.CommitAsync(ct);
        var mark = texts["sheet.watermark", actor.Name, Moments.Full(clock.GetUtcNow(), ui)];
        return Results.File(SheetWriter.ToBytes(ledger.Document(rows, span.Name, mark)), Workbook, $"就医出门-{span.Name}.xlsx");
    }

    internal sealed class PapersForm
    {
        public string? Papers { get; set; }
        public string? Name { get; set; }
        public string? Hospital { get; set; }
        public string? Severity { get; set; }
        public string? AfterReturn { get; set; }

        public PaperworkFacts ToFacts() => new(Papers, Name, Hospital, Enum.TryParse<Severity>(Severity, out var read) && Enum.IsDefined(read) ? read : null, AfterReturn);
    }
}

/// <summary>The days of a ledger: as asked, at most a month, today when nothing sensible is asked.</summary>
internal sealed record LedgerSpan(DateOnly From, DateOnly Through)
{
    public const int MostDays = 31;

    public string Name => From == Through ? Text(From) : $"{Text(From)}至{Text(Through)}";

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static LedgerSpan Read(string? from, string? through, DateTimeOffset now, int daysBack = 0)
    {
        var today = CampusCalendar.DayOf(now);
        var last = Day(through) ?? today;
        var first = Day(from) ?? last.AddDays(-daysBack);
        if (first > last) first = last;
        return new LedgerSpan(first.DayNumber < last.DayNumber - MostDays ? last.AddDays(-MostDays) : first, last);

        static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }
}
