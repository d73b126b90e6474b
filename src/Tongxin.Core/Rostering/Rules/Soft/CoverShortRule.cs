namespace Tongxin.Core.Rostering.Rules.Soft;

/// <summary>Each person missing from what a duty needs, times the duty's own points.</summary>
internal sealed class CoverShortRule : SoftRule
{
    public override string Name => "cover_short";

    public override double Weight(RosterWeights weights) => weights.CoverShort;

    public override double Points(RosterView roster) =>
        roster.Problem.Duties.Sum(d => Math.Max(0, d.Needed - roster.CountOn(d)) * d.ShortPoints);
}
