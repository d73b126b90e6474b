using Tongxin.Core.Rounds;
using Tongxin.Grid.Contracts;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.Data;

/// <summary>
/// One target of a round. The first half is frozen when the round opens; the second is a projection of the target's
/// outcomes, written only by <see cref="Project"/> and recomputable from the facts at any time.
/// </summary>
internal sealed class Target : IVersioned
{
    /// <summary>Length of a slot of the pace curve.</summary>
    public static readonly TimeSpan Slot = TimeSpan.FromMinutes(30);

    /// <summary>What <see cref="Project"/> writes.</summary>
    public static readonly IReadOnlyList<string> Projected =
    [
        nameof(Status), nameof(Result), nameof(DecidedBy), nameof(Reason), nameof(Attempts), nameof(Misses), nameof(IsEscalated), nameof(LastSeenAt),
        nameof(NextFrom), nameof(NextUntil), nameof(NextBand), nameof(NextReason), nameof(Review), nameof(Conflicts), nameof(Flags), nameof(ClosedSlot),
    ];

    private Target() { }

    public Guid RoundId { get; private set; }
    public Guid TargetId { get; private set; }
    public TargetKind Kind { get; private set; }
    public Guid CellId { get; private set; }
    public Guid PlaceId { get; private set; }
    public string PlacePath { get; private set; } = "";
    public string Label { get; private set; } = "";
    public string SortKey { get; private set; } = "";

    /// <summary>Opens the self-report page, together with a phone tail.</summary>
    public string Code { get; private set; } = "";

    public TargetStatus Status { get; private set; }
    public OutcomeKind? Result { get; private set; }
    public Guid? DecidedBy { get; private set; }
    public string? Reason { get; private set; }
    public int Attempts { get; private set; }
    public int Misses { get; private set; }
    public bool IsEscalated { get; private set; }
    public DateTimeOffset? LastSeenAt { get; private set; }
    public DateTimeOffset? NextFrom { get; private set; }
    public DateTimeOffset? NextUntil { get; private set; }
    public string? NextBand { get; private set; }
    public NextReason? NextReason { get; private set; }
    public RoundReviewer? Review { get; private set; }

    /// <summary>JSON lists; null when empty, so that "has a conflict" is one test.</summary>
    public string? Conflicts { get; private set; }
    public string? Flags { get; private set; }

    /// <summary>Half-hours from the round's opening to the moment it was closed: the pace curve in one grouped query.</summary>
    public int? ClosedSlot { get; private set; }

    /// <summary>The outcome that a captain or the office looked at last (队长审核).</summary>
    public Guid? ReviewedOutcome { get; private set; }
    public Guid? ReviewedBy { get; private set; }
    public DateTimeOffset? ReviewedAt { get; private set; }
    public int Version { get; private set; }

    /// <summary>Somebody has to look at it and has not yet.</summary>
    public bool WaitsForReview => Conflicts is not null || (Review is not null && DecidedBy != ReviewedOutcome);

    public static Target Freeze(Guid round, TargetKind kind, Guid target, Guid cell, Guid place, string placePath, string label, string sortKey, string code) => new()
    {
        RoundId = round,
        TargetId = target,
        Kind = kind,
        CellId = cell,
        PlaceId = place,
        PlacePath = placePath,
        Label = label,
        SortKey = sortKey,
        Code = code,
    };

    public void Project(TargetState state, DateTimeOffset roundOpenedAt)
    {
        Status = state.Status;
        Result = state.Result;
        DecidedBy = state.DecidedBy;
        Reason = state.Reason;
        Attempts = state.Attempts;
        Misses = state.MissesInARow;
        IsEscalated = state.IsEscalated;
        LastSeenAt = state.LastSeenAt;
        (NextFrom, NextUntil, NextBand, NextReason) = (state.Next?.From, state.Next?.Until, state.Next?.Band, state.Next?.Reason);
        Review = state.Review;
        Conflicts = PolicyText.WriteList(state.Conflicts);
        Flags = PolicyText.WriteList(state.Flags);
        ClosedSlot = state.Status == TargetStatus.Outstanding || state.LastSeenAt is not { } seen
            ? null
            : Math.Max(0, (int)Math.Floor((seen - roundOpenedAt) / Slot));
    }

    /// <summary>What the projection says, in the engine's words: for the checker.</summary>
    public TargetState ToState() => new()
    {
        TargetId = TargetId,
        Status = Status,
        Result = Result,
        DecidedBy = DecidedBy,
        Reason = Reason,
        Attempts = Attempts,
        MissesInARow = Misses,
        IsEscalated = IsEscalated,
        LastSeenAt = LastSeenAt,
        Next = NextFrom is { } from && NextUntil is { } until && NextReason is { } why ? new NextAttempt(from, until, NextBand, why) : null,
        Review = Review,
        Conflicts = PolicyText.ReadList<OutcomeConflict>(Conflicts),
        Flags = PolicyText.ReadList<OutcomeFlag>(Flags),
    };

    public void SetReview(Guid outcome, Guid by, DateTimeOffset at) => (ReviewedOutcome, ReviewedBy, ReviewedAt) = (outcome, by, at);
}
