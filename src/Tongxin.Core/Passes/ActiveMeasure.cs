using Tongxin.Core.Protocols;

namespace Tongxin.Core.Passes;

/// <summary>A measure on a person as far as a colour depends on it. It exists because of evidence; there is no way to write a colour.</summary>
/// <param name="Id">The measure.</param>
/// <param name="Kind">What kind; the edition says what that means.</param>
/// <param name="From">It counts from this instant.</param>
/// <param name="Until">The first instant at which it no longer counts, computed when it was imposed.</param>
/// <param name="Approvals">People of different units who agreed.</param>
/// <param name="LiftedAt">When it was lifted early; null when it was not.</param>
public sealed record ActiveMeasure(Guid Id, MeasureKind Kind, DateTimeOffset From, DateTimeOffset Until, int Approvals, DateTimeOffset? LiftedAt = null)
{
    /// <summary>The first instant at which it no longer counts under this rule: its own end, its lifting, or the longest the edition allows.</summary>
    public DateTimeOffset EndsUnder(MeasureRule rule)
    {
        var longest = From.AddDays(rule.MaxDays);
        var end = Until < longest ? Until : longest;
        return LiftedAt is { } lifted && lifted < end ? lifted : end;
    }
}

/// <summary>What else decides between green and grey.</summary>
/// <param name="Proofs">Proofs the person has.</param>
/// <param name="ReportOverdueFrom">The instant from which a daily report is overdue; null when none is owed.</param>
public sealed record HolderState(IReadOnlyList<Proof> Proofs, DateTimeOffset? ReportOverdueFrom = null)
{
    /// <summary>No proofs, no reports owed.</summary>
    public static HolderState Nothing { get; } = new([]);
}

/// <summary>A colour and all that explains it.</summary>
/// <param name="Colour">The colour.</param>
/// <param name="Reason">Why, as coarse as the pass carries it.</param>
/// <param name="Edition">The edition that was asked; null when none is in force.</param>
/// <param name="Measure">The measure that decides: of the highest colour, the one that ends last. Null for the other reasons.</param>
/// <param name="Until">When that measure ends under the edition; null for the other reasons.</param>
/// <param name="NextChange">The first instant at which the answer becomes another if nothing new happens: no pass may live beyond it. Null when never.</param>
/// <param name="Counting">Every measure that counts now, the deciding one first.</param>
public sealed record ColourDecision(
    Colour Colour, PassReason Reason, string? Edition, ActiveMeasure? Measure, DateTimeOffset? Until, DateTimeOffset? NextChange, IReadOnlyList<ActiveMeasure> Counting);
