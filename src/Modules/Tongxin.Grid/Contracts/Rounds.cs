using Tongxin.Core.Rounds;
using Tongxin.Platform.Access;

namespace Tongxin.Grid.Contracts;

/// <summary>What a round asks for. The engine is one; the words on its pages differ.</summary>
public enum RoundKind
{
    /// <summary>敲门行动: every door is knocked on.</summary>
    DoorKnock,

    /// <summary>核酸检测: every person is sampled. Its pages are those of the module that opens it.</summary>
    Testing,
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
public sealed record RoundView(Guid Id, string Number, RoundKind Kind, string Title, DateTimeOffset OpenedAt, DateTimeOffset DueAt, DateTimeOffset? ClosedAt, RoundBalance Balance)
{
    /// <summary>Why it was closed with targets outstanding.</summary>
    public string? CloseReason { get; init; }
}

/// <summary>Rounds, for modules above. Asks nobody's permission: what an actor may see is said by the reach that is handed in.</summary>
public interface IRounds
{
    /// <summary>Open rounds with their balance, the one due first on top.</summary>
    Task<IReadOnlyList<RoundView>> ListOpenAsync(CancellationToken ct);

    /// <summary>Rounds of one kind that have targets within reach, with the balance of those; open ones first, then the newest.</summary>
    Task<IReadOnlyList<RoundView>> ListAsync(RoundKind kind, RoundReach reach, CancellationToken ct);

    /// <summary>One round with the balance within reach; null when there is no such round, or nothing of it is within reach.</summary>
    Task<RoundView?> FindAsync(Guid roundId, RoundReach reach, CancellationToken ct);

    /// <summary>Where the actor may use a permission, in terms of targets: all, those of the own teams' cells, those in the own places.</summary>
    Task<RoundReach> ReachAsync(Actor actor, string permission, CancellationToken ct);

    /// <summary>The figures of a round by cell, place and standing: one grouped query, whatever the size. Sums of any part are exact.</summary>
    Task<IReadOnlyList<RoundFigure>> FiguresAsync(Guid roundId, RoundReach reach, CancellationToken ct);

    /// <summary>Targets within reach that match, in the order of their sort keys.</summary>
    Task<TargetPage> TargetsAsync(TargetQuery query, RoundReach reach, CancellationToken ct);

    /// <summary>The named targets of a round, whatever the reach; unknown ids are left out.</summary>
    Task<IReadOnlyDictionary<Guid, TargetView>> StatesAsync(Guid roundId, IReadOnlyCollection<Guid> targetIds, CancellationToken ct);

    /// <summary>
    /// Every target of a round as its facts received up to an instant say, folded anew: no projection is read. For figures that are to be
    /// rebuilt and compared.
    /// </summary>
    Task<IReadOnlyList<TargetStanding>> StandingsAsync(Guid roundId, DateTimeOffset asOf, CancellationToken ct);
}

/// <summary>Where a target stood.</summary>
/// <param name="Reason">Of the fact it stood by.</param>
public sealed record TargetStanding(Guid Id, Guid CellId, TargetStatus Status, string? Reason);

/// <summary>What of rounds an actor reaches. Whatever it does not admit does not exist for the actor.</summary>
/// <param name="Everything">No limit.</param>
/// <param name="Cells">Cells of the own teams.</param>
/// <param name="Paths">Paths of the own places.</param>
public sealed record RoundReach(bool Everything, IReadOnlyList<Guid> Cells, IReadOnlyList<string> Paths)
{
    /// <summary>No limit.</summary>
    public static RoundReach All { get; } = new(true, [], []);

    /// <summary>Whether a target there is within reach.</summary>
    public bool Admits(Guid cellId, string placePath) =>
        Everything || Cells.Contains(cellId) || Paths.Any(p => placePath.StartsWith(p, StringComparison.Ordinal));
}

/// <summary>How many targets of one cell and place stand alike.</summary>
/// <param name="Result">What they stand at; null: nothing is known of them.</param>
public sealed record RoundFigure(Guid CellId, Guid PlaceId, TargetStatus Status, OutcomeKind? Result, int Count);

/// <summary>Which targets are asked for; what is null does not count.</summary>
/// <param name="Text">Part of the label.</param>
/// <param name="Places">At one of these places themselves.</param>
/// <param name="NotDone">Outstanding or excused.</param>
/// <param name="Only">One of these.</param>
/// <param name="Except">None of these.</param>
/// <param name="Also">These as well, whatever is said of the status.</param>
public sealed record TargetQuery(
    Guid RoundId, TargetStatus? Status = null, Guid? CellId = null, IReadOnlyCollection<Guid>? Places = null, OutcomeKind? Result = null, bool Untried = false, string? Text = null,
    int Skip = 0, int Take = 50, bool NotDone = false, IReadOnlyCollection<Guid>? Only = null, IReadOnlyCollection<Guid>? Except = null, IReadOnlyCollection<Guid>? Also = null);

/// <summary>A part of a list.</summary>
/// <param name="Total">How many match.</param>
public sealed record TargetPage(IReadOnlyList<TargetView> Rows, int Total);

/// <summary>A target and where it stands.</summary>
/// <param name="Id">The household, person or place.</param>
/// <param name="DecidedBy">The fact by which it stands there.</param>
/// <param name="Reason">Its reason, as it was said.</param>
public sealed record TargetView(
    Guid Id, Guid CellId, Guid PlaceId, string PlacePath, string Label, string SortKey, TargetStatus Status, OutcomeKind? Result, Guid? DecidedBy, string? Reason, int Attempts, DateTimeOffset? LastSeenAt);

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
