using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Platform.Access;

namespace Tongxin.Grid.Contracts;

/// <summary>Opens rounds and enters outcomes, for modules above and for lists that were kept on paper.</summary>
public interface IRoundDesk
{
    /// <summary>Opens a door-knock round over all households within the actor's scope. Commits.</summary>
    /// <param name="title">Up to 60 characters.</param>
    /// <param name="startedAt">When it began, if it began on paper before now.</param>
    /// <param name="dueAt">In the future.</param>
    Task<Result<Guid>> OpenDoorKnockAsync(string title, DateTimeOffset? startedAt, DateTimeOffset dueAt, Actor actor, CancellationToken ct);

    /// <summary>Enters what was found. Repeated ids change nothing. Commits.</summary>
    /// <returns>How many were new.</returns>
    Task<int> EnterAsync(Guid roundId, IReadOnlyList<DoorFact> facts, Actor actor, CancellationToken ct);

    /// <summary>
    /// Opens a round of another kind over targets that the caller chose and vouches for, and freezes them. Works in the caller's
    /// transaction and commits into it, or in one of its own.
    /// </summary>
    /// <returns>The round; or <c>grid.round.title</c>, <c>grid.round.due_past</c>, <c>grid.round.empty</c>.</returns>
    Task<Result<RoundOpening>> OpenAsync(NewRound round, Actor actor, CancellationToken ct);

    /// <summary>
    /// Stores facts about targets and folds them, inside the caller's open transaction; the caller vouches that the actor may, and
    /// commits before the next call. One journal entry for all of them. Repeated ids change nothing.
    /// </summary>
    /// <returns>One verdict per fact, in the order given.</returns>
    Task<IReadOnlyList<FactVerdict>> RecordAsync(Guid roundId, IReadOnlyList<RoundFact> facts, Actor actor, CancellationToken ct);

    /// <summary>Ends a round of another kind than door-knock; the caller vouches that the actor may. A reason is needed while targets are outstanding. Commits.</summary>
    Task<Result> CloseAsync(Guid roundId, string? reason, Actor actor, CancellationToken ct);
}

/// <summary>A round over targets that the caller has chosen.</summary>
/// <param name="Kind">Not <see cref="RoundKind.DoorKnock"/>, which opens by itself.</param>
/// <param name="Title">Up to 60 characters.</param>
/// <param name="DueAt">In the future, unless it was started on paper.</param>
/// <param name="TargetKind">What its targets are.</param>
/// <param name="Targets">Each once.</param>
public sealed record NewRound(RoundKind Kind, string Title, DateTimeOffset DueAt, TargetKind TargetKind, IReadOnlyList<NewTarget> Targets)
{
    /// <summary>When it began, for a round that is entered later; null: now.</summary>
    public DateTimeOffset? StartedAt { get; init; }
}

/// <summary>A target to be frozen.</summary>
/// <param name="Id">The person or place.</param>
/// <param name="HouseholdId">Its home: says cell and place. Null, or no longer known: the reserve answers for it.</param>
/// <param name="Label">As lists show it.</param>
/// <param name="SortKey">Order in lists.</param>
public sealed record NewTarget(Guid Id, Guid? HouseholdId, string Label, string SortKey);

/// <summary>A round that is open now.</summary>
public sealed record RoundOpening(Guid Id, string Number);

/// <summary>A fact about a target, from a module above. <paramref name="Id"/> is made by whoever saw it.</summary>
/// <param name="Corrects">For <see cref="OutcomeKind.Withdrawn"/>, and for a correction: the earlier fact.</param>
/// <param name="By">The person who saw it; null: the actor.</param>
public sealed record RoundFact(
    Guid Id, Guid TargetId, OutcomeKind Kind, Channel Channel, DateTimeOffset SeenAt, Guid? Corrects = null, string? Reason = null, Guid? By = null);

/// <summary>What became of a fact.</summary>
/// <param name="IsNew">Stored now; false: it was known, or is refused.</param>
/// <param name="Error">Why it was not stored.</param>
/// <param name="Status">Where its target stands now; null when the target is not in the round.</param>
public sealed record FactVerdict(Guid Id, bool IsNew, Error? Error, TargetStatus? Status);

/// <summary>What somebody found at a door. <paramref name="Id"/> is made by whoever saw it.</summary>
public sealed record DoorFact(Guid Id, Guid HouseholdId, OutcomeKind Kind, DateTimeOffset SeenAt, string? Reason = null);
