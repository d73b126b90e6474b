using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tongxin.Platform.Access;
using Tongxin.Platform.Devices;
using Tongxin.Platform.Http;

namespace Tongxin.Access.Scans;

/// <summary>POST /api/v1/access/scans: answers after the commit; what was answered "recorded" is on the disk.</summary>
internal static class ScansApi
{
    public const string Path = "/api/v1/access/scans";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, PostAsync).Needs(ScanPermissions.Record)
            .WithName("RecordScans").WithTags("access").WithSummary("Records what gates saw.")
            .WithDescription("1 to 500 scans. Idempotent by the scan's version-7 id. Each is answered: recorded, duplicate, or refused with code and reason; the answer leaves after the commit. 503 with Retry-After: nothing of it is known to be recorded, send it again.")
            .Accepts<ScansRequest>("application/json")
            .Produces<ScansAnswer>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task PostAsync(HttpContext http, ScanIntake intake, ICurrentActor current)
    {
        // A form on another site cannot say that it is JSON.
        if (http.Request.HasJsonContentType()) await intake.AnswerAsync(http, await current.RequireAsync(http.RequestAborted));
        else http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
    }
}

/// <summary>The same before the pipeline, for devices that are known at this moment.</summary>
internal sealed class ScansLane(IDeviceSessions devices, ScanIntake intake) : IFastLane
{
    public string Path => ScansApi.Path;

    public bool TryAnswer(HttpContext http, [NotNullWhen(true)] out Task? answer)
    {
        answer = devices.FindKnown(http.Request.Headers.Authorization) is { } session && session.Actor.Can(ScanPermissions.Record)
            ? intake.AnswerAsync(http, session.Actor) : null;
        return answer is not null;
    }
}

/// <summary>For the description of the API: what is read.</summary>
internal sealed record ScansRequest(IReadOnlyList<ScanMessage> Scans);

/// <param name="Id">Version 7, made by the device: a retry carries the same.</param>
/// <param name="Kind">In, Out, TurnedBack or Emergency.</param>
/// <param name="SubjectKind">Pass, Permit, Plate, Named or Unknown.</param>
/// <param name="Verdict">Passed, Warned or Refused: what the gate answered.</param>
/// <param name="Colour">Green, Grey, Yellow, Red or None; null where no code was shown.</param>
/// <param name="Temperature">°C, 20 to 50.</param>
/// <param name="SeenAt">The device's clock, with offset.</param>
internal sealed record ScanMessage(
    Guid Id, Guid GateId, string? Lane, string Kind, string SubjectKind, Guid? PassRef, Guid? PermitId, string? Plate, string Verdict, string? Colour, string? ReasonCode,
    decimal? Temperature, DateTimeOffset SeenAt, bool Offline, int Companions);

/// <summary>For the description of the API: what is answered, in the order sent.</summary>
internal sealed record ScansAnswer(IReadOnlyList<ScanResult> Results);

/// <param name="Verdict">"recorded", "duplicate" or "refused".</param>
/// <param name="Code">Stable code of the refusal.</param>
/// <param name="Reason">The refusal in words.</param>
internal sealed record ScanResult(Guid Id, string Verdict, string? Code, string? Reason);
