namespace Tongxin.Workforce.Contracts;

/// <summary>A turn made a step: confirmed, on post, absent, done. Raised inside the transaction that makes it.</summary>
/// <param name="TurnId">The turn.</param>
/// <param name="DutyId">Its duty.</param>
/// <param name="PersonId">Whose turn it is.</param>
/// <param name="To">Where it is now.</param>
public sealed record TurnMoved(Guid TurnId, Guid DutyId, Guid PersonId, TurnState To);

/// <summary>A turn went over to somebody else: by a swap, or to a substitute.</summary>
/// <param name="TurnId">The turn.</param>
/// <param name="DutyId">Its duty.</param>
/// <param name="From">Who had it.</param>
/// <param name="To">Who has it now.</param>
public sealed record TurnChangedHands(Guid TurnId, Guid DutyId, Guid From, Guid To);
