namespace Tongxin.Core.Rostering.Rules.Soft;

/// <summary>Each person missing from what a duty would like beyond what it needs.</summary>
internal sealed class CoverWishedRule : SoftRule
{
    public override string Name => "cover_wished";

    public override double Weight(RosterWeights weights) => weights.CoverWished;

    public override double Points(RosterView roster) =>
        roster.Problem.Duties.Sum(d => Math.Max(0, d.Target - Math.Max(d.Needed, roster.CountOn(d))));
}
