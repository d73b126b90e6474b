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
}

/// <summary>What somebody found at a door. <paramref name="Id"/> is made by whoever saw it.</summary>
public sealed record DoorFact(Guid Id, Guid HouseholdId, OutcomeKind Kind, DateTimeOffset SeenAt, string? Reason = null);
