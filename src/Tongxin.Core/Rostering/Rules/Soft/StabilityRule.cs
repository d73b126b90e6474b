namespace Tongxin.Core.Rostering.Rules.Soft;

/// <summary>A point for each assignment that people do not know from the published roster. Nothing when none was published.</summary>
internal sealed class StabilityRule : SoftRule
{
    public override string Name => "stability";

    public override double Weight(RosterWeights weights) => weights.Stability;

    public override double Points(RosterView roster)
    {
        if (roster.Problem.Published.Count == 0) return 0;
        var known = roster.Problem.Published.ToHashSet();
        return roster.Assignments.Count(a => !known.Contains(a));
    }
}
