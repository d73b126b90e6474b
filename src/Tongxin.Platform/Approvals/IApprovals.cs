using Tongxin.Core.Common;
using Tongxin.Platform.Access;

namespace Tongxin.Platform.Approvals;

/// <summary>What one person alone may not do: one asks, another of a different unit decides.</summary>
public interface IApprovals
{
    /// <summary>
    /// Adds a request to the caller's transaction and records it in the journal. Refused when the requester's unit is
    /// unknown: nobody could ever decide it.
    /// </summary>
    /// <param name="kind">"module.noun", as registered with <c>AddApprovalKind</c>.</param>
    /// <param name="title">What is asked, for the decider; no names of persons.</param>
    /// <param name="subjectId">The row it is about.</param>
    /// <param name="payload">Becomes JSON; given back with <see cref="ApprovalDecided"/>.</param>
    /// <param name="why">The requester's reason.</param>
    /// <param name="actor">The requester.</param>
    Result<Guid> Request(string kind, ApprovalTitle title, Guid? subjectId, object payload, string why, Actor actor);

    /// <summary>
    /// Decides and commits; <see cref="ApprovalDecided"/> is handled within the same transaction. Refused when the decider
    /// is the requester by account, person, unit or browser, when it is decided or expired, or when the kind asks for another role;
    /// and with the handler's own error when it cannot be done (<see cref="ApprovalRefusedException"/>): then it stays open.
    /// </summary>
    Task<Result> DecideAsync(Guid id, bool approve, string why, Actor actor, CancellationToken ct);

    /// <summary>One request, for its requester and for those who may decide; null for everybody else.</summary>
    Task<ApprovalView?> FindAsync(Guid id, Actor actor, CancellationToken ct);

    /// <summary>Open requests that concern the actor: the own ones, and those that the actor's role may decide.</summary>
    Task<IReadOnlyList<ApprovalView>> ListOpenAsync(Actor actor, CancellationToken ct);
}

/// <summary>A title as resource key and what fills its places.</summary>
public sealed record ApprovalTitle(string Key, params string[] Args);

/// <summary>Raised inside the transaction that decides. Handlers answer their own kinds only.</summary>
public sealed record ApprovalDecided(Guid Id, string Kind, Guid? SubjectId, string Payload, bool Approved, Guid RequestedBy, Actor DecidedBy);

/// <summary>A kind of request and the roles that may decide it; none named: whoever holds <c>platform.approvals.decide</c>.</summary>
public sealed record ApprovalKind(string Kind, params string[] Roles);

/// <summary>Where a request is.</summary>
public enum ApprovalState
{
    /// <summary>Waits for the second person, until it expires.</summary>
    Open,

    /// <summary>Granted.</summary>
    Approved,

    /// <summary>Refused.</summary>
    Refused,
}

/// <summary>A request as a page shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Title">What is asked.</param>
/// <param name="SubjectId">The row it is about.</param>
/// <param name="Why">The requester's reason.</param>
/// <param name="RequestedAt">When.</param>
/// <param name="RequestedBy">The requester's account.</param>
/// <param name="ExpiresAt">Undecided until then, it is void.</param>
/// <param name="State">Where it is.</param>
/// <param name="DecidedAt">When it was decided.</param>
/// <param name="DecidedBy">The decider's account.</param>
/// <param name="DecisionWhy">The decider's reason.</param>
/// <param name="Obstacle">Why this actor may not decide it; null when the actor may.</param>
public sealed record ApprovalView(
    Guid Id, string Kind, ApprovalTitle Title, Guid? SubjectId, string Why, DateTimeOffset RequestedAt, Guid RequestedBy, DateTimeOffset ExpiresAt,
    ApprovalState State, DateTimeOffset? DecidedAt, Guid? DecidedBy, string? DecisionWhy, Error? Obstacle);
