using Tongxin.Core.Rounds;
using Tongxin.Platform.Access;

namespace Tongxin.Grid.Contracts;

/// <summary>What a round asks for. The engine is one; the words on its pages differ.</summary>
public enum RoundKind
{
    /// <summary>敲门行动: every door is knocked on.</summary>
    DoorKnock,
}

/// <summary>What kind of thing the targets of a round are.</summary>
public enum TargetKind
{
    /// <summary>A household: the door.</summary>
    Household,

    /// <summary>A person.</summary>
    Person,

    /// <summary>A place.</summary>
    Place,
}

/// <summary>A round and its identity now.</summary>
public sealed record RoundView(Guid Id, string Number, RoundKind Kind, string Title, DateTimeOffset OpenedAt, DateTimeOffset DueAt, DateTimeOffset? ClosedAt, RoundBalance Balance);

/// <summary>Rounds, for modules above.</summary>
public interface IRounds
{
    /// <summary>Open rounds with their balance, the one due first on top.</summary>
    Task<IReadOnlyList<RoundView>> ListOpenAsync(CancellationToken ct);
}

/// <summary>What a rebuild of all rounds found.</summary>
/// <param name="Targets">Targets recomputed.</param>
/// <param name="Mended">Of these, how many said something else than the facts.</param>
/// <param name="Findings">What the independent checker still objects to afterwards; empty when all is well.</param>
public sealed record RoundsRebuilt(int Targets, int Mended, IReadOnlyList<string> Findings);

/// <summary>Puts right what rounds show, should it ever differ from what was reported.</summary>
public interface IRoundRebuild
{
    /// <summary>Recomputes every target of every round from its facts, round by round, each in a transaction and journaled.</summary>
    Task<RoundsRebuilt> ExecuteAsync(Actor actor, CancellationToken ct);
}

/// <summary>A round was opened over a frozen set of targets.</summary>
public sealed record RoundOpened(Guid RoundId, RoundKind Kind, int Targets);

/// <summary>A new fact about a target was stored and the target stands at <paramref name="Status"/> now.</summary>
public sealed record OutcomeRecorded(Guid RoundId, Guid TargetId, Guid OutcomeId, TargetStatus Status);

/// <summary>A round ended; what was outstanding then stays on record as outstanding.</summary>
public sealed record RoundClosed(Guid RoundId, int Outstanding);
