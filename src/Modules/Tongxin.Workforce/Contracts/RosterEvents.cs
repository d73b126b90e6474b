namespace Tongxin.Workforce.Contracts;

/// <summary>A version of a roster came into force. Raised inside the transaction that publishes it.</summary>
/// <param name="ReplacedId">The version that it replaced; null for the first.</param>
/// <param name="Added">Turns that are new for those who have them.</param>
/// <param name="Removed">Turns that the replaced version had and that are no more.</param>
public sealed record RosterPublished(Guid RosterId, Guid SeriesId, int Number, Guid? ReplacedId, IReadOnlyList<TurnNotice> Added, IReadOnlyList<TurnNotice> Removed);

/// <summary>A published roster was withdrawn: none of its turns is to be done.</summary>
public sealed record RosterWithdrawn(Guid RosterId, Guid SeriesId, IReadOnlyList<TurnNotice> Removed);

/// <summary>Somebody on a duty, for a notice.</summary>
public sealed record TurnNotice(Guid TurnId, Guid PersonId, Guid DutyId, DateTimeOffset Starts, DateTimeOffset Ends);
