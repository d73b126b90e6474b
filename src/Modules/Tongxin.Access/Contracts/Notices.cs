using Tongxin.Core.Protocols;

namespace Tongxin.Access.Contracts;

/// <summary>A way by which persons hear of what restricts them (a message, a call list). The note on the own pass is always there.</summary>
public interface IRestrictionNotices
{
    /// <summary>Sends one; may be called again for the same id and then changes nothing.</summary>
    Task SendAsync(RestrictionNotice notice, CancellationToken ct);
}

/// <summary>What happened to a measure, or to an appeal against it.</summary>
public enum RestrictionStep
{
    /// <summary>Asked for; nothing holds yet.</summary>
    Proposed = 1,

    /// <summary>A second person agreed: it holds.</summary>
    Imposed,

    /// <summary>The second person did not agree.</summary>
    Refused,

    /// <summary>Taken back before anybody decided.</summary>
    Withdrawn,

    /// <summary>Ended before its time.</summary>
    Lifted,

    /// <summary>Its end was set earlier.</summary>
    Shortened,

    /// <summary>Its time was over.</summary>
    Ended,

    /// <summary>An appeal was answered: the measure stands.</summary>
    AppealUpheld,

    /// <summary>An appeal was answered: the measure was wrong.</summary>
    AppealCorrected,

    /// <summary>The second reviewer of an appeal answered: the measure stands.</summary>
    ReviewUpheld,

    /// <summary>The second reviewer of an appeal answered: the measure was wrong.</summary>
    ReviewCorrected,
}

/// <summary>What a person is told at a change: all of it, item by item.</summary>
/// <param name="Id">Of the change; the key against telling twice.</param>
/// <param name="PersonId">Whom.</param>
/// <param name="RestrictionId">Which measure.</param>
/// <param name="Step">What happened.</param>
/// <param name="Kind">To what kind of measure.</param>
/// <param name="Rule">Edition and kind: the rule by which it was counted.</param>
/// <param name="Basis">The legal basis.</param>
/// <param name="Reason">Why, in words; null when the step needs none.</param>
/// <param name="Until">When it ends, or ended.</param>
/// <param name="DecidedByUnit">The unit of whoever decided; null for the clock.</param>
/// <param name="At">When it happened.</param>
public sealed record RestrictionNotice(
    Guid Id, Guid PersonId, Guid RestrictionId, RestrictionStep Step, MeasureKind Kind, string Rule, string Basis, string? Reason, DateTimeOffset Until, string? DecidedByUnit, DateTimeOffset At);
