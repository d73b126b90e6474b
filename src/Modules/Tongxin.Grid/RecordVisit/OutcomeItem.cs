using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Data;

namespace Tongxin.Grid.RecordVisit;

/// <summary>One fact as it arrives from a form or a device.</summary>
/// <param name="Id">Made by whoever saw it: a retry carries the same and counts once.</param>
/// <param name="SeenAt">The device's clock; null from a form, where seeing and sending are one.</param>
internal sealed record OutcomeItem(
    Guid Id, Guid RoundId, Guid TargetId, OutcomeKind Kind, Channel Channel,
    DateTimeOffset? SeenAt = null, Guid? Corrects = null, string? Reason = null, VisitDetail? Detail = null)
{
    /// <summary>The person who saw it, where that is not who sends it.</summary>
    public Guid? By { get; init; }
}

/// <summary>What became of an item.</summary>
internal enum ItemVerdict
{
    /// <summary>Stored now.</summary>
    Recorded,

    /// <summary>Was stored before; changed nothing.</summary>
    Duplicate,

    /// <summary>Not stored; the error says why.</summary>
    Refused,
}

/// <summary>The answer to one item, in the order they came.</summary>
internal sealed record ItemAnswer(Guid Id, ItemVerdict Verdict, Error? Error = null);
