using Tongxin.Core.Common;
using Tongxin.Core.Protocols;
using Tongxin.Platform.Access;

namespace Tongxin.Access.Contracts;

/// <summary>
/// Measures that restrict persons. There is no way to set a colour: it follows from the measures in force. Whoever asks needs the right
/// to impose, an evidence for each person and a second person of another unit; whoever lifts needs nobody.
/// </summary>
public interface IRestrictions
{
    /// <summary>
    /// Asks for a measure on some persons and commits, with what the caller has added; call it without an open transaction. Nothing holds
    /// before the second person agrees. Forbidden attempts (no right, no evidence, too many) leave an alarm as well as the refusal.
    /// </summary>
    /// <returns>The batch and its approval; or <c>restrictions.*</c>, <c>protocols.none</c>, <c>platform.approval.unit-unknown</c>.</returns>
    Task<Result<RestrictionsAsked>> RestrictAsync(RestrictionRequest request, Actor actor, CancellationToken ct);

    /// <summary>Lifts a measure now, or withdraws one that nobody has agreed to yet. Commits. One person is enough: undoing harm never waits.</summary>
    Task<Result> LiftAsync(Guid restrictionId, string reason, Actor actor, CancellationToken ct);

    /// <summary>The measures in force at an instant, those of the named persons; whoever has none is left out.</summary>
    Task<IReadOnlyList<RestrictionView>> ActiveAsync(IReadOnlyCollection<Guid> personIds, DateTimeOffset at, CancellationToken ct);
}

/// <summary>What is asked for.</summary>
/// <param name="Module">Whose evidence it is: the name that the module's <see cref="IEvidence"/> says.</param>
/// <param name="Kind">What kind of measure; the edition in force must know it.</param>
/// <param name="Persons">Each person once, each with an evidence of one's own; at most 200.</param>
/// <param name="Until">First instant at which it no longer holds; no later than the edition allows.</param>
/// <param name="Basis">The legal basis, told to the person.</param>
/// <param name="LeastRestrictive">Why nothing milder is enough.</param>
/// <param name="LeadingGroup">The leading group is asked instead of the duty leader; needed above twenty persons in an hour.</param>
public sealed record RestrictionRequest(
    string Module, MeasureKind Kind, IReadOnlyList<RestrictedPerson> Persons, DateTimeOffset Until, string? Basis, string? LeastRestrictive, bool LeadingGroup = false);

/// <summary>A person and the evidence for restricting that very person.</summary>
public sealed record RestrictedPerson(Guid PersonId, Guid EvidenceId);

/// <summary>A request that waits for its second person.</summary>
public sealed record RestrictionsAsked(Guid BatchId, Guid ApprovalId, IReadOnlyList<Guid> RestrictionIds);

/// <summary>A measure in force.</summary>
/// <param name="Id">The measure.</param>
/// <param name="PersonId">Whom it restricts.</param>
/// <param name="Kind">What kind.</param>
/// <param name="EditionId">The protocol edition under which it was imposed.</param>
/// <param name="From">Since when.</param>
/// <param name="Until">First instant at which it no longer holds.</param>
/// <param name="Basis">The legal basis.</param>
public sealed record RestrictionView(Guid Id, Guid PersonId, MeasureKind Kind, string EditionId, DateTimeOffset From, DateTimeOffset Until, string Basis);

/// <summary>What restricts these persons changed, within the transaction that changes it.</summary>
public sealed record RestrictionsChanged(IReadOnlyList<Guid> PersonIds);
