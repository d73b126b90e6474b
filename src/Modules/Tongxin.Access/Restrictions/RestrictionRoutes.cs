using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Tongxin.Access.Contracts;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Http;
using Tongxin.Platform.Ui;

namespace Tongxin.Access.Restrictions;

/// <summary>What the buttons of measures, appeals, alarms and protocols post to. None of them takes a colour, and none takes a list of people.</summary>
internal static class RestrictionRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/access/measures/{id:guid}/lift", (Guid id, [FromForm] string? reason, LiftRestriction lift, RestrictionDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => lift.ExecuteAsync(id, reason, actor, ct), "lift.done", $"/access/measures/{id}", ct)).Needs(RestrictionPermissions.Lift);
        routes.MapPost("/access/evidence/new", RecordAsync).Needs(RestrictionPermissions.Impose).WithMetadata(new UploadAttribute());
        routes.MapGet("/access/evidence/{id:guid}/file", OpenAsync).Needs(RestrictionPermissions.ReadEvidence);
        routes.MapPost("/access/appeals/{id:guid}/accept", (Guid id, HandleAppeals handle, RestrictionDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => handle.AcceptAsync(id, actor, ct), "appeal.accepted", $"/access/appeals/{id}", ct)).Needs(RestrictionPermissions.DecideAppeals);
        routes.MapPost("/access/appeals/{id:guid}/check", (Guid id, HandleAppeals handle, RestrictionDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => handle.CheckAsync(id, actor, ct), "appeal.checking", $"/access/appeals/{id}", ct)).Needs(RestrictionPermissions.DecideAppeals);
        routes.MapPost("/access/appeals/{id:guid}/answer", (Guid id, [FromForm] string? verdict, [FromForm] string? until, [FromForm] string? answer, HandleAppeals handle, RestrictionDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => handle.AnswerAsync(id, verdict == "correct", LocalInstant.Read(until), answer, actor, ct), "appeal.answered", $"/access/appeals/{id}", ct)).Needs(RestrictionPermissions.DecideAppeals);
        routes.MapPost("/access/alarms/{id:guid}/seen", (Guid id, [FromForm] string? remark, AlarmDesk desk, RestrictionDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => desk.SeeAsync(id, remark, actor, ct), "alarm.seen.done", "/access/alarms", ct)).Needs(RestrictionPermissions.ReadAlarms);
        routes.MapPost("/access/protocols/ask", ([FromForm] string? edition, [FromForm] string? why, [FromForm] string? reason, AskProtocol ask, RestrictionDeed deed, CancellationToken ct) =>
            deed.DoAsync(async actor => await ask.ExecuteAsync(Whole.Clean(edition), why ?? reason, actor, ct) is { IsFailure: true } refused ? refused.Error : Result.Ok, "protocol.asked", "/access/protocols", ct)).Needs(RestrictionPermissions.AskProtocols);
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> RecordAsync(
        [FromForm] Guid? person, [FromForm] EvidenceKind? kind, [FromForm] string? reference, [FromForm] IFormFile? file,
        RecordEvidence record, ICurrentActor current, IFlash flash, ErrorCatalogue errors, IStringLocalizer<RestrictionsText> texts, CancellationToken ct)
    {
        await using var content = file is { Length: > 0 } ? file.OpenReadStream() : null;
        var recorded = await record.ExecuteAsync(person ?? Guid.Empty, kind, reference, content, file?.FileName ?? "", await current.RequireAsync(ct), ct);
        if (recorded is { IsFailure: true, Error.Kind: ErrorKind.NotFound }) return TypedResults.NotFound();
        flash.Say(recorded.IsFailure ? FlashKind.Refused : FlashKind.Done, recorded.IsFailure ? errors.Say(recorded.Error) : texts["evidence.saved"]);
        return TypedResults.LocalRedirect(recorded.IsFailure ? $"/access/evidence/new?person={person}" : $"/access/measures/new?e={recorded.Value}");
    }

    private static async Task<Results<FileStreamHttpResult, NotFound>> OpenAsync(Guid id, RecordEvidence evidence, ICurrentActor current, CancellationToken ct) =>
        await evidence.OpenAsync(id, await current.RequireAsync(ct), ct) is { } opened
            ? TypedResults.File(opened.Content, opened.File.MediaType, opened.File.Name)
            : TypedResults.NotFound();
}

/// <summary>Instants as forms send them, in campus time: "2026-11-22T18:00".</summary>
internal static class LocalInstant
{
    public static DateTimeOffset? Read(string? text) =>
        DateTime.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var local)
            ? CampusCalendar.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local))
            : null;

    public static string Write(DateTimeOffset at) => CampusCalendar.Local(at).ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Does what a button asks as the actor, and says so on the page it leads back to, or says why not.</summary>
internal sealed class RestrictionDeed(ICurrentActor current, IFlash flash, IStringLocalizer<RestrictionsText> texts, ErrorCatalogue errors)
{
    public async Task<Results<RedirectHttpResult, NotFound>> DoAsync(Func<Actor, Task<Result>> act, string done, string back, CancellationToken ct)
    {
        var result = await act(await current.RequireAsync(ct));
        if (result.IsFailure && result.Error.Kind == ErrorKind.NotFound) return TypedResults.NotFound();
        flash.Say(result.IsFailure ? FlashKind.Refused : FlashKind.Done, result.IsFailure ? errors.Say(result.Error) : texts[done]);
        return TypedResults.LocalRedirect(back);
    }
}
