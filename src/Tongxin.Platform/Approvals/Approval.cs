using System.Text.Json;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.Approvals;

/// <summary>A request and its decision: who asked, who decided, both with their unit at that time.</summary>
internal sealed class Approval : IVersioned
{
    public const string SameDevice = "platform.approval.same-device";
    public static readonly TimeSpan Life = TimeSpan.FromHours(72);

    private Approval() { }

    public Guid Id { get; private set; }
    public string Kind { get; private set; } = "";
    public string TitleKey { get; private set; } = "";
    public string TitleArgs { get; private set; } = "[]";
    public Guid? SubjectId { get; private set; }
    public string Payload { get; private set; } = "";
    public string Why { get; private set; } = "";
    public DateTimeOffset RequestedAt { get; private set; }
    public Guid RequestedBy { get; private set; }
    public Guid? RequestedByPerson { get; private set; }
    public Guid? RequestedByUnit { get; private set; }

    /// <summary>The browser it was asked in, as a keyed hash; null where that was not known.</summary>
    public string? RequestedFrom { get; private set; }
    public DateTimeOffset ExpiresAt { get; private set; }
    public ApprovalState State { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public Guid? DecidedBy { get; private set; }
    public Guid? DecidedByPerson { get; private set; }
    public Guid? DecidedByUnit { get; private set; }
    public string? DecisionWhy { get; private set; }
    public int Version { get; private set; }

    public static Approval Ask(string kind, ApprovalTitle title, Guid? subject, object payload, string why, Actor by, DateTimeOffset at) => new()
    {
        Id = Ids.New(),
        Kind = kind,
        TitleKey = title.Key,
        TitleArgs = JsonSerializer.Serialize(title.Args),
        SubjectId = subject,
        Payload = JsonSerializer.Serialize(payload, JsonSerializerOptions.Web),
        Why = why.Trim(),
        RequestedAt = at,
        RequestedBy = by.AccountId,
        RequestedByPerson = by.PersonId,
        RequestedByUnit = by.UnitId,
        RequestedFrom = by.Browser,
        ExpiresAt = at + Life,
        State = ApprovalState.Open,
    };

    /// <summary>
    /// Why this actor may not decide; null when nothing stands against it. Two accounts of one person, and two people of one
    /// unit, are one opinion, and so are two accounts in one browser; whoever's unit or browser is unknown might be of the same.
    /// </summary>
    public Error? Obstacle(Actor by, IReadOnlyCollection<string> roles, DateTimeOffset at)
    {
        if (State != ApprovalState.Open) return Error.Conflict("platform.approval.decided");
        if (at >= ExpiresAt) return Error.Conflict("platform.approval.expired");
        if (by.AccountId == RequestedBy || (by.PersonId is { } person && person == RequestedByPerson)) return Error.Forbidden("platform.approval.own");
        if (by.IsSystem || !MayDecide(by, roles)) return Error.Forbidden("platform.approval.role");
        if (by.UnitId is null || RequestedByUnit is null) return Error.Forbidden("platform.approval.unit-unknown");
        if (by.UnitId == RequestedByUnit) return Error.Forbidden("platform.approval.same-unit");
        if (RequestedFrom is null || (by.Browser is { } browser && browser != RequestedFrom)) return null;
        return Error.Forbidden(by.Browser is null ? "platform.approval.device-unknown" : SameDevice);
    }

    public Result Decide(bool approve, string why, Actor by, IReadOnlyCollection<string> roles, DateTimeOffset at)
    {
        if (Obstacle(by, roles, at) is { } obstacle) return obstacle;
        if (string.IsNullOrWhiteSpace(why)) return Error.Invalid("platform.approval.why");
        State = approve ? ApprovalState.Approved : ApprovalState.Refused;
        (DecidedAt, DecidedBy, DecidedByPerson, DecidedByUnit, DecisionWhy) = (at, by.AccountId, by.PersonId, by.UnitId, why.Trim());
        return Result.Ok;
    }

    public static bool MayDecide(Actor by, IReadOnlyCollection<string> roles) =>
        by.Can(PlatformPermissions.DecideApprovals) && (roles.Count == 0 || by.Grants.Any(g => roles.Contains(g.Role)));

    public ApprovalView ToView(Error? obstacle) => new(
        Id, Kind, new ApprovalTitle(TitleKey, JsonSerializer.Deserialize<string[]>(TitleArgs) ?? []), SubjectId, Why, RequestedAt, RequestedBy, ExpiresAt,
        State, DecidedAt, DecidedBy, DecisionWhy, obstacle);
}
