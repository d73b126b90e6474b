namespace Tongxin.Core.Rostering.Rules.Soft;

/// <summary>Each person too many, times the duty's own points.</summary>
internal sealed class CoverOverRule : SoftRule
{
    public override string Name => "cover_over";

    public override double Weight(RosterWeights weights) => weights.CoverOver;

    public override double Points(RosterView roster) =>
        roster.Problem.Duties.Sum(d => Math.Max(0, roster.CountOn(d) - d.Target) * d.OverPoints);
}
