namespace Tongxin.Screening.Contracts;

/// <summary>Somebody to be rechecked cannot be reached, or a clock of the recheck ran out: raised once for it, inside the transaction. It says nothing about a result.</summary>
/// <param name="RecheckId">The recheck.</param>
/// <param name="RoundId">The testing round.</param>
/// <param name="PersonId">Who is to be rechecked.</param>
/// <param name="IsUnreachable">True: neither telephone nor door was answered; false: late.</param>
/// <param name="DueAt">The instant that passed, or by which the recheck is due.</param>
public sealed record RecheckEscalated(Guid RecheckId, Guid RoundId, Guid PersonId, bool IsUnreachable, DateTimeOffset DueAt);

/// <summary>A doctor read a single result, inside the transaction that keeps it.</summary>
/// <param name="RecheckId">The recheck; as an evidence of the module "screening" it carries this id.</param>
/// <param name="IsCase">Positive alone, and confirmed.</param>
/// <param name="IsContact">Negative alone, and a contact.</param>
public sealed record RecheckJudged(Guid RecheckId, Guid RoundId, Guid PersonId, bool IsCase, bool IsContact);
