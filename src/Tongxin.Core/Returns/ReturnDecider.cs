using Tongxin.Core.Protocols;

namespace Tongxin.Core.Returns;

/// <summary>
/// Decides about a declared journey by the return rules of one edition and one list of risk areas. Pure: the same journey, list, edition and
/// day give the same decision with the same explanation. Linear in stays times the areas of their counties.
/// </summary>
public static class ReturnDecider
{
    /// <summary>
    /// Who is still in an area of this level does not set out, as long as the edition asks anything of people from there. A judgement of the
    /// house: no text says it, and travelling into observation helps nobody.
    /// </summary>
    public const RiskLevel HoldFrom = RiskLevel.High;

    /// <summary>The decision as of a day.</summary>
    /// <param name="journey">As declared.</param>
    /// <param name="areas">The list in force.</param>
    /// <param name="edition">The edition in force; null for none: then nothing is asked of anybody.</param>
    /// <param name="today">The campus day of the decision: who is in an area from this day on is still there.</param>
    public static ReturnDecision Decide(ReturnJourney journey, RiskMap areas, Edition? edition, DateOnly today)
    {
        if (edition is null) return Nothing("no-edition", null, []);
        var findings = new List<StayFinding>();
        for (var i = 0; i < journey.Stays.Count; i++)
        {
            var before = findings.Count;
            findings.AddRange(areas.At(journey.Stays[i].Place).Select(hit => Judge(i, journey, hit.Area, hit.Level, edition, today)));
            if (findings.Count == before) findings.Add(new StayFinding(i, StayVerdict.Clear));
        }

        var deciding = findings.Where(f => f.Verdict is StayVerdict.Counts or StayVerdict.StillThere)
            .OrderByDescending(f => Outcome(f, edition)).ThenByDescending(f => f.Until ?? DateOnly.MaxValue).ThenByDescending(f => f.LastDay).ThenBy(f => f.Stay).FirstOrDefault();
        if (deciding is null || RuleFor(edition, deciding.Level) is not { } rule) return Nothing("none", edition.Id, findings);

        var citation = edition.Citations.FirstOrDefault(c => c.Key == rule.Source)?.Text;
        return deciding.Verdict == StayVerdict.StillThere
            ? new ReturnDecision(ReturnOutcome.NotYet, "still-there", edition.Id, citation, null, null, 0, [], deciding, findings)
            : new ReturnDecision(
                ReturnOutcomes.Of(rule), rule.Level.ToString(), edition.Id, citation, deciding.Until, rule.Regime, rule.Tests,
                [.. rule.TestDays.Select(d => AnchorOf(rule, deciding.LastDay, journey).AddDays(d)).Where(d => d >= journey.Arrives)], deciding, findings);
    }

    private static ReturnDecision Nothing(string reason, string? edition, IReadOnlyList<StayFinding> findings) =>
        new(ReturnOutcome.Welcome, reason, edition, null, null, null, 0, [], null, findings);

    private static ReturnOutcome Outcome(StayFinding finding, Edition edition) =>
        finding.Verdict == StayVerdict.StillThere ? ReturnOutcome.NotYet : ReturnOutcomes.Of(RuleFor(edition, finding.Level));

    private static ReturnRule? RuleFor(Edition edition, RiskLevel? level) => edition.Returns.FirstOrDefault(r => r.Level == level);

    private static DateOnly AnchorOf(ReturnRule rule, DateOnly? lastDay, ReturnJourney journey) =>
        rule.Anchor == DayAnchor.LastDay && lastDay is { } last ? last : journey.Arrives;

    private static StayFinding Judge(int index, ReturnJourney journey, RiskArea area, RiskLevel level, Edition edition, DateOnly today)
    {
        var stay = journey.Stays[index];
        var first = stay.From > area.From ? stay.From : area.From;
        var last = area.Until is { } until && until <= stay.To ? until.AddDays(-1) : stay.To;
        // Nobody is elsewhere after the arrival; what is declared beyond it is the habit of writing round dates.
        if (last > journey.Arrives) last = journey.Arrives;
        if (last < first) return new StayFinding(index, StayVerdict.OtherDays, area, level);
        var rule = RuleFor(edition, level);
        if (rule is null) return new StayFinding(index, StayVerdict.NotAsked, area, level, last);
        if (level >= HoldFrom && last >= today && area.Holds(today)) return new StayFinding(index, StayVerdict.StillThere, area, level, last);
        if (last < journey.Arrives.AddDays(-rule.LookBackDays)) return new StayFinding(index, StayVerdict.TooLongAgo, area, level, last);
        if (rule.Duty == ReturnDuty.Declare) return new StayFinding(index, StayVerdict.NotAsked, area, level, last);
        var end = AnchorOf(rule, last, journey).AddDays(rule.Days);
        // The last day of a measure is served to its end: over only when it lies before the day of arrival.
        return new StayFinding(index, end < journey.Arrives ? StayVerdict.Served : StayVerdict.Counts, area, level, last, end);
    }
}
