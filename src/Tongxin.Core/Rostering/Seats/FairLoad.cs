using Tongxin.Core.Rostering.Rules.Soft;

namespace Tongxin.Core.Rostering.Seats;

/// <summary>One fairness rule as numbers: what each duty adds to a load and where each person's load should be.</summary>
/// <param name="Weight">Penalty per squared distance.</param>
/// <param name="OfDuty">Load of each duty.</param>
/// <param name="Start">Load of each person before the roster, less their share: 0 is exactly fair.</param>
/// <param name="Counts">False for people outside the fair sharing.</param>
internal sealed record FairLoad(double Weight, double[] OfDuty, double[] Start, bool[] Counts)
{
    /// <summary>The rules with a weight and something to share.</summary>
    public static IEnumerable<FairLoad> Of(RosterIndex index)
    {
        var w = index.Problem.Weights;
        (double Weight, Func<Duty, double> Load, Func<PersonHistory, double> Past)[] rules =
        [
            (w.FairTurns, FairTurnsRule.Load, FairTurnsRule.Past),
            (w.FairHours, FairHoursRule.Load, FairHoursRule.Past),
            (w.FairNights, d => FairNightsRule.Load(index, d), FairNightsRule.Past),
            (w.FairWeekends, FairWeekendsRule.Load, FairWeekendsRule.Past),
        ];
        foreach (var (weight, load, past) in rules)
        {
            double[] ofDuty = [.. index.Problem.Duties.Select(load)];
            if (weight == 0 || Array.TrueForAll(ofDuty, l => l == 0)) continue;
            var unit = FairShare.UnitShare(index, load, past);
            yield return new(
                weight, ofDuty,
                [.. index.Problem.People.Select(p => past(p.History) - (p.Share * unit))],
                [.. index.Problem.People.Select(p => p.Share > 0)]);
        }
    }
}
