namespace Tongxin.Core.Rostering.Rules.Soft;

/// <summary>Turns away from the fair share, squared, over all people.</summary>
internal sealed class FairTurnsRule : SoftRule
{
    public override string Name => "fair_turns";

    public override double Weight(RosterWeights weights) => weights.FairTurns;

    public override double Points(RosterView roster) => FairShare.Points(roster, Load, Past);

    public static double Load(Duty duty) => 1;

    public static double Past(PersonHistory history) => history.Turns;
}
