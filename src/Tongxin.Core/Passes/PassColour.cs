using Tongxin.Core.Protocols;

namespace Tongxin.Core.Passes;

/// <summary>
/// The colour is a function of measures, edition, proofs and time. It is stored nowhere but in the pass itself, so there is no field to paint.
/// </summary>
public static class PassColour
{
    /// <summary>The colour now, and why.</summary>
    /// <param name="measures">Every measure on the person that may count, in any order.</param>
    /// <param name="edition">The edition in force; null when no protocol is, and then there is no colour.</param>
    /// <param name="holder">Proofs and reports.</param>
    /// <param name="now">The instant asked about.</param>
    public static ColourDecision Of(IReadOnlyList<ActiveMeasure> measures, Edition? edition, HolderState holder, DateTimeOffset now)
    {
        if (edition is not { HasColours: true }) return new ColourDecision(Colour.None, PassReason.NoProtocol, null, null, null, null, []);
        var decision = At(measures, edition, holder, now);
        var change = Boundaries(measures, edition, holder).Where(b => b > now).Distinct().Order()
            .Select(at => (At: at, Decision: At(measures, edition, holder, at)))
            .FirstOrDefault(next => Differs(next.Decision, decision));
        return change.Decision is null ? decision : decision with { NextChange = change.At };
    }

    private static ColourDecision At(IReadOnlyList<ActiveMeasure> measures, Edition edition, HolderState holder, DateTimeOffset now)
    {
        var counting = measures
            .Select(m => (Measure: m, Rule: edition.RuleFor(m.Kind)))
            .Where(m => m.Rule is not null && m.Measure.Approvals >= m.Rule.Approvals && m.Measure.From <= now && now < m.Measure.EndsUnder(m.Rule))
            .OrderByDescending(m => m.Rule!.Colour).ThenByDescending(m => m.Measure.EndsUnder(m.Rule!)).ThenBy(m => m.Measure.Id)
            .ToList();
        var all = counting.ConvertAll(m => m.Measure);
        if (counting is [var (measure, rule), ..] && rule!.Colour > Colour.Green)
            return new ColourDecision(rule.Colour, PassReason.Measure, edition.Id, measure, measure.EndsUnder(rule), null, all);
        var missing = Missing(edition, holder, now);
        return new ColourDecision(missing is null ? Colour.Green : Colour.Grey, missing ?? PassReason.Clear, edition.Id, null, null, null, all);
    }

    private static PassReason? Missing(Edition edition, HolderState holder, DateTimeOffset now)
    {
        if (edition.Proofs.Count > 0 && !holder.Proofs.Any(p => edition.Proofs.Any(r => r.Accepts(p, now))))
        {
            return holder.Proofs.Any(p => edition.Proofs.Any(r => r.Kind == p.Kind && r.CountsUntil(p) <= now)) ? PassReason.ProofExpired : PassReason.ProofMissing;
        }

        return holder.ReportOverdueFrom <= now ? PassReason.ReportOverdue : null;
    }

    // Between two of these instants nothing can change.
    private static IEnumerable<DateTimeOffset> Boundaries(IReadOnlyList<ActiveMeasure> measures, Edition edition, HolderState holder)
    {
        foreach (var measure in measures)
        {
            if (edition.RuleFor(measure.Kind) is not { } rule) continue;
            yield return measure.From;
            yield return measure.EndsUnder(rule);
        }

        foreach (var (proof, rule) in holder.Proofs.SelectMany(p => edition.Proofs.Where(r => r.Kind == p.Kind).Select(r => (p, r))))
        {
            yield return rule.CountsFrom(proof);
            yield return rule.CountsUntil(proof);
        }

        if (holder.ReportOverdueFrom is { } overdue) yield return overdue;
    }

    private static bool Differs(ColourDecision one, ColourDecision other) =>
        (one.Colour, one.Reason, one.Measure?.Id) != (other.Colour, other.Reason, other.Measure?.Id);
}
