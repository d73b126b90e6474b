using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Tongxin.Access.Gates.Data;
using Tongxin.Access.Gates.Readings;
using Tongxin.Platform.Access;
using Tongxin.Platform.Http;
using Tongxin.Platform.Ui;

namespace Tongxin.Access.Gates.Guard;

/// <summary>What the buttons of the guard's page post to.</summary>
internal static class GuardRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var gate = routes.MapGroup("/gate/{id:guid}").Needs(GatePermissions.Watch).WithMetadata(new NeverWaitsAttribute()).ExcludeFromDescription();
        gate.MapPost("/emergency", (Guid id, [FromForm] Guid? entry, [FromForm] string? plate, [FromForm] string? note, GuardDesk desk, GateDeed deed, IStringLocalizer<GatesText> t, CancellationToken ct) =>
            deed.DoAsync(actor => desk.EmergencyAsync(id, entry ?? Guid.Empty, plate, note, actor, ct), t["guard.emergency.done"], $"/gate/{id}", ct));
        gate.MapPost("/permit", PermitAsync);
        gate.MapPost("/hand", ByHandAsync);
    }

    private static Task<Results<RedirectHttpResult, NotFound>> PermitAsync(
        Guid id, [FromForm] Guid? entry, [FromForm] Guid? permit, [FromForm] string? kind, [FromForm] string? temperature, GuardDesk desk, GateDeed deed, Said said, CancellationToken ct) =>
        deed.DoAsync(actor => desk.PermitAsync(id, entry ?? Guid.Empty, permit ?? Guid.Empty, Kind(kind), temperature, actor, ct), a => said.Of(a, Kind(kind), $"/gate/{id}"), $"/gate/{id}", ct);

    private static Task<Results<RedirectHttpResult, NotFound>> ByHandAsync(Guid id, [FromForm] HandForm form, GuardDesk desk, GateDeed deed, Said said, CancellationToken ct) =>
        deed.DoAsync(
            actor => desk.ByHandAsync(id, form.Entry ?? Guid.Empty, new HandEntry(
                Kind(form.Kind), Enum.TryParse<DocumentKind>(form.Document, out var document) && Enum.IsDefined(document) ? document : null, form.Name, form.Reason, form.Plate, form.Temperature, form.Companions ?? 0), actor, ct),
            a => said.Of(a, Kind(form.Kind), $"/gate/{id}"), $"/gate/{id}#hand", ct);

    private static PassageKind Kind(string? text) => Enum.TryParse<PassageKind>(text, out var kind) && Enum.IsDefined(kind) ? kind : (PassageKind)(-1);

    internal sealed class HandForm
    {
        public Guid? Entry { get; set; }
        public string? Kind { get; set; }
        public string? Document { get; set; }
        public string? Name { get; set; }
        public string? Reason { get; set; }
        public string? Plate { get; set; }
        public string? Temperature { get; set; }
        public int? Companions { get; set; }
    }

    /// <summary>The gate's answer in words.</summary>
    internal sealed class Said(IStringLocalizer<GatesText> texts, ErrorCatalogue errors)
    {
        public (FlashKind Kind, string Text, string Next) Of(GuardAnswer answer, PassageKind kind, string next)
        {
            if (kind == PassageKind.TurnedBack) return (FlashKind.Info, texts["guard.turned-back"], next);
            var why = answer.Why is { } error ? errors.Say(error) : "";
            return answer.Verdict switch
            {
                PassageVerdict.Passed => (FlashKind.Done, texts["guard.passed", texts["kind." + kind]], next),
                PassageVerdict.Warned => (FlashKind.Warn, texts["guard.warned", texts["kind." + kind], why], next),
                _ => (FlashKind.Refused, texts["guard.refused", why], next),
            };
        }
    }
}
